/** What a page can tell between its fetch and the patched one: nothing but a microtask on a failure. */

const quiet = { report: 'silent', probes: { budget: 0 } }

export const checks = {
  'name, length and descriptor are those of the native fetch'({ whycors, native }) {
    const before = Object.getOwnPropertyDescriptor(window, 'fetch')
    whycors.install(quiet)
    const after = Object.getOwnPropertyDescriptor(window, 'fetch')
    isNot(window.fetch, native)
    is(window.fetch.name, native.name)
    is(window.fetch.length, native.length)
    for (const key of ['writable', 'enumerable', 'configurable']) is(after[key], before[key])
    is('prototype' in window.fetch, 'prototype' in native)
    is(Object.getOwnPropertyNames(window.fetch).sort().join(), Object.getOwnPropertyNames(native).sort().join())
  },

  'its source reads as native code'({ whycors, native }) {
    whycors.install(quiet)
    is(window.fetch.toString(), native.toString())
    is(String(window.fetch), String(native))
    isTrue(/\[native code\]/.test(Function.prototype.toString.call(window.fetch)))
  },

  'it cannot be constructed'({ whycors }) {
    whycors.install(quiet)
    isTrue(throws(() => new window.fetch('/')) instanceof TypeError)
  },

  'installing twice is once'({ whycors }) {
    const first = whycors.install(quiet)
    const { fetch } = window
    is(whycors.install(), first)
    is(window.fetch, fetch)
  },

  'uninstalling restores the native fetch and its descriptor'({ whycors, native }) {
    const before = JSON.stringify(Object.getOwnPropertyDescriptor(window, 'fetch'))
    whycors.install(quiet).uninstall()
    is(window.fetch, native)
    is(JSON.stringify(Object.getOwnPropertyDescriptor(window, 'fetch')), before)
  },

  async 'under a later patch, an uninstalled fetch passes through'({ whycors, refused }) {
    const installation = whycors.install(quiet)
    const below = window.fetch
    const above = function (...args) {
      return below.apply(this, args)
    }
    window.fetch = above
    installation.uninstall()
    is(window.fetch, above)
    const error = await rejection(window.fetch(refused))
    is(whycors.diagnosisOf(error), undefined)
  },

  async 'a failure rejects with the very error of the native fetch'({ whycors, refused }) {
    const error = Object.assign(new TypeError('one'), { tag: {} })
    window.fetch = () => Promise.reject(error)
    whycors.install(quiet)
    is(await rejection(window.fetch(refused)), error)
    is(error.message, 'one')
    isTrue(whycors.diagnosisOf(error) instanceof Promise)
    isTrue(whycors.diagnosisOf(new Error('outer', { cause: error })) instanceof Promise)
    isTrue(whycors.diagnosisOf(Object.assign(new Error('outer'), { originalError: error })) instanceof Promise)
    is(whycors.diagnosisOf(new Error('other')), undefined)
    is(whycors.diagnosisOf(undefined), undefined)
  },

  async 'a failure and a success come at most one microtask later'({ whycors, refused }) {
    for (const settled of [() => Promise.reject(new TypeError('x')), () => Promise.resolve(new Response())]) {
      window.fetch = settled
      const before = await microtasks(window.fetch(refused))
      whycors.install(quiet)
      const after = await microtasks(window.fetch(refused))
      isTrue(after - before <= 1, `${after - before} microtasks later`)
      whycors.install().uninstall()
    }
  },

  async 'an aborted signal gives the native promise as it is'({ whycors, refused }) {
    const promises = []
    const { fetch } = window
    window.fetch = function () {
      const promise = fetch.apply(this, arguments)
      promises.push(promise)
      return promise
    }
    whycors.install(quiet)
    const signal = AbortSignal.abort()
    const calls = [
      () => window.fetch(refused, { signal }),
      () => window.fetch(new Request(refused, { signal })),
      () => window.fetch(refused, Object.freeze({ method: 'GET', signal })),
    ]
    for (const call of calls) {
      const promise = call()
      is(promise, promises.at(-1))
      isTrue((await rejection(promise)) instanceof DOMException)
    }
  },

  async 'an abort on the way is silent and keeps its reason'({ whycors, refused }) {
    let asked = 0
    whycors.install({ ...quiet, onDiagnosis: () => asked++ })
    const controller = new AbortController()
    const reason = new Error('enough')
    const promise = window.fetch(refused, { signal: controller.signal })
    controller.abort(reason)
    const error = await rejection(promise)
    isTrue(error === reason || error.name === 'AbortError', String(error))
    is(whycors.diagnosisOf(error), undefined)
    is(asked, 0)
  },

  'a synchronous throw passes'({ whycors }) {
    const error = new Error('sync')
    window.fetch = () => {
      throw error
    }
    whycors.install(quiet)
    is(throws(() => window.fetch('/')), error)
  },

  'what a lower fetch returns passes, even if it is no promise'({ whycors }) {
    window.fetch = () => 42
    whycors.install(quiet)
    is(window.fetch('/'), 42)
  },

  'this and arguments reach the native fetch unread'({ whycors }) {
    let seen
    const order = []
    window.fetch = function () {
      seen = { self: this, args: [...arguments], read: order.length }
      return Promise.resolve()
    }
    whycors.install(quiet)
    const hostile = new Proxy({}, { get: (_, key) => void order.push(key), has: (_, key) => void order.push(key) })
    const self = {}
    window.fetch.call(self, hostile, hostile, 3)
    is(seen.self, self)
    is(seen.args.length, 3)
    is(seen.args[0], hostile)
    is(seen.read, 0)
  },

  async 'a wrong receiver and missing arguments fail as they do natively'({ whycors, native }) {
    const fails = async fetch => [await rejection(fetch.call({}, '/')), await rejection(fetch())].map(String).join()
    const before = await fails(native)
    whycors.install(quiet)
    is(await fails(window.fetch), before)
  },

  async 'getters of the arguments run once on a call that passes'({ whycors, passes }) {
    whycors.install(quiet)
    const count = { method: 0, signal: 0, headers: 0 }
    const init = {}
    for (const key of Object.keys(count)) Object.defineProperty(init, key, { enumerable: true, get: () => void count[key]++ })
    await window.fetch(passes, init)
    is(JSON.stringify(count), '{"method":1,"signal":1,"headers":1}')
  },

  async 'a failure that nobody catches is an unhandled rejection, once'({ whycors, refused }) {
    whycors.install(quiet)
    const events = await unhandledDuring(() => void window.fetch(refused))
    is(events.length, 1)
    isTrue(events[0].reason instanceof TypeError)
  },

  async 'a failure that is caught is none'({ whycors, refused }) {
    whycors.install(quiet)
    const events = await unhandledDuring(() => window.fetch(refused).catch(() => {}))
    is(events.length, 0)
  },

  async 'a hostile argument breaks nothing'({ whycors }) {
    whycors.install(quiet)
    const events = await unhandledDuring(async () => {
      const boom = () => {
        throw new TypeError('boom')
      }
      is((await rejection(window.fetch({ toString: boom }))).message, 'boom')
      is((await rejection(window.fetch('http://other.invalid/', { get headers() { return boom() } }))).message, 'boom')
    })
    is(events.length, 0)
  },

  async 'a call to the own origin, an excluded and a not included one are left alone'({ whycors, refused }) {
    window.fetch = () => Promise.reject(new TypeError('x'))
    whycors.install({ ...quiet, exclude: ['skipped', /none/g], include: [new URL(refused).origin] })
    const asked = async url => whycors.diagnosisOf(await rejection(window.fetch(url))) !== undefined
    is(await asked('/own'), false)
    is(await asked(refused + '?skipped'), false)
    is(await asked(refused + '?none'), false)
    is(await asked('https://elsewhere.invalid/'), false)
    is(await asked(refused), true)
    whycors.install({ exclude: undefined, include: undefined })
  },

  async 'a failure is diagnosed, and told everywhere'({ whycors, refused }) {
    const told = []
    const listen = event => told.push(event.detail)
    window.addEventListener('whycors:diagnosis', listen)
    const installation = whycors.install({ report: 'silent', probes: { budget: 3 }, onDiagnosis: diagnosis => told.push(diagnosis) })
    const url = refused + '?told=' + Math.random()
    const error = await rejection(window.fetch(url, { headers: { 'x-told': String(Math.random()) } }))
    const diagnosis = await whycors.diagnosisOf(error)
    window.removeEventListener('whycors:diagnosis', listen)
    isTrue(diagnosis.causes.length > 0, 'no cause')
    is(told.length, 2)
    is(told[0], diagnosis)
    is(told[1], diagnosis)
    is(installation.diagnoses.at(-1), diagnosis)
    structuredClone(diagnosis)
    isTrue(!JSON.stringify(diagnosis).includes('told=0'), 'a query value shows')
    return diagnosis.causes.map(cause => cause.code).join()
  },

  async 'the same failure again is not diagnosed again'({ whycors, refused }) {
    whycors.install(quiet)
    const call = () => rejection(window.fetch(refused, { headers: { 'x-twice': 'a' } })).then(whycors.diagnosisOf)
    const [first, second] = await Promise.all([call(), call()])
    is(first, second)
    isNot(await whycors.again(), first)
  },
}

const is = (actual, expected) => {
  if (!Object.is(actual, expected)) throw new Error(`expected ${String(expected)}, got ${String(actual)}`)
}
const isNot = (actual, other) => {
  if (Object.is(actual, other)) throw new Error(`did not expect ${String(other)}`)
}
const isTrue = (value, why = 'not true') => {
  if (!value) throw new Error(why)
}
const rejection = promise => promise.then(() => { throw new Error('did not reject') }, error => error)
const throws = work => {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('did not throw')
}

/** How many microtasks pass until a promise that is settled already, or soon without a task, has told. */
async function microtasks(promise) {
  let settled = false
  const tell = () => (settled = true)
  promise.then(tell, tell)
  let count = 0
  while (!settled && count < 50) {
    count++
    await undefined
  }
  return count
}

async function unhandledDuring(work) {
  const events = []
  const listen = event => {
    events.push(event)
    event.preventDefault()
  }
  window.addEventListener('unhandledrejection', listen)
  await work()
  await new Promise(resolve => setTimeout(resolve, 300))
  window.removeEventListener('unhandledrejection', listen)
  return events
}
