import { fetchJson } from './directline.js';
import { Pane } from './pane.js';
import { china, h, refill } from './page.js';

const Roles = {
  EnterpriseUser: '企业用户',
  Inspector: '执法人员',
  UnitLeader: '单位负责人',
  UnitLiaison: '单位联络员',
  Supervisor: '司法局监督人员',
  LegalObserver: '法治观察员',
  Public: '公众',
};

const TourUnit = '应急管理局';

/** Who does what in five minutes; a press puts the words into the right box. */
const tour = [
  ['left', 'EnterpriseUser', '看看谁要来查', '最近谁要来查'],
  ['left', 'EnterpriseUser', '请应急管理局指导：写下问题，收到编号和按工作日算出的日期', '申请行政指导'],
  ['right', 'Inspector', '换到单位一侧，把这件申请答复了；答复马上到企业那边', '指导答复'],
  ['left', 'EnterpriseUser', '企业看看办到哪一步；没答复的，把时间往前拨，看看会提醒谁', '办理进度'],
  ['left', 'EnterpriseUser', '没亮证就进门？投诉一次，实名、匿名都行', '他们没亮证没扫码就进来'],
  ['left', 'EnterpriseUser', '给上次的检查打个分', '评价检查'],
  ['right', 'Inspector', '登记一次检查：安静日里的会被挡下，说出最早哪天', '登记任务 12月3日上午 溪桥铝合金 工贸企业安全生产'],
  ['right', 'UnitLeader', '换成单位负责人，批准刚才的任务；预告马上到企业季启明那里', '待我审批'],
  ['right', 'UnitLiaison', '两次检查撞到一家企业？联络员并成一次', '并办提示'],
  ['right', 'Supervisor', '换成司法局监督人员，看刚才的投诉', '投诉台账'],
];

const roomy = window.matchMedia('(min-width: 75em)');

export async function demonstrate(people, panes) {
  const tools = document.getElementById('tools');
  tools.append(document.getElementById('demo-tools').content.cloneNode(true));
  tools.hidden = false;
  document.body.classList.add('demo');

  const clock = new Clock();
  await clock.read();
  const asked = new URLSearchParams(location.search);
  const chosen = side => people.find(person => person.id === asked.get(side));
  const first = (role, unit = '') => people.find(person => person.role === role && (person.unitOrEnterprise || '').includes(unit));
  const sides = {
    left: new Side('left', '企业一侧', people, chosen('left') || first('EnterpriseUser') || people[0], clock),
    right: new Side('right', '单位一侧', people, chosen('right') || first('Inspector', TourUnit) || first('Inspector') || people[people.length - 1], clock),
  };
  panes.append(sides.left.root, sides.right.root);

  const tabs = [...tools.querySelectorAll('.sides button')];
  const show = side => {
    document.body.dataset.side = side;
    for (const tab of tabs) {
      const on = tab.dataset.side === side;
      tab.setAttribute('aria-pressed', on);
      if (on) tab.classList.remove('unread');
    }
    sides[side].pane.scrollToEnd();
  };
  for (const tab of tabs) {
    tab.addEventListener('click', () => show(tab.dataset.side));
    sides[tab.dataset.side].pane.heard = () => {
      if (tab.dataset.side !== document.body.dataset.side) tab.classList.add('unread');
    };
  }
  show('left');
  for (const side of Object.values(sides)) side.open();

  const folded = tools.querySelector('.tour');
  const settings = tools.querySelector('.settings');
  folded.open = settings.open = roomy.matches;
  for (const [opened, other] of [[folded, settings], [settings, folded]]) {
    opened.addEventListener('toggle', () => {
      if (opened.open && !roomy.matches) other.open = false;
    });
  }
  refill(document.getElementById('steps'), ...tour.map(([side, role, what, words]) => {
    const person = people.find(item => item === sides[side].person && item.role === role) || (side === 'right' && first(role, TourUnit)) || first(role);
    const go = () => {
      if (person && sides[side].person.role !== role) sides[side].become(person);
      if (!roomy.matches) folded.open = false;
      show(side);
      sides[side].pane.write(words);
      sides[side].pane.box.focus();
    };
    return person && h('li', {}, what, h('button', { type: 'button', click: go }, `${Roles[role]}：“${words}”`));
  }).filter(Boolean));
}

/** A pane with the choice of who speaks in it. */
class Side {
  constructor(name, title, people, person, clock) {
    Object.assign(this, { name, people, person });
    this.pane = new Pane({ now: () => clock.now });
    this.root = this.pane.root;
    this.root.classList.add(name);
    this.root.setAttribute('aria-label', title);
    this.chooser = h('select', { id: `who-${name}`, change: () => this.become(people.find(({ id }) => id === this.chooser.value)) },
      ...Object.entries(Roles).map(([role, label]) => {
        const those = people.filter(item => item.role === role);
        return those.length > 0 && h('optgroup', { label }, ...those.map(item =>
          h('option', { value: item.id }, [item.name, item.unitOrEnterprise].filter(Boolean).join(' · '))));
      }));
    this.role = h('span', { class: 'role' });
    this.root.prepend(h('div', { class: 'who' }, h('label', { for: `who-${name}` }, '您是', h('span', { class: 'unseen' }, `（${title}）`)), this.role, this.chooser));
  }

  become(person) {
    this.person = person;
    const address = new URL(location.href);
    address.searchParams.set(this.name, person.id);
    history.replaceState(null, '', address.href);
    this.open();
  }

  open() {
    const { person } = this;
    this.chooser.value = person.id;
    this.role.textContent = Roles[person.role] || person.role;
    this.pane.open({ token: person.token }, async () => {
      const people = await fetchJson('/demo/personas');
      return { token: people.find(({ id }) => id === person.id).token };
    });
  }
}

/** The service's own clock, which the visitor may move forward. */
class Clock {
  constructor() {
    const part = id => document.getElementById(id);
    Object.assign(this, { shown: part('now'), to: part('to'), says: part('clock-says') });
    part('hour').addEventListener('click', () => this.move(new Date(this.now.getTime() + 3600e3)));
    part('workday').addEventListener('click', () => this.nextMorning());
    part('set').addEventListener('submit', event => {
      event.preventDefault();
      this.move(new Date(`${this.to.value}:00+08:00`));
    });
    setInterval(() => document.hidden || this.read().catch(() => {}), 20e3);
  }

  async read() {
    this.take(await fetchJson('/demo/clock'));
  }

  take({ now }) {
    this.now = new Date(now);
    const { year, monthDay, weekday, date, time } = china(this.now);
    this.shown.textContent = `${year}年${monthDay} ${weekday} ${time}`;
    this.shown.setAttribute('datetime', now);
    if (document.activeElement !== this.to) this.to.value = `${date}T${time}`;
  }

  async move(to) {
    this.says.textContent = '正在拨钟，到点的事马上办…';
    try {
      const { date, time } = china(to);
      const body = JSON.stringify({ now: `${date}T${time}:00+08:00` });
      await fetchJson('/demo/clock', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
      await this.read();
      this.says.textContent = '';
    } catch (problem) {
      this.says.textContent = problem.reason || '时间没有拨成，请再试一次。';
    }
  }

  async nextMorning() {
    try {
      const from = china(this.now).date;
      const to = china(new Date(this.now.getTime() + 20 * 86400e3)).date;
      const days = await fetchJson(`/api/calendar/days?from=${from}&to=${to}`);
      const morning = days.filter(({ working }) => working)
        .map(({ date }) => new Date(`${date}T08:30:00+08:00`))
        .find(at => at > this.now);
      if (morning) await this.move(morning);
    } catch (problem) {
      this.says.textContent = problem.reason || '没有查到工作日历，请再试一次。';
    }
  }
}
