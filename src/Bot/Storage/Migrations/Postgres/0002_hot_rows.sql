-- Rows that every message touches (docs/decisions/0005). Times are milliseconds since 1970, purge_at: may be deleted from then on.
CREATE TABLE seen_messages (
    channel    text    NOT NULL,
    message_id text    NOT NULL,
    replies    text    NOT NULL,
    purge_at   bigint  NOT NULL,
    PRIMARY KEY (channel, message_id)
);
CREATE INDEX seen_messages_purge ON seen_messages (purge_at);

CREATE TABLE talk_states (
    channel     text    NOT NULL,
    external_id text    NOT NULL,
    state       text    NOT NULL,
    version     bigint  NOT NULL,
    purge_at    bigint  NOT NULL,
    PRIMARY KEY (channel, external_id)
);
CREATE INDEX talk_states_purge ON talk_states (purge_at);

CREATE TABLE web_conversations (
    conversation_id text    NOT NULL PRIMARY KEY,
    last_seq        bigint  NOT NULL
);

CREATE TABLE web_activities (
    conversation_id text    NOT NULL,
    seq             bigint  NOT NULL,
    activity_id     text    NOT NULL,
    activity        text    NOT NULL,
    at              bigint  NOT NULL,
    purge_at        bigint,
    PRIMARY KEY (conversation_id, seq)
);
CREATE INDEX web_activities_purge ON web_activities (purge_at) WHERE purge_at IS NOT NULL;

-- The audit chain; audit_end has exactly one row and says where the chain ends.
CREATE TABLE audit (
    seq           bigint  NOT NULL PRIMARY KEY,
    at            text    NOT NULL,
    actor         text    NOT NULL,
    action        text    NOT NULL,
    subject       text    NOT NULL,
    detail        text    NOT NULL,
    previous_hash text    NOT NULL,
    hash          text    NOT NULL
);
CREATE INDEX audit_subject ON audit (subject);
CREATE TABLE audit_end (
    id   bigint  NOT NULL PRIMARY KEY CHECK (id = 1),
    seq  bigint  NOT NULL,
    hash text    NOT NULL
);
INSERT INTO audit_end VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
