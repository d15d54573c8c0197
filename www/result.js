// A diagnosis on the page: what was seen, what follows, what remains, how to check it, how to fix it.

import { clip, copyable, el, link, list } from './dom.js';
import { ENGINES, VERDICTS, WHERE } from './text.js';
import { observation, ruledOut } from './observations.js';
import { drawWay } from './way.js';

/** Fills `section`; returns its heading, where the focus goes. `row` is the example's, if it was one. */
export function showDiagnosis(section, diagnosis, row) {
  const verdict = VERDICTS[diagnosis.verdict] ?? VERDICTS.unknown;
  const title = el('h2', { id: 'result-title', tabindex: '-1' }, clip(diagnosis.summary || verdict.name, 600));
  const parts = [
    ['Saw', saw(diagnosis)], ['So', so(diagnosis, row)], ['Remains', remains(diagnosis)],
    ['Check', check(list(diagnosis.check))], ['Fix', fix(diagnosis)], ['Also', hints(list(diagnosis.hints))], ['Report', report(diagnosis)],
  ].filter(([, content]) => content);

  section.replaceChildren(
    el('header', {},
      el('p', { class: 'call' }, requestLine(diagnosis)),
      title,
      el('p', { class: 'verdict' }, el('span', { class: 'chip', 'data-verdict': diagnosis.verdict }, verdict.name), el('span', {}, verdict.means(diagnosis.family))),
      drawWay(diagnosis),
      el('nav', { class: 'jump', 'aria-label': 'Parts of the diagnosis' }, parts.map(([name]) => el('a', { href: `#${idOf(name)}` }, name)))),
    ...parts.map(([name, content]) => el('section', { class: 'part', id: idOf(name), tabindex: '-1', 'aria-labelledby': `${idOf(name)}-title` },
      el('h3', { id: `${idOf(name)}-title` }, name),
      el('div', { class: 'part-body' }, content))),
  );
  return title;
}

const idOf = (name) => `part-${name.toLowerCase()}`;

function requestLine({ request = {} }) {
  return [`${request.method ?? 'GET'} `, el('b', {}, clip(request.url, 400)), ` from ${clip(request.origin ?? location.origin, 200)}`];
}

function saw({ saw: seen, request = {} }) {
  const observations = list(seen);
  const because = list(request.preflightBecause);
  return [
    request.preflight && because.length > 0 && el('p', {}, `The browser asks first (a preflight), because of ${clip(because.join(', '), 400)}.`),
    observations.length ? el('ol', { class: 'observations' }, observations.map(observation)) : el('p', {}, 'Nothing had to be asked.'),
    ruledOut(observations),
  ];
}

function so({ saw: seen, causes, verdict, fix = {}, engine, duration }, row) {
  const ruled = new Set(list(seen).flatMap((one) => list(one.ruledOut))).size;
  const left = list(causes).length;
  const counts = [ruled && `${ruled} ${ruled === 1 ? 'cause is' : 'causes are'} ruled out`, left && `${left}${ruled ? '' : left === 1 ? ' cause' : ' causes'} ${left === 1 ? 'remains' : 'remain'}`].filter(Boolean).join(', ');
  const failed = verdict !== 'no-failure' && verdict !== 'not-reproduced' && left > 0;
  return [
    el('p', {}, [failed && WHERE[fix.where], counts && `${counts}.`].filter(Boolean).join(' ') || VERDICTS[verdict]?.means() || ''),
    el('p', { class: 'soft' }, `Seen in ${ENGINES[engine] ?? ENGINES.other}${Number.isFinite(duration) ? `, in ${Math.round(duration).toLocaleString('en')} ms` : ''}.`),
    row && el('p', { class: 'soft' }, ...truth(row, list(causes))),
  ];
}

/** An example knows what is really wrong, so the page can say how well the diagnosis did. */
function truth(row, causes) {
  if (!row.cause) return ['In this example nothing is wrong.'];
  const named = causes.some((cause) => cause.code === row.cause && (!row.phase || !cause.phase || cause.phase === row.phase));
  const verdict = !named ? 'the diagnosis does not name it' : causes.length === 1 ? 'the diagnosis names it' : `the diagnosis names it among ${causes.length}`;
  return ['What is really wrong in this example: ', el('code', {}, row.cause), row.phase ? ` (${row.phase})` : '', `; ${verdict}.`];
}

function remains({ causes, verdict }) {
  const left = list(causes);
  if (!left.length) return verdict === 'unknown' && el('p', {}, 'No cause of the catalogue. Please report it, with the text below.');
  // Causes that need an odd server come after those that do not: by their codes, once below each condition.
  const plain = left.filter((cause) => !cause.detail);
  const shown = plain.length ? plain : left;
  const conditions = plain.length ? [...new Set(left.map((cause) => cause.detail).filter(Boolean))] : [];
  return [
    el('ol', { class: 'causes titles' }, shown.map((cause) => el('li', {},
      el('h4', {}, clip(cause.title, 300)),
      cause.detail && el('p', {}, clip(cause.detail)),
      el('p', { class: 'soft small' }, el('code', {}, clip(cause.code, 80)), cause.phase && ` in the ${cause.phase}`)))),
    ...conditions.map((detail) => el('p', { class: 'soft' }, clip(detail), ' ', codes(left.filter((cause) => cause.detail === detail)))),
  ];
}

function codes(causes) {
  return el('span', {}, ...causes.flatMap((cause, index) => [index > 0 && ', ', el('code', {}, clip(cause.code, 80))]));
}

function check(checks) {
  if (!checks.length) return undefined;
  const shells = [...new Set(checks.map((one) => one.shell))];
  const lines = el('div', {});
  const draw = (shell) => lines.replaceChildren(...checks.filter((one) => one.shell === shell).map((one) => el('div', { class: 'one titles' },
    el('h4', {}, one.when === 'fixed' ? 'After the fix: ' : '', clip(one.label, 300)),
    copyable(String(one.command), `the command: ${clip(one.label, 80)}`),
    one.expect && el('p', { class: 'soft' }, `Look for: ${clip(one.expect, 600)}`))));
  const first = shells.includes('powershell') && /Win/.test(navigator.platform) ? 'powershell' : shells[0];
  draw(first);
  return [
    el('p', {}, 'These commands show what a page cannot see.'),
    shells.length > 1 && choice('Shell', 'shell', shells.map((shell) => [shell, { posix: 'POSIX shell', powershell: 'PowerShell' }[shell] ?? shell]), first, draw),
    lines,
  ];
}

/** A row of radio buttons drawn as segments. */
function choice(legend, name, options, first, onChange) {
  return el('fieldset', { class: 'segments small' }, el('legend', { class: 'hide' }, legend), options.map(([value, text]) => {
    const input = el('input', { type: 'radio', name, value, checked: value === first });
    input.addEventListener('change', () => onChange(value));
    return el('label', {}, input, el('span', {}, text));
  }));
}

function fix({ fix: advice = {}, request = {} }) {
  const steps = list(advice.steps);
  const [preflight, response] = [headerLines(advice.preflight), headerLines(advice.response)];
  const [recipes, notes] = [list(advice.recipes), list(advice.notes)];
  if (!steps.length && !preflight && !response && !recipes.length) return undefined;
  return [
    steps.length === 1 && el('p', {}, clip(steps[0])),
    steps.length > 1 && el('ol', { class: 'steps' }, steps.map((step) => el('li', {}, clip(step)))),
    preflight && el('div', { class: 'one' }, el('h4', {}, 'The preflight answer (OPTIONS), with a 2xx status'), copyable(preflight, 'the headers of the preflight answer')),
    response && el('div', { class: 'one' }, el('h4', {}, 'The answer to the call, errors included'), copyable(response, 'the headers of the answer')),
    (preflight || response) && el('p', { class: 'note' }, 'These lines allow this page, ', el('code', {}, clip(request.origin ?? location.origin, 200)),
      ', because this page made the call. For your app, put its origin there, or ', el('a', { href: '#yours' }, 'diagnose from your own origin'), '.'),
    notes.length > 0 && el('ul', { class: 'steps' }, notes.map((note) => el('li', {}, clip(note)))),
    recipes.length > 0 && recipeChooser(recipes),
  ];
}

const headerLines = (headers) => Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`).join('\n');

function recipeChooser(recipes) {
  const body = el('div', {});
  const select = el('select', { id: 'recipe' }, recipes.map((recipe, at) => el('option', { value: at }, clip(recipe.name, 80))));
  const draw = () => {
    const recipe = recipes[select.value];
    body.replaceChildren(
      recipe.file ? el('p', { class: 'soft small' }, 'In ', el('code', {}, clip(recipe.file, 200))) : '',
      copyable(String(recipe.code), `the recipe for ${clip(recipe.name, 80)}`, 'long'),
      el('ul', { class: 'steps' }, list(recipe.pitfalls).map((pitfall) => el('li', {}, clip(pitfall)))),
      el('p', { class: 'soft small' }, recipe.ran ? `Run with ${clip(recipe.ran, 80)}. ` : 'Not run by us, read from its documentation. ', link('Documentation', recipe.docs)));
  };
  // What the called server shows of itself comes before what was chosen for another.
  const chosen = recipes.findIndex((recipe) => recipe.target === kept());
  if (chosen > 0 && !recipes[0].because) select.value = chosen;
  select.addEventListener('change', () => {
    keep(recipes[select.value].target);
    draw();
  });
  draw();
  return el('div', { class: 'one' }, el('h4', {}, el('label', { for: 'recipe' }, 'For your server')), select, body);
}

const KEY = 'whycors-demo-server';

/** The server chosen last. Some browsers let a page keep nothing. */
function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {}
}

function keep(server) {
  try {
    localStorage.setItem(KEY, server);
  } catch {}
}

function hints(all) {
  return all.length > 0 && el('ul', { class: 'causes' }, all.map((hint) => el('li', {},
    el('h4', {}, clip(hint.title, 300)), el('p', {}, clip(hint.detail)),
    el('p', { class: 'soft small' }, el('code', {}, clip(hint.code, 80))))));
}

function report(diagnosis) {
  const text = String(diagnosis.report ?? '');
  const json = JSON.stringify(diagnosis, null, 2);
  return [
    text && el('details', {}, el('summary', {}, 'As plain text'), copyable(text, 'the report', 'long')),
    el('details', {}, el('summary', {}, 'As JSON'), copyable(json, 'the JSON', 'long')),
  ];
}
