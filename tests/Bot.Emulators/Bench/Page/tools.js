// What phones and desks are drawn with.
export const make = (tag, name, text) => {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  return node;
};
export const button = (name, text, act) => {
  const node = make('button', name, text);
  node.type = 'button';
  node.addEventListener('click', act);
  return node;
};
export const icon = path => {
  const drawn = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  drawn.setAttribute('viewBox', '0 0 24 24');
  drawn.setAttribute('aria-hidden', 'true');
  drawn.innerHTML = path;
  return drawn;
};
export const clockOf = text => text.slice(11, 16);
export const dayOf = text => `${Number(text.slice(5, 7))}月${Number(text.slice(8, 10))}日`;
export const linkTo = (url, name, text) => {
  const link = make('a', name, text);
  [link.href, link.target, link.rel] = [/^https?:/.test(url) ? url : '#', '_blank', 'noopener'];
  return link;
};

/** A screen of somebody: asks the emulator to do what its owner does, and says in passing what did not work. */
export class Screen {
  constructor(template, id, address) {
    this.id = id;
    this.address = address;
    this.root = document.getElementById(template).content.firstElementChild.cloneNode(true);
    this.$ = name => this.root.querySelector(name);
  }

  async act(what, body = {}) {
    const raw = body instanceof Blob;
    const answer = await fetch(`${this.address}/${encodeURIComponent(this.id)}/${what}`, {
      method: 'POST', headers: raw ? {} : { 'Content-Type': 'application/json' }, body: raw ? body : JSON.stringify(body),
    });
    if (!answer.ok) this.toast(await answer.text() || '没有成功');
    return answer.ok;
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
  }

  toEnd() {
    this.$('.log').scrollTop = this.$('.log').scrollHeight;
  }

  /** Picks a photo with the hidden input and sends it. */
  photos() {
    this.$('.photo').addEventListener('click', () => this.$('input[type=file]').click());
    this.$('input[type=file]').addEventListener('change', event => {
      if (event.target.files[0]) this.act('photo', event.target.files[0]);
      event.target.value = '';
    });
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
    const [screen, box] = [submenu.offsetParent.getBoundingClientRect(), at.getBoundingClientRect()];
    const half = submenu.offsetWidth / 2 + 4;
    submenu.style.left = `${Math.min(Math.max(box.left + box.width / 2 - screen.left, half), screen.width - half)}px`;
    submenu.style.bottom = `${screen.bottom - box.top + 6}px`;
  }

  drawTime(log, at) {
    if (!this.last || Date.parse(at) - Date.parse(this.last) > 5 * 60 * 1000) log.append(make('p', 'when', `${dayOf(at)} ${clockOf(at)}`));
    this.last = at;
  }
}
