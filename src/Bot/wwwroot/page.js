/** Builds an element. Text always becomes a text node, so nothing that people type can become markup. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter(child => child !== undefined && child !== null && child !== false));
  return element;
}

/** `replaceChildren` for the phones that do not have it yet. */
export function refill(element, ...children) {
  element.textContent = '';
  element.append(...children);
}

/** An address that may stand in a link or picture, or nothing: no javascript:, no data: documents. */
export function safeUrl(address, protocols = ['http:', 'https:']) {
  try {
    const url = new URL(address, location.href);
    return protocols.includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

const China = 8 * 3600e3;
const pad = number => String(number).padStart(2, '0');

/** The parts of an instant as a wall clock in China shows them, wherever the phone believes it is. */
export function china(instant) {
  const at = new Date(instant.getTime() + China);
  return {
    date: `${at.getUTCFullYear()}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())}`,
    time: `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}`,
    year: at.getUTCFullYear(),
    monthDay: `${at.getUTCMonth() + 1}月${at.getUTCDate()}日`,
    weekday: '周' + '日一二三四五六'[at.getUTCDay()],
  };
}

export const stored = {
  get() {
    try {
      return JSON.parse(localStorage.getItem('conversation')) || {};
    } catch {
      return {};
    }
  },
  // Private windows and full disks refuse: the talk then lasts as long as the page.
  set(conversation) {
    try {
      localStorage.setItem('conversation', JSON.stringify(conversation));
    } catch { /* nothing to do about it */ }
  },
};
