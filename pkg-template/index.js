/**
 * whycors says why a cross-origin request failed, from inside the page.
 *
 * This file is all that runs before the first failure. Everything else, the WebAssembly core included, is in `core.js`,
 * which is imported then.
 */

// Absent in Node, on a server, in a worker: there, importing does nothing.
const view = typeof window === 'object' && typeof document === 'object' && window.fetch ? window : undefined
const MARK = Symbol.for('whycors')
const diagnoses = new WeakMap()
/** What the core gets to know of the page, shared with it; both lists are bounded. */
const page = { fetch: undefined, passed: undefined, latest: undefined, violations: [], timings: [] }

let installation
let core
let isBroken
let isWatching
let observer
let pending = 0

/** Patches fetch of this window now. Installing again changes the options given, and nothing else. */
export function install(options) {
  if (!view) return { uninstall() {}, diagnoses: [] }
  // The mark finds another copy of whycors too: a bookmarklet on a page that has it already.
  installation ??= view.fetch[MARK] ?? patch(view.fetch)
  Object.assign(installation.options, options)
  return installation
}

export const diagnose = (input, init, options) => load().then(core => core.diagnose({ input, init }, options))

export function diagnosisOf(error) {
  try {
    // Libraries wrap errors and keep the original; ten, because causes can go round in circles.
    for (let depth = 0; depth < 10 && Object(error) === error; depth++) {
      if (diagnoses.has(error)) return diagnoses.get(error)
      error = error.cause ?? error.originalError
    }
  } catch {}
}

export const again = () => load().then(core => core.again())
export const ready = source => load(source).then(() => void (isBroken = false))
export const help = () => void load().then(core => core.help(), () => {})
/** The last diagnosis. */
export const latest = () => page.latest
/** For tests: sends one probe by its id. */
export const observe = (input, init, id) => load().then(core => core.observe({ input, init }, id))

function patch(native) {
  let isOn = true
  const descriptor = Reflect.getOwnPropertyDescriptor(view, 'fetch')
  const own = {
    uninstall() {
      isOn = false
      // A wrapper above ours keeps calling it: from now on it only passes through.
      if (view.fetch === wrapper) Reflect.defineProperty(view, 'fetch', descriptor)
      if (installation === own) installation = undefined
    },
    diagnoses: [],
  }
  Object.defineProperties(own, { options: { value: {} }, native: { value: native } })
  // A proxy is native code to Function.prototype.toString, keeps name, length and whatever else a page reads or sets there,
  // and cannot be constructed. In Chromium it is also faster than a closure over `arguments`.
  const wrapper = new Proxy(native, {
    apply(target, receiver, args) {
      const promise = Reflect.apply(target, receiver, args)
      if (!isOn || !promise?.then || abortOf(args)) return promise
      return promise.then(page.passed && (response => page.passed(args, response)), error => {
        note(error, args, own)
        throw error
      })
    },
    get: (target, key) => (key === MARK ? isOn && own : key === 'toString' ? shown.toString : target[key]),
  })
  const shown = {
    toString() {
      return Function.prototype.toString.call(this === wrapper ? native : this)
    },
  }
  const { enumerable = true, configurable = true, writable = true } = descriptor ?? {}
  if (!Reflect.defineProperty(view, 'fetch', { value: wrapper, enumerable, configurable, writable })) {
    console.warn('whycors: fetch is frozen here and cannot be patched; whycors.diagnose() works.')
  }
  page.fetch = native
  watch()
  return own
}

/** Its reason; looked at after the native call has taken its arguments, and without running a getter of the page. */
function abortOf([input, init]) {
  const given = init && Reflect.getOwnPropertyDescriptor(Object(init), 'signal')
  const signal = given ? given.value : input instanceof Request && input.signal
  return signal instanceof AbortSignal && signal.aborted && (signal.reason ?? true)
}

/** Takes down a failed call and has it diagnosed. Nothing that goes wrong in here reaches the page. */
function note(error, [input, init], own) {
  try {
    // Aborts are DOMExceptions and silent; a time limit may hide a hang, and WebKit calls it an abort. Of a storm, a hundred calls
    // are taken down while the core is on its way.
    const isTimeout = [error, abortOf([input, init])].some(thrown => thrown?.name === 'TimeoutError')
    if (!(error instanceof TypeError || isTimeout) || isBroken || pending > 99) return
    const ended = performance.now()
    const { include, exclude } = own.options
    const address = String(input instanceof Request ? input.url : input)
    const { href } = parse(address)
    const matches = pattern => (pattern.test ? href.search(pattern) + 1 : href.includes(pattern))
    if ((include && !include.some(matches)) || exclude?.some(matches)) return
    watchTimings()
    pending++
    const record = { input, init: snapshot(init), ended, error }
    const loaded = load()
    const diagnosis = loaded.then(core => core.failed(record, own))
    diagnoses.set(error, diagnosis)
    diagnosis.catch(() => {})
    loaded
      .catch(({ message }) => {
        if (!isBroken) console.warn('whycors: ' + message)
        isBroken = true
      })
      .then(() => pending--)
  } catch {}
}

/** What does not parse has no origin: `fetch` has refused it, and the core says why. */
function parse(address) {
  try {
    return new URL(address, document.baseURI)
  } catch {
    return { href: address }
  }
}

/** The app may change these, or use them again, before the core is there. */
function snapshot(init) {
  try {
    if (Object.getPrototypeOf(init) === Object.prototype) {
      return { ...init, headers: init.headers && new Headers(init.headers) }
    }
  } catch {}
  return init
}

function load(source) {
  if (!view) return Promise.reject(new Error('there is no window here: whycors works in a page.'))
  page.fetch ??= view.fetch[MARK]?.native ?? view.fetch
  watch()
  watchTimings()
  return (core ??= import('./core.js')
    .then(lazy => lazy.load(page, source))
    .catch(error => {
      core = undefined
      throw error
    }))
}

function watch() {
  if (isWatching) return
  isWatching = true
  document.addEventListener('securitypolicyviolation', event => {
    const { blockedURI: blocked, effectiveDirective: directive, disposition } = event
    keep(page.violations, 20, { blocked, directive, disposition, at: performance.now() })
  })
}

/** From the first failure on: engines tell of a failed request about when it rejects, and what is told before is buffered. */
function watchTimings() {
  if (observer) return
  try {
    // What has no duration says nothing of its end; what is buffered is told when the first failure is.
    let told = (end, duration) => (duration ? end : performance.now())
    observer = new PerformanceObserver(list => {
      for (const { name, startTime, duration, initiatorType } of list.getEntries()) {
        if (!/fetch|xml/.test(initiatorType)) continue
        keep(page.timings, 100, { name, startTime, duration, told: told(startTime + duration, duration) })
      }
      told = () => performance.now()
    })
    observer.observe({ type: 'resource', buffered: true })
  } catch {}
}

function keep(list, limit, item) {
  if (list.push(item) > limit) list.shift()
}
