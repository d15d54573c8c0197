/**
 * Sends what the core asks for, waits, and tells it what the page saw. What to ask and what it means is the core's; all that takes
 * time is here, because waiting costs a few lines of JavaScript and would cost the core a tenth of its size.
 *
 * `page` is `{ fetch, violations, timings }`: a pristine fetch, the last `securitypolicyviolation` events and the last Resource
 * Timing entries.
 */

import { Core } from './core_bindgen.js'
import { capture, member, message } from './capture.js'
import { engine } from './engine.js'
import { unquoted } from './mask.js'
import { PROBE, refine } from './timing.js'
import { unprobed } from './unprobed.js'
import { violation } from './violation.js'

/** What the core knows as the reason why a probe says nothing where the page's own policy stopped it. */
const PAGE_CSP = 'page CSP'
/** How long Firefox may take to tell the observer of timings, in ms. */
const PATIENCE = 120
/** How long the call itself may take when `diagnose` sends it, in ms: a slow server is none that hangs. */
const CALL_PATIENCE = 20_000

/**
 * Diagnoses a call `{ input, init, ended, again }`. One without `ended`, when it failed, is sent first: if it is a GET or HEAD, or
 * `options.send` says so. `options` are DiagnoseOptions.
 */
export async function diagnose(record, page, options) {
  const called = performance.now()
  const call = capture(record)
  const core = new Core(call, options?.probes)
  try {
    const prober = proberOf(page, call, core)
    const { repeatable, permission } = prober.about
    const { ended: failed, again } = record
    // Asked again, a call that may be repeated is sent anew: the server may have changed.
    const isOver = failed !== undefined && !(again && repeatable)
    let outcome
    if (call.problem) outcome = { kind: 'invalid' }
    else if (isOver) outcome = await failure(prober, failed)
    else if (repeatable || options?.send) outcome = await sendCall(prober)
    else outcome = { kind: 'not-sent' }
    const ended = isOver ? failed : performance.now()
    core.start({ ...(await facts(prober, outcome, ended, permission)), automatic: options?.automatic })
    await probeInRounds(prober, core, options)
    return JSON.parse(core.finish(performance.now() - (again ? called : ended)))
  } finally {
    core.free()
  }
}

/**
 * Sends one probe by its id, whether or not a diagnosis would, and resolves to the outcome's name, or `not-asked`. The id `call`
 * sends the call itself. For tests of the model against real browsers.
 */
export async function observe(record, page, id) {
  const call = capture(record)
  const core = new Core(call, undefined)
  try {
    const prober = proberOf(page, call, core)
    if (id === 'call') {
      const { kind, outcome } = await sendCall(prober)
      return outcome ?? kind
    }
    const probe = JSON.parse(core.probe(id))
    return (probe && (await sendProbe(prober, probe)).outcome) || 'not-asked'
  } finally {
    core.free()
  }
}

/** What makes two failures the same one: method, URL without query, names of headers, credentials, mode. */
export function key(record) {
  const core = new Core(capture(record), undefined)
  try {
    return core.key()
  } finally {
    core.free()
  }
}

/** What every probe of a diagnosis shares. `refused`: the server answered 401 or 429, it counts attempts. */
const proberOf = (page, call, core) => ({ page, call, about: JSON.parse(core.about()), engine: engine(), refused: false })

/** Sends round after round until the core asks no more, the caller's signal aborts, or the page's policy forbids probes. */
async function probeInRounds(prober, core, options) {
  for (;;) {
    const round = JSON.parse(core.round())
    if (!round.length || options?.signal?.aborted) return
    let mayGoOn = true
    const ask = async probe => {
      const { outcome, skipped, ms } = await sendProbe(prober, probe)
      const observation = JSON.parse(core.saw(probe.id, outcome ?? skipped, ms))
      // Each further one would be reported to the site as well.
      if (skipped === PAGE_CSP) mayGoOn = false
      try {
        options?.onProgress?.(observation)
      } catch {}
    }
    await Promise.all(round.map(ask))
    if (!mayGoOn) return
  }
}

/** Sends a probe: its outcome, or why it was skipped, and the milliseconds it took. */
async function sendProbe(prober, probe) {
  const started = performance.now()
  if (probe.stop) return { skipped: probe.stop }
  if (probe.credentials === 'include' && prober.refused) return { skipped: 'the server answered 401 or 429' }
  const seen = await (probe.mode ? sendFetch(prober, probe) : sendEventSource(prober))
  seen.ms = performance.now() - started
  if (/^(failed|closed)/.test(seen.outcome) && (await isStoppedByPolicy(prober, started))) return { skipped: PAGE_CSP }
  return seen
}

/** The page's own policy stopped the probe. The event comes up to a few milliseconds after the failure. */
async function isStoppedByPolicy({ page, call }, started) {
  const isEnforced = () => violation(page.violations, call.url, started)?.disposition === 'enforce'
  if (!isEnforced()) await sleep(5)
  return isEnforced()
}

async function sendFetch(prober, { id, method, mode, credentials, redirect, names, value }) {
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

/** Opens an EventSource without credentials. It never executes what it gets, and is closed at its first event. */
async function sendEventSource({ call, about: { timeout } }) {
  if (!globalThis.EventSource) return { skipped: 'no EventSource' }
  let source
  try {
    source = new EventSource(call.url)
  } catch {
    // WebKit throws a SecurityError under a policy that forbids the address.
    return { skipped: PAGE_CSP }
  }
  const first = new Promise(resolve => (source.onopen = source.onerror = resolve))
  const event = await Promise.race([first, sleep(timeout)])
  // Before `close()`, which sets it to 2.
  const { readyState } = source
  source.close()
  if (!event) return { outcome: 'timed-out' }
  if (event.type === 'open') return { outcome: 'open' }
  return { outcome: readyState === 2 ? 'closed' : 'reconnecting' }
}

/** Sends the call itself, as its caller would. */
async function sendCall(prober) {
  const { call } = prober
  let request
  try {
    // A Request keeps all that `init` says, and has its own signal that follows the caller's.
    request = new Request(call.input, call.init)
  } catch (thrown) {
    return { kind: 'invalid', said: unquoted(message(thrown), call) }
  }
  const { response, error } = await send(prober, request, {}, signalOf(call), Math.max(prober.about.timeout, CALL_PATIENCE))
  if (response) return { kind: 'succeeded', outcome: outcomeOf(prober, response) }
  return error ? failure(prober, performance.now()) : { kind: 'failed', outcome: 'timed-out' }
}

/** What a call that failed says: aborted by its caller, timed out, or failed. */
async function failure({ call, page, engine }, ended) {
  const signal = signalOf(call)
  if (signal?.aborted) return { kind: signal.reason?.name === 'TimeoutError' ? 'timed-out' : 'aborted' }
  return { kind: 'failed', outcome: engine === 'firefox' ? await outcomeOfFailure(page, call.url, ended) : 'failed' }
}

/** The caller's signal: `init`'s, `null` included, else the `Request`'s. */
function signalOf(call) {
  try {
    const signal = member(call, 'signal')
    return signal instanceof Object ? signal : undefined
  } catch {}
}

/** Calls the pristine fetch, aborting as soon as headers arrive: `{}` after the time limit. */
async function send({ page: { fetch }, about }, input, init, callers, timeout = about.timeout) {
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

function outcomeOf(prober, { status, type }) {
  if (status === 401 || status === 429) prober.refused = true
  if (type === 'opaque') return type
  if (type === 'opaqueredirect') return 'opaque-redirect'
  return status >= 400 ? 'readable-error' : 'readable'
}

/** The outcome of a failed request to `name` that failed at `ended`, once Firefox has told of it. */
async function outcomeOfFailure(page, name, ended) {
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

/** What the page knows for certain about itself and a call that ended at `ended`. */
async function facts(prober, { kind, outcome, said }, ended, permission) {
  return {
    kind,
    outcome,
    said,
    unprobed: unprobed(prober.call),
    engine: prober.engine,
    online: navigator.onLine !== false,
    scheme: location.protocol.slice(0, -1),
    host: location.hostname,
    violation: kind === 'failed' ? await violationOfCall(prober, ended) : undefined,
    wrapped: prober.page.wrapped,
    worker: isUnderWorker(),
    permission: await localNetwork(permission),
  }
}

/** Sandboxed pages throw a SecurityError where they are asked. */
function isUnderWorker() {
  try {
    return !!navigator.serviceWorker?.controller
  } catch {
    return false
  }
}

/**
 * A `securitypolicyviolation` about the call. Chromium and Firefox tell after the rejection, so this waits; an entry in Resource
 * Timing shows that no policy stopped it, and ends the wait.
 */
async function violationOfCall({ page, call, engine }, ended) {
  for (let waited = 0; ; waited += 5) {
    const found = violation(page.violations, call.url, ended - 1000)
    const isFinal = engine === 'webkit' || waited >= 50 || refine(page.timings, call.url, ended)
    if (found || (isFinal && waited > 0)) return found
    await sleep(5)
  }
}

/** State of the permission that a call to this kind of host would need. */
async function localNetwork(first) {
  for (const name of [first, 'local-network-access']) {
    try {
      return (await navigator.permissions.query({ name })).state
    } catch {}
  }
}

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms))
