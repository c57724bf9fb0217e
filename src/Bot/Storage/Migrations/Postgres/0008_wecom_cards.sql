-- Cards that went out on WeCom, until they can be changed no more. kind: the notice, or question. subject: what the notice was about, written_at: since when. state: 0 can be tapped, 1 is done with. Times are milliseconds since 1970.
CREATE TABLE wecom_cards (
    task_id       text NOT NULL PRIMARY KEY,
    user_id       text NOT NULL,
    kind          text NOT NULL,
    subject       text NOT NULL,
    card          text NOT NULL,
    written_at    bigint NOT NULL,
    state         bigint NOT NULL,
    response_code text,
    purge_at      bigint NOT NULL
);
CREATE INDEX wecom_cards_subject ON wecom_cards (subject) WHERE state = 0;
CREATE INDEX wecom_cards_user ON wecom_cards (user_id);
CREATE INDEX wecom_cards_purge ON wecom_cards (purge_at);

-- How far in the audit chain cards have followed what was done.
CREATE TABLE wecom_cards_followed (
    one bigint NOT NULL PRIMARY KEY CHECK (one = 1),
    seq bigint NOT NULL
);
