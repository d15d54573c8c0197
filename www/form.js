// The form for a call of one's own: reads it whole, or says beside each field what is wrong with it.

import { $ } from './dom.js';
import { callOfForm, code, sentByItself } from './call.js';

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const FORBIDDEN_METHOD = /^(CONNECT|TRACE|TRACK)$/i;
/** What a page most often tries to set and the browser silently drops (Fetch standard, forbidden request-header). */
const DROPPED = /^(cookie|host|origin|referer|connection|content-length|date|accept-encoding|access-control-request-.*|sec-.*|proxy-.*)$/i;

const method = () => $('method').value || $('other').value.trim();

/** Keeps the parts that depend on each other in step, and the preview current. */
export function startForm() {
  $('own').addEventListener('input', update);
  $('own').addEventListener('change', update);
  update();
}

function update(event) {
  if (event?.target.id) fault(event.target.id === 'method' ? 'other' : event.target.id, '');
  $('other-field').hidden = $('method').value !== '';
  $('own-send').hidden = method() === '' || sentByItself(method());
  if ($('own-send').hidden) $('own-send-once').checked = false;
  $('body-note').textContent = { json: 'The body is {}, with Content-Type: application/json unless a header line says otherwise.', text: 'The body is the word “text”.' }[$('body').value] ?? '';
  const headers = readHeaders();
  $('headers-help').textContent = headers.dropped?.length
    ? `The browser does not let a page set ${headers.dropped.join(', ')}: it drops the line.`
    : 'One on a line, Name: value. Values stay in this page and in the call.';
  $('own-code').textContent = code(callOfForm({ ...read(), url: $('url').value.trim() || 'https://…', method: method() || 'GET', headers: headers.pairs ?? [] }));
}

/** The call, or undefined after saying what is wrong and going to the first such field. */
export function readForm() {
  const headers = readHeaders();
  const faults = {
    url: urlFault($('url').value.trim()),
    other: methodFault(method()),
    body: $('body').value && sentByItself(method()) ? `A ${method().toUpperCase()} call cannot carry a body: the browser refuses to make it.` : '',
    headers: headers.error ?? '',
  };
  for (const [id, sentence] of Object.entries(faults)) fault(id, sentence);
  const first = Object.keys(faults).find((id) => faults[id]);
  if (!first) return callOfForm({ ...read(), headers: headers.pairs });
  $(first).focus();
  if (first === 'headers') $('headers').setSelectionRange(...headers.at);
}

function read() {
  return {
    url: $('url').value.trim(), method: method(), credentials: $('credentials').checked, body: $('body').value,
    mode: $('mode').value, redirect: $('redirect').value, send: $('own-send-once').checked,
  };
}

/** Puts a call (of an example) into the form. */
export function fillForm({ url, init }) {
  $('url').value = url;
  const wanted = init.method ?? 'GET';
  const known = [...$('method').options].some((option) => option.value === wanted);
  $('method').value = known ? wanted : '';
  $('other').value = known ? '' : wanted;
  const pairs = Array.isArray(init.headers) ? init.headers : Object.entries(init.headers ?? {});
  $('headers').value = pairs.map(([name, value]) => `${name}: ${value}`).join('\n');
  $('credentials').checked = init.credentials === 'include';
  const json = /^\s*[[{]/.test(init.body ?? '');
  $('body').value = init.body == null ? '' : json ? 'json' : 'text';
  $('mode').value = init.mode ?? 'cors';
  $('redirect').value = init.redirect ?? 'follow';
  for (const id of ['url', 'other', 'body', 'headers']) fault(id, '');
  update();
}

function fault(id, sentence) {
  const field = $(id);
  const error = $(`${id}-error`);
  if (!error) return;
  error.textContent = sentence;
  if (sentence) field.setAttribute('aria-invalid', 'true');
  else field.removeAttribute('aria-invalid');
}

function urlFault(url) {
  if (!url) return 'Enter the URL that the failing call goes to.';
  // "api.example.com/items" would be a path of this page, and "localhost:3000" a scheme.
  if (/^[\w.-]+(:\d+)?([/?#]|$)/.test(url) || url.startsWith('/')) return 'Write the whole URL, with http:// or https:// in front.';
  try { new URL(url); } catch { return 'The browser cannot parse this URL.'; }
  return '';
}

function methodFault(name) {
  if (!name) return 'Enter the method, such as PROPFIND.';
  if (!TOKEN.test(name)) return 'A method is one word without spaces or colons, such as PROPFIND.';
  if (FORBIDDEN_METHOD.test(name)) return `The browser forbids ${name.toUpperCase()}: no page can make this call.`;
  return '';
}

/** `{ pairs, dropped }`, or `{ error, at }` with the place of the first bad line. */
function readHeaders() {
  const pairs = [];
  let start = 0;
  for (const [index, line] of $('headers').value.split('\n').entries()) {
    const at = [start, start + line.length];
    start += line.length + 1;
    if (!line.trim()) continue;
    const colon = line.indexOf(':');
    const [name, value] = [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    if (colon < 0) return { error: `Line ${index + 1} has no colon: write Name: value.`, at };
    if (!TOKEN.test(name)) return { error: `Line ${index + 1}: ${name ? 'a header name is one word without spaces' : 'the name before the colon is missing'}.`, at };
    try { new Headers([[name, value]]); } catch { return { error: `Line ${index + 1}: the value has a character that no header can carry.`, at }; }
    pairs.push([name, value]);
  }
  return { pairs, dropped: pairs.map(([name]) => name).filter((name) => DROPPED.test(name)) };
}
