// One call as this page makes it: `{ url, init, send, row? }`, and the code that would make it elsewhere.

const SAFE = /^(GET|HEAD)$/i;
const BODIES = { json: '{}', text: 'text' };

/** Whether diagnose() sends a call with this method by itself. */
export const sentByItself = (method) => SAFE.test(method || 'GET');

/** The call of a row of the table. The table may name a kind of body instead of a body. */
export function callOfRow(row, send = false) {
  const init = {};
  for (const [name, value] of Object.entries(row.init ?? {})) if (value != null) init[name] = value;
  if (init.body in BODIES) init.body = BODIES[init.body];
  return { url: String(row.url), init, send, row };
}

/** The call of the filled form; header pairs stay pairs only if a name comes twice. */
export function callOfForm({ url, method, headers, credentials, body, mode, redirect, send }) {
  const init = {};
  if (method !== 'GET') init.method = method;
  const pairs = [...headers];
  if (body === 'json' && !pairs.some(([name]) => /^content-type$/i.test(name))) pairs.push(['Content-Type', 'application/json']);
  const names = new Set(pairs.map(([name]) => name.toLowerCase()));
  if (pairs.length) init.headers = names.size === pairs.length ? Object.fromEntries(pairs) : pairs;
  if (credentials) init.credentials = 'include';
  if (mode !== 'cors') init.mode = mode;
  if (redirect !== 'follow') init.redirect = redirect;
  if (body) init.body = BODIES[body];
  return { url, init, send };
}

/** The call as JavaScript. Without `values`, header values are left to the reader: people share such lines. */
export function code({ url, init }, { name = 'fetch', values = true } = {}) {
  const entries = Object.entries(init).map(([key, value]) =>
    `  ${key}: ${key === 'headers' ? headersCode(value, values) : JSON.stringify(value)}`);
  const args = entries.length ? `, {\n${entries.join(',\n')},\n}` : '';
  return `${name}(${JSON.stringify(url)}${args})`;
}

function headersCode(headers, values) {
  const value = (text) => JSON.stringify(values ? text : '…');
  if (Array.isArray(headers)) return `[${headers.map(([key, text]) => `[${JSON.stringify(key)}, ${value(text)}]`).join(', ')}]`;
  const lines = Object.entries(headers).map(([key, text]) => `${JSON.stringify(key)}: ${value(text)}`);
  return lines.length > 1 ? `{\n    ${lines.join(',\n    ')},\n  }` : `{ ${lines.join(', ')} }`;
}

/** "PUT https://api.example.com/items" */
export const line = ({ url, init }) => `${init.method ?? 'GET'} ${url}`;
