// Drives a callback from outside with the crypto of npm: wechat-crypto, and co-wechat's own.
// Arguments: address, token, key ("" for plain mode), app id, openid, seconds of the service's clock. Writes one line for each thing tried.
const crypto = require('crypto');
process.noDeprecation = true;
const WXBizMsgCrypt = require('wechat-crypto');
const wechat = require('co-wechat');

const [address, token, key, appId, openId, seconds] = process.argv.slice(2);
const account = 'gh_1a2b3c4d5e6f';
const ours = key && new WXBizMsgCrypt(token, key, appId);

// co-wechat makes its crypto when it is mounted.
const theirs = key && wechat({ token, appid: appId, encodingAESKey: key });
if (theirs) theirs.middleware(async () => '');
const field = (xml, name) => (new RegExp(`<${name}>(?:<!\\[CDATA\\[([\\s\\S]*?)\\]\\]>|([^<]*))</${name}>`).exec(xml) || []).slice(1).find(found => found !== undefined);
const sha1 = (...parts) => crypto.createHash('sha1').update(parts.sort().join('')).digest('hex');
const say = (what, detail) => console.log(JSON.stringify({ what, ...detail }));

async function push(crypt, id, content) {
  const nonce = String(crypto.randomInt(1e9));
  const inner = `<xml><ToUserName><![CDATA[${account}]]></ToUserName><FromUserName><![CDATA[${openId}]]></FromUserName><CreateTime>${seconds}</CreateTime>`
    + `<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content><MsgId>${id}</MsgId></xml>`;
  let query = `signature=${sha1(token, seconds, nonce)}&timestamp=${seconds}&nonce=${nonce}&openid=${openId}`;
  let body = inner;
  if (crypt) {
    const encrypted = crypt.encrypt(inner);
    query += `&encrypt_type=aes&msg_signature=${crypt.getSignature(seconds, nonce, encrypted)}`;
    body = `<xml><ToUserName><![CDATA[${account}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
  }
  const answer = await fetch(`${address}?${query}`, { method: 'POST', body, headers: { 'content-type': 'text/xml' } });
  let xml = await answer.text();
  let opened = {};
  if (crypt) {
    const encrypted = field(xml, 'Encrypt');
    opened.signed = crypt.getSignature(field(xml, 'TimeStamp'), field(xml, 'Nonce'), encrypted) === field(xml, 'MsgSignature');
    const { message, id: receiver } = crypt.decrypt(encrypted);
    xml = message;
    opened.receiver = receiver;
  }
  say('reply', { status: answer.status, ...opened, to: field(xml, 'ToUserName'), from: field(xml, 'FromUserName'), type: field(xml, 'MsgType'), created: field(xml, 'CreateTime'), content: field(xml, 'Content') });
}

(async () => {
  const echo = String(crypto.randomInt(1e9));
  const check = await fetch(`${address}?signature=${sha1(token, seconds, '7')}&timestamp=${seconds}&nonce=7&echostr=${echo}`);
  say('verified', { right: await check.text() === echo });
  let id = 25000000000000001n;
  for (const crypt of key ? [ours, theirs.cryptor] : [null])
    for (const content of ['你好', '匿名咨询', '😀👍🏽 <b>&amp;', '长'.repeat(600)])
      await push(crypt, id++, content);
  say('end');
})();
