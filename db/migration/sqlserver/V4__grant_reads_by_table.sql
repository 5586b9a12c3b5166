-- Who may read what, table by table. Until now both services' users could read every table, by a grant on the schema. V1 and V2 grant
-- who may write.
--
-- db/setup/sqlserver.sql makes the roles, grants the same on tables that are there, and takes the grants on the schema back. It may run
-- before this or after. Where it has not been run, as in tests, a role that is missing is skipped here, since the owner of the schema may
-- not make one.

GRANT SELECT ON provider TO wager_writer;
GRANT SELECT ON game TO wager_writer;
GRANT SELECT ON wager TO wager_writer;
GRANT SELECT ON wager_conflict TO wager_writer;
GRANT SELECT ON player TO wager_writer;
GRANT SELECT ON player_day TO wager_writer;
GRANT SELECT ON dead_letter TO wager_writer;
GRANT SELECT ON dead_letter_content TO wager_writer;
GRANT SELECT ON dead_letter_edit TO wager_writer;
GRANT SELECT ON dead_letter_event TO wager_writer;

-- A letter whose wager is stored needs no requeue.
GRANT SELECT ON wager TO dead_letter_operator;
GRANT SELECT ON dead_letter TO dead_letter_operator;
GRANT SELECT ON dead_letter_content TO dead_letter_operator;
GRANT SELECT ON dead_letter_edit TO dead_letter_operator;
GRANT SELECT ON dead_letter_event TO dead_letter_operator;
GRANT SELECT ON requeue_job TO dead_letter_operator;
GRANT SELECT ON requeue_job_item TO dead_letter_operator;
GRANT SELECT ON audit_entry TO dead_letter_operator;

-- EXECUTE is for table types, those of later migrations too. There are no procedures and no functions.
GRANT EXECUTE ON SCHEMA::dbo TO wager_writer;
GRANT EXECUTE ON SCHEMA::dbo TO dead_letter_operator;

IF DATABASE_PRINCIPAL_ID(N'wager_reader') IS NOT NULL
BEGIN
    GRANT SELECT ON provider TO wager_reader;
    GRANT SELECT ON game TO wager_reader;
    GRANT SELECT ON wager TO wager_reader;
    GRANT SELECT ON wager_conflict TO wager_reader;
    GRANT SELECT ON player TO wager_reader;
    GRANT SELECT ON player_day TO wager_reader;
    -- What became of a wager.
    GRANT SELECT ON dead_letter TO wager_reader;
    GRANT EXECUTE ON SCHEMA::dbo TO wager_reader;
END;

-- For people who run reconcile --repair: it rebuilds totals from wagers, and says so in the audit.
IF DATABASE_PRINCIPAL_ID(N'wager_repairer') IS NOT NULL
BEGIN
    GRANT SELECT ON wager TO wager_repairer;
    GRANT SELECT ON wager_conflict TO wager_repairer;
    GRANT SELECT, INSERT, UPDATE, DELETE ON player TO wager_repairer;
    GRANT SELECT, INSERT, UPDATE, DELETE ON player_day TO wager_repairer;
    GRANT SELECT ON dead_letter TO wager_repairer;
    GRANT SELECT ON dead_letter_content TO wager_repairer;
    GRANT SELECT ON dead_letter_edit TO wager_repairer;
    GRANT INSERT ON audit_entry TO wager_repairer;
    GRANT EXECUTE ON SCHEMA::dbo TO wager_repairer;
END;

-- By it a service knows that the schema is there. Flyway makes it; tests may do without.
IF OBJECT_ID(N'flyway_schema_history') IS NOT NULL
BEGIN
    GRANT SELECT ON flyway_schema_history TO wager_writer;
    GRANT SELECT ON flyway_schema_history TO dead_letter_operator;
    IF DATABASE_PRINCIPAL_ID(N'wager_reader') IS NOT NULL
        GRANT SELECT ON flyway_schema_history TO wager_reader;
    IF DATABASE_PRINCIPAL_ID(N'wager_repairer') IS NOT NULL
        GRANT SELECT ON flyway_schema_history TO wager_repairer;
END;
