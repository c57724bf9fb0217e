-- What the platform reported of submitted template messages, until the outbox has taken note. Times are milliseconds since 1970.
CREATE TABLE delivery_reports (
    receipt     TEXT    NOT NULL PRIMARY KEY,
    external_id TEXT    NOT NULL,
    status      TEXT    NOT NULL,
    at          INTEGER NOT NULL,
    purge_at    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX delivery_reports_purge ON delivery_reports (purge_at);

-- How often a person let us send a subscription notice of a template: one accept, one message.
CREATE TABLE subscription_accepts (
    external_id TEXT    NOT NULL,
    template_id TEXT    NOT NULL,
    accepts     INTEGER NOT NULL,
    PRIMARY KEY (external_id, template_id)
) WITHOUT ROWID;

-- Messages that cannot be sent twice under one id: written down before they go out, taken back only when the platform surely refused them.
CREATE TABLE begun_sends (
    message_id TEXT    NOT NULL PRIMARY KEY,
    purge_at   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX begun_sends_purge ON begun_sends (purge_at);
