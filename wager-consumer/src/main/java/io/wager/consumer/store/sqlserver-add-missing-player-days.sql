INSERT INTO player_day (created_on, account_id, total_amount, wager_count)
SELECT change.created_on, change.account_id, 0, 0
FROM ? AS change
WHERE NOT EXISTS (
    SELECT 1
    FROM player_day AS d WITH (UPDLOCK, HOLDLOCK, ROWLOCK, FORCESEEK)
    WHERE d.created_on = change.created_on
        AND d.account_id = change.account_id)
ORDER BY change.created_on, change.account_id;
