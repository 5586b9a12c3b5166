-- The archive of dead letters and the work on it, on SQL Server 2022. docs/design/004-dead-letters.md has the rules.
--
-- The consumer archives, resolves and, after the time to keep it, deletes; the API's operators do everything else. Ids and
-- collations are as V1 says. Dead letters are few: indexes here are chosen for reading.

CREATE TABLE dead_letter (
    -- Order of archiving; the place in lists of letters that failed at the same time.
    dead_letter_seq BIGINT IDENTITY(1, 1) NOT NULL,
    -- Derived from what the message is, so that the same failure archived twice meets its own row.
    dead_letter_id BINARY(16) NOT NULL,
    status VARCHAR(9) COLLATE Latin1_General_100_BIN2 NOT NULL,
    -- Of the last failure, as everything up to exception_message.
    reason VARCHAR(24) COLLATE Latin1_General_100_BIN2 NOT NULL,
    fingerprint CHAR(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
    -- The exception message without what differs from case to case: what a group is called.
    title NVARCHAR(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
    exception_type NVARCHAR(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
    exception_message NVARCHAR(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
    -- Where the body says so in a way that can be read.
    wager_id BINARY(16) NULL,
    account_id BINARY(16) NULL,
    provider NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NULL,
    -- The start of the body as text, for the search by text.
    search_text NVARCHAR(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
    -- How many failures are known.
    attempts INT NOT NULL,
    -- Number of the last requeue that was begun; a message that was requeued carries it.
    requeues INT NOT NULL,
    -- The highest requeue that is known to have failed.
    failed_requeue INT NOT NULL,
    -- Number of the last edit; 0 when the body is the original.
    edits INT NOT NULL,
    first_failed_at DATETIME2(7) NOT NULL,
    last_failed_at DATETIME2(7) NOT NULL,
    archived_at DATETIME2(7) NOT NULL,
    status_changed_at DATETIME2(7) NOT NULL,
    -- While it is later than now, a requeue is under way between its publishing and the change of status.
    claimed_until DATETIME2(7) NULL,
    -- The one unfinished job that has selected this letter.
    job_id BINARY(16) NULL,
    CONSTRAINT pk_dead_letter PRIMARY KEY CLUSTERED (dead_letter_seq),
    CONSTRAINT uq_dead_letter_id UNIQUE NONCLUSTERED (dead_letter_id),
    CONSTRAINT ck_dead_letter_status CHECK (status IN ('open', 'requeued', 'resolved', 'discarded'))
);

-- Lists, latest failure first: of everything, of a status, of a reason, of a group, of a player.
CREATE INDEX ix_dead_letter_last_failed ON dead_letter (last_failed_at DESC, dead_letter_seq DESC);
-- This one also counts a status by reason and by group.
CREATE INDEX ix_dead_letter_status ON dead_letter (status, last_failed_at DESC, dead_letter_seq DESC)
    INCLUDE (reason, fingerprint);
CREATE INDEX ix_dead_letter_reason ON dead_letter (reason, last_failed_at DESC, dead_letter_seq DESC, status);
-- The groups too: they are counted from this index alone.
CREATE INDEX ix_dead_letter_fingerprint ON dead_letter (fingerprint, last_failed_at DESC, dead_letter_seq DESC, status);
-- The fate of a wager.
CREATE INDEX ix_dead_letter_wager ON dead_letter (wager_id);
CREATE INDEX ix_dead_letter_account ON dead_letter (account_id, last_failed_at DESC, dead_letter_seq DESC);
CREATE INDEX ix_dead_letter_exception
    ON dead_letter (exception_type, last_failed_at DESC, dead_letter_seq DESC, status, reason);
CREATE INDEX ix_dead_letter_provider
    ON dead_letter (provider, last_failed_at DESC, dead_letter_seq DESC, status, reason);
CREATE INDEX ix_dead_letter_retention ON dead_letter (status, status_changed_at);
CREATE INDEX ix_dead_letter_job ON dead_letter (job_id);

-- What is read for one letter at a time: the message exactly as it came.
CREATE TABLE dead_letter_content (
    dead_letter_id BINARY(16) NOT NULL,
    body VARBINARY(MAX) NOT NULL,
    message_id NVARCHAR(255) NULL,
    message_type NVARCHAR(255) NULL,
    content_type NVARCHAR(255) NULL,
    correlation_id NVARCHAR(255) NULL,
    published_at DATETIME2(7) NULL,
    -- io.wager.core.messaging.HeaderJson.
    headers NVARCHAR(MAX) NOT NULL,
    stack_trace NVARCHAR(MAX) NOT NULL,
    CONSTRAINT pk_dead_letter_content PRIMARY KEY (dead_letter_id)
);

-- Bodies that operators wrote in place of the original; the last one is what a requeue sends.
CREATE TABLE dead_letter_edit (
    dead_letter_id BINARY(16) NOT NULL,
    edit_number INT NOT NULL,
    body VARBINARY(MAX) NOT NULL,
    edited_at DATETIME2(7) NOT NULL,
    actor NVARCHAR(200) NOT NULL,
    note NVARCHAR(1000) NULL,
    CONSTRAINT pk_dead_letter_edit PRIMARY KEY (dead_letter_id, edit_number)
);

-- The timeline of a letter: every failure, every action, every outcome.
CREATE TABLE dead_letter_event (
    event_seq BIGINT IDENTITY(1, 1) NOT NULL,
    dead_letter_id BINARY(16) NOT NULL,
    kind VARCHAR(20) NOT NULL,
    happened_at DATETIME2(7) NOT NULL,
    -- The person; null where the system did it.
    actor NVARCHAR(200) NULL,
    requeue_number INT NULL,
    -- Which failure it was; null for what is none.
    failure_key BINARY(16) NULL,
    reason VARCHAR(24) NULL,
    exception_type NVARCHAR(255) NULL,
    detail NVARCHAR(2048) NULL,
    job_id BINARY(16) NULL,
    CONSTRAINT pk_dead_letter_event PRIMARY KEY (event_seq)
);

CREATE INDEX ix_dead_letter_event_letter ON dead_letter_event (dead_letter_id, event_seq);
-- The same failure of the same message is told once, however often the message comes.
CREATE UNIQUE INDEX uq_dead_letter_event_failure ON dead_letter_event (dead_letter_id, failure_key)
    WHERE failure_key IS NOT NULL;

-- Requeueing many: what was asked for, and how far it has come.
CREATE TABLE requeue_job (
    job_seq BIGINT IDENTITY(1, 1) NOT NULL,
    job_id BINARY(16) NOT NULL,
    status VARCHAR(9) COLLATE Latin1_General_100_BIN2 NOT NULL,
    created_at DATETIME2(7) NOT NULL,
    created_by NVARCHAR(200) NOT NULL,
    note NVARCHAR(1000) NULL,
    -- JSON: ids, or a group, or the filter of a list.
    selection NVARCHAR(MAX) NOT NULL,
    rate_per_second INT NULL,
    canary INT NULL,
    stop_when_failed_share DECIMAL(5, 4) NULL,
    -- Letters up to this number are selected: those that were there when the job was made.
    select_up_to BIGINT NOT NULL,
    -- Letters up to this number have been looked at.
    selected_through BIGINT NOT NULL,
    is_selected BIT NOT NULL,
    status_changed_at DATETIME2(7) NOT NULL,
    stop_reason NVARCHAR(400) NULL,
    -- When nothing of it was under way any more.
    finished_at DATETIME2(7) NULL,
    -- The instance that runs it, for as long as it says so again and again.
    lease_owner BINARY(16) NULL,
    lease_until DATETIME2(7) NULL,
    CONSTRAINT pk_requeue_job PRIMARY KEY (job_seq),
    CONSTRAINT uq_requeue_job_id UNIQUE (job_id),
    CONSTRAINT ck_requeue_job_status CHECK (status IN ('running', 'paused', 'stopped', 'cancelled', 'completed'))
);

CREATE INDEX ix_requeue_job_finished ON requeue_job (finished_at, job_seq);

CREATE TABLE requeue_job_item (
    job_id BINARY(16) NOT NULL,
    dead_letter_seq BIGINT NOT NULL,
    dead_letter_id BINARY(16) NOT NULL,
    outcome VARCHAR(9) COLLATE Latin1_General_100_BIN2 NOT NULL,
    -- The letter's requeue that this job made; null before.
    requeue_number INT NULL,
    -- How often publishing it was tried.
    sends INT NOT NULL,
    detail NVARCHAR(400) NULL,
    changed_at DATETIME2(7) NOT NULL,
    CONSTRAINT pk_requeue_job_item PRIMARY KEY (job_id, dead_letter_seq),
    CONSTRAINT ck_requeue_job_item_outcome CHECK (outcome IN ('pending', 'requeued', 'resolved', 'failed', 'skipped'))
);

CREATE INDEX ix_requeue_job_item_outcome ON requeue_job_item (job_id, outcome, dead_letter_seq);

-- What people did. Rows are added and never changed: nobody has the right to.
CREATE TABLE audit_entry (
    audit_seq BIGINT IDENTITY(1, 1) NOT NULL,
    happened_at DATETIME2(7) NOT NULL,
    actor NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    action VARCHAR(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    -- Id of the dead letter or job.
    target VARCHAR(64) COLLATE Latin1_General_100_BIN2 NULL,
    selection NVARCHAR(MAX) NULL,
    -- The reason that the person gave.
    note NVARCHAR(1000) NULL,
    outcome NVARCHAR(2000) NOT NULL,
    trace_id CHAR(32) NULL,
    CONSTRAINT pk_audit_entry PRIMARY KEY (audit_seq)
);

CREATE INDEX ix_audit_entry_target ON audit_entry (target, audit_seq DESC);
CREATE INDEX ix_audit_entry_actor ON audit_entry (actor, audit_seq DESC);

GRANT INSERT, UPDATE, DELETE ON dead_letter TO wager_writer;
GRANT INSERT, DELETE ON dead_letter_content TO wager_writer;
GRANT DELETE ON dead_letter_edit TO wager_writer;
GRANT INSERT, DELETE ON dead_letter_event TO wager_writer;

-- The API's: it works on dead letters, and writes no wager. db/setup/sqlserver.sql makes the role before, with the API as its
-- member.
IF DATABASE_PRINCIPAL_ID(N'dead_letter_operator') IS NULL
    CREATE ROLE dead_letter_operator;

GRANT UPDATE ON dead_letter TO dead_letter_operator;
GRANT INSERT ON dead_letter_edit TO dead_letter_operator;
GRANT INSERT ON dead_letter_event TO dead_letter_operator;
GRANT INSERT, UPDATE ON requeue_job TO dead_letter_operator;
GRANT INSERT, UPDATE ON requeue_job_item TO dead_letter_operator;
GRANT INSERT ON audit_entry TO dead_letter_operator;
