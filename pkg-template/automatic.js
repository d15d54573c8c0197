/** Which failures are diagnosed, how many at once, and who is told. */

const MINUTE = 60_000
/** Diagnoses at once; each sends at most eight probes. */
const AT_ONCE = 4
/** Distinct failures a minute: what is beyond is a storm, and would be a storm of probes. */
const DISTINCT = 50
/** Lines about the repeats of one failure a minute. */
const LINES = 10

export function automatic({ key, shown, diagnose }, page) {
  const known = new Map()
  const waiting = []
  let running = 0
  let last

  /** A call that the patched fetch rejected. */
  function failed(record, own) {
    forgetOld()
    const id = key(record)
    const before = known.get(id)
    if (before) {
      repeated(before)
      return before.diagnosis
    }
    if (known.size >= DISTINCT) throw new Error('too many different calls fail at once.')
    const diagnosis = inTurn(async () => {
      last = () => {
        known.delete(id)
        return failed({ ...record, again: true }, own)
      }
      const { probes } = own.options
      const onProbes = isSilent(own) ? undefined : () => announce(record)
      return tell(await diagnose(record, { probes, automatic: true, onProbes }), own)
    })
    known.set(id, { at: performance.now(), repeats: 0, diagnosis, own })
    diagnosis.catch(error => {
      known.delete(id)
      console.warn(`whycors: no diagnosis of a failed call: ${error?.message}`)
    })
    page.passed = passed
    return diagnosis
  }

  function repeated(failure) {
    if (isSilent(failure.own) || ++failure.repeats > LINES) return
    const line = diagnosis => {
      if (isOwnAffair(diagnosis)) return
      const { request, summary } = diagnosis
      console.log(`whycors: again ${title(request)}: ${summary} whycors.again() diagnoses it anew.`)
    }
    failure.diagnosis.then(line, () => {})
  }

  /** Only while failures are known, a call that passed is compared with them; later, for it has no time for us now. */
  function passed([input, init], response) {
    setTimeout(() => {
      try {
        forgetOld()
        const id = key({ input, init })
        const failure = known.get(id)
        known.delete(id)
        if (!known.size) page.passed = undefined
        if (!failure || isSilent(failure.own)) return
        const line = diagnosis =>
          isOwnAffair(diagnosis) || console.log(`whycors: fixed: ${title(diagnosis.request)} passes now.`)
        failure.diagnosis.then(line, () => {})
      } catch {}
    })
    return response
  }

  function forgetOld() {
    for (const [id, { at }] of known) if (performance.now() - at > MINUTE) known.delete(id)
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

  function tell(diagnosis, own) {
    if (isOwnAffair(diagnosis)) return diagnosis
    page.latest = diagnosis
    if (own.diagnoses.push(diagnosis) > 50) own.diagnoses.shift()
    if (!isSilent(own)) print(diagnosis)
    try {
      own.options.onDiagnosis?.(diagnosis)
    } catch (error) {
      console.error(error)
    }
    window.dispatchEvent(new CustomEvent('whycors:diagnosis', { detail: diagnosis }))
    return diagnosis
  }

  /** Once a failure: the console shows a failed probe as it shows a failed call. */
  function announce(record) {
    if (record.isAnnounced) return
    record.isAnnounced = true
    console.log(`whycors: asks why ${shown(record)} failed; what the console says of that URL until the report may come from its probes.`)
  }

  async function asked(record, options) {
    // Not `send`: what is not a GET goes out once.
    last = () => asked(record, { ...options, send: false, signal: undefined })
    return (page.latest = await diagnose(record, options))
  }

  return { failed, diagnose: asked, again: async () => last?.() }
}

const isSilent = ({ options }) => options.report === 'silent'

/** A failed call to the page's own origin, unless a redirect leads it away, is none of ours. */
const isOwnAffair = ({ request: { url, origin }, hints }) =>
  url.startsWith(`${origin}/`) && !hints.some(({ code }) => code === 'same-origin-redirected-away')

const title = ({ method, url }) => `${method} ${url}`

function print({ request, summary, report }) {
  console.groupCollapsed(`whycors: ${title(request)}: ${summary}`)
  console.log(report)
  console.groupEnd()
}
