import { h, safeUrl } from './page.js';

const Links = /https?:\/\/[^\s<>"'，。；：！？、（）《》【】“”‘’]+/g;

/** Text with its web addresses as links; everything else stays text. */
export function linked(text) {
  const parts = document.createDocumentFragment();
  let end = 0;
  for (const match of text.matchAll(Links)) {
    const address = match[0].replace(/[.,;:!?)\]}]+$/, '');
    parts.append(text.slice(end, match.index), h('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, address));
    end = match.index + address.length;
  }
  parts.append(text.slice(end));
  return parts;
}

/** What an activity says to a person, as elements for the inside of its line; empty when there is nothing to show. */
export function contents(activity, act) {
  const parts = [];
  const text = spoken(activity);
  // The text repeats the card for clients that show no cards.
  const repeated = (activity.channelData || {}).cardSaysAll && (activity.attachments || []).length > 0;
  if (text && !repeated) parts.push(h('div', { class: 'bubble' }, linked(text)));
  for (const attachment of activity.attachments || []) {
    const part = attached(attachment, act);
    if (part) parts.push(part);
  }
  return parts;
}

function spoken({ text, channelData, value }) {
  const data = channelData || {};
  if (data.messageBack) return data.messageBack.displayText || '';
  if (data.postBack) return '';
  return text || (typeof value === 'string' ? value : '');
}

function attached(attachment, act) {
  const { contentType = '', content, contentUrl, thumbnailUrl, name } = attachment;
  if (contentType === 'application/vnd.microsoft.card.hero') return content && heroCard(content, act);
  if (contentType === 'application/vnd.microsoft.card.adaptive') return content && adaptiveCard(content, act);

  const href = safeUrl(contentUrl, ['http:', 'https:', 'blob:']);
  const shown = safeUrl(thumbnailUrl || contentUrl, ['http:', 'https:', 'blob:', 'data:']);
  if (contentType.startsWith('image/') && shown) {
    const picture = h('img', { src: shown, alt: name ? `图片：${name}` : '图片', loading: 'lazy' });
    return h('a', { class: 'picture', href: href || shown, target: '_blank', rel: 'noopener noreferrer' }, picture);
  }
  if (!name && !href) return undefined;
  return h('a', { class: 'bubble document', href, target: '_blank', rel: 'noopener noreferrer', download: name || true }, name || '文件');
}

/** A button of a card or a suggested answer, doing what Direct Line says its kind does. */
export function actionButton(action, act, className) {
  const href = /^(openUrl|downloadFile|call)$/.test(action.type) && safeUrl(action.value, ['http:', 'https:', 'tel:']);
  if (href) return h('a', { class: className, href, target: '_blank', rel: 'noopener noreferrer' }, action.title || '打开');

  const said = messages[action.type];
  return said && h('button', { type: 'button', class: className, click: event => act(said(action), event) }, action.title || String(action.value || ''));
}

const messages = {
  imBack: ({ value, title }) => ({ text: String(value === undefined ? title : value) }),
  messageBack: ({ text, value, displayText, title }) => ({ text, value, channelData: { messageBack: { displayText: displayText || title } } }),
  postBack: ({ value, title }) => ({
    ...(typeof value === 'string' ? { text: value } : { value }),
    channelData: { postBack: true },
    label: title,
  }),
};

function heroCard({ title, subtitle, text, images, buttons }, act) {
  return h('div', { class: 'card', role: 'group', 'aria-label': title || '卡片' },
    ...(images || []).map(({ url, alt }) => {
      const src = safeUrl(url, ['http:', 'https:', 'data:']);
      return src && h('img', { src, alt: alt || '' });
    }),
    title && h('strong', { class: 'title' }, title),
    subtitle && h('div', { class: 'subtle' }, subtitle),
    ...paragraphs(text || ''),
    ...actions((buttons || []).map(button => actionButton(button, act, 'card-button'))));
}

const Fact = /^([^：\s]{2,6})：(?!$)/;

/** A hero card has one text; its paragraphs of the form “单位：…” read better as a list. */
function paragraphs(text) {
  const parts = [];
  let facts;
  for (const paragraph of text.split(/\n{2,}/).filter(Boolean)) {
    const match = Fact.exec(paragraph);
    if (!match) parts.push(h('div', { class: 'words' }, linked(paragraph)));
    if (match && !facts) parts.push(facts = h('dl', { class: 'facts' }));
    if (match) facts.append(fact(match[1], paragraph.slice(match[0].length)));
    else facts = undefined;
  }
  return parts;
}

const fact = (title, value) => h('div', {}, h('dt', {}, title), h('dd', {}, linked(value)));

function actions(buttons) {
  const shown = buttons.filter(Boolean);
  return shown.length ? [h('div', { class: 'card-buttons' }, ...shown)] : [];
}

/** The part of Adaptive Cards that this service sends; an unknown element shows what it contains, or its fallback text. */
function adaptiveCard(card, act) {
  const inputs = [];
  const elements = list => (list || []).map(element).filter(Boolean);

  function element(item) {
    switch (item.type) {
      case 'TextBlock':
        return h('div', { class: ['words', item.weight === 'Bolder' && 'bold', /Large$/.test(item.size) && 'large', item.isSubtle && 'subtle'].filter(Boolean).join(' ') }, linked(item.text || ''));
      case 'FactSet':
        return h('dl', { class: 'facts' }, ...(item.facts || []).map(({ title, value }) => fact(title || '', String(value === undefined ? '' : value))));
      case 'Image': {
        const src = safeUrl(item.url, ['http:', 'https:', 'data:']);
        return src && h('img', { src, alt: item.altText || '' });
      }
      case 'Input.Toggle': {
        const box = h('input', { type: 'checkbox', checked: item.value !== undefined && item.value === (item.valueOn || 'true') });
        inputs.push([item.id, () => box.checked ? item.valueOn || 'true' : item.valueOff || 'false']);
        return h('label', { class: 'toggle' }, box, h('span', {}, item.title || ''));
      }
      case 'Input.Text': {
        const field = h(item.isMultiline ? 'textarea' : 'input', { placeholder: item.placeholder, maxlength: item.maxLength });
        field.value = item.value || '';
        inputs.push([item.id, () => field.value]);
        return h('label', { class: 'field' }, item.label || item.placeholder || '请填写', field);
      }
      case 'ActionSet':
        return actions((item.actions || []).map(action))[0];
      default: {
        const inner = elements(item.items || item.columns);
        if (inner.length) return h('div', { class: 'container' }, ...inner);
        return item.fallbackText && h('div', { class: 'words' }, linked(item.fallbackText));
      }
    }
  }

  function action({ type, title, url, data }) {
    if (type === 'Action.OpenUrl') return actionButton({ type: 'openUrl', title, value: url }, act, 'card-button');
    return type === 'Action.Submit' && h('button', {
      type: 'button',
      class: 'card-button',
      click: event => {
        const filled = Object.fromEntries(inputs.map(([id, read]) => [id, read()]));
        const said = typeof data === 'string' && !inputs.length ? { text: data } : { value: { ...filled, ...(typeof data === 'string' ? { data } : data) } };
        act({ ...said, channelData: { postBack: true }, label: title }, event);
      },
    }, title || '提交');
  }

  const body = elements(card.body);
  const buttons = actions((card.actions || []).map(action));
  if (!body.length && !buttons.length) return card.fallbackText && h('div', { class: 'bubble' }, linked(card.fallbackText));
  return h('div', { class: 'card', role: 'group', 'aria-label': card.speak || card.fallbackText || '卡片' }, ...body, ...buttons);
}
