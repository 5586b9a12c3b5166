-- Table types in which lists travel, on SQL Server 2022: a statement that takes a list has one parameter and one plan, however long
-- the list is. An IN list has a plan for each length, and no more than 2,100 values.
--
-- These types are new, and those of V1 stay as they are: a type can't be altered, and statements that run are bound to it.
-- docs/database.md says how a type is replaced.

-- Ids of wagers or dead letters.
CREATE TYPE id_list AS TABLE (
    item BINARY(16) NOT NULL PRIMARY KEY
);

-- Numbers of rows.
CREATE TYPE number_list AS TABLE (
    item BIGINT NOT NULL PRIMARY KEY
);

CREATE TYPE dead_letter_failure_list AS TABLE (
    dead_letter_id BINARY(16) NOT NULL,
    failure_key BINARY(16) NOT NULL,
    PRIMARY KEY (dead_letter_id, failure_key)
);

-- Games as the consumer remembers them. Each batch verifies the games that it names, since the database may have been restored
-- to a point at which an id was another game's.
CREATE TYPE remembered_game_list AS TABLE (
    game_id INT NOT NULL,
    name_hash BINARY(32) NOT NULL,
    provider_name_hash BINARY(32) NOT NULL,
    PRIMARY KEY (game_id, name_hash, provider_name_hash)
);

-- The API uses types from now on. db/setup/sqlserver.sql grants the same; a database that was set up before needs no second run.
GRANT EXECUTE ON SCHEMA::dbo TO dead_letter_operator;
