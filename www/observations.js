// What was seen: one line an observation, while it arrives and in the diagnosis.

import { clip, el, list } from './dom.js';

const KIND = { page: 'page', call: 'call', probe: 'probe' };

export function observation(seen) {
  const off = Boolean(seen.skipped);
  return el('li', { class: off ? 'off' : null },
    el('span', { class: 'kind' }, KIND[seen.kind] ?? 'seen'),
    el('span', { class: 'did' }, clip(seen.did)),
    el('span', { class: 'saw' }, off ? `${seen.kind === 'call' ? 'not sent' : 'not asked'}: ${clip(seen.skipped)}` : clip(seen.saw)),
    el('span', { class: 'ms' }, Number.isFinite(seen.ms) ? `${Math.round(seen.ms)} ms` : ''));
}

/** Every observation with the causes it ruled out and those it speaks against; undefined if there is none. */
export function ruledOut(observations) {
  const deciding = observations.filter((seen) => list(seen.ruledOut).length + list(seen.unlikely).length);
  if (!deciding.length) return undefined;
  const codes = (what, all) => list(all).length > 0
    && el('dd', {}, el('span', {}, what), list(all).map((code) => el('code', {}, clip(code, 80))));
  return el('details', {}, el('summary', {}, 'What each of these ruled out'),
    el('dl', { class: 'ruled-out' }, deciding.map((seen) => [
      el('dt', {}, clip(seen.did, 300)),
      codes('rules out', seen.ruledOut),
      codes('speaks against', seen.unlikely),
    ])));
}
