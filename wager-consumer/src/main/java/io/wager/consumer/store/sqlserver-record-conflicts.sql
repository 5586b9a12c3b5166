INSERT INTO wager_conflict (wager_id, content_hash, first_seen_at)
SELECT seen.wager_id, seen.content_hash, CAST(? AS DATETIME2(7))
FROM ? AS seen
WHERE NOT EXISTS (
    SELECT 1
    FROM wager_conflict AS c WITH (UPDLOCK, HOLDLOCK, ROWLOCK, FORCESEEK)
    WHERE c.wager_id = seen.wager_id
        AND c.content_hash = seen.content_hash)
ORDER BY seen.wager_id, seen.content_hash;
