INSERT INTO game (provider_id, name, name_hash)
SELECT added.provider_id, added.name, added.name_hash
FROM ? AS added
WHERE NOT EXISTS (
    SELECT 1
    FROM game AS g WITH (UPDLOCK, HOLDLOCK, ROWLOCK, FORCESEEK)
    WHERE g.name_hash = added.name_hash
        AND g.provider_id = added.provider_id)
ORDER BY added.name_hash, added.provider_id;
