// A desk with WeCom open: the chat of the company's app, with cards that can be tapped and filled in.
import { Screen, button, icon, linkTo, make } from './tools.js';

const shield = '<path d="M12 3l8 3v6c0 5-3.500 8-8 9-4.500-1-8-4-8-9V6z"/>';
const states = {
  Left: ['已离职，企业微信里没有这个人了。', null, ''],
  Disabled: ['账号已停用，看不到任何应用。', 'enable', '重新启用'],
  Active: ['不在应用的可见范围内，看不到这个应用。', 'gain', '放回可见范围'],
};

export class Desk extends Screen {
  constructor(id) {
    super('desk', id, 'desk/members');
    this.rows = new Map();
    this.photos();
    this.$('.place').addEventListener('click', () => this.act('location', { text: '云澜区人民路1号' }));
    this.$('.more').addEventListener('click', () => this.fold('.sheet', '.more'));
    for (const change of this.root.querySelectorAll('[data-change]')) change.addEventListener('click', () => { this.fold('.sheet', '.more', true); this.act(change.dataset.change); });
    const text = this.$('textarea');
    text.addEventListener('input', () => { this.$('.send').disabled = !text.value.trim(); });
    text.addEventListener('keydown', event => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.say(); }
    });
    this.$('.writing').addEventListener('submit', event => { event.preventDefault(); this.say(); });
    this.root.addEventListener('click', event => {
      if (!event.target.closest('.submenu, .entries')) this.$('.submenu').hidden = true;
    });
  }

  say() {
    const text = this.$('textarea');
    if (!text.value.trim()) return;
    this.act('text', { text: text.value.trim() });
    text.value = '';
    this.$('.send').disabled = true;
  }

  draw(member, state) {
    this.member = member;
    this.root.setAttribute('aria-label', `${member.name}的企业微信`);
    this.$('.face').textContent = member.name.slice(-2);
    this.$('.head h2').textContent = state.desks.app;
    this.$('.owner').textContent = [member.name, member.unit, member.position].filter(Boolean).join(' · ');
    this.drawMenu(state.desks.menu);
    this.drawStanding(member);
    const log = this.$('.log');
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    let fresh = false;
    for (const entry of member.entries) {
      const version = `${entry.recalled} ${entry.card?.version}`;
      const known = this.rows.get(entry.number);
      if (known?.version === version) continue;
      const row = this.drawEntry(entry, known);
      if (known) {
        known.row.replaceWith(row);
      } else {
        this.drawTime(log, entry.at);
        log.append(row);
        fresh = true;
      }
      this.rows.set(entry.number, { version, row });
    }
    if (fresh || atEnd) this.toEnd();
  }

  drawStanding(member) {
    const [words, act, label] = states[member.standing];
    this.$('.outside').hidden = member.seesApp;
    this.$('.foot').hidden = !member.seesApp;
    this.$('.more').hidden = !member.seesApp;
    this.$('.outside p').textContent = words;
    const back = this.$('.outside button');
    back.hidden = !act;
    back.textContent = label;
    back.onclick = () => this.act(act);
  }

  drawEntry(entry, known) {
    if (entry.recalled) return make('p', 'when', '一条消息已被撤回');
    const row = make('div', entry.own ? 'row-out' : 'row-in');
    if (!entry.own) {
      const badge = make('span', 'app-badge');
      badge.append(icon(shield));
      row.append(badge);
    } else {
      row.append(make('span', 'me', this.member.name.slice(-2)));
    }
    row.append(entry.card ? this.drawCard(entry, known) : this.drawText(entry));
    return row;
  }

  drawText(entry) {
    if (entry.picture) {
      const body = make('div', 'bubble picture');
      const picture = make('img');
      [picture.src, picture.alt] = [entry.picture, entry.own ? '发出的图片' : '图片'];
      picture.addEventListener('load', () => this.toEnd());
      body.append(picture);
      return body;
    }
    if (entry.type === 'textcard' || entry.type === 'news') {
      const card = make('article', 'template');
      const [title, ...rest] = entry.parts.map(part => part.text).join('').split('\n');
      card.append(make('h3', '', title), make('p', 'note', rest.join('\n')), linkTo(entry.url ?? '', 'jump', '详情'));
      return card;
    }
    const body = make('div', 'bubble');
    body.append(...entry.parts.map(part => ('at' in part && part.url ? linkTo(part.url, '', part.text) : document.createTextNode(part.text))));
    return body;
  }

  drawCard(entry, known) {
    const card = entry.card;
    const drawn = make('article', known ? 'template changed' : 'template');
    drawn.setAttribute('aria-label', card.title);
    const head = make('header');
    if (card.source) head.append(make('span', 'source', card.source));
    if (card.actions.length) head.append(this.drawActions(entry));
    if (head.childNodes.length) drawn.append(head);
    if (card.title) drawn.append(make('h3', '', card.title));
    if (card.description) drawn.append(make('p', 'note', card.description));
    if (card.figure) {
      const figure = make('p', 'figure', card.figure);
      figure.append(make('small', '', card.figureWhat));
      drawn.append(figure);
    }
    if (card.quoteTitle || card.quote) {
      const quote = make('blockquote');
      if (card.quoteTitle) quote.append(make('b', '', card.quoteTitle));
      if (card.quote) quote.append(make('p', '', card.quote));
      drawn.append(quote);
    }
    if (card.subTitle) drawn.append(make('p', 'words', card.subTitle));
    if (card.lines.length) {
      const lines = make('dl');
      for (const { key, value } of card.lines) lines.append(make('dt', '', key), make('dd', '', value));
      drawn.append(lines);
    }
    for (const { key, value } of card.paragraphs) drawn.append(make('h4', '', key), make('p', 'words', value));
    const form = make('form', 'answers');
    form.append(...card.questions.map(question => drawQuestion(question, card.grey !== null)));
    drawn.append(form);
    for (const link of card.links) drawn.append(linkTo(link.url ?? '', 'jump', link.text));
    if (card.url && !card.buttons.length && !card.submit) drawn.append(linkTo(card.url, 'jump', '查看详情'));
    if (card.grey !== null) drawn.append(make('p', 'grey', card.grey));
    else if (card.submit) drawn.append(this.drawButtons([button('choice style-1', card.submit, event => this.tapped(event, 'submit', { entry: entry.number, chosen: chosenIn(form) }))]));
    else if (card.buttons.length) drawn.append(this.drawButtons(card.buttons.map(one => this.drawButton(entry, one, form))));
    return drawn;
  }

  drawButton(entry, one, form) {
    if (one.url) return linkTo(one.url, `choice style-${one.style}`, one.text);
    return button(`choice style-${one.style}`, one.text, event => this.tapped(event, 'tap', { entry: entry.number, text: one.text, chosen: chosenIn(form) }));
  }

  drawButtons(buttons) {
    const row = make('div', buttons.length > 1 && buttons.every(one => one.textContent.length <= 6) ? 'buttons beside' : 'buttons');
    row.append(...buttons);
    return row;
  }

  drawActions(entry) {
    const menu = make('select', 'actions');
    menu.setAttribute('aria-label', '卡片菜单');
    menu.append(new Option('···', ''), ...entry.card.actions.map(text => new Option(text, text)));
    menu.addEventListener('change', () => { this.act('action', { entry: entry.number, text: menu.value }); menu.value = ''; });
    return menu;
  }

  /** A tap that is under way cannot be made again by the same finger. */
  async tapped(event, what, body) {
    const all = [...event.currentTarget.parentElement.children];
    for (const one of all) one.classList.add('busy');
    await this.act(what, body);
    for (const one of all) one.classList.remove('busy');
  }
}

const drawQuestion = (question, settled) => {
  const off = question.disabled || settled;
  if (question.many || !question.title) {
    const set = make('fieldset');
    if (question.title) set.append(make('legend', '', question.title));
    for (const option of question.options) {
      const box = make('input');
      [box.type, box.name, box.value, box.checked, box.disabled] = [question.many ? 'checkbox' : 'radio', question.key, option.id, question.chosen.includes(option.id), off];
      const label = make('label');
      label.append(box, document.createTextNode(option.text));
      set.append(label);
    }
    return set;
  }
  const label = make('label', 'pick', question.title);
  const list = make('select');
  [list.name, list.disabled] = [question.key, off];
  list.append(...question.options.map(option => new Option(option.text, option.id, false, question.chosen.includes(option.id))));
  label.append(list);
  return label;
};

const chosenIn = form => {
  const chosen = {};
  for (const [key, value] of new FormData(form)) chosen[key] = chosen[key] ? `${chosen[key]}|${value}` : value;
  return chosen;
};
