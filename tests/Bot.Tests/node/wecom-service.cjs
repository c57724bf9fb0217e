// A service behind a WeCom app, made of npm's @wecom/crypto alone: it opens what the platform pushes and answers sealed.
const http = require('http');
const { URL } = require('url');
const { decrypt, encrypt, getSignature } = require('@wecom/crypto');

const [token, key, corpId] = process.argv.slice(2);
const field = (xml, name) => (new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${name}>`, 's').exec(xml) || [])[1];

http.createServer((request, response) => {
  const query = new URL(request.url, 'http://localhost').searchParams;
  let body = '';
  request.on('data', part => { body += part; });
  request.on('end', () => {
    const encrypted = query.get('echostr') || field(body, 'Encrypt');
    if (getSignature(token, query.get('timestamp'), query.get('nonce'), encrypted) !== query.get('msg_signature')) {
      response.writeHead(403).end();
      return;
    }
    const opened = decrypt(key, encrypted);
    if (request.method === 'GET') {
      response.end(opened.message);
      return;
    }
    const now = Math.floor(Date.now() / 1000);
    const answer = `<xml><ToUserName><![CDATA[${field(opened.message, 'FromUserName')}]]></ToUserName><FromUserName><![CDATA[${field(opened.message, 'ToUserName')}]]></FromUserName>`
      + `<CreateTime>${now}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${opened.id} ${field(opened.message, 'Content') || '欢迎'}]]></Content></xml>`;
    const cipher = encrypt(key, answer, corpId);
    response.end(`<xml><Encrypt><![CDATA[${cipher}]]></Encrypt><MsgSignature><![CDATA[${getSignature(token, now, '77', cipher)}]]></MsgSignature><TimeStamp>${now}</TimeStamp><Nonce><![CDATA[77]]></Nonce></xml>`);
  });
}).listen(0, '127.0.0.1', function () { console.log(this.address().port); });
