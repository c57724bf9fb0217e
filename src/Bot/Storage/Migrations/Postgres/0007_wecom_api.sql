-- How many messages went to a member of WeCom in each span of ten seconds (since 1970), for an hour: beyond its limits the platform drops them unsaid.
CREATE TABLE wecom_sent (
    member   text   NOT NULL,
    span     bigint NOT NULL,
    messages bigint NOT NULL,
    PRIMARY KEY (member, span)
);
CREATE INDEX wecom_sent_span ON wecom_sent (span);

-- Pictures come by more than one platform; openid is whoever sent it there.
ALTER TABLE picture_fetches ADD COLUMN channel text NOT NULL DEFAULT 'wechat';
