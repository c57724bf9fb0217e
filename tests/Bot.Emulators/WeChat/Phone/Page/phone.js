// The phones: everything is drawn anew from the emulator's state whenever it says that something has changed.
const narrow = matchMedia('(max-width: 46rem)');
const phones = new Map();
const seen = new Map();
const taken = new Set();
let open = [];
let state = null;

const make = (tag, name, text) => {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  return node;
};
const button = (name, text, act) => {
  const node = make('button', name, text);
  node.type = 'button';
  node.addEventListener('click', act);
  return node;
};
const clockOf = text => text.slice(11, 16);
const hours = text => Date.parse(text);

class Phone {
  constructor(id) {
    this.id = id;
    this.root = document.getElementById('phone').content.firstElementChild.cloneNode(true);
    this.drawn = 0;
    this.$ = name => this.root.querySelector(name);
    this.$('.follow').addEventListener('click', () => this.act('follow'));
    this.$('.scan-first').addEventListener('click', () => this.scan());
    this.$('.leave').addEventListener('click', () => { this.fold('.sheet', '.more', true); this.act('unfollow'); });
    this.$('.more').addEventListener('click', () => this.fold('.sheet', '.more'));
    for (const swap of this.root.querySelectorAll('.swap')) swap.addEventListener('click', () => this.swap());
    this.$('.plus').addEventListener('click', () => this.fold('.tray', '.plus'));
    this.$('.photo').addEventListener('click', () => this.$('input[type=file]').click());
    this.$('input[type=file]').addEventListener('change', event => this.photo(event.target));
    this.$('.scan').addEventListener('click', () => this.scan());
    this.$('.place').addEventListener('click', () => this.act('location', { text: '云澜区人民路1号' }));
    this.$('.close').addEventListener('click', () => { this.$('.scanner').hidden = true; });
    this.$('.scanner').addEventListener('submit', event => { event.preventDefault(); this.scanned(this.$('.scanner input').value.trim()); });
    const text = this.$('textarea');
    text.addEventListener('input', () => this.typed());
    text.addEventListener('keydown', event => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.write(); }
    });
    this.$('.writing').addEventListener('submit', event => { event.preventDefault(); this.write(); });
    this.$('.screen').addEventListener('click', event => {
      if (!event.target.closest('.submenu, .entries')) this.$('.submenu').hidden = true;
    });
  }

  async act(what, body = {}) {
    this.fold('.tray', '.plus', true);
    const raw = body instanceof Blob;
    const answer = await fetch(`phone/users/${encodeURIComponent(this.id)}/${what}`, {
      method: 'POST', headers: raw ? {} : { 'Content-Type': 'application/json' }, body: raw ? body : JSON.stringify(body),
    });
    if (!answer.ok) this.toast(await answer.text() || '没有成功');
  }

  toast(text) {
    const toast = this.$('.toast');
    [toast.textContent, toast.hidden] = [text, false];
    clearTimeout(this.toasting);
    this.toasting = setTimeout(() => { toast.hidden = true; }, 2500);
  }

  fold(what, by, shut = !this.$(what).hidden) {
    this.$(what).hidden = shut;
    this.$(by).setAttribute('aria-expanded', String(!shut));
    if (!shut) this.toEnd();
  }

  toEnd() {
    this.$('.log').scrollTop = this.$('.log').scrollHeight;
  }

  swap() {
    const writing = this.$('.writing').hidden;
    this.$('.writing').hidden = !writing;
    this.$('.menubar').hidden = writing;
    this.fold('.tray', '.plus', true);
    if (writing) this.$('textarea').focus();
  }

  typed() {
    const text = this.$('textarea');
    this.$('.send').hidden = !text.value.trim();
    this.$('.plus').hidden = !!text.value.trim();
    text.style.height = 'auto';
    text.style.height = `${text.scrollHeight}px`;
  }

  write() {
    const text = this.$('textarea');
    if (!text.value.trim()) return;
    this.act('text', { text: text.value.trim() });
    text.value = '';
    this.typed();
  }

  photo(picker) {
    if (picker.files[0]) this.act('photo', picker.files[0]);
    picker.value = '';
  }

  scan() {
    this.fold('.tray', '.plus', true);
    this.$('.scanner').hidden = false;
    this.drawCodes();
    refresh();
  }

  drawCodes() {
    const pick = this.$('.pick');
    pick.replaceChildren(...state.codes.map(code => {
      const one = drawCode(code, 'button');
      one.type = 'button';
      one.addEventListener('click', () => this.scanned(code.scene));
      return one;
    }));
    this.$('.none').hidden = state.codes.length > 0;
  }

  scanned(code) {
    if (!code) return;
    this.$('.scanner input').value = '';
    this.$('.scanner').hidden = true;
    this.act('scan', { text: code });
  }

  draw(user) {
    this.$('.hour').textContent = clockOf(state.now);
    this.$('.owner').textContent = `${user.name}的手机`;
    this.$('.head h2').textContent = user.typing ? '对方正在输入…' : state.account;
    this.$('.profile h3').textContent = state.account;
    this.root.setAttribute('aria-label', `${user.name}的手机`);
    this.root.classList.toggle('stranger', !user.follows);
    if (!this.$('.scanner').hidden) this.drawCodes();
    this.drawMenu(user.menu);
    this.drawBubbles(user);
  }

  drawMenu(menu) {
    const told = JSON.stringify(menu);
    if (told === this.menu) return;
    this.menu = told;
    this.$('.entries').replaceChildren(...menu.map(top => button(top.entries.length ? 'many' : '', top.name, event => this.press(top, event.currentTarget))));
    if (!menu.length) this.$('.entries').append(make('span', 'none', '菜单还没有发布'));
  }

  press(entry, at) {
    const submenu = this.$('.submenu');
    if (!entry.entries.length) {
      submenu.hidden = true;
      this.act('menu', { text: entry.name });
      if (entry.type === 'view') window.open(entry.url, '_blank', 'noopener');
      return;
    }
    if (!submenu.hidden && submenu.dataset.of === entry.name) { submenu.hidden = true; return; }
    submenu.dataset.of = entry.name;
    submenu.replaceChildren(...entry.entries.map(one => button('', one.name, () => this.press(one))));
    submenu.hidden = false;
    const [screen, box] = [this.$('.screen').getBoundingClientRect(), at.getBoundingClientRect()];
    const half = submenu.offsetWidth / 2 + 4;
    submenu.style.left = `${Math.min(Math.max(box.left + box.width / 2 - screen.left, half), screen.width - half)}px`;
  }

  drawBubbles(user) {
    const log = this.$('.log');
    const fresh = user.bubbles.filter(bubble => bubble.number > this.drawn);
    if (!fresh.length) return;
    for (const bubble of fresh) {
      if (!this.last || hours(bubble.at) - hours(this.last) > 5 * 60 * 1000) log.append(make('p', 'when', `${Number(bubble.at.slice(5, 7))}月${Number(bubble.at.slice(8, 10))}日 ${clockOf(bubble.at)}`));
      this.last = bubble.at;
      log.append(this.drawBubble(user, bubble));
    }
    this.drawn = fresh[fresh.length - 1].number;
    this.toEnd();
  }

  drawBubble(user, bubble) {
    if (bubble.kind === 'FailureNotice') return make('p', 'failed', bubble.parts[0].text);
    if (bubble.card) return drawCard(bubble);
    const own = bubble.kind === 'Own';
    const row = make('div', own ? 'row-out' : 'row-in');
    row.append(own ? make('div', 'me', user.name.slice(0, 1)) : make('div', 'badge'));
    const body = make('div', bubble.picture ? 'bubble picture' : 'bubble');
    if (bubble.picture) {
      const picture = make('img');
      [picture.src, picture.alt] = [bubble.picture, own ? '发出的照片' : '图片'];
      picture.addEventListener('load', () => this.toEnd());
      body.append(picture);
    } else {
      body.append(...bubble.parts.map(part => this.drawPart(bubble, part)));
      const links = bubble.parts.filter(part => 'at' in part).length;
      body.append(...bubble.choices.map((choice, index) => button('choice', choice, () => this.act('tap', { bubble: bubble.number, at: links + index }))));
    }
    row.append(body);
    return row;
  }

  drawPart(bubble, part) {
    if (!('at' in part)) return document.createTextNode(part.text);
    const link = make('a', part.url ? '' : 'tap', part.text);
    if (!part.url) {
      // As in the real client it is text like the rest: a long one breaks with its line.
      link.href = '#';
      link.addEventListener('click', event => { event.preventDefault(); this.act('tap', { bubble: bubble.number, at: part.at }); });
      return link;
    }
    [link.href, link.target, link.rel] = [/^https?:/.test(part.url) ? part.url : '#', '_blank', 'noopener'];
    return link;
  }
}

const drawCard = bubble => {
  const card = make('article', 'card');
  card.append(make('h3', '', bubble.card.title));
  const lines = make('dl');
  for (const { key, value } of bubble.card.lines) lines.append(make('dt', '', key), make('dd', '', value));
  card.append(lines);
  if (bubble.card.url && /^https?:/.test(bubble.card.url)) {
    const link = make('a', '', '查看详情');
    [link.href, link.target, link.rel] = [bubble.card.url, '_blank', 'noopener'];
    card.append(link);
  } else {
    card.append(make('p', 'kind', bubble.kind === 'Subscription' ? '订阅通知' : '服务通知'));
  }
  return card;
};

const drawCode = (code, tag = 'div') => {
  const one = make(tag, 'code');
  const picture = make('img');
  [picture.src, picture.alt] = [code.picture, ''];
  one.append(picture, make('span', '', code.scene));
  return one;
};

const drawShelf = shelf => {
  const more = make('select', 'new');
  more.setAttribute('aria-label', '再拿一部手机');
  more.append(new Option('＋ 再拿一部手机', ''), new Option('新用户（没有绑定）', 'new'), ...shelf.map(user => new Option(user.name, user.id)));
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

const draw = () => {
  const known = state.users.map(user => user.id);
  open = open.filter(id => known.includes(id));
  if (!open.length) open = state.users.filter(user => !user.shelved).sort((a, b) => !!b.bubbles.length - !!a.bubbles.length).map(user => user.id).slice(0, narrow.matches ? 1 : 2);
  if (narrow.matches) open = open.slice(-1);
  document.getElementById('now').textContent = `${Number(state.now.slice(0, 4))}年${Number(state.now.slice(5, 7))}月${Number(state.now.slice(8, 10))}日 ${clockOf(state.now)}`;
  document.getElementById('moves').hidden = !state.movable;
  document.getElementById('officials').hidden = !state.officials;
  document.querySelector('#officials a').href = state.officials ?? '#';

  const shelf = state.users.filter(user => user.shelved && !open.includes(user.id) && !taken.has(user.id));
  const people = state.users.filter(user => !shelf.includes(user)).map(user => {
    const chip = button('', user.name, () => show(user.id));
    chip.setAttribute('aria-pressed', String(open.includes(user.id)));
    const newest = user.bubbles.length ? user.bubbles[user.bubbles.length - 1].number : 0;
    if (open.includes(user.id)) seen.set(user.id, newest);
    if (newest > (seen.get(user.id) ?? 0)) chip.append(make('span', 'unread'));
    return chip;
  });
  people.push(drawShelf(shelf));
  document.getElementById('people').replaceChildren(...people);

  for (const user of state.users) {
    if (!open.includes(user.id)) continue;
    if (!phones.has(user.id)) phones.set(user.id, new Phone(user.id));
    const phone = phones.get(user.id);
    if (!phone.root.isConnected) {
      document.getElementById('phones').append(phone.root);
      queueMicrotask(() => { phone.toEnd(); if (phones.size > 2) phone.root.scrollIntoView({ inline: 'nearest' }); });
    }
    phone.draw(user);
  }
  for (const [id, phone] of phones) if (!open.includes(id)) phone.root.remove();

  document.getElementById('codes-box').hidden = !state.codes.length;
  document.getElementById('codes').replaceChildren(...state.codes.map(code => drawCode(code)));
  document.getElementById('broken-box').hidden = !state.violations.length;
  document.getElementById('broken').replaceChildren(...state.violations.map(text => make('li', '', text)));
};

let asking = false;
let again = false;
const refresh = async () => {
  if (asking) { again = true; return; }
  asking = true;
  do {
    again = false;
    state = await (await fetch('phone/state')).json();
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
    const answer = await fetch('phone/clock', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ to: new Date(to).toISOString() }) });
    says.textContent = answer.ok ? '' : await answer.text();
    move.disabled = false;
    await refresh();
  });
}
narrow.addEventListener('change', () => { if (state) draw(); });
setInterval(refresh, 20000);
new EventSource('phone/changes').onmessage = refresh;
