/** From a failed call to its diagnosis. */

import { load } from './load.js'
import { page } from './state.js'

const diagnoses = new WeakMap()
let waiting = 0

/**
 * Has a failed call diagnosed: `{ api, input, exits }`, and what else is known of it (`record.js` reads it). `thrown` is what the
 * page is told of the failure: an error, or what fired an event. Nothing that goes wrong in here reaches the page.
 */
export function note(own, record, thrown) {
  try {
    // A page that is left cuts its calls off: Firefox and WebKit as soon as it begins to be, and for a download too. Of a storm, a
    // hundred calls are taken down while the core is on its way.
    if (record.exits < page.exits || !own.isOn || !isWanted(record, own.options) || (!page.isReady && ++waiting > 99)) return
    Object.assign(record, { thrown, ended: performance.now() })
    const diagnosis = load().then(core => core.failed(record, own))
    diagnosis.catch(() => {})
    diagnoses.set(thrown, diagnosis)
  } catch {}
}

function isWanted({ input }, { include, exclude }) {
  // A string or a RegExp, of which no state counts.
  const matches = pattern => new URL(input.url ?? input, document.baseURI).href.split(pattern).length > 1
  return (!include || include.some(matches)) && !exclude?.some(matches)
}

/** The diagnosis of what a library made of what it was told. */
export function diagnosisOf(error) {
  try {
    // Libraries wrap errors and keep the original; ten, because causes can go round in circles.
    for (let depth = 10; depth--; ) {
      const diagnosis = diagnoses.get(error)
      if (diagnosis) return diagnosis
      error = error.cause ?? error.originalError ?? error.request ?? error.error ?? error.target
    }
  } catch {}
}
