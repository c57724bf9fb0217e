-- Access tokens of platforms, shared by instances: one refreshes at a time. token is sealed with the account's secret. Times are milliseconds since 1970.
CREATE TABLE platform_tokens (
    name          text    NOT NULL PRIMARY KEY,
    token         text,
    refresh_at    bigint  NOT NULL,
    expires_at    bigint  NOT NULL,
    holder        text,
    held_until    bigint  NOT NULL,
    stopped_by    bigint  NOT NULL,
    stopped_until bigint  NOT NULL,
    forced_at     bigint  NOT NULL,
    forced_times  bigint  NOT NULL
);

-- Pictures that were promised a place in the file store and could not be fetched at once. openid: who is told when it fails; null when nobody may know.
CREATE TABLE picture_fetches (
    evidence_id text    NOT NULL PRIMARY KEY,
    media_id    text    NOT NULL,
    openid      text,
    state       bigint  NOT NULL,
    attempts    bigint  NOT NULL,
    next_at     bigint  NOT NULL,
    give_up_at  bigint  NOT NULL
);
CREATE INDEX picture_fetches_next ON picture_fetches (next_at);
CREATE INDEX picture_fetches_openid ON picture_fetches (openid) WHERE openid IS NOT NULL;
