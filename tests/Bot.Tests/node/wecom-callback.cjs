// Drives a callback from outside with npm's @wecom/crypto. Arguments: address, token, key, corp id, agent id, userid, seconds of the service's clock, and
// the names of vectors to push instead of messages of its own. Writes one line for each thing tried.
const crypto = require('crypto');
const { getSignature, encrypt, decrypt } = require('@wecom/crypto');
const known = require('./crypto-vectors.json');

const [address, token, key, corp, agent, userid, seconds, ...names] = process.argv.slice(2);
const field = (xml, name) => (new RegExp(`<${name}>(?:<!\\[CDATA\\[([\\s\\S]*?)\\]\\]>|([^<]*))</${name}>`).exec(xml) || []).slice(1).find(found => found !== undefined);
const say = (what, detail) => console.log(JSON.stringify({ what, ...detail }));

async function push(name, encrypted, timestamp, nonce, signature) {
  const query = `msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`;
  const body = `<xml><ToUserName><![CDATA[${corp}]]></ToUserName><AgentID><![CDATA[${agent}]]></AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
  const answer = await fetch(`${address}?${query}`, { method: 'POST', body, headers: { 'content-type': 'text/xml' } });
  const outer = await answer.text();
  if (answer.status !== 200 || outer === '')
    return say('reply', { name, status: answer.status, empty: outer === '' });
  const sealed = field(outer, 'Encrypt');
  const signed = getSignature(token, field(outer, 'TimeStamp'), field(outer, 'Nonce'), sealed) === field(outer, 'MsgSignature');
  const { message, id } = decrypt(key, sealed);
  say('reply', { name, status: answer.status, empty: false, signed, receiver: id, to: field(message, 'ToUserName'), from: field(message, 'FromUserName'), type: field(message, 'MsgType'), created: field(message, 'CreateTime'), content: field(message, 'Content') || field(message, 'ReplaceName') });
}

async function verify(name, echo, encrypted, timestamp, nonce, signature) {
  const answer = await fetch(`${address}?msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}&echostr=${encodeURIComponent(encrypted)}`);
  say('verified', { name, status: answer.status, right: await answer.text() === echo });
}

async function pushOwn(id, parts) {
  const nonce = String(crypto.randomInt(1e9));
  const inner = `<xml><ToUserName><![CDATA[${corp}]]></ToUserName><FromUserName><![CDATA[${userid}]]></FromUserName><CreateTime>${seconds}</CreateTime>${parts}<MsgId>${id}</MsgId><AgentID>${agent}</AgentID></xml>`;
  const encrypted = encrypt(key, inner, corp);
  await push(parts, encrypted, seconds, nonce, getSignature(token, seconds, nonce, encrypted));
}

async function pushKnown(name) {
  const vector = ['vectors', 'published', 'negatives'].flatMap(group => known[group]).find(one => one.name === name);
  if (vector.plaintext !== undefined && vector.randomHex)
    say('same', { name, right: encrypt(vector.encodingAesKey, vector.plaintext, vector.receiveId, Buffer.from(vector.randomHex, 'hex')) === vector.ciphertext && getSignature(vector.token, vector.timestamp, vector.nonce, vector.ciphertext) === vector.msgSignature });
  if (/^\d+$/.test(vector.plaintext || ''))
    return verify(name, vector.plaintext, vector.ciphertext, vector.timestamp, vector.nonce, vector.msgSignature);
  return push(name, vector.ciphertext, vector.timestamp, vector.nonce, vector.msgSignature);
}

(async () => {
  if (names.length > 0) {
    for (const name of names) await pushKnown(name);
    return say('end');
  }
  const echo = '16161403175551' + crypto.randomInt(1e5);
  const sealed = encrypt(key, echo, corp);
  await verify('own', echo, sealed, seconds, '7', getSignature(token, seconds, '7', sealed));
  let id = 7000000000000000001n;
  for (const content of ['15号算不算安静日', '几点下班', '😀👍🏽 <b>&amp;', '15号算不算安静日' + ' '.repeat(600)])
    await pushOwn(id++, `<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content>`);
  await pushOwn(id++, '<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[view]]></Event><EventKey><![CDATA[https://example.org/]]></EventKey>');
  say('end');
})();
