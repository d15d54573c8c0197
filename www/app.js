// The page: the examples, the form, one diagnosis at a time.

import { $, announce, copyable, clip, el, list, show } from './dom.js';
import { code, line } from './call.js';
import { fillForm, readForm, startForm } from './form.js';
import { loadRows, showRows } from './scenarios.js';
import { observation } from './observations.js';
import { showDiagnosis } from './result.js';
import { drawStations } from './way.js';

const PACKAGE = './pkg/index.js';

let running;      // the AbortController of the diagnosis that runs
let examples;     // { call } once the rows are there

start();

async function start() {
  for (const place of document.querySelectorAll('.origin')) place.textContent = location.origin;
  $('idle-way').append(drawStations(undefined));
  showSnippets();
  startForm();
  $('examples').addEventListener('submit', (event) => { event.preventDefault(); runExample(); });
  $('own').addEventListener('submit', (event) => { event.preventDefault(); runOwn(); });
  $('source').addEventListener('change', (event) => choose(event.target.value));
  $('row-edit').addEventListener('click', editExample);
  $('stop').addEventListener('click', stop);

  const loading = loadRows();
  // A press before the rows are there waits for them.
  $('start').addEventListener('click', async () => { await loading; if (examples) runExample(); else enterOwn(); });
  const rows = await loading;
  if (rows.length) {
    examples = showRows(rows, (row) => { $('start-note').textContent = `The example: ${row.title}.`; });
    $('source').hidden = false;
    choose('example');
  } else {
    $('start').textContent = 'Diagnose your failing call';
    $('no-examples').textContent = 'Examples need the lab server beside this page: run “cargo xtask demo” in the repository.';
    $('no-examples').hidden = false;
    choose('own');
  }
}

function choose(source) {
  for (const input of $('source').querySelectorAll('input')) input.checked = input.value === source;
  $('examples').hidden = source !== 'example';
  $('own').hidden = source !== 'own';
}

function enterOwn() {
  choose('own');
  $('choose').scrollIntoView({ block: 'start' });
  $('url').focus({ preventScroll: true });
}

function editExample() {
  const call = examples.call();
  if (!call) return;
  fillForm(call);
  enterOwn();
}

function runExample() {
  const call = examples.call();
  if (call) run(call);
}

function runOwn() {
  const call = readForm();
  if (call) run(call);
}

/** Diagnoses one call; a later one takes the place of one that still runs. */
async function run(call) {
  running?.abort();
  const own = new AbortController();
  running = own;
  const isCurrent = () => running === own;
  showSnippets(call);
  startProgress(call);
  try {
    const { diagnose } = await import(PACKAGE).catch((error) => { throw new Error(`The package could not be loaded from ${new URL(PACKAGE, import.meta.url).href}. ${error.message}`); });
    const onProgress = (seen) => { if (isCurrent()) $('progress-list').append(observation(seen)); };
    const diagnosis = await diagnose(call.url, call.init, { send: call.send, signal: own.signal, onProgress });
    if (!isCurrent()) return;
    const heading = showDiagnosis($('result'), diagnosis, call.row);
    $('progress').hidden = true;
    show($('result'), heading);
  } catch (error) {
    if (isCurrent()) fail(error);
  } finally {
    if (isCurrent()) running = undefined;
  }
}

function startProgress(call) {
  $('result').hidden = true;
  $('failure').hidden = true;
  $('progress-call').textContent = clip(line(call), 400);
  $('running-way').replaceChildren(drawStations(undefined, 'running'));
  $('progress-list').replaceChildren();
  show($('progress'), $('progress-title'));
}

function stop() {
  const stopped = running;
  running = undefined;
  stopped?.abort();
  $('progress').hidden = true;
  announce('Stopped.');
  $('choose').scrollIntoView({ block: 'start' });
  $('choose').focus({ preventScroll: true });
}

function fail(error) {
  $('progress').hidden = true;
  $('failure-text').textContent = clip(error?.message || error || 'The diagnosis broke off without saying why.', 1000);
  show($('failure'), $('failure-title'));
}

/** How to diagnose where the call really fails. Header values stay out: people share such lines. */
function showSnippets(call = { url: 'https://api.example.com/items', init: {} }) {
  const script = new URL('./pkg/dist/whycors.global.js', import.meta.url).href;
  const npm = 'npm install --save-dev whycors\n\n// first in your app\nimport { install } from \'whycors\';\ninstall();';
  // The braces keep the names out of the page's own.
  const paste = `{\n  const script = document.createElement('script');\n  script.src = ${JSON.stringify(script)};\n  script.onload = async () => {\n`
    + `    const diagnosis = await ${indent(code(call, { name: 'whycors.diagnose', values: false }))};\n    console.log(diagnosis.report);\n  };\n  document.head.append(script);\n}`;
  $('snippets').replaceChildren(
    el('div', { class: 'one' }, el('h3', {}, 'In your app'), copyable(npm, 'the lines for your app'),
      el('p', { class: 'soft small' }, 'Every cross-origin call that fails then prints its diagnosis in the console.')),
    el('div', { class: 'one' }, el('h3', {}, 'In the console of your page'), copyable(paste, 'the lines for the console'),
      el('p', { class: 'soft small' }, list(Object.keys(call.init.headers ?? {})).length ? 'Put your header values in place of each “…”. ' : '',
        'A page with a strict policy of its own (script-src) does not load the script; then use the package.')));
}

function indent(text) {
  return text.replaceAll('\n', '\n    ');
}
