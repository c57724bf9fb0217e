-- Cards that went out on WeCom, until they can be changed no more. kind: the notice, or question. subject: what the notice was about, written_at: since when. state: 0 can be tapped, 1 is done with. Times are milliseconds since 1970.
CREATE TABLE wecom_cards (
    task_id       TEXT NOT NULL PRIMARY KEY,
    user_id       TEXT NOT NULL,
    kind          TEXT NOT NULL,
    subject       TEXT NOT NULL,
    card          TEXT NOT NULL,
    written_at    INTEGER NOT NULL,
    state         INTEGER NOT NULL,
    response_code TEXT,
    purge_at      INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX wecom_cards_subject ON wecom_cards (subject) WHERE state = 0;
CREATE INDEX wecom_cards_user ON wecom_cards (user_id);
CREATE INDEX wecom_cards_purge ON wecom_cards (purge_at);

-- How far in the audit chain cards have followed what was done.
CREATE TABLE wecom_cards_followed (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    seq INTEGER NOT NULL
);
