-- Creates the database, its settings, its roles and its three users on SQL Server 2022. For sqlcmd, as sa or another sysadmin:
--
--   sqlcmd -b -i sqlserver.sql
--
-- reads the passwords from the environment: WAGER_DB_OWNER_PASSWORD, WAGER_DB_CONSUMER_PASSWORD and WAGER_DB_API_PASSWORD.
-- They may not contain an apostrophe. It may run before the first migration or after it, and while services run. Safe to repeat:
-- it sets the passwords anew and changes nothing else that is right. Run again on an installation from before there were roles, it
-- moves the users to them. docs/database.md has the table of who may do what, and what comes later: indexes on large tables, new
-- table types, partitions.

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
-- outside of the schema, and only the migration runs as this user. Flyway's lock, sp_getapplock, is everybody's to take. It has its
-- rights itself and not by a role, since who has CONTROL by a role must name the role in every GRANT (AS), and migrations do not.
GRANT CONTROL ON SCHEMA::dbo TO wager_owner;
GRANT CREATE TABLE, CREATE TYPE TO wager_owner;
GO

-- All others' rights belong to roles, and users are members of them. What a role may do is granted by the migrations, each for the
-- tables that it creates. They can name the roles, since their user owns them.
IF DATABASE_PRINCIPAL_ID(N'wager_reader') IS NULL
    CREATE ROLE wager_reader AUTHORIZATION wager_owner;
IF DATABASE_PRINCIPAL_ID(N'wager_writer') IS NULL
    CREATE ROLE wager_writer AUTHORIZATION wager_owner;
IF DATABASE_PRINCIPAL_ID(N'dead_letter_operator') IS NULL
    CREATE ROLE dead_letter_operator AUTHORIZATION wager_owner;
IF DATABASE_PRINCIPAL_ID(N'wager_repairer') IS NULL
    CREATE ROLE wager_repairer AUTHORIZATION wager_owner;
GO
ALTER AUTHORIZATION ON ROLE::wager_reader TO wager_owner;
ALTER AUTHORIZATION ON ROLE::wager_writer TO wager_owner;
ALTER AUTHORIZATION ON ROLE::dead_letter_operator TO wager_owner;
ALTER AUTHORIZATION ON ROLE::wager_repairer TO wager_owner;
GO

-- EXECUTE is for the table types in which batches and lists of ids travel, those of later migrations too. There are no procedures and
-- no functions, and a test keeps it so.
GRANT EXECUTE ON SCHEMA::dbo TO wager_reader;
GRANT EXECUTE ON SCHEMA::dbo TO wager_writer;
GRANT EXECUTE ON SCHEMA::dbo TO dead_letter_operator;
GRANT EXECUTE ON SCHEMA::dbo TO wager_repairer;
GO

-- Migration V4 grants the same. It is granted here too, so that services which run while this does lose no right: a database from before
-- V4 has its tables and not these grants, and the grants on the schema end below.
IF OBJECT_ID(N'dbo.provider') IS NOT NULL
BEGIN
    GRANT SELECT ON provider TO wager_reader;
    GRANT SELECT ON provider TO wager_writer;
END;
IF OBJECT_ID(N'dbo.game') IS NOT NULL
BEGIN
    GRANT SELECT ON game TO wager_reader;
    GRANT SELECT ON game TO wager_writer;
END;
IF OBJECT_ID(N'dbo.wager') IS NOT NULL
BEGIN
    GRANT SELECT ON wager TO wager_reader;
    GRANT SELECT ON wager TO wager_writer;
    GRANT SELECT ON wager TO dead_letter_operator;
    GRANT SELECT ON wager TO wager_repairer;
END;
IF OBJECT_ID(N'dbo.wager_conflict') IS NOT NULL
BEGIN
    GRANT SELECT ON wager_conflict TO wager_reader;
    GRANT SELECT ON wager_conflict TO wager_writer;
    GRANT SELECT ON wager_conflict TO wager_repairer;
END;
IF OBJECT_ID(N'dbo.player') IS NOT NULL
BEGIN
    GRANT SELECT ON player TO wager_reader;
    GRANT SELECT ON player TO wager_writer;
    GRANT SELECT, INSERT, UPDATE, DELETE ON player TO wager_repairer;
END;
IF OBJECT_ID(N'dbo.player_day') IS NOT NULL
BEGIN
    GRANT SELECT ON player_day TO wager_reader;
    GRANT SELECT ON player_day TO wager_writer;
    GRANT SELECT, INSERT, UPDATE, DELETE ON player_day TO wager_repairer;
END;
IF OBJECT_ID(N'dbo.dead_letter') IS NOT NULL
BEGIN
    GRANT SELECT ON dead_letter TO wager_reader;
    GRANT SELECT ON dead_letter TO wager_writer;
    GRANT SELECT ON dead_letter TO dead_letter_operator;
    GRANT SELECT ON dead_letter TO wager_repairer;
END;
IF OBJECT_ID(N'dbo.dead_letter_content') IS NOT NULL
BEGIN
    GRANT SELECT ON dead_letter_content TO wager_writer;
    GRANT SELECT ON dead_letter_content TO dead_letter_operator;
    GRANT SELECT ON dead_letter_content TO wager_repairer;
END;
IF OBJECT_ID(N'dbo.dead_letter_edit') IS NOT NULL
BEGIN
    GRANT SELECT ON dead_letter_edit TO wager_writer;
    GRANT SELECT ON dead_letter_edit TO dead_letter_operator;
    GRANT SELECT ON dead_letter_edit TO wager_repairer;
END;
IF OBJECT_ID(N'dbo.dead_letter_event') IS NOT NULL
BEGIN
    GRANT SELECT ON dead_letter_event TO wager_writer;
    GRANT SELECT ON dead_letter_event TO dead_letter_operator;
END;
IF OBJECT_ID(N'dbo.requeue_job') IS NOT NULL
BEGIN
    GRANT SELECT ON requeue_job TO dead_letter_operator;
END;
IF OBJECT_ID(N'dbo.requeue_job_item') IS NOT NULL
BEGIN
    GRANT SELECT ON requeue_job_item TO dead_letter_operator;
END;
IF OBJECT_ID(N'dbo.audit_entry') IS NOT NULL
BEGIN
    GRANT SELECT ON audit_entry TO dead_letter_operator;
    GRANT INSERT ON audit_entry TO wager_repairer;
END;
IF OBJECT_ID(N'dbo.flyway_schema_history') IS NOT NULL
BEGIN
    GRANT SELECT ON flyway_schema_history TO wager_reader;
    GRANT SELECT ON flyway_schema_history TO wager_writer;
    GRANT SELECT ON flyway_schema_history TO dead_letter_operator;
    GRANT SELECT ON flyway_schema_history TO wager_repairer;
END;
GO

-- The API does what operators ask of it beside serving reads, with one account: whoever holds its process holds both anyway.
-- wager_repairer has no member: add the person who runs reconcile --repair, for as long as it takes.
ALTER ROLE wager_writer ADD MEMBER wager_consumer;
ALTER ROLE wager_reader ADD MEMBER wager_api;
ALTER ROLE dead_letter_operator ADD MEMBER wager_api;
GO

-- What the users were granted themselves before there were roles. Last, when the roles have all of it.
REVOKE SELECT, EXECUTE ON SCHEMA::dbo FROM wager_consumer;
REVOKE SELECT, EXECUTE ON SCHEMA::dbo FROM wager_api;
GO
