-- Access tokens of platforms, shared by instances: one refreshes at a time. token is sealed with the account's secret. Times are milliseconds since 1970.
CREATE TABLE platform_tokens (
    name          TEXT    NOT NULL PRIMARY KEY,
    token         TEXT,
    refresh_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    holder        TEXT,
    held_until    INTEGER NOT NULL,
    stopped_by    INTEGER NOT NULL,
    stopped_until INTEGER NOT NULL,
    forced_at     INTEGER NOT NULL,
    forced_times  INTEGER NOT NULL
) WITHOUT ROWID;

-- Pictures that were promised a place in the file store and could not be fetched at once. openid: who is told when it fails; null when nobody may know.
CREATE TABLE picture_fetches (
    evidence_id TEXT    NOT NULL PRIMARY KEY,
    media_id    TEXT    NOT NULL,
    openid      TEXT,
    state       INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    next_at     INTEGER NOT NULL,
    give_up_at  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX picture_fetches_next ON picture_fetches (next_at);
CREATE INDEX picture_fetches_openid ON picture_fetches (openid) WHERE openid IS NOT NULL;
