import { DirectLine } from './directline.js';
import { actionButton, contents } from './bubbles.js';
import { china, h, refill } from './page.js';

const LargestFile = 20 * 1024 * 1024;
const SameMoment = 5 * 60e3;
const TypingLasts = 5e3;

const newId = () => Date.now().toString(36) + Math.random().toString(36).slice(2, 10);

/** One conversation on the page: what was said, what can be answered, and the box to write in. */
export class Pane {
  /** @param now the clock against which a day is "today"; @param heard called for each live message from the other side */
  constructor({ now = () => new Date(), heard = () => {} } = {}) {
    this.now = now;
    this.heard = heard;
    this.root = document.getElementById('pane').content.cloneNode(true).firstElementChild;
    const part = selector => this.root.querySelector(selector);
    Object.assign(this, { log: part('.log'), notice: part('.notice'), newer: part('.newer'), box: part('textarea') });
    this.typing = h('div', { class: 'line bot typing' }, h('div', { class: 'avatar', 'aria-hidden': 'true' }, '助'), h('div', { class: 'bubble' }, h('span', { class: 'unseen' }, '对方正在输入'), h('i'), h('i'), h('i')));
    this.answers = h('div', { class: 'answers', role: 'group', 'aria-label': '可以这样回答' });
    this.act = (said, event) => this.say(said, event);

    part('.composer').addEventListener('submit', event => {
      event.preventDefault();
      this.submit();
    });
    this.box.addEventListener('keydown', event => {
      // 229: Safari ends a composition before its Enter arrives.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.submit();
    });
    this.box.addEventListener('input', () => this.grow());
    this.box.addEventListener('paste', event => {
      const [file] = (event.clipboardData && event.clipboardData.files) || [];
      if (!file) return;
      event.preventDefault();
      this.attach(file);
    });
    for (const kind of ['photo', 'file']) {
      const picker = part(`.pick-${kind}`);
      part(`.tool.${kind}`).addEventListener('click', () => picker.click());
      picker.addEventListener('change', () => {
        for (const file of picker.files) this.attach(file);
        picker.value = '';
      });
    }
    this.log.addEventListener('scroll', () => {
      if (this.atEnd()) this.newer.hidden = true;
    });
    this.newer.addEventListener('click', () => {
      this.scrollToEnd();
      this.box.focus({ preventScroll: true });
    });
    this.clear();
  }

  /** Speaks as whoever the session belongs to, from an empty page. */
  open(session, renew, remember = () => {}) {
    if (this.line) this.line.end();
    this.clear();
    this.line = new DirectLine(session, renew, {
      activity: (activity, old) => this.receive(activity, old),
      status: (status, reason) => this.connection(status, reason),
      session: remember,
      restarted: () => {
        if (!this.said.size) return;
        this.clear();
        this.remark('上一次对话已过期，为您重新开始。');
      },
    });
  }

  clear() {
    this.said = new Map();
    this.sentHere = new Map();
    this.lastAt = undefined;
    refill(this.log);
    refill(this.answers);
    this.newer.hidden = true;
    clearTimeout(this.typingEnds);
  }

  connection(status, reason) {
    this.trouble = status === 'online' ? '' : reason || (status === 'connecting' ? '正在连接…' : '正在重新连接…');
    if (!this.trouble) this.notice.hidden = true;
    if (!this.trouble || this.noticeTimer) return;
    // A change of network that is over in a moment is not worth a word.
    this.noticeTimer = setTimeout(() => {
      this.noticeTimer = undefined;
      this.notice.textContent = this.trouble;
      this.notice.hidden = !this.trouble;
    }, 1000);
  }

  receive(activity, old) {
    const mine = (activity.from || {}).role === 'user';
    if (activity.type === 'typing' && !mine) return this.showTyping();
    if (activity.type !== 'message') return undefined;

    const clientId = mine && (activity.channelData || {}).clientActivityID;
    const known = this.said.get(activity.id) || (clientId && this.sentHere.get(clientId));
    if (!mine) this.hideTyping();
    if (clientId) this.line.arrived(clientId);
    if (known) return this.replace(known, activity);

    const stay = this.atEnd();
    const entry = { activity, mine, line: this.newLine(mine) };
    this.said.set(activity.id, entry);
    this.place(entry);
    this.fill(entry);
    this.offer(activity, mine);
    if (stay || mine) this.scrollToEnd();
    else this.newer.hidden = false;
    if (!mine && !old) this.heard();
    return undefined;
  }

  replace(entry, activity) {
    const waiting = !this.said.has(activity.id);
    const same = JSON.stringify(entry.activity) === JSON.stringify(activity);
    if (waiting) {
      this.said.set(activity.id, entry);
      this.place(entry, activity);
    }
    if (same) return;
    entry.activity = activity;
    this.fill(entry);
    if (entry === this.latest) this.offer(activity, entry.mine);
  }

  newLine(mine) {
    return h('div', { class: `line ${mine ? 'me' : 'bot'}` });
  }

  fill(entry) {
    const parts = contents(entry.activity, this.act);
    entry.line.hidden = !parts.length && !entry.failed;
    const failedLabel = !parts.length && entry.failed && h('div', { class: 'bubble' }, entry.label || '操作');
    refill(entry.line,
      h('div', { class: 'avatar', 'aria-hidden': 'true' }, entry.mine ? '我' : '助'),
      h('div', { class: 'parts' }, h('span', { class: 'unseen' }, entry.mine ? '我：' : '助手：'), ...parts, failedLabel || '', entry.state || ''));
    for (const picture of entry.line.querySelectorAll('img')) {
      const stay = this.atEnd();
      picture.addEventListener('load', () => stay && this.scrollToEnd());
    }
  }

  /** The server's order is the order of arrival; what it does not have yet stays below. */
  place(entry, activity = entry.activity) {
    const waiting = [...this.sentHere.values()].find(other => other !== entry && !other.failed && !this.said.has(other.activity.id));
    const before = waiting ? waiting.line : this.tail();
    const at = Date.parse(activity.timestamp);
    if (at && !(Math.abs(at - this.lastAt) < SameMoment)) this.log.insertBefore(h('div', { class: 'when' }, this.moment(new Date(at))), before);
    if (at) this.lastAt = at;
    this.log.insertBefore(entry.line, before);
  }

  tail() {
    return [this.answers, this.typing].find(node => node.parentNode === this.log) || null;
  }

  moment(at) {
    const { date, year, monthDay, weekday, time } = china(at);
    const today = china(this.now());
    if (date === today.date) return time;
    return `${year === today.year ? '' : year + '年'}${monthDay} ${weekday} ${time}`;
  }

  offer(activity, mine) {
    const offered = ((activity.suggestedActions || {}).actions || [])
      .map(action => actionButton(action, this.act, 'answer'))
      .filter(Boolean);
    this.latest = this.said.get(activity.id);
    if (!mine && !offered.length) return;
    refill(this.answers, ...(mine ? [] : offered));
    this.answers.remove();
    if (this.answers.firstChild) this.log.insertBefore(this.answers, this.typing.parentNode === this.log ? this.typing : null);
  }

  showTyping() {
    const stay = this.atEnd();
    clearTimeout(this.typingEnds);
    this.typingEnds = setTimeout(() => this.hideTyping(), TypingLasts);
    this.log.append(this.typing);
    if (stay) this.scrollToEnd();
  }

  hideTyping() {
    clearTimeout(this.typingEnds);
    this.typing.remove();
  }

  remark(words) {
    const stay = this.atEnd();
    this.log.insertBefore(h('div', { class: 'when' }, words), this.tail());
    if (stay) this.scrollToEnd();
  }

  submit() {
    const text = this.box.value.trim();
    if (!text) return;
    this.write('');
    this.say({ text });
  }

  /** Puts words into the box for the person to send or change. */
  write(text) {
    this.box.value = text;
    this.grow();
  }

  grow() {
    this.box.style.height = '';
    if (this.box.value) this.box.style.height = `${Math.min(this.box.scrollHeight + 2, 132)}px`;
  }

  attach(file) {
    if (file.size > LargestFile) {
      this.remark(`“${file.name}”有${Math.ceil(file.size / 1024 / 1024)}MB，超过了20MB，没有发送。可以换小一点的照片，或者拆成几份再发。`);
      return;
    }
    const contentType = file.type || 'application/octet-stream';
    this.say({ attachments: [{ contentType, name: file.name }], channelData: { attachmentSizes: [file.size] } }, undefined, file);
  }

  /** @param said {text?, value?, attachments?, channelData?, label?}; label names what was pressed when nothing is shown */
  say({ label, ...said }, event, file) {
    const clientActivityID = newId();
    const activity = {
      type: 'message',
      textFormat: 'plain',
      locale: 'zh-CN',
      localTimestamp: new Date().toISOString(),
      from: { id: 'me', role: 'user' },
      ...said,
      channelData: { ...said.channelData, clientActivityID },
    };
    const shown = file ? { ...activity, attachments: [{ ...activity.attachments[0], contentUrl: URL.createObjectURL(file) }] } : activity;
    const entry = { activity: shown, mine: true, line: this.newLine(true), label, state: h('div', { class: 'state', 'aria-live': 'off' }) };
    const button = event && event.currentTarget;
    const parcel = {
      activity,
      file,
      changed: (state, detail) => {
        this.showState(entry, state, detail, () => this.line.again(parcel));
        if (button) button.disabled = state === 'sending';
      },
    };
    this.sentHere.set(clientActivityID, entry);
    this.log.insertBefore(entry.line, this.tail());
    this.fill(entry);
    this.offer(activity, true);
    this.scrollToEnd();
    // A pressed answer disappears; who came by keyboard goes on in the box, who touched gets no keyboard thrown up.
    if (event && event.detail === 0 && !document.contains(button)) this.box.focus();
    this.line.send(parcel);
  }

  showState(entry, state, detail, again) {
    const stay = this.atEnd();
    const before = this.log.querySelector('.line.newest');
    if (before && before !== entry.line) before.classList.remove('newest');
    entry.line.classList.add('newest');
    entry.failed = state === 'failed';
    entry.state.setAttribute('aria-live', entry.failed ? 'assertive' : 'off');
    if (state === 'failed') {
      const words = `${detail ? detail + ' ' : ''}发送失败，点这里重发`;
      refill(entry.state, h('button', { type: 'button', click: again }, words));
    } else {
      entry.state.textContent = state === 'sent' ? '已送达' : `发送中${detail ? ' ' + detail : '…'}`;
    }
    entry.line.classList.toggle('failed', entry.failed);
    if (entry.failed || entry.line.hidden) this.fill(entry);
    if (stay) this.scrollToEnd();
  }

  atEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
  }

  scrollToEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.newer.hidden = true;
  }
}
