/** `fetch`, as the core describes it, and what the page sees of a response or a failure. */

import { sleep } from './sending.js'
import { PROBE, refine } from './timing.js'

/** How long Firefox may take to tell the observer of timings, in ms. */
const PATIENCE = 300

export async function sendFetch(prober, { id, method, mode, credentials, redirect, names, value }) {
  const { call, page } = prober
  const headers = {}
  // A header that the call's Headers do not have is its body's type.
  for (const name of names) headers[name] = value ?? call.headers.get(name) ?? call.type
  const isFirefox = prober.engine === 'firefox'
  // So that each of several probes at once finds its own timing entry.
  const url = isFirefox ? call.url + PROBE + id : call.url
  const init = { method, mode, credentials, redirect, headers, cache: 'no-store' }
  const { response, error } = await send(prober, url, init)
  if (response) return { outcome: outcomeOf(prober, response) }
  if (!error) return { outcome: 'timed-out' }
  return { outcome: isFirefox ? await outcomeOfFailure(page, url, performance.now()) : 'failed' }
}

/** Calls the pristine fetch, aborting as soon as headers arrive: `{}` after the time limit. */
export async function send({ page: { fetch }, about }, input, init, callers, timeout = about.timeout) {
  const controller = new AbortController()
  const own = controller.signal
  try {
    init.signal = callers ? AbortSignal.any([own, callers]) : own
  } catch {
    init.signal = own
  }
  try {
    return { response: await Promise.race([fetch.call(globalThis, input, init), sleep(timeout)]) }
  } catch (error) {
    return { error: error ?? true }
  } finally {
    controller.abort()
  }
}

/** Names of products, without versions, where an answer lets script read them. */
const PRODUCT = /^[a-z][\w.-]{1,23}/i

export function outcomeOf(prober, { status, type, headers }) {
  for (const name of ['server', 'x-powered-by']) {
    const [product] = PRODUCT.exec(headers.get(name)) ?? []
    if (product) prober.servers.add(product.toLowerCase())
  }
  if (status === 401 || status === 429) prober.refused = true
  if (type === 'opaque') return type
  if (type === 'opaqueredirect') return 'opaque-redirect'
  return status >= 400 ? 'readable-error' : 'readable'
}

/** The outcome of a failed request to `name` that failed at `ended`, once Firefox has told of it. */
export async function outcomeOfFailure(page, name, ended) {
  for (let waited = 0; waited < PATIENCE; waited += 10) {
    const outcome = refine(page.timings, name, ended)
    if (outcome) return (await hasFineClock()) ? outcome : 'failed'
    await sleep(10)
  }
  return 'failed'
}

/**
 * A duration of 0 means something only if the clock would have shown a short one. `privacy.resistFingerprinting` and other prefs
 * round to 16.7 or 100 ms: two readings around a short sleep are then equal, or that far apart.
 */
async function hasFineClock() {
  for (let tries = 0; tries < 6; tries++) {
    const before = performance.now()
    await sleep(2)
    const passed = performance.now() - before
    if (passed > 0 && passed < 15) return true
  }
  return false
}
