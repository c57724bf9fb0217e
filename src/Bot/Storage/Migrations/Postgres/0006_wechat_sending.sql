-- What the platform reported of submitted template messages, until the outbox has taken note. Times are milliseconds since 1970.
CREATE TABLE delivery_reports (
    receipt  TEXT    NOT NULL PRIMARY KEY,
    status   TEXT    NOT NULL,
    at       BIGINT NOT NULL,
    purge_at BIGINT NOT NULL
);
CREATE INDEX delivery_reports_purge ON delivery_reports (purge_at);

-- How often a person let us send a subscription notice of a template: one accept, one message.
CREATE TABLE subscription_accepts (
    external_id TEXT    NOT NULL,
    template_id TEXT    NOT NULL,
    accepts     BIGINT NOT NULL,
    PRIMARY KEY (external_id, template_id)
);
