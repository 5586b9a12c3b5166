-- With totals of 0: the update that follows adds the batch's, to new players as to old ones.
INSERT INTO player (account_id, username, username_created_at, username_wager_id, total_amount, wager_count)
SELECT change.account_id, change.username, CAST(change.username_created_at AS DATETIME2(7)), change.username_wager_id, 0, 0
FROM ? AS change
WHERE NOT EXISTS (
    SELECT 1
    FROM player AS p WITH (UPDLOCK, HOLDLOCK, ROWLOCK, FORCESEEK)
    WHERE p.account_id = change.account_id)
ORDER BY change.account_id;
