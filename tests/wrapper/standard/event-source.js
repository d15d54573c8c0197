/** EventSource. https://html.spec.whatwg.org/#server-sent-events */

import { atEnd, headerOf, is, isTrue, next, received, same, sleep, source, spy, throws, unique, windowEvents } from './helpers.js'

const type = { 'Content-Type': 'text/event-stream' }
/** A stream that stays open after these lines. */
const stream = (...lines) => ({ body: lines.join('\n') + '\n\n', headers: { ...type, 'Content-Length': '10000' } })
/** One that ends, and is asked for again soon. */
const ending = (...lines) => ({ body: ['retry: 20', ...lines].join('\n') + '\n\n', headers: type })

export const checks = {
  async 'it is connecting, then open, and closed by close'({ urls }) {
    const events = source(urls.own(stream()))
    is(events.readyState, EventSource.CONNECTING)
    await next(events, 'open')
    is(events.readyState, EventSource.OPEN)
    is(events.close(), undefined)
    is(events.readyState, EventSource.CLOSED)
    events.close()
    is(events.readyState, EventSource.CLOSED)
  },

  'its URL is resolved, its withCredentials a boolean'({ urls }) {
    is(source('/lab/echo#fragment').url, `${urls.origins.page}/lab/echo#fragment`)
    is(source(new URL(urls.own())).url, urls.own())
    is(source('').url, location.href)
    is(source(undefined).url, new URL('undefined', location).href)
    for (const init of [undefined, null, {}, { withCredentials: false }]) is(source(urls.own(), init).withCredentials, false)
    is(source(urls.own(), { withCredentials: 1 }).withCredentials, true)
  },

  'what is no URL is refused with a SyntaxError, what is no dictionary with a TypeError'({ urls }) {
    for (const url of ['http://[', 'http://:1', 'http://a:99999']) throws(() => source(url), 'SyntaxError', url)
    for (const init of [1, 'text', true]) throws(() => source(urls.own(), init), TypeError)
    throws(() => source(Symbol('url')), TypeError)
  },

  'its arguments are read from left to right, each once'({ urls }) {
    const log = []
    const init = {
      get withCredentials() {
        log.push('withCredentials')
        return true
      },
      get other() {
        log.push('other')
      },
    }
    is(source(spy('url', log, urls.own()), init).withCredentials, true)
    same(log, ['url', 'withCredentials'])
  },

  'what an argument throws is thrown'({ urls }) {
    const error = new Error('mine')
    const thrower = () => {
      throw error
    }
    is(throws(() => source({ toString: thrower })), error)
    is(throws(() => source(urls.own(), { get withCredentials() { return thrower() } })), error)
  },

  async 'open comes before the first message, with states as they should be'({ urls }) {
    for (const url of [urls.own(stream('data: a')), urls.readable(stream('data: a'))]) {
      const log = []
      const events = source(url)
      for (const name of ['open', 'message', 'error']) events.addEventListener(name, () => log.push(`${name} ${events.readyState}`))
      await next(events, 'message')
      same(log, ['open 1', 'message 1'])
    }
  },

  async 'lines are read as the standard says'({ urls }) {
    const lines = ['\uFEFFdata: one', ':comment', 'data:two', 'data', '']
    lines.push('event: named', 'id: 7', 'data:  three', 'unknown: field', '')
    lines.push('id', 'event: empty', '', 'data: four', '', 'data: never')
    const log = []
    const events = source(urls.own({ body: lines.join('\r\n'), headers: { ...type, 'Content-Length': '10000' } }))
    const note = ({ type, data, lastEventId }) => log.push([type, data, lastEventId].join())
    for (const name of ['message', 'named', 'empty']) events.addEventListener(name, note)
    while (log.length < 3) await sleep(10)
    await sleep(30)
    same(log, ['message,one\ntwo\n,', 'named, three,7', 'message,four,'])
  },

  async 'a message is a MessageEvent, trusted, with the origin that it came from'({ urls }) {
    for (const [url, origin] of [
      [urls.own(stream('data: a', 'id: 1')), urls.origins.page],
      [urls.readable(stream('data: a', 'id: 1')), urls.origins.api],
      [urls.own({ status: 302, headers: { Location: urls.elsewhere(stream('data: a', 'id: 1')) } }), urls.origins.other],
    ]) {
      const events = source(url)
      const event = await next(events, 'message')
      is(Object.getPrototypeOf(event), MessageEvent.prototype)
      same([event.isTrusted, event.bubbles, event.cancelable], [true, false, false])
      same([event.data, event.lastEventId, event.origin], ['a', '1', origin])
      isTrue(event.target === events && event.source === null && event.ports.length === 0)
      is(events.url, url)
      events.close()
    }
  },

  async 'open and error are plain events'({ urls }) {
    const events = source(urls.own(ending('data: a')))
    for (const name of ['open', 'error']) {
      const event = await next(events, name)
      is(Object.getPrototypeOf(event), Event.prototype)
      isTrue(event.isTrusted && !event.bubbles && !event.cancelable && event.target === events)
    }
  },

  async 'handlers and listeners are called in the order in which they were set'({ urls }) {
    const log = []
    const events = source(urls.unreadable(ending()))
    events.addEventListener('error', () => log.push('first'))
    events.onerror = () => log.push('replaced')
    events.addEventListener('error', { handleEvent: () => log.push('third') })
    events.onerror = () => log.push('second')
    await next(events, 'error')
    await sleep(20)
    same(log, ['first', 'second', 'third'])
  },

  async 'a handler of open and one of message are called on their object, with the event alone'({ urls }) {
    const calls = []
    const events = source(urls.own(stream('data: a')))
    events.onopen = events.onmessage = function ({ type }) {
      calls.push(`${this === events} ${arguments.length} ${type}`)
    }
    await next(events, 'message')
    await sleep(0)
    same(calls, ['true 1 open', 'true 1 message'])
  },

  'a handler attribute gives what was set, and null for what cannot be called'({ urls }) {
    const events = source(urls.own())
    for (const name of ['onopen', 'onmessage', 'onerror']) {
      is(events[name], null)
      for (const value of [() => {}, {}]) {
        events[name] = value
        is(events[name], value)
      }
      for (const value of [1, 'text', undefined]) {
        events[name] = value
        is(events[name], null)
      }
    }
  },

  async 'an object has nothing of its own when it has failed, nor handlers that the page did not set'({ urls }) {
    const events = source(urls.unreadable(ending()))
    await next(events, 'error')
    same(Reflect.ownKeys(events), [])
    same([events.onopen, events.onmessage, events.onerror], [null, null, null])
  },

  async 'what a handler throws is reported, and stops no other'({ urls }) {
    const error = new Error('mine')
    const events = source(urls.unreadable(ending()))
    let called = 0
    events.onerror = () => {
      throw error
    }
    events.addEventListener('error', () => called++)
    const reported = await windowEvents(['error'], () => next(events, 'error'))
    same([called, reported.length, reported[0].error === error], [1, 1, true])
  },

  async 'stopImmediatePropagation keeps an event from those that come after'({ urls }) {
    const log = []
    const events = source(urls.unreadable(ending()))
    events.addEventListener('error', event => {
      log.push('first')
      event.stopImmediatePropagation()
    })
    events.onerror = () => log.push('second')
    while (!log.length) await sleep(10)
    await sleep(30)
    same(log, ['first'])
  },

  async 'an event that the page dispatches calls the handlers, and changes nothing'({ urls }) {
    const log = []
    const events = source(urls.own(stream()))
    events.onerror = events.onmessage = ({ type, isTrusted }) => log.push(`${type} ${isTrusted} ${events.readyState}`)
    events.dispatchEvent(new Event('error'))
    await next(events, 'open')
    events.dispatchEvent(new Event('error'))
    events.dispatchEvent(new MessageEvent('message', { data: 'mine' }))
    same(log, ['error false 0', 'error false 1', 'message false 1'])
    is(events.readyState, 1)
  },

  async 'a stream that ends is an error, and connected again with the last id'({ urls }) {
    const name = unique()
    const log = []
    const events = source(urls.readable({ ...ending('id: 7', 'data: a'), log: name }))
    for (const type of ['open', 'message', 'error']) events.addEventListener(type, () => log.push(`${type} ${events.readyState}`))
    while (log.length < 5) await sleep(10)
    events.close()
    same(log.slice(0, 5), ['open 1', 'message 1', 'error 0', 'open 1', 'message 1'])
    const requests = await received(name)
    // To another origin this header asks for leave.
    const ids = requests.filter(({ method }) => method === 'GET').map(request => headerOf(request, 'last-event-id'))
    same(ids.slice(0, 2), [undefined, '7'])
  },

  async 'the server says how long it waits before it connects again'({ urls }) {
    const events = source(urls.own({ ...ending('data: a'), body: 'retry: 200\ndata: a\n\n' }))
    await next(events, 'error')
    const start = performance.now()
    await next(events, 'open')
    isTrue(performance.now() - start >= 150, 'too early')
  },

  async 'close in a handler of open keeps what has come from being told'({ urls }) {
    const log = []
    const events = source(urls.own(ending('data: a', '', 'data: b')))
    events.onopen = () => {
      log.push('open')
      events.close()
    }
    events.onmessage = events.onerror = ({ type }) => log.push(type)
    while (!log.length) await sleep(10)
    await sleep(120)
    same(log, ['open'])
    is(events.readyState, 2)
  },

  async 'close in a handler of message keeps the next from being told'({ urls }) {
    const log = []
    const events = source(urls.own(ending('data: a', '', 'data: b')))
    events.onmessage = ({ data }) => {
      log.push(data)
      events.close()
    }
    events.onerror = ({ type }) => log.push(type)
    while (!log.length) await sleep(10)
    await sleep(120)
    same(log, ['a'])
  },

  async 'close in a handler of error ends the attempts'({ urls }) {
    const name = unique()
    const events = source(urls.own({ ...ending('data: a'), log: name }))
    let errors = 0
    events.onerror = () => {
      errors++
      events.close()
    }
    while (!errors) await sleep(10)
    await sleep(120)
    same([errors, events.readyState, (await received(name)).length], [1, 2, 1])
  },

  async 'close before there is an answer tells nothing'({ urls }) {
    const log = []
    for (const url of [urls.own({ ...stream('data: a'), delay: 50 }), urls.unreadable(), urls.refused]) {
      const events = source(url)
      events.onopen = events.onmessage = events.onerror = ({ type }) => log.push(type)
      events.close()
      is(events.readyState, 2)
    }
    await sleep(150)
    same(log, [])
  },

  async 'what is no stream of events is an error, once and for ever'({ urls }) {
    for (const wanted of [
      { body: 'data: a\n\n' },
      { headers: { 'Content-Type': 'application/json' } },
      { status: 204 },
      { status: 404, headers: type },
      { status: 500, headers: type },
    ]) {
      for (const url of [urls.own(wanted), urls.readable(wanted)]) await closes(url)
    }
  },

  async 'an answer that must not be read is an error, once and for ever'({ urls }) {
    await closes(urls.unreadable(ending('data: a')))
    await closes(urls.own({ status: 302, headers: { Location: urls.unreadable(ending('data: a')) } }))
    await closes(urls.readable(ending('data: a')), { withCredentials: true })
  },

  async 'a connection that is refused is an error'({ urls }) {
    const events = source(urls.refused)
    events.onopen = () => isTrue(false)
    await next(events, 'error')
    isTrue(events.readyState !== 1)
  },

  async 'cookies go to another origin withCredentials alone'({ urls }) {
    for (const withCredentials of [false, true]) {
      const name = unique()
      const events = source(urls.credentialed({ ...stream('data: a'), log: name }), { withCredentials })
      await next(events, 'message')
      events.close()
      const [request] = await received(name)
      is(headerOf(request, 'cookie') !== undefined, withCredentials)
    }
  },

  async 'it asks once, for a stream of events that is not stored'({ urls }) {
    const name = unique()
    const events = source(urls.readable({ ...stream('data: a'), log: name }))
    await next(events, 'message')
    const log = await received(name)
    is(log.length, 1)
    same(['accept', 'last-event-id'].map(header => headerOf(log[0], header)), ['text/event-stream', undefined])
    isTrue(/no-(cache|store)/.test(headerOf(log[0], 'cache-control') ?? ''))
  },

  async 'several at one URL are each their own'({ urls }) {
    const url = urls.own(stream('data: a'))
    const [one, two] = [source(url), source(url)]
    await Promise.all([next(one, 'message'), next(two, 'message')])
    one.close()
    same([one.readyState, two.readyState], [2, 1])
  },

  async 'between two listeners the microtasks of the first run'({ urls }) {
    const log = []
    const events = source(urls.unreadable())
    for (const name of ['one', 'two']) {
      events.addEventListener('error', () => {
        log.push(name)
        Promise.resolve().then(() => log.push(`after ${name}`))
      })
    }
    await next(events, 'error')
    await sleep(0)
    same(log, ['one', 'after one', 'two', 'after two'])
  },

  async 'a listener that was removed is not called, one that is once is called once'({ urls }) {
    const log = []
    const events = source(urls.own(stream('data: a', '', 'data: b', '', 'event: last', 'data: c')))
    const removed = () => log.push('removed')
    events.addEventListener('message', removed)
    events.removeEventListener('message', removed)
    events.addEventListener('message', ({ data }) => log.push(data), { once: true })
    await next(events, 'last')
    same(log, ['a'])
  },
}

/** The source gives up: one error, the state closed, and nothing after it. */
async function closes(url, init) {
  const log = []
  const events = source(url, init)
  atEnd(() => events.close())
  events.onopen = events.onmessage = events.onerror = ({ type }) => log.push(`${type} ${events.readyState}`)
  await next(events, 'error')
  await sleep(40)
  same(log, ['error 2'], url)
  events.close()
}
