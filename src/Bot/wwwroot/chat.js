import { fetchJson } from './directline.js';
import { Pane } from './pane.js';
import { stored } from './page.js';

const panes = document.getElementById('panes');
const start = document.getElementById('start');

// iOS lays its keyboard over the page; only the visual viewport knows how much is left.
if (window.visualViewport) {
  const fit = () => document.documentElement.style.setProperty('--height', `${window.visualViewport.height}px`);
  window.visualViewport.addEventListener('resize', fit);
  fit();
}

const visitor = token => fetchJson('/app/token', { method: 'POST', headers: token ? { Authorization: `Bearer ${token}` } : {} });

/** A token that has run out may still be exchanged, which keeps the conversation. */
async function renewVisitor(token) {
  try {
    return await fetchJson('/v3/directline/tokens/refresh', { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
  } catch (problem) {
    if (!problem.status || problem.status >= 500) throw problem;
    const session = await visitor(token);
    return { ...session, stranger: session.conversationId !== stored.get().conversationId };
  }
}

async function personas() {
  try {
    return await fetchJson('/demo/personas');
  } catch (problem) {
    if (problem.status === 404) return undefined;
    throw problem;
  }
}

/** The page was opened by scanning a code: that is said once, and not again when the page is loaded anew. */
function scan(pane) {
  const scene = new URLSearchParams(window.location.search).get('scene');
  if (!scene) return;
  window.history.replaceState(undefined, '', window.location.pathname);
  pane.say({ channelData: { scene }, label: '扫码' });
}

async function begin(wait) {
  try {
    // Asked together: whether this is the demonstration costs the visitor no extra round trip.
    const known = stored.get();
    const [people, session] = await Promise.all([personas(), known.token ? known : visitor().catch(problem => problem)]);
    if (people) {
      const { demonstrate } = await import('./demo.js');
      start.remove();
      await demonstrate(people, panes);
      return;
    }
    if (session instanceof Error) throw session;
    start.remove();
    const pane = new Pane();
    panes.append(pane.root);
    pane.open(session, renewVisitor, stored.set);
    scan(pane);
    if (window.matchMedia('(hover: hover) and (pointer: fine)').matches) pane.box.focus();
  } catch (problem) {
    start.textContent = problem.reason || '暂时连不上，正在重试…';
    setTimeout(() => begin(Math.min(wait * 2, 15)), wait * 1000);
  }
}

begin(1);
