// The examples: rows of the table of scenarios, played by the lab server beside this page.

import { $, el, list } from './dom.js';
import { KINDS, kindOf } from './text.js';
import { callOfRow, code, sentByItself } from './call.js';

const FILE = './lab/scenarios.json';
const COOKIE = './lab/cookie';

/** The rows, or none where no lab runs; a static host may answer a missing file with any page. */
export async function loadRows() {
  try {
    const response = await fetch(new URL(FILE, document.baseURI));
    if (!response.ok) return [];
    const rows = list(await response.json()).filter((row) => row?.id && row.url && typeof (row.page ?? '') === 'string');
    // Rows with credentials play a user who is signed in.
    if (rows.length) await fetch(new URL(COOKIE, document.baseURI));
    return rows;
  } catch {
    return [];
  }
}

/** Fills the list of examples. Returns `{ call }`, the chosen one; `onChange` hears each choice. */
export function showRows(rows, onChange) {
  let chosen = rows.find((row) => !hindrance(row) && sentByItself(row.init?.method)) ?? rows.find((row) => !hindrance(row));
  const items = new Map(rows.map((row) => [row, item(row, row === chosen)]));
  $('rows').replaceChildren(...KINDS.map((kind) => {
    const own = rows.filter((row) => kindOf(row.cause) === kind.id);
    return own.length ? el('fieldset', {}, el('legend', {}, kind.name), own.map((row) => items.get(row))) : '';
  }));

  $('rows').addEventListener('change', (event) => {
    chosen = rows.find((row) => row.id === event.target.value);
    $('row-send-once').checked = false;
    preview();
  });
  $('find').addEventListener('input', () => find(items));
  preview();
  find(items);
  return { call: () => chosen && callOfRow(chosen, $('row-send-once').checked) };

  function preview() {
    if (!chosen) return;
    const call = callOfRow(chosen);
    $('row-title').textContent = chosen.title;
    $('row-code').textContent = code(call);
    $('row-send').hidden = sentByItself(call.init.method);
    onChange(chosen);
  }
}

function item(row, checked) {
  const why = hindrance(row);
  const id = `row-${row.id}`;
  return el('label', { class: why ? 'row off' : 'row', for: id },
    el('input', { type: 'radio', name: 'row', id, value: row.id, checked, disabled: Boolean(why) }),
    el('span', { class: 'row-text' }, row.title,
      el('span', { class: 'row-cause' }, why ?? [row.init?.method ?? 'GET', row.cause, row.phase].filter(Boolean).join(' · '))));
}

/** Why this row cannot run on this page; undefined if it can. `page` is the URL (or the kind) of the page it needs. */
function hindrance({ page, url }) {
  page ??= 'http';
  const [secure, apiInClear] = [location.protocol === 'https:', String(url).startsWith('http:')];
  if (/\bcsp\b/.test(page)) return 'Cannot run here: needs a page whose own policy forbids the call (connect-src).';
  if (/\bcoep\b/.test(page)) return 'Cannot run here: needs a page with an embedder policy (COEP).';
  if (page.startsWith('https') && !secure) return 'Cannot run here: needs a page on https.';
  if (!page.startsWith('https') && secure && apiInClear) return 'Cannot run here: needs a page on http.';
}

/** Hides the rows without the words looked for. */
function find(items) {
  const words = $('find').value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const [row, label] of items) {
    const text = `${row.id} ${row.title} ${row.cause ?? ''} ${row.init?.method ?? 'GET'}`.toLowerCase();
    label.hidden = !words.every((word) => text.includes(word));
    if (!label.hidden) shown += 1;
  }
  for (const group of $('rows').children) group.hidden = ![...group.querySelectorAll('label')].some((label) => !label.hidden);
  const off = [...items.keys()].filter(hindrance).length;
  $('found').textContent = words.length ? `${shown} of ${items.size} match.` : `${items.size} examples${off ? `, ${off} of them need another page` : ''}.`;
}
