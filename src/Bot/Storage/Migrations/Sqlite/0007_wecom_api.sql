-- How many messages went to a member of WeCom in each span of ten seconds (since 1970), for an hour: beyond its limits the platform drops them unsaid.
CREATE TABLE wecom_sent (
    member   TEXT    NOT NULL,
    span     INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    PRIMARY KEY (member, span)
) WITHOUT ROWID;
CREATE INDEX wecom_sent_span ON wecom_sent (span);

-- Pictures come by more than one platform; openid is whoever sent it there.
ALTER TABLE picture_fetches ADD COLUMN channel TEXT NOT NULL DEFAULT 'wechat';
