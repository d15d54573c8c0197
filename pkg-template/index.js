/**
 * whycors says why a cross-origin request failed, from inside the page.
 *
 * This file is all that runs before the first failure. Everything else, the WebAssembly core included, is in `core.js`,
 * which is imported then.
 */

// Absent in Node, on a server, in a worker: there, importing does nothing.
const view = typeof window === 'object' && typeof document === 'object' && typeof fetch === 'function' ? window : undefined
const MARK = Symbol.for('whycors')
const source = Function.prototype.toString

/** What the core gets to know of the page. Lists are bounded, and shared with the core. */
const page = { fetch: undefined, violations: [], timings: [] }
const diagnoses = new WeakMap()
let installation
let core
let pending = 0
let watchesPolicy
let watchesTimings

/** Patches fetch of this window now. Installing again changes the options given, and nothing else. */
export function install(options = {}) {
  if (!view) return { uninstall() {}, diagnoses: [] }
  // Another copy of whycors, as from a bookmarklet on a page that has it already.
  installation ??= view.fetch[MARK]
  if (!installation) {
    const settings = {}
    const patch = patchFetch(settings)
    installation = {
      uninstall() {
        patch.remove()
        installation = undefined
      },
      diagnoses: [],
    }
    Object.defineProperty(installation, 'options', { value: settings })
    patch.apply(installation)
  }
  Object.assign(installation.options, options)
  return installation
}

export function diagnose(input, init, options) {
  watch()
  return load().then(core => core.diagnose({ input, init }, options))
}

export function diagnosisOf(error) {
  try {
    // Wrapped errors, as of axios or ky, keep the original; a cycle ends at ten.
    for (let depth = 0; Object(error) === error && depth < 10; depth++) {
      if (diagnoses.has(error)) return diagnoses.get(error)
      error = error.cause ?? error.originalError
    }
  } catch {}
}

export const again = () => load().then(core => core.again())
export const ready = source => load(source).then(() => {})
export const help = () => void load().then(core => core.help(), () => {})
/** A test hook: one probe by its id. */
export const observe = (input, init, id) => load().then(core => core.observe({ input, init }, id))
