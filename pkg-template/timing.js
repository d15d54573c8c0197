/** What Resource Timing says of a failed request. Firefox only: elsewhere an entry of a failed request tells nothing. */

/** Begins the fragment that a probe gets in Firefox, which keeps it in the entry's name; no engine sends it. */
export const PROBE = '#whycors-'

/** How far apart a failure and its entry may be, in ms: the entry ends with the failure, or the observer is told soon after it. */
const APART = 300

/** The last entries from now on, as the observer is told of them; those from before come at once, as `isBuffered`. */
export function watchTimings() {
  const timings = []
  let isBuffered = true
  try {
    const observer = new PerformanceObserver(list => {
      for (const entry of list.getEntries()) timings.push({ entry, isBuffered, told: performance.now() })
      timings.splice(0, timings.length - 100)
      isBuffered = false
    })
    observer.observe({ type: 'resource', buffered: true })
  } catch {}
  return timings
}

/**
 * What `timings`, the entries that the wrapper's observer has been told of, say about the request to `name` that failed at
 * `ended`: an outcome's name, or `undefined` while there is no entry of it. Several requests to one URL may fail at once, as in
 * React's strict mode: they count if they agree.
 */
export function refine(timings, name, ended) {
  const about = timings.filter(entry => isAbout(entry, name, ended))
  if (!about.length) return
  const late = about.filter(({ entry }) => entry.duration > 0).length
  if (!late) return 'failed-early'
  return late === about.length ? 'failed-late' : 'failed'
}

function isAbout({ entry, isBuffered, told }, name, ended) {
  const isNear = time => Math.abs(time - ended) < APART
  // What has no duration may have begun long before it failed: the observer is told when it has. Not of what was buffered, but there
  // the failure is the page's first.
  const isTold = isBuffered ? !entry.duration && entry.startTime <= ended && ended <= told : isNear(told)
  // Firefox keeps the fragment: the caller's tells nothing, and a probe's is its own.
  const rest = entry.name.startsWith(name) ? entry.name.slice(name.length) : undefined
  const isNamed = rest === '' || (rest?.[0] === '#' && !rest.startsWith(PROBE))
  const isByScript = /fetch|xml/.test(entry.initiatorType)
  return isNamed && isByScript && (isNear(entry.startTime + entry.duration) || isTold)
}
