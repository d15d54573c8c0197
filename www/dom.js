// Builds DOM from plain data. Every text goes in as a text node: nothing that a server or a diagnosis
// says is ever parsed as markup.

/** An element with attributes and children; strings become text nodes, null and false are left out. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value == null) continue;
    element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

export const $ = (id) => document.getElementById(id);

/** The list, or an empty one: a diagnosis from another version must not break the page. */
export const list = (value) => (Array.isArray(value) ? value : []);

/** Long values are shown in part: a megabyte in a header would freeze the layout. Controls that turn the
    direction of text are shown as �: they could disguise an address. Copies stay whole. */
export function clip(value, most = 1200) {
  const text = String(value ?? '').replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
  return text.length <= most ? text : `${text.slice(0, most)}… (${(text.length - most).toLocaleString('en')} more characters)`;
}

/** A link to another page, or plain text where the address is none a person should follow. */
export function link(text, address) {
  let url;
  try { url = new URL(address); } catch { return el('span', {}, text); }
  if (!/^https?:$/.test(url.protocol)) return el('span', {}, text);
  return el('a', { href: url.href, target: '_blank', rel: 'noopener' }, text, el('span', { class: 'hide' }, ' (opens in a new tab)'));
}

/** A block of text that a person takes away, with its copy button. A long one scrolls, so it takes the focus. */
export function copyable(text, label, size = 'short') {
  const long = size === 'long';
  const pre = el('pre', long ? { class: 'code long', tabindex: '0', role: 'group', 'aria-label': label } : { class: 'code' }, clip(text, long ? 20000 : 4000));
  return el('div', { class: 'copyable' }, pre, copyButton(text, label, pre));
}

/** `shown` is selected where the clipboard is not available (plain http), so that the keyboard can copy it. */
function copyButton(text, label, shown) {
  const button = el('button', { type: 'button', class: 'copy', 'aria-label': `Copy ${label}` }, 'Copy');
  let timer;
  button.addEventListener('click', async () => {
    const done = await copy(text);
    button.textContent = done ? 'Copied' : 'Selected';
    announce(done ? `Copied ${label}.` : 'The browser does not let this page copy. The text is selected: copy it with the keyboard.');
    if (!done && shown) getSelection().selectAllChildren(shown);
    clearTimeout(timer);
    timer = setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
  return button;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Says one sentence to screen readers. */
export function announce(sentence) {
  $('announce').textContent = sentence;
}

/** Shows `section` from its top, and puts the focus on `heading`. */
export function show(section, heading) {
  section.hidden = false;
  heading.focus({ preventScroll: true });
  section.scrollIntoView({ block: 'start' });
}
