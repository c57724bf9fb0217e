// Everything is drawn anew from the emulator's state whenever it says that something has changed.
import { Desk } from './desk.js';
import { Phone, drawCode } from './phone.js';
import { button, clockOf, make } from './tools.js';

const narrow = matchMedia('(max-width: 46rem)');
const screens = new Map();
const seen = new Map();
const taken = new Set();
let open = [];
let state = null;

/** Everybody with a screen, phones first. */
const everybody = () => [
  ...state.phones.users.map(user => ({ id: user.id, name: user.name, shelved: user.shelved, newest: user.bubbles.at(-1)?.number ?? 0, phone: user })),
  ...(state.desks?.members ?? []).map(member => ({ id: member.id, name: member.name, shelved: member.shelved, newest: member.entries.at(-1)?.number ?? 0, desk: member })),
];

const drawShelf = (shelf, label, first) => {
  const more = make('select', 'new');
  more.setAttribute('aria-label', label);
  more.append(new Option(`＋ ${label}`, ''), ...first, ...shelf.map(one => new Option(one.desk ? `${one.name}（${one.desk.position}，${one.desk.unit}）` : one.name, one.id)));
  more.addEventListener('change', async () => {
    const id = more.value === 'new' ? (await (await fetch('phone/users', { method: 'POST' })).json()).id : more.value;
    taken.add(id);
    open = narrow.matches ? [id] : [...open, id];
    await refresh();
  });
  return more;
};

const show = id => {
  open = narrow.matches ? [id] : open.includes(id) ? (open.length > 1 ? open.filter(one => one !== id) : open) : [...open, id];
  draw();
};

const drawPeople = people => {
  const shelf = people.filter(one => one.shelved && !open.includes(one.id) && !taken.has(one.id));
  const chip = one => {
    const chip = button(one.desk ? 'at-desk' : '', one.name, () => show(one.id));
    chip.setAttribute('aria-pressed', String(open.includes(one.id)));
    chip.title = one.desk ? `${one.desk.unit} ${one.desk.position}` : '';
    if (open.includes(one.id)) seen.set(one.id, one.newest);
    if (one.newest > (seen.get(one.id) ?? 0)) chip.append(make('span', 'unread'));
    return chip;
  };
  const chips = people.filter(one => !shelf.includes(one));
  const parts = [...chips.filter(one => one.phone).map(chip), drawShelf(shelf.filter(one => one.phone), '再拿一部手机', [new Option('新用户（没有绑定）', 'new')])];
  if (state.desks) parts.push(make('span', 'between'), ...chips.filter(one => one.desk).map(chip), drawShelf(shelf.filter(one => one.desk), '再请一位工作人员', []));
  document.getElementById('people').replaceChildren(...parts);
};

/** At first: those to whom something has come, as many as there is room for, a phone before a desk. */
const openFirst = people => {
  const first = people.filter(one => !one.shelved).sort((a, b) => !!b.newest - !!a.newest);
  const phones = first.filter(one => one.phone);
  const desks = first.filter(one => one.desk);
  open = (desks.length ? [phones[0], desks[0]] : phones.slice(0, 2)).filter(Boolean).map(one => one.id);
};

const draw = () => {
  const people = everybody();
  open = open.filter(id => people.some(one => one.id === id));
  if (!open.length) openFirst(people);
  if (narrow.matches) open = open.slice(-1);
  document.getElementById('now').textContent = `${Number(state.now.slice(0, 4))}年${Number(state.now.slice(5, 7))}月${Number(state.now.slice(8, 10))}日 ${clockOf(state.now)}`;
  document.getElementById('moves').hidden = !state.movable;
  for (const link of document.querySelectorAll('.web')) link.href = state.web ?? '#';
  for (const line of document.querySelectorAll('.with-desks')) line.hidden = !state.desks;
  for (const line of document.querySelectorAll('.without-desks')) line.hidden = !!state.desks || !state.web;
  drawPeople(people);

  for (const one of people) {
    if (!open.includes(one.id)) continue;
    if (!screens.has(one.id)) screens.set(one.id, one.desk ? new Desk(one.id) : new Phone(one.id, refresh));
    const screen = screens.get(one.id);
    if (!screen.root.isConnected) {
      place(screen, one);
      queueMicrotask(() => { screen.toEnd(); if (screens.size > 2) screen.root.scrollIntoView({ inline: 'nearest' }); });
    }
    screen.draw(one.desk ?? one.phone, state);
  }
  for (const [id, screen] of screens) if (!open.includes(id)) screen.root.remove();

  document.getElementById('codes-box').hidden = !state.phones.codes.length;
  document.getElementById('codes').replaceChildren(...state.phones.codes.map(code => drawCode(code)));
  document.getElementById('broken-box').hidden = !state.violations.length;
  document.getElementById('broken').replaceChildren(...state.violations.map(text => make('li', '', text)));
};

/** Phones stand left of desks. */
const place = (screen, one) => {
  const stage = document.getElementById('phones');
  if (one.desk) stage.append(screen.root);
  else stage.insertBefore(screen.root, stage.querySelector('.desk'));
};

let asking = false;
let again = false;
const refresh = async () => {
  if (asking) { again = true; return; }
  asking = true;
  do {
    again = false;
    state = await (await fetch('bench/state')).json();
    draw();
  } while (again);
  asking = false;
};

document.getElementById('about').addEventListener('click', event => {
  const shown = document.getElementById('side').classList.toggle('open');
  event.currentTarget.setAttribute('aria-expanded', String(shown));
});
for (const move of document.querySelectorAll('[data-move]')) {
  move.addEventListener('click', async () => {
    const says = document.getElementById('clock-says');
    const day = Date.parse(`${state.now.slice(0, 10)}T08:30:00+08:00`);
    const to = move.dataset.move === 'hour' ? Date.parse(state.now) + 3600e3 : day + 24 * 3600e3;
    move.disabled = true;
    says.textContent = '正在拨时间…';
    const answer = await fetch('bench/clock', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ to: new Date(to).toISOString() }) });
    says.textContent = answer.ok ? '' : await answer.text();
    move.disabled = false;
    await refresh();
  });
}
narrow.addEventListener('change', () => { if (state) draw(); });
setInterval(refresh, 20000);
new EventSource('bench/changes').onmessage = refresh;
