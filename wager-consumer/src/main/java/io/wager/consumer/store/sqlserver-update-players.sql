-- DECIMAL(38, 18) + DECIMAL(38, 18) keeps scale 18: SQL Server's rule cuts digits only where 20 integer digits would not fit.
-- The rows are locked already, by the statement that added the missing ones. FORCESEEK: a batch that names a good part of the
-- players would else tempt to a merge with a scan, which asks for a lock on every player's row, those of other batches among
-- them, in no order that prevents deadlocks.
SET NOCOUNT ON;

UPDATE p
SET total_amount = p.total_amount + change.total_amount,
    wager_count = p.wager_count + change.wager_count,
    username = CASE
        WHEN CAST(change.username_created_at AS DATETIME2(7)) > p.username_created_at
            OR (CAST(change.username_created_at AS DATETIME2(7)) = p.username_created_at
                AND change.username_wager_id > p.username_wager_id)
        THEN change.username
        ELSE p.username END,
    username_created_at = CASE
        WHEN CAST(change.username_created_at AS DATETIME2(7)) > p.username_created_at
        THEN CAST(change.username_created_at AS DATETIME2(7))
        ELSE p.username_created_at END,
    username_wager_id = CASE
        WHEN CAST(change.username_created_at AS DATETIME2(7)) > p.username_created_at
            OR (CAST(change.username_created_at AS DATETIME2(7)) = p.username_created_at
                AND change.username_wager_id > p.username_wager_id)
        THEN change.username_wager_id
        ELSE p.username_wager_id END
FROM player AS p WITH (ROWLOCK, FORCESEEK)
JOIN ? AS change ON change.account_id = p.account_id;

SELECT @@ROWCOUNT AS reached;
