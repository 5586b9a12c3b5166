-- Creates the database, its settings and its three users on SQL Server 2022. For sqlcmd, as sa or another sysadmin:
--
--   sqlcmd -b -i sqlserver.sql
--
-- reads the passwords from the environment: WAGER_DB_OWNER_PASSWORD, WAGER_DB_CONSUMER_PASSWORD and WAGER_DB_API_PASSWORD.
-- They may not contain an apostrophe. It may run before the first migration or after it. Safe to repeat:
-- it sets the passwords anew and changes nothing else that is right. docs/database.md has what comes later: indexes on large
-- tables, new table types, partitions.

:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;

IF DB_ID(N'wager') IS NULL
    CREATE DATABASE wager;
GO

-- Readers do not wait for the batches, nor batches for readers: under read committed they see the last committed rows.
-- ROLLBACK IMMEDIATE: the change needs the database to itself. It happens once, since it is asked for first.
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'wager' AND is_read_committed_snapshot_on = 0)
    ALTER DATABASE wager SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
-- For readers that ask for it: several statements of one answer see one moment. It costs nothing beside the above, which
-- keeps the same row versions.
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'wager' AND snapshot_isolation_state_desc = N'OFF')
    ALTER DATABASE wager SET ALLOW_SNAPSHOT_ISOLATION ON;
GO

USE master;
GO
IF SUSER_ID(N'wager_owner') IS NULL
    CREATE LOGIN wager_owner WITH PASSWORD = N'$(WAGER_DB_OWNER_PASSWORD)', DEFAULT_DATABASE = wager;
ELSE
    ALTER LOGIN wager_owner WITH PASSWORD = N'$(WAGER_DB_OWNER_PASSWORD)';
IF SUSER_ID(N'wager_consumer') IS NULL
    CREATE LOGIN wager_consumer WITH PASSWORD = N'$(WAGER_DB_CONSUMER_PASSWORD)', DEFAULT_DATABASE = wager;
ELSE
    ALTER LOGIN wager_consumer WITH PASSWORD = N'$(WAGER_DB_CONSUMER_PASSWORD)';
IF SUSER_ID(N'wager_api') IS NULL
    CREATE LOGIN wager_api WITH PASSWORD = N'$(WAGER_DB_API_PASSWORD)', DEFAULT_DATABASE = wager;
ELSE
    ALTER LOGIN wager_api WITH PASSWORD = N'$(WAGER_DB_API_PASSWORD)';
GO

USE wager;
GO
IF USER_ID(N'wager_owner') IS NULL
    CREATE USER wager_owner FOR LOGIN wager_owner WITH DEFAULT_SCHEMA = dbo;
IF USER_ID(N'wager_consumer') IS NULL
    CREATE USER wager_consumer FOR LOGIN wager_consumer WITH DEFAULT_SCHEMA = dbo;
IF USER_ID(N'wager_api') IS NULL
    CREATE USER wager_api FOR LOGIN wager_api WITH DEFAULT_SCHEMA = dbo;
-- A login that was made anew, on another server or after a restore, gets its user back.
ALTER USER wager_owner WITH LOGIN = wager_owner;
ALTER USER wager_consumer WITH LOGIN = wager_consumer;
ALTER USER wager_api WITH LOGIN = wager_api;
GO

-- The owner's are the schema and the tables in it, which it creates, changes and grants on, as the migrations do. It has nothing
-- outside of the schema, and only the migration runs as this user. Flyway's lock, sp_getapplock, is everybody's to take.
GRANT CONTROL ON SCHEMA::dbo TO wager_owner;
GRANT CREATE TABLE, CREATE TYPE TO wager_owner;

-- Who may write to which table is granted to these roles by the migrations, each for the tables that it creates; they can name
-- the roles, since their user owns them.
IF DATABASE_PRINCIPAL_ID(N'wager_writer') IS NULL
    CREATE ROLE wager_writer AUTHORIZATION wager_owner;
ALTER AUTHORIZATION ON ROLE::wager_writer TO wager_owner;
ALTER ROLE wager_writer ADD MEMBER wager_consumer;
IF DATABASE_PRINCIPAL_ID(N'dead_letter_operator') IS NULL
    CREATE ROLE dead_letter_operator AUTHORIZATION wager_owner;
ALTER AUTHORIZATION ON ROLE::dead_letter_operator TO wager_owner;
ALTER ROLE dead_letter_operator ADD MEMBER wager_api;

-- Both services read every table, those of later migrations too, and flyway_schema_history, by which they know that the schema
-- is there. EXECUTE lets them use the table types in which batches and lists of ids travel, those of later migrations too; there
-- are no procedures.
GRANT SELECT, EXECUTE ON SCHEMA::dbo TO wager_consumer;
GRANT SELECT, EXECUTE ON SCHEMA::dbo TO wager_api;
GO
