/** The option `about` -> what `src/edge/explain.rs` reads; plain data, so that a worker can be told. */

import { engine } from './engine.js'

/** Takes a Diagnosis or a RequestLike, or its URL alone; of anything else, what can be read of it. */
export function aboutCall(about) {
  const call = { engine: engine() }
  if (about === undefined || about === null) return call
  if (typeof about === 'string' || about instanceof URL) about = { url: about }
  if (typeof about.verdict === 'string' && about.request) return ofDiagnosis(call, about)
  const { url, method, headers, credentials, mode, redirect, origin, api } = about
  // A Request has defaults for what its maker left out; a RequestLike has none.
  return Object.assign(call, texts({ method, credentials, mode, redirect, api }), {
    url: absolute(url),
    origin: text(origin) || globalThis.origin,
    pairs: headers && pairs(headers),
    // Without headers given, what the paste says of them counts.
    names: headers && ' ',
  })
}

function ofDiagnosis(call, { verdict, request, causes, report, engine }) {
  const { url, method, origin, credentials, mode, api, unsafeHeaders, preflightBecause = [] } = request
  return Object.assign(call, texts({ verdict, url, method, origin, credentials, mode, api, report }), {
    engine: engine || call.engine,
    names: ` ${[].concat(unsafeHeaders ?? []).join(' ')}`,
    forced: preflightBecause.some(reason => /^(upload|streamed)/.test(reason)),
    causes: [].concat(causes ?? []).map(({ code, phase }) => (phase ? `${code}/${phase}` : code)).join(' '),
  })
}

function absolute(url) {
  try {
    return text(url) && new URL(url, document.baseURI).href
  } catch {
    return text(url)
  }
}

function pairs(headers) {
  try {
    return [...new Headers(headers)].map(([name, value]) => `${name}:${value}`).join('\n')
  } catch {
    return ''
  }
}

const text = value => (value === undefined || value === null ? '' : String(value))

const texts = values => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, text(value)]))
