// Microsoft's botframework-directlinejs as it is, in a program without a browser. Arguments: domain, token.
// Writes one line for each thing seen; the test restarts the service after "talked".
global.XMLHttpRequest = require('xhr2');
global.WebSocket = require('ws');
const { DirectLine } = require('botframework-directlinejs');

const [domain, token] = process.argv.slice(2);
const say = (what, detail) => console.log(JSON.stringify({ what, ...detail }));
const client = new DirectLine({ domain, token, webSocket: true });
const seen = new Map();

client.connectionStatus$.subscribe(status => say('status', { status }));
client.activity$.subscribe(
  activity => {
    seen.set(activity.id, (seen.get(activity.id) || 0) + 1);
    if (seen.get(activity.id) > 1) return;
    say('activity', {
      role: activity.from.role,
      text: activity.text,
      buttons: activity.suggestedActions ? activity.suggestedActions.actions.map(action => action.value) : [],
    });
    if (seen.size === 1) post('你好');
    if (activity.replyToId && !post.done) {
      post.done = true;
      say('talked');
    }
    if (activity.text === '重启以后') {
      say('end', { activities: seen.size });
      process.exit(0);
    }
  },
  problem => {
    say('problem', { message: String(problem) });
    process.exit(1);
  });

function post(text) {
  client.postActivity({ type: 'message', text, from: { id: 'me' } }).subscribe(id => say('posted', { id }), problem => say('problem', { message: String(problem) }));
}
