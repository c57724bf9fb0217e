// A phone with the chat of the official account.
import { Screen, button, clockOf, make } from './tools.js';

export class Phone extends Screen {
  constructor(id, refresh) {
    super('phone', id, 'phone/users');
    this.drawn = 0;
    this.refresh = refresh;
    this.codes = [];
    this.$('.follow').addEventListener('click', () => this.act('follow'));
    this.$('.scan-first').addEventListener('click', () => this.scan());
    this.$('.leave').addEventListener('click', () => { this.fold('.sheet', '.more', true); this.act('unfollow'); });
    this.$('.more').addEventListener('click', () => this.fold('.sheet', '.more'));
    for (const swap of this.root.querySelectorAll('.swap')) swap.addEventListener('click', () => this.swap());
    this.$('.plus').addEventListener('click', () => this.fold('.tray', '.plus'));
    this.photos();
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

  act(what, body) {
    this.fold('.tray', '.plus', true);
    return super.act(what, body);
  }

  fold(what, by, shut = !this.$(what).hidden) {
    super.fold(what, by, shut);
    if (!shut) this.toEnd();
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

  scan() {
    this.fold('.tray', '.plus', true);
    this.$('.scanner').hidden = false;
    this.drawCodes();
    this.refresh();
  }

  drawCodes() {
    const pick = this.$('.pick');
    pick.replaceChildren(...this.codes.map(code => {
      const one = drawCode(code, 'button');
      one.type = 'button';
      one.addEventListener('click', () => this.scanned(code.scene));
      return one;
    }));
    this.$('.none').hidden = this.codes.length > 0;
  }

  scanned(code) {
    if (!code) return;
    this.$('.scanner input').value = '';
    this.$('.scanner').hidden = true;
    this.act('scan', { text: code });
  }

  draw(user, state) {
    this.codes = state.phones.codes;
    this.$('.hour').textContent = clockOf(state.now);
    this.$('.owner').textContent = `${user.name}的手机`;
    this.$('.head h2').textContent = user.typing ? '对方正在输入…' : state.phones.account;
    this.$('.profile h3').textContent = state.phones.account;
    this.root.setAttribute('aria-label', `${user.name}的手机`);
    this.root.classList.toggle('stranger', !user.follows);
    if (!this.$('.scanner').hidden) this.drawCodes();
    this.drawMenu(user.menu);
    this.drawBubbles(user);
  }

  drawBubbles(user) {
    const log = this.$('.log');
    const fresh = user.bubbles.filter(bubble => bubble.number > this.drawn);
    if (!fresh.length) return;
    for (const bubble of fresh) {
      this.drawTime(log, bubble.at);
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

export const drawCode = (code, tag = 'div') => {
  const one = make(tag, 'code');
  const picture = make('img');
  [picture.src, picture.alt] = [code.picture, ''];
  one.append(picture, make('span', '', code.scene));
  return one;
};
