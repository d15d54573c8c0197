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
import { sendBarePreflight } from './probe-bare-preflight.js'
import { sendEventSource } from './probe-event-source.js'
import { outcomeOf, outcomeOfFailure, send, sendFetch } from './probe-fetch.js'
import { sendFrame } from './probe-frame.js'
import { sendNullOrigin } from './probe-null-origin.js'
import { sendPrefetch } from './probe-prefetch.js'
import { sendWebSocket } from './probe-websocket.js'
import { isReported, watchReports } from './reported.js'
import { PAGE_CSP, sleep } from './sending.js'
import { refine } from './timing.js'
import { calledAt, isOfWorker } from './told.js'
import { isThirdParty, unprobed } from './unprobed.js'
import { CONNECT, ELEMENT, violation } from './violation.js'

/** Kinds of probes that this page has no use for: where its policy forbids one, it is not asked, and reported, again. */
const useless = new Map()

const SENDERS = {
  fetch: sendFetch,
  'event-source': sendEventSource,
  frame: sendFrame,
  prefetch: sendPrefetch,
  'null-origin': sendNullOrigin,
  'bare-preflight': sendBarePreflight,
  websocket: sendWebSocket,
}
/** How long the call itself may take when `diagnose` sends it, in ms: a slow server is none that hangs. */
const CALL_PATIENCE = 20_000

/**
 * Diagnoses a call `{ input, init, ended, again }`, with what `record.js` adds to that. One without `ended`, when it failed, is sent
 * first: if it is a GET or HEAD, or `options.send` says so. `options` are DiagnoseOptions.
 */
export async function diagnose(record, page, options) {
  const called = performance.now()
  const call = capture(record)
  const core = new Core(call, options?.probes)
  try {
    const prober = proberOf(page, call, core)
    const { repeatable, permission } = prober.about
    const { ended: failed, again } = record
    // Asked again, a call that may be repeated is sent anew: the server may have changed. But only what `fetch` sends alike.
    const isAlike = call.api === 'fetch' || (call.api === 'xhr' && !call.upload)
    const isOver = failed !== undefined && !(again && repeatable && isAlike)
    // Only without CORS there is an embedder policy to meet.
    if (call.mode === 'no-cors') await watchReports(isOver ? failed : -Infinity)
    let outcome
    if (call.problem) outcome = { kind: 'invalid' }
    else if (isOver) outcome = await failure(prober, failed, record)
    else if (repeatable || options?.send) outcome = await sendCall(prober)
    else outcome = { kind: 'not-sent' }
    const ended = isOver ? failed : performance.now()
    const known = await facts(prober, outcome, ended, permission, isOver)
    core.start({ ...known, automatic: options?.automatic })
    options?.signal?.addEventListener('abort', () => prober.frames.forEach(frame => frame.remove()), { once: true })
    await probeInRounds(prober, core, options)
    const diagnosis = JSON.parse(core.finish(performance.now() - (again ? called : ended)))
    return { ...diagnosis, servers: [...prober.servers] }
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
    const probe = JSON.parse(core.probe(id, prober.engine))
    return (probe && (await sendProbe(prober, probe)).outcome) || 'not-asked'
  } finally {
    core.free()
  }
}

/** The call's URL as reports show it, and whether it goes to one of those who are not probed. */
export function about(record) {
  const call = capture(record)
  return { shown: call.shown, isThirdParty: isThirdParty(call) }
}

/** What every probe of a diagnosis shares. `refused`: the server answered 401 or 429, it counts attempts. `servers`: what it says it is. */
const proberOf = (page, call, core) => ({ page, call, about: JSON.parse(core.about()), engine: engine(), refused: false, servers: new Set(), frames: new Set() })

/** Sends round after round until the core asks no more, the caller's signal aborts, or the page's policy forbids probes. */
async function probeInRounds(prober, core, options) {
  for (;;) {
    const round = JSON.parse(core.round())
    if (!round.length || options?.signal?.aborted) return
    options?.onProbes?.()
    let mayGoOn = true
    const ask = async probe => {
      const { outcome, skipped, ms } = await sendProbe(prober, probe, options)
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
async function sendProbe(prober, probe, options) {
  const started = performance.now()
  if (probe.stop) return { skipped: probe.stop }
  if (probe.credentials === 'include' && prober.refused) return { skipped: 'the server answered 401 or 429' }
  const { kind } = probe
  if (useless.has(kind)) return { skipped: useless.get(kind) }
  // Whatever the page has made of what a sender uses.
  const seen = await SENDERS[kind](prober, probe).catch(() => ({ skipped: 'it could not be sent here' }))
  if (seen.isFinal) useless.set(kind, seen.skipped)
  seen.ms = performance.now() - started
  if (/^(failed|closed)/.test(seen.outcome) && (await isStoppedByPolicy(prober, started))) return { skipped: PAGE_CSP }
  const isAnswer = /^(read|opaque|open$|loaded|left)/.test(seen.outcome)
  if (!isAnswer && options?.isStorm?.()) return { skipped: 'too many calls fail at once: that it fails as well tells nothing' }
  return seen
}

/** The page's own policy stopped the probe. The event comes up to a few milliseconds after the failure. */
async function isStoppedByPolicy({ page, call }, started) {
  const isEnforced = () => violation(page.violations, call.url, started)?.disposition === 'enforce'
  if (!isEnforced()) await sleep(5)
  return isEnforced()
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
  return error ? failure(prober, performance.now(), { thrown: error }) : { kind: 'failed', outcome: 'timed-out' }
}

/** What a call that failed says: aborted by its caller, timed out, or failed. */
async function failure({ call, page, engine }, ended, { thrown: error, type, outcome: told }) {
  const signal = signalOf(call)
  if (/^timeout/i.test(type)) return { kind: 'timed-out' }
  if (signal?.aborted) return { kind: signal.reason?.name === 'TimeoutError' ? 'timed-out' : 'aborted' }
  if (told) return { kind: 'failed', outcome: told }
  const outcome = engine === 'firefox' ? await outcomeOfFailure(page, call.url, ended) : 'failed'
  return { kind: 'failed', outcome, error }
}

/** The caller's signal: `init`'s, `null` included, else the `Request`'s. */
function signalOf(call) {
  try {
    const signal = member(call, 'signal')
    return signal instanceof Object ? signal : undefined
  } catch {}
}

/** What the page knows for certain about itself and a call that ended at `ended`. */
async function facts(prober, { kind, outcome, said, error }, ended, permission, isOwn) {
  const { call } = prober
  return {
    kind,
    outcome,
    said,
    unprobed: unprobed(call),
    engine: prober.engine,
    online: navigator.onLine !== false,
    scheme: location.protocol.slice(0, -1),
    host: location.hostname,
    violation: kind === 'failed' ? await violationOfCall(prober, ended) : undefined,
    wrapped: prober.page.wrapped,
    worker: isUnderWorker(),
    workerFailed: isOfWorker(error),
    embedderReported: kind === 'failed' && call.mode === 'no-cors' && (await isReported(call.url, ended)),
    calledAt: isOwn ? calledAt(error) : undefined,
    permission: await localNetwork(permission),
  }
}

/** `fetch`, XMLHttpRequest, EventSource: not an element. */
const isByScript = ({ api }) => api !== 'element'

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
    const found = violation(page.violations, call.url, ended - 1000, isByScript(call) ? CONNECT : ELEMENT)
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
