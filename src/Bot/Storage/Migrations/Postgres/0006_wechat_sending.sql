-- What the platform reported of submitted template messages, until the outbox has taken note. Times are milliseconds since 1970.
CREATE TABLE delivery_reports (
    receipt     text    NOT NULL PRIMARY KEY,
    external_id text    NOT NULL,
    status      text    NOT NULL,
    at          bigint  NOT NULL,
    purge_at    bigint  NOT NULL
);
CREATE INDEX delivery_reports_purge ON delivery_reports (purge_at);

-- How often a person let us send a subscription notice of a template: one accept, one message.
CREATE TABLE subscription_accepts (
    external_id text    NOT NULL,
    template_id text    NOT NULL,
    accepts     bigint  NOT NULL,
    PRIMARY KEY (external_id, template_id)
);

-- Messages that cannot be sent twice under one id: written down before they go out, taken back only when the platform surely refused them.
CREATE TABLE begun_sends (
    message_id text    NOT NULL PRIMARY KEY,
    purge_at   bigint  NOT NULL
);
CREATE INDEX begun_sends_purge ON begun_sends (purge_at);
