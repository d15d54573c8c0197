// The request's way, drawn: which station passed, which refused, which is not known. It says only what the
// diagnosis says: the causes that remain explain all that was seen, so the way ends where one of them ends it.

import { el, list } from './dom.js';
import { ENDS, STATES, STATIONS, kindOf } from './text.js';

const ORDER = STATIONS.map((station) => station.id);

/** Causes that end the way elsewhere than their kind says. */
const ENDS_AT = {
  'blocked-by-client': ['browser'], 'local-network-access': ['browser'], 'mixed-content': ['browser'], 'csp-connect-src': ['browser'],
  aborted: ['page'], 'timed-out': ['preflight', 'server', 'response'],
  // Dropped and silent servers may treat OPTIONS and the call differently; the others fail at first contact.
  'connection-dropped': ['preflight', 'server'], 'no-response': ['preflight', 'server'],
  // Said of one exchange alone, so these often come without a phase.
  'preflight-status': ['preflight'], 'preflight-redirect': ['preflight'], 'header-not-allowed': ['preflight'], 'method-not-allowed': ['preflight'],
  'invalid-allow-methods': ['preflight'], 'invalid-allow-headers': ['preflight'], 'error-response-without-cors': ['response'],
};
/** These answers come from a copy or a worker: whether a server was asked at all is not known. */
const WITHOUT_SERVER = ['stale-cached-response', 'service-worker'];

/** What is known of each station: `{ states, end, silent }`; `end` is the one station that refused, if it is known. */
export function wayOf(diagnosis) {
  const preflight = diagnosis.request?.preflight === true;
  const causes = list(diagnosis.causes);
  const states = Object.fromEntries(ORDER.map((id) => [id, 'unknown']));
  if (!preflight && diagnosis.request) states.preflight = 'not-needed';

  if (diagnosis.verdict === 'no-failure' || diagnosis.verdict === 'not-reproduced') {
    for (const id of ORDER) if (states[id] === 'unknown') states[id] = 'passed';
    return { states };
  }
  if (!causes.length) {
    if (diagnosis.request?.sent) states.page = 'passed';
    return { states };
  }

  const ends = new Set(causes.flatMap((cause) => endsOf(cause, preflight)));
  const [first, last] = [ORDER.findIndex((id) => ends.has(id)), ORDER.findLastIndex((id) => ends.has(id))];
  const silent = causes.every((cause) => kindOf(cause.code) === 'network');
  ORDER.forEach((id, at) => {
    if (states[id] === 'not-needed') return;
    if (at < first) states[id] = 'passed';
    else if (at > last) states[id] = 'not-reached';
    else if (first === last) states[id] = silent ? 'silent' : 'refused';
    else if (ends.has(id)) states[id] = 'maybe';
  });
  const unasked = causes.some((cause) => WITHOUT_SERVER.includes(cause.code));
  if (unasked) for (const id of ['preflight', 'server']) if (states[id] === 'passed') states[id] = 'unknown';
  return { states, end: first === last && !unasked ? ORDER[first] : undefined, silent };
}

/** The stations at which this cause may end the way. */
function endsOf({ code, phase }, preflight) {
  let ends = phase ? [phase] : ENDS_AT[code] ?? {
    cors: ['preflight', 'response'], redirect: ['response'], network: [preflight ? 'preflight' : 'server'],
    browser: ['response'], page: ['page'],
  }[kindOf(code)] ?? ORDER.slice(1);
  if (!preflight) ends = ends.filter((id) => id !== 'preflight');
  return ends.length ? ends : ['response'];
}

/** The drawing with its sentence. */
export function drawWay(diagnosis) {
  const way = wayOf(diagnosis);
  const sentences = [];
  if (diagnosis.request?.sent === false) sentences.push('Not sent: the line shows where the call ends if it fails.');
  if (way.end) sentences.push(ENDS[way.end === 'preflight' && way.silent ? 'preflight-silent' : way.end]);
  if (diagnosis.verdict === 'not-reproduced') sentences.push('The call as it goes now.');
  const maybe = STATIONS.filter((station) => way.states[station.id] === 'maybe').map((station) => station.name);
  if (maybe.length) sentences.push(`It ends at one of these: ${maybe.join(', ')}. What remains does not tell which.`);
  return el('figure', { class: 'way-figure' },
    drawStations(way.states),
    sentences.length > 0 && el('figcaption', {}, sentences.join(' ')));
}

/** The five stations; without states they wait (at the top of the page) or run (during a diagnosis). */
export function drawStations(states, waiting = 'idle') {
  return el('ol', { class: `way${states ? '' : ` ${waiting}`}`, 'aria-label': 'The way of a call' }, STATIONS.map((station, at) => {
    const state = states ? states[station.id] : 'idle';
    return el('li', { 'data-state': state, 'data-line': lineInto(states, at) },
      el('span', { class: 'mark' }, icon(state)),
      el('span', { class: 'name' }, station.name),
      el('span', { class: 'state' }, states ? STATES[state] : station.does));
  }));
}

/** How the line that leads into a station is drawn; a station that is not needed is passed through. */
function lineInto(states, at) {
  if (!states) return 'idle';
  let state = states[ORDER[at]];
  if (state === 'not-needed') state = states[ORDER[at + 1]];
  return { passed: 'passed', refused: 'ended', silent: 'ended', 'not-reached': 'none' }[state] ?? 'open';
}

const ICONS = {
  passed: ['m6.5 12.5 3.7 3.7 7.3-8'], refused: ['m7.5 7.5 9 9', 'm16.5 7.5-9 9'], silent: ['m7.5 7.5 9 9', 'm16.5 7.5-9 9'],
  maybe: ['M9 9.2a3 3 0 1 1 4.6 2.6c-1 .7-1.6 1.2-1.6 2.3', 'M12 17.6v.1'], unknown: ['M9 9.2a3 3 0 1 1 4.6 2.6c-1 .7-1.6 1.2-1.6 2.3', 'M12 17.6v.1'],
  'not-needed': ['M8 12h8'], 'not-reached': [], idle: [],
};

function icon(state) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  for (const d of ICONS[state] ?? []) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}
