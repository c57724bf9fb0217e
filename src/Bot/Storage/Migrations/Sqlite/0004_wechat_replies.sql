-- Replies that missed the connection they were asked on. state: 0 waiting, 1 being sent, 2 sent, 3 given up, 4 brought by a repeat. Times are milliseconds since 1970.
CREATE TABLE late_replies (
    channel     TEXT NOT NULL,
    message_id  TEXT NOT NULL,
    external_id TEXT NOT NULL,
    reply       TEXT NOT NULL,
    state       INTEGER NOT NULL,
    tries       INTEGER NOT NULL,
    due_at      INTEGER NOT NULL,
    purge_at    INTEGER NOT NULL,
    PRIMARY KEY (channel, message_id)
) WITHOUT ROWID;
CREATE INDEX late_replies_due ON late_replies (channel, due_at) WHERE state <= 1;
CREATE INDEX late_replies_person ON late_replies (channel, external_id) WHERE state <= 1;
CREATE INDEX late_replies_purge ON late_replies (purge_at);

-- Of pushes of kinds that are not known how they are made, for whoever teaches the service to read them: not what they said, nor whose they were.
CREATE TABLE wechat_unknown_pushes (
    shape    TEXT NOT NULL PRIMARY KEY,
    purge_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX wechat_unknown_pushes_purge ON wechat_unknown_pushes (purge_at);
