/** Which failures are diagnosed, how many at once, and who is told. */

import { key } from './key.js'
import { outside } from './outside.js'
import { about } from './probes.js'
import { record as read } from './record.js'
import { sleep } from './sending.js'

const MINUTE = 60_000
/** Diagnoses at once; each sends at most eight probes. */
const AT_ONCE = 4
/** Diagnoses a minute, and failures that are remembered: what is beyond is a storm, and would be a storm of probes. */
const DISTINCT = 50
/**
 * Failures a second that are a storm. Browsers let only so many requests be under way, and fail what is beyond: a probe as well, which
 * then looks as if nothing listened.
 */
const STORM = 50
/** How long its end is waited for, in ms. */
const PATIENCE = 10_000
/** Diagnoses that an Installation keeps. */
const KEPT = 50

const TOO_MANY = 'too many different calls fail at once; no more of them are diagnosed for a minute.'
const LEFT = new Error('the page was left meanwhile.')

export function automatic(page, diagnose) {
  /** By key, the latest last. */
  const known = new Map()
  /** When the diagnoses of the last minute began. */
  let begun = []
  let saidFull = -MINUTE
  /** When the last calls failed. */
  const recent = []
  const waiting = []
  let running = 0
  let last

  /** A call that a patch took down. */
  function failed(record, own) {
    if (isUpgraded(record)) throw new Error('whether the browser asked for it by https is not known.')
    const id = key(record)
    const before = known.get(id)
    const now = performance.now()
    if (recent.push(now) > 2 * STORM) recent.shift()
    // A server is seldom mended within a minute, and a page that polls it asks often.
    if (before && now - before.at < MINUTE) {
      repeated(before)
      return before.diagnosis
    }
    begun = begun.filter(at => now - at < MINUTE)
    if (begun.length >= DISTINCT) {
      if (now - saidFull > MINUTE) say(own, TOO_MANY)
      saidFull = now
      throw new Error(TOO_MANY)
    }
    begun.push(now)
    last = () => {
      known.delete(id)
      return failed({ ...record, again: true, exits: undefined }, own)
    }
    const failure = { at: now, own, count: (before?.count ?? 0) + 1, hasRepeated: false, hasPassed: false, isFixed: false }
    failure.diagnosis = inTurn(() => diagnosed(record, failure, before))
    known.delete(id)
    known.set(id, failure)
    if (known.size > DISTINCT) known.delete(known.keys().next().value)
    Object.assign(page, { watched, sent })
    failure.diagnosis.catch(error => {
      if (known.get(id) === failure) known.delete(id)
      if (error !== LEFT) say(own, `no diagnosis of a failed call: ${error?.message}`)
    })
    return failure.diagnosis
  }

  async function diagnosed(record, failure, before) {
    const { own } = failure
    for (let waited = 0; waited < PATIENCE && isStorm(); waited += 250) await sleep(250)
    const { isThirdParty, shown } = about(record)
    const { probes, server } = own.options
    const onProbes = () => announce(record, own, shown)
    const diagnosis = await diagnose(record, { probes, server, automatic: true, isStorm, onProbes })
    // What leaving a page cuts off looks like a failure of the network; so do its probes.
    if (record.exits < page.exits) throw LEFT
    failure.isOwnAffair = isOwnAffair(diagnosis)
    if (failure.isOwnAffair) return diagnosis
    failure.isQuiet = isThirdParty
    const former = await before?.diagnosis.catch(() => {})
    const isSame = !before?.isFixed && former?.summary === diagnosis.summary
    tell(diagnosis, own)
    if (isThirdParty) onceInAWhile(failure, `${title(diagnosis)} failed. Calls of analytics and advertising are not probed; ad blockers stop them.`)
    else if (isSame) onceInAWhile(failure, `still ${title(diagnosis)}: ${diagnosis.summary}`)
    else print(diagnosis, own)
    return diagnosis
  }

  const isStorm = () => recent.filter(at => performance.now() - at < 1000).length > STORM

  function tell(diagnosis, { options, installation: { diagnoses } }) {
    page.latest = diagnosis
    if (diagnoses.push(diagnosis) > KEPT) diagnoses.shift()
    try {
      options.onDiagnosis?.(diagnosis)
    } catch (error) {
      console.error(error)
    }
    window.dispatchEvent(new CustomEvent('whycors:diagnosis', { detail: diagnosis }))
  }

  /** Within a minute: one line, however often it fails. */
  function repeated(failure) {
    failure.isFixed = false
    Object.assign(page, { watched, sent })
    if (failure.hasRepeated) return
    failure.hasRepeated = true
    inOneLine(failure, diagnosis => `again ${title(diagnosis)}: ${diagnosis.summary} whycors.again() diagnoses it anew.`)
  }

  /** Only while failures are known, a call that passes is compared with them; later, for it has no time for us now. */
  function watched(promise, call) {
    outside(() => promise.then(() => setTimeout(mended, 0, call), () => {}))
  }

  /** The same of an XMLHttpRequest that has loaded. */
  function sent(call, xhr) {
    outside(() => setTimeout(mended, 0, read({ ...call, thrown: xhr })))
  }

  function mended(call) {
    try {
      const failure = known.get(key(call))
      if (!failure || failure.isFixed) return
      failure.isFixed = true
      if ([...known.values()].every(({ isFixed }) => isFixed)) Object.assign(page, { watched: undefined, sent: undefined })
      // One that fails and passes in turns has one line as well.
      if (failure.hasPassed) return
      failure.hasPassed = true
      inOneLine(failure, diagnosis => `fixed: ${title(diagnosis)} passes now.`)
    } catch {}
  }

  function inOneLine(failure, line) {
    failure.diagnosis.then(diagnosis => failure.isOwnAffair || failure.isQuiet || say(failure.own, line(diagnosis)), () => {})
  }

  function inTurn(work) {
    return new Promise((resolve, reject) => {
      waiting.push(() => work().then(resolve, reject))
      next()
    })
  }

  function next() {
    if (running >= AT_ONCE || !waiting.length) return
    running++
    waiting.shift()().finally(() => {
      running--
      next()
    })
  }

  async function asked(call, options) {
    // Not `send`: what is not a GET goes out once.
    last = () => asked(call, { ...options, send: false, signal: undefined })
    return (page.latest = await diagnose(call, options))
  }

  return { failed, asked, again: async () => last?.() }
}

/** Of an https page, browsers ask for pictures, sounds and films by https, whatever their address says. */
const isUpgraded = ({ api, input, thrown }) =>
  api === 'element' && location.protocol === 'https:' && /^http:/.test(input) && /^(img|audio|video)$/.test(thrown.localName)

/** A failed call to the page's own origin, unless a redirect leads it away, is none of ours. */
const isOwnAffair = ({ request: { url, origin }, hints }) =>
  url.startsWith(`${origin}/`) && !hints.some(({ code }) => code === 'same-origin-redirected-away')

const title = ({ request: { method, url } }) => `${method} ${url}`

/** Once a failure: the console shows a failed probe as it shows a failed call. */
function announce(record, own, url) {
  if (record.isAnnounced) return
  record.isAnnounced = true
  say(own, `asks why ${url} failed; what the console says of that URL until the report may come from its probes.`)
}

/** The first, second, fourth, eighth time: a page may poll a dead server for a week. */
function onceInAWhile({ own, count }, line) {
  if (!(count & (count - 1))) say(own, line)
}

function say({ options }, line) {
  if (options.report !== 'silent') console.log(`whycors: ${line}`)
}

function print(diagnosis, { options }) {
  if (options.report === 'silent') return
  console.groupCollapsed(`whycors: ${title(diagnosis)}: ${diagnosis.summary}`)
  console.log(diagnosis.report)
  console.groupEnd()
}
