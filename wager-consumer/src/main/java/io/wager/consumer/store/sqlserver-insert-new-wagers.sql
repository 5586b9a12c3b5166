-- Parameters: the time of storing, the batch (wager_batch). Answers the ids that were inserted.
-- UPDLOCK, HOLDLOCK: an id that is not there stays away until we insert it, so no two writers insert the same.
SET NOCOUNT ON;
DECLARE @inserted TABLE (wager_id BINARY(16) NOT NULL PRIMARY KEY);

INSERT INTO wager (
    wager_id, account_id, username, game_id, theme, amount, created_at,
    transaction_id, brand_id, external_reference_id, transaction_type_id,
    number_of_bets, country_code, session_data, duration_millis, content_hash, stored_at)
OUTPUT inserted.wager_id INTO @inserted (wager_id)
SELECT
    batch.wager_id, batch.account_id, batch.username, batch.game_id, batch.theme, batch.amount,
    CAST(batch.created_at AS DATETIME2(7)),
    batch.transaction_id, batch.brand_id, batch.external_reference_id, batch.transaction_type_id,
    batch.number_of_bets, batch.country_code, batch.session_data, batch.duration_millis, batch.content_hash,
    CAST(? AS DATETIME2(7))
FROM ? AS batch
WHERE NOT EXISTS (
    SELECT 1
    FROM wager AS w WITH (UPDLOCK, HOLDLOCK, ROWLOCK, FORCESEEK)
    WHERE w.wager_id = batch.wager_id)
ORDER BY batch.wager_id;

SELECT wager_id
FROM @inserted;
