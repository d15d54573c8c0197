/** How a call of fetch ends that does not pass: errors, aborts, and who is told of them. https://fetch.spec.whatwg.org/#abort-fetch */

import { frame, is, isTrue, next, received, rejects, same, sleep, unique, windowEvents } from './helpers.js'

const REJECTIONS = ['unhandledrejection', 'rejectionhandled']
/** Calls that fail, for whatever reason. */
const failing = urls => [urls.unreadable(), urls.refused, urls.readable({ status: 302, headers: { Location: urls.unreadable() } })]
/** Calls that fail before anything is sent. */
const refusing = ['http://[', 'http://user:password@localhost/']

export const checks = {
  async 'a call that fails rejects with a TypeError of this window'({ urls }) {
    for (const url of [...failing(urls), ...refusing, urls.readable({ preflight: 403 })]) {
      const error = await rejects(fetch(url, { method: 'PUT' }), TypeError, url)
      isTrue(error instanceof TypeError && error instanceof Error)
      is(error.name, 'TypeError')
      is(Object.prototype.toString.call(error), '[object Error]')
    }
  },

  async 'the error of a call that fails is as one of a frame, with the same message and properties'({ urls }) {
    const other = await frame()
    for (const url of [...failing(urls), ...refusing]) {
      const [ours, theirs] = await Promise.all([rejects(fetch(url)), rejects(other.fetch(url))])
      await sleep(100)
      is(ours.message, theirs.message)
      same(Reflect.ownKeys(ours), Reflect.ownKeys(theirs))
      isTrue(Object.isExtensible(ours) && !('cause' in ours))
    }
  },

  async 'each call that fails has an error of its own, which is the same for all who ask'({ urls }) {
    const url = urls.unreadable()
    const [one, two] = [fetch(url), fetch(url)]
    const errors = await Promise.all([rejects(one), rejects(one), rejects(two)])
    is(errors[0], errors[1])
    isTrue(errors[0] !== errors[2])
  },

  async 'a refused call is told within two microtasks'() {
    for (const [url, init] of [...refusing.map(url => [url]), ['/', { signal: AbortSignal.abort() }], ['/', { method: 'TRACE' }]]) {
      let told = false
      fetch(url, init).catch(() => (told = true))
      for (let count = 0; count < 2; count++) await undefined
      isTrue(told, url)
    }
  },

  async 'a signal that is aborted rejects with its very reason, and nothing is sent'({ urls }) {
    const name = unique()
    for (const reason of [new Error('mine'), 'text', 0, null, {}, new TypeError('mine')]) {
      is(await rejects(fetch(urls.readable({ log: name }), { signal: AbortSignal.abort(reason) })), reason)
      const request = new Request(urls.readable({ log: name }), { signal: AbortSignal.abort(reason) })
      is(await rejects(fetch(request)), reason)
    }
    await rejects(fetch(urls.readable({ log: name }), { signal: AbortSignal.abort() }), 'AbortError')
    await sleep(50)
    is((await received(name)).length, 0)
  },

  async 'an abort on the way rejects with its very reason'({ urls }) {
    for (const reason of [new Error('mine'), 'text', null, new TypeError('mine')]) {
      const controller = new AbortController()
      const promise = fetch(urls.readable({ delay: 300 }), { signal: controller.signal })
      setTimeout(() => controller.abort(reason), 30)
      is(await rejects(promise), reason)
    }
  },

  async 'an abort without reason rejects with the AbortError of its signal'({ urls }) {
    const controller = new AbortController()
    const promise = fetch(urls.readable({ delay: 300 }), { signal: controller.signal })
    controller.abort()
    is(await rejects(promise, 'AbortError'), controller.signal.reason)
  },

  async 'an abort is told to the listeners of its signal, and the promise rejects at once'({ urls }) {
    const log = []
    const controller = new AbortController()
    controller.signal.onabort = () => log.push('listener')
    fetch(urls.readable({ delay: 300 }), { signal: controller.signal }).catch(() => log.push('rejected'))
    await sleep(20)
    controller.abort()
    log.push('after')
    await sleep(0)
    same(log, ['listener', 'after', 'rejected'])
  },

  async 'a time limit rejects with a TimeoutError'({ urls }) {
    await rejects(fetch(urls.readable({ delay: 300 }), { signal: AbortSignal.timeout(30) }), 'TimeoutError')
  },

  async 'the signal of init has the place of that of the Request, null takes it away'({ urls }) {
    const aborted = new Request(urls.own(), { signal: AbortSignal.abort('request') })
    is(await rejects(fetch(aborted)), 'request')
    is(await rejects(fetch(aborted, { signal: AbortSignal.abort('init') })), 'init')
    is((await fetch(aborted, { signal: null })).status, 200)
    is((await fetch(aborted, { signal: new AbortController().signal })).status, 200)
  },

  async 'an abort after the head ends the body with the reason'({ urls }) {
    const reason = new Error('mine')
    const controller = new AbortController()
    const url = urls.readable({ body: 'a part', headers: { 'Content-Length': '100' } })
    const response = await fetch(url, { signal: controller.signal })
    const text = response.text()
    controller.abort(reason)
    is(await rejects(text), reason)
    is(response.status, 200)
  },

  async 'an abort after the end changes nothing'({ urls }) {
    const controller = new AbortController()
    const response = await fetch(urls.readable({ body: 'all' }), { signal: controller.signal })
    const text = await response.text()
    controller.abort()
    is(text, 'all')
    is(response.status, 200)
  },

  async 'of a signal nothing is looked at that a page can put there'({ urls }) {
    const log = []
    const { signal } = new AbortController()
    signal.addEventListener = () => log.push('addEventListener')
    for (const name of ['aborted', 'reason', 'throwIfAborted', 'onabort']) {
      Object.defineProperty(signal, name, { get: () => void log.push(name), set: () => void log.push(name) })
    }
    for (const url of failing(urls)) await rejects(fetch(url, { signal }))
    await fetch(urls.readable(), { signal })
    await sleep(50)
    same(log, [])
  },

  async 'a failure that nobody catches is told once, with its promise and its reason'({ urls }) {
    for (const url of [...failing(urls), ...refusing]) {
      let promise
      const work = () => {
        const told = next(window, 'unhandledrejection')
        promise = fetch(url)
        return told
      }
      const events = await windowEvents(REJECTIONS, work)
      same(events.map(({ type }) => type), ['unhandledrejection'], url)
      is(events[0].promise, promise)
      is(events[0].reason, await rejects(promise, TypeError))
      // That it is caught now is told too.
      await sleep(20)
    }
  },

  async 'a failure that is caught is told to nobody'({ urls }) {
    for (const url of [...failing(urls), ...refusing]) {
      const work = async () => {
        fetch(url).catch(() => {})
        await fetch(url).then(undefined, () => {})
        await Promise.allSettled([fetch(url)])
      }
      same(await windowEvents([...REJECTIONS, 'error'], work), [])
    }
  },

  async 'a failure that is caught late is told when it is'({ urls }) {
    let promise
    const work = async () => {
      const told = next(window, 'unhandledrejection')
      promise = fetch(urls.unreadable())
      await told
      // Not in the same task: nobody would be told then.
      await sleep(0)
      const toldAgain = next(window, 'rejectionhandled')
      promise.catch(() => {})
      await toldAgain
    }
    const events = await windowEvents(REJECTIONS, work)
    same(events.map(({ type }) => type), REJECTIONS)
    isTrue(events.every(event => event.promise === promise && event.reason instanceof TypeError))
  },

  async 'each chain that nobody catches is told for itself'({ urls }) {
    const chains = []
    const work = () => {
      const told = next(window, 'unhandledrejection')
      const promise = fetch(urls.unreadable())
      chains.push(promise.then(() => {}), promise.finally(() => {}))
      return told
    }
    const events = await windowEvents(REJECTIONS, work)
    same(events.map(({ promise }) => chains.indexOf(promise)).sort(), [0, 1])
  },

  async 'an abort that nobody catches is told as others are'({ urls }) {
    const reason = new Error('mine')
    const work = () => {
      const controller = new AbortController()
      fetch(urls.readable({ delay: 300 }), { signal: controller.signal })
      controller.abort(reason)
      fetch('/', { signal: controller.signal })
    }
    const events = await windowEvents(REJECTIONS, work)
    is(events.length, 2)
    isTrue(events.every(event => event.reason === reason))
  },

  'while it is called fetch looks at nothing of promises that a page may have changed'({ urls }) {
    untouched(urls, [[Promise.prototype, 'then'], [Promise.prototype, 'constructor'], [Promise, Symbol.species], [window, 'Promise']])
  },

  'while it is called fetch looks at nothing of functions, objects and lists that a page may have changed'({ urls }) {
    untouched(urls, [
      [Array.prototype, Symbol.iterator],
      [Object.getPrototypeOf([][Symbol.iterator]()), 'next'],
      [Function.prototype, 'apply'],
      [Function.prototype, 'call'],
      [Object, 'getOwnPropertyDescriptor'],
      [Object, 'getPrototypeOf'],
      [Reflect, 'apply'],
      [Reflect, 'getOwnPropertyDescriptor'],
      [WeakMap.prototype, 'set'],
    ])
  },

  'while it is called fetch looks at nothing of its own classes that a page may have changed'({ urls }) {
    untouched(urls, [
      [Request.prototype, 'url'],
      [Request.prototype, 'signal'],
      [Request, Symbol.hasInstance],
      [AbortSignal.prototype, 'aborted'],
      [AbortSignal.prototype, 'reason'],
      [EventTarget.prototype, 'addEventListener'],
      [window, 'URL'],
      [window, 'Headers'],
      [window, 'Request'],
      [window, 'AbortSignal'],
      [performance, 'now'],
    ])
  },

  async 'an await of a promise of fetch comes when its then does'({ urls }) {
    for (const url of [urls.readable(), urls.unreadable(), 'http://[']) {
      const log = []
      const promise = fetch(url)
      promise.then(() => log.push('one'), () => log.push('one'))
      const waits = (async () => {
        try {
          await promise
        } catch {}
        log.push('two')
      })()
      promise.then(() => log.push('three'), () => log.push('three'))
      await waits
      await undefined
      same(log, ['one', 'two', 'three'])
    }
  },
}

/** Nothing of what a page may put in the place of these is looked at while fetch is called. */
function untouched(urls, properties) {
  const request = new Request(urls.readable(), { signal: new AbortController().signal })
  const init = { method: 'PUT', signal: new AbortController().signal }
  const aborted = { signal: AbortSignal.abort() }
  const log = []
  properties.forEach(([holder, name]) => {
    const before = Object.getOwnPropertyDescriptor(holder, name)
    const { value, get } = before ?? {}
    const calls = []
    let reads = 0
    Object.defineProperty(holder, name, {
      configurable: true,
      get() {
        reads++
        return get ? get.call(this) : value
      },
    })
    try {
      calls.push(fetch(request), fetch(urls.unreadable(), init), fetch('/', aborted), fetch('http://['))
    } finally {
      before ? Object.defineProperty(holder, name, before) : delete holder[name]
    }
    calls.forEach(promise => promise.catch(() => {}))
    if (reads) log.push(`${String(name)} ${reads} times`)
  })
  same(log, [])
}
