-- Rows that every message touches (docs/decisions/0005). Times are milliseconds since 1970, purge_at: may be deleted from then on.
CREATE TABLE seen_messages (
    channel    TEXT    NOT NULL,
    message_id TEXT    NOT NULL,
    replies    TEXT    NOT NULL,
    purge_at   INTEGER NOT NULL,
    PRIMARY KEY (channel, message_id)
) WITHOUT ROWID;
CREATE INDEX seen_messages_purge ON seen_messages (purge_at);

CREATE TABLE talk_states (
    channel     TEXT    NOT NULL,
    external_id TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    purge_at    INTEGER NOT NULL,
    PRIMARY KEY (channel, external_id)
) WITHOUT ROWID;
CREATE INDEX talk_states_purge ON talk_states (purge_at);

CREATE TABLE web_conversations (
    conversation_id TEXT    NOT NULL PRIMARY KEY,
    last_seq        INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE web_activities (
    conversation_id TEXT    NOT NULL,
    seq             INTEGER NOT NULL,
    activity_id     TEXT    NOT NULL,
    activity        TEXT    NOT NULL,
    at              INTEGER NOT NULL,
    purge_at        INTEGER,
    PRIMARY KEY (conversation_id, seq)
) WITHOUT ROWID;
CREATE INDEX web_activities_purge ON web_activities (purge_at) WHERE purge_at IS NOT NULL;

-- The audit chain; audit_end has exactly one row and says where the chain ends.
CREATE TABLE audit (
    seq           INTEGER NOT NULL PRIMARY KEY,
    at            TEXT    NOT NULL,
    actor         TEXT    NOT NULL,
    action        TEXT    NOT NULL,
    subject       TEXT    NOT NULL,
    detail        TEXT    NOT NULL,
    previous_hash TEXT    NOT NULL,
    hash          TEXT    NOT NULL
);
CREATE INDEX audit_subject ON audit (subject);
CREATE TABLE audit_end (
    id   INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    seq  INTEGER NOT NULL,
    hash TEXT    NOT NULL
);
INSERT INTO audit_end VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
