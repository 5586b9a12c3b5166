-- FORCESEEK: as in the update of the players.
SET NOCOUNT ON;

UPDATE d
SET total_amount = d.total_amount + change.total_amount,
    wager_count = d.wager_count + change.wager_count
FROM player_day AS d WITH (ROWLOCK, FORCESEEK)
JOIN ? AS change
    ON change.created_on = d.created_on
    AND change.account_id = d.account_id;

SELECT @@ROWCOUNT AS reached;
