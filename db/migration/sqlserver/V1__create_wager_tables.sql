-- The tables of the wager, on SQL Server 2022.
--
-- Ids are BINARY(16), not UNIQUEIDENTIFIER: SQL Server sorts UNIQUEIDENTIFIER by its last bytes first, and answers that
-- are ordered by id must come in the order of the id's text, on every database. BINARY sorts byte by byte.
--
-- Names are found by the SHA-256 of their UTF-8, not by themselves: comparing NVARCHAR ignores trailing spaces, so that
-- 'Moon' and 'Moon ' would be one game. Texts that are sorted or grouped by have a binary collation: by UTF-16 unit, as Java
-- does. A theme is grouped by without a hash, so there 'crash' and 'crash ' are one group; 'Crash' is another.

CREATE TABLE provider (
    provider_id INT IDENTITY(1, 1) NOT NULL,
    name NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    name_hash BINARY(32) NOT NULL,
    CONSTRAINT pk_provider PRIMARY KEY (provider_id),
    CONSTRAINT uq_provider_name_hash UNIQUE (name_hash)
);

-- A game's name is unique only within its provider.
CREATE TABLE game (
    game_id INT IDENTITY(1, 1) NOT NULL,
    provider_id INT NOT NULL,
    name NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    name_hash BINARY(32) NOT NULL,
    CONSTRAINT pk_game PRIMARY KEY (game_id),
    CONSTRAINT uq_game_name_hash UNIQUE (name_hash, provider_id),
    CONSTRAINT fk_game_provider FOREIGN KEY (provider_id) REFERENCES provider (provider_id)
);

-- Running totals of a player, changed in the transaction that inserts the rows. The name shown is that of the wager
-- with the latest created_at, of those at the same time the one with the highest wager_id; both are kept beside it.
CREATE TABLE player (
    account_id BINARY(16) NOT NULL,
    username NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    username_created_at DATETIME2(7) NOT NULL,
    username_wager_id BINARY(16) NOT NULL,
    total_amount DECIMAL(38, 18) NOT NULL,
    wager_count BIGINT NOT NULL,
    CONSTRAINT pk_player PRIMARY KEY (account_id)
);

-- Top spenders of all time: reads as many entries as it answers.
CREATE INDEX ix_player_total_amount ON player (total_amount DESC, username, account_id);

-- The same totals per UTC day of created_at. Top spenders of a window: the key is a range of days.
CREATE TABLE player_day (
    created_on DATE NOT NULL,
    account_id BINARY(16) NOT NULL,
    total_amount DECIMAL(38, 18) NOT NULL,
    wager_count BIGINT NOT NULL,
    CONSTRAINT pk_player_day PRIMARY KEY (created_on, account_id)
);

-- One row for each wagerId, for ever: uq_wager_wager_id is the memory that makes every retry safe.
CREATE TABLE wager (
    wager_seq BIGINT IDENTITY(1, 1) NOT NULL,
    wager_id BINARY(16) NOT NULL,
    account_id BINARY(16) NOT NULL,
    username NVARCHAR(100) NOT NULL,
    game_id INT NOT NULL,
    theme NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NULL,
    amount DECIMAL(33, 18) NOT NULL,
    created_at DATETIME2(7) NOT NULL,
    transaction_id BINARY(16) NULL,
    brand_id BINARY(16) NULL,
    external_reference_id BINARY(16) NULL,
    transaction_type_id BINARY(16) NULL,
    number_of_bets INT NULL,
    country_code CHAR(2) COLLATE Latin1_General_100_BIN2 NULL,
    session_data NVARCHAR(MAX) NULL,
    duration_millis BIGINT NULL,
    -- io.wager.core.wager.ContentHash: a version byte and 32 bytes of SHA-256.
    content_hash BINARY(33) NOT NULL,
    stored_at DATETIME2(7) NOT NULL,
    -- Rows arrive at the end of the table; the option keeps many writers from queueing for its last page.
    CONSTRAINT pk_wager PRIMARY KEY CLUSTERED (wager_seq) WITH (OPTIMIZE_FOR_SEQUENTIAL_KEY = ON),
    CONSTRAINT uq_wager_wager_id UNIQUE NONCLUSTERED (wager_id),
    CONSTRAINT fk_wager_game FOREIGN KEY (game_id) REFERENCES game (game_id),
    CONSTRAINT ck_wager_amount CHECK (amount >= 0)
);

-- A player's history, latest first, ties by wager_id: finds the wagers of a page, by number or by cursor, and filters by
-- game. The amount is read from the rows of the page alone: every insert pays for the width of this index.
CREATE INDEX ix_wager_account_created ON wager (account_id, created_at DESC, wager_id) INCLUDE (game_id);

-- The distinct other contents that came for a stored wagerId.
CREATE TABLE wager_conflict (
    wager_id BINARY(16) NOT NULL,
    content_hash BINARY(33) NOT NULL,
    first_seen_at DATETIME2(7) NOT NULL,
    CONSTRAINT pk_wager_conflict PRIMARY KEY (wager_id, content_hash)
);

-- The table types in which a batch travels to the server: one parameter for any number of rows, each statement's plan the
-- same. The keys make the statements walk a batch in the order of the ids, which is the order of their locks. Times are
-- text (ISO 8601, seven digits): the JDBC driver sends them as text in a table type anyway. Days are dates, turned from text
-- on arrival, since they are sought by. Texts have the collation of the columns for which they are meant, so that an
-- expression of both has one collation and not a conflict of two.

CREATE TYPE provider_batch AS TABLE (
    name_hash BINARY(32) NOT NULL PRIMARY KEY,
    name NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL
);

CREATE TYPE game_batch AS TABLE (
    provider_id INT NOT NULL,
    name_hash BINARY(32) NOT NULL,
    name NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY (name_hash, provider_id)
);

CREATE TYPE wager_batch AS TABLE (
    wager_id BINARY(16) NOT NULL PRIMARY KEY,
    account_id BINARY(16) NOT NULL,
    username NVARCHAR(100) NOT NULL,
    game_id INT NOT NULL,
    theme NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NULL,
    amount DECIMAL(33, 18) NOT NULL,
    created_at NVARCHAR(27) NOT NULL,
    transaction_id BINARY(16) NULL,
    brand_id BINARY(16) NULL,
    external_reference_id BINARY(16) NULL,
    transaction_type_id BINARY(16) NULL,
    number_of_bets INT NULL,
    country_code NCHAR(2) COLLATE Latin1_General_100_BIN2 NULL,
    session_data NVARCHAR(MAX) NULL,
    duration_millis BIGINT NULL,
    content_hash BINARY(33) NOT NULL
);

CREATE TYPE wager_conflict_batch AS TABLE (
    wager_id BINARY(16) NOT NULL,
    content_hash BINARY(33) NOT NULL,
    PRIMARY KEY (wager_id, content_hash)
);

CREATE TYPE player_batch AS TABLE (
    account_id BINARY(16) NOT NULL PRIMARY KEY,
    username NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    username_created_at NVARCHAR(27) NOT NULL,
    username_wager_id BINARY(16) NOT NULL,
    total_amount DECIMAL(38, 18) NOT NULL,
    wager_count BIGINT NOT NULL
);

CREATE TYPE player_day_batch AS TABLE (
    created_on DATE NOT NULL,
    account_id BINARY(16) NOT NULL,
    total_amount DECIMAL(38, 18) NOT NULL,
    wager_count BIGINT NOT NULL,
    PRIMARY KEY (created_on, account_id)
);

-- What the consumer may change; it reads and uses the types by grants on the schema. Tables that it only adds to can't be
-- altered by it, and nothing can be deleted. db/setup/sqlserver.sql makes the role before, with the consumer as its member;
-- where it has not been run, as in tests, the role is made here and stands empty.
IF DATABASE_PRINCIPAL_ID(N'wager_writer') IS NULL
    CREATE ROLE wager_writer;

GRANT INSERT ON provider TO wager_writer;
GRANT INSERT ON game TO wager_writer;
GRANT INSERT ON wager TO wager_writer;
GRANT INSERT ON wager_conflict TO wager_writer;
GRANT INSERT, UPDATE ON player TO wager_writer;
GRANT INSERT, UPDATE ON player_day TO wager_writer;
