/** Web IDL: who may call what, with how many arguments; classes of the page, and objects of other windows. */

import { atEnd, done, frame, is, isTrue, rejects, same, sent, sleep, source, spy, throws } from './helpers.js'

const OPERATIONS = {
  open: ['GET', '/'],
  setRequestHeader: ['a', 'b'],
  send: [],
  abort: [],
  getResponseHeader: ['a'],
  getAllResponseHeaders: [],
  overrideMimeType: ['text/plain'],
}
const ATTRIBUTES = ['readyState', 'upload', 'responseURL', 'status', 'statusText', 'response', 'responseText', 'responseXML']
const WRITTEN = { timeout: 1, withCredentials: true, responseType: 'json', onreadystatechange: null }
const strangers = () => [{}, undefined, null, 1, window, document, new EventTarget(), XMLHttpRequest, XMLHttpRequest.prototype]

export const checks = {
  'an operation of XMLHttpRequest throws on anything else'() {
    for (const [name, args] of Object.entries(OPERATIONS)) {
      for (const stranger of [...strangers(), Object.create(XMLHttpRequest.prototype), new XMLHttpRequest().upload]) {
        throws(() => XMLHttpRequest.prototype[name].apply(stranger, args), TypeError, name)
      }
    }
  },

  'an attribute of XMLHttpRequest throws on anything else, read or set'() {
    for (const name of [...ATTRIBUTES, ...Object.keys(WRITTEN)]) {
      const { get, set } = Object.getOwnPropertyDescriptor(XMLHttpRequest.prototype, name)
      for (const stranger of [...strangers(), new Proxy(new XMLHttpRequest(), {})]) {
        throws(() => get.call(stranger), TypeError, name)
        if (set) throws(() => set.call(stranger, WRITTEN[name]), TypeError, name)
      }
      throws(() => XMLHttpRequest.prototype[name], TypeError, name)
    }
  },

  'a handler attribute throws on anything else, and works on an upload too'() {
    const { get, set } = Object.getOwnPropertyDescriptor(XMLHttpRequestEventTarget.prototype, 'onload')
    for (const stranger of [{}, document, new EventTarget(), XMLHttpRequestEventTarget.prototype]) {
      throws(() => get.call(stranger), TypeError)
      throws(() => set.call(stranger, null), TypeError)
    }
    const handler = () => {}
    for (const one of [new XMLHttpRequest(), new XMLHttpRequest().upload]) {
      set.call(one, handler)
      is(get.call(one), handler)
    }
  },

  'members of EventSource throw on anything else'() {
    for (const stranger of [{}, undefined, document, new EventTarget(), EventSource.prototype, new XMLHttpRequest()]) {
      throws(() => EventSource.prototype.close.call(stranger), TypeError)
      for (const name of ['url', 'withCredentials', 'readyState', 'onopen', 'onmessage', 'onerror']) {
        const { get, set } = Object.getOwnPropertyDescriptor(EventSource.prototype, name)
        throws(() => get.call(stranger), TypeError, name)
        if (set) throws(() => set.call(stranger, null), TypeError, name)
      }
    }
  },

  'an operation of XMLHttpRequest throws when it is given too little'() {
    const xhr = new XMLHttpRequest()
    throws(() => xhr.open(), TypeError)
    throws(() => xhr.open('GET'), TypeError)
    xhr.open('GET', '/')
    throws(() => xhr.setRequestHeader(), TypeError)
    throws(() => xhr.setRequestHeader('a'), TypeError)
    throws(() => xhr.getResponseHeader(), TypeError)
    throws(() => xhr.overrideMimeType(), TypeError)
    is(xhr.readyState, 1)
  },

  'who is wrong is found before what is given is looked at'() {
    const log = []
    throws(() => XMLHttpRequest.prototype.open.call({}, spy('method', log), spy('url', log)), TypeError)
    throws(() => new XMLHttpRequest().open(spy('method', log)), TypeError)
    throws(() => XMLHttpRequest.prototype.setRequestHeader.call({}, spy('name', log), spy('value', log)), TypeError)
    throws(() => EventSource(spy('url', log)), TypeError)
    same(log, [])
  },

  'EventSource throws without a URL'() {
    throws(() => new EventSource(), TypeError)
  },

  async 'fetch rejects on anything but a window, before it looks at what is given'() {
    const log = []
    for (const stranger of [{}, document, 1, Object.create(window)]) {
      await rejects(fetch.call(stranger, spy('url', log)), TypeError)
    }
    same(log, [])
  },

  async 'fetch works without a receiver, as a global and taken from the window'({ urls }) {
    const { fetch } = window
    const calls = [fetch.call(undefined, urls.own()), fetch.call(null, urls.own()), fetch(urls.own()), self.fetch(urls.own())]
    calls.push(fetch.bind()(urls.own()), Reflect.apply(fetch, window, [urls.own()]), (0, window.fetch)(urls.own()))
    for (const response of await Promise.all(calls)) is(response.status, 200)
  },

  async 'fetch rejects when it is given nothing, and takes more than it wants'({ urls }) {
    await rejects(fetch(), TypeError)
    is((await fetch(urls.own(), undefined, 1, {})).status, 200)
  },

  async 'a class of the page that extends XMLHttpRequest has its own methods and those it overrides'({ urls }) {
    const log = []
    class Own extends XMLHttpRequest {
      own = 1
      constructor(...args) {
        super(...args)
        log.push(new.target.name)
      }
      open(...args) {
        log.push(`open ${args.length}`)
        super.open(...args)
      }
      get status() {
        return super.status + 1000
      }
      ours() {
        return this.readyState
      }
    }
    const xhr = new Own('ignored')
    isTrue(xhr instanceof Own && xhr instanceof XMLHttpRequest && xhr instanceof EventTarget)
    is(Object.getPrototypeOf(xhr), Own.prototype)
    same(Reflect.ownKeys(xhr), ['own'])
    await sent(xhr, urls.readable())
    is(xhr.status, 1200)
    is(xhr.ours(), 4)
    is(Own.DONE, 4)
    same(log, ['Own', 'open 2'])
  },

  'a class of the page that extends EventSource has its own methods'({ urls }) {
    class Own extends EventSource {
      #secret = 7
      constructor(path) {
        super(path, { withCredentials: true })
      }
      secret() {
        return this.#secret
      }
      close() {
        super.close()
        return 'closed'
      }
    }
    const one = new Own(urls.own())
    isTrue(one instanceof Own && one instanceof EventSource)
    is(one.withCredentials, true)
    is(one.secret(), 7)
    is(one.close(), 'closed')
    is(one.readyState, 2)
    is(Own.CLOSED, 2)
  },

  'Reflect.construct gives the prototype of its third argument, which is asked once'({ urls }) {
    for (const [name, args] of [['XMLHttpRequest', []], ['EventSource', [urls.own()]]]) {
      let asked = 0
      const prototype = Object.create(window[name].prototype)
      const target = new Proxy(function () {}, {
        get: (from, key) => (key === 'prototype' ? (asked++, prototype) : from[key]),
      })
      const one = Reflect.construct(window[name], args, target)
      is(Object.getPrototypeOf(one), prototype)
      is(one.readyState, 0)
      is(asked, 1)
      one.close?.()
    }
  },

  async 'a third argument of Reflect.construct without prototype leaves the choice to its window'() {
    const other = await frame()
    const target = new other.Function()
    target.prototype = 1
    is(Object.getPrototypeOf(Reflect.construct(XMLHttpRequest, [], target)), other.XMLHttpRequest.prototype)
  },

  'what the third argument of Reflect.construct throws is thrown'() {
    const error = new Error('mine')
    const target = new Proxy(function () {}, {
      get() {
        throw error
      },
    })
    is(throws(() => Reflect.construct(XMLHttpRequest, [], target)), error)
  },

  'a class of the old kind works by Reflect.construct, and not by call'() {
    function Old() {
      return Reflect.construct(XMLHttpRequest, arguments, new.target)
    }
    Old.prototype = Object.create(XMLHttpRequest.prototype, { constructor: { value: Old } })
    isTrue(new Old() instanceof Old)
    is(new Old().readyState, 0)
    throws(() => XMLHttpRequest.call(Object.create(XMLHttpRequest.prototype)), TypeError)
  },

  async 'an open that a page has put on the prototype is called by the page alone'({ urls }) {
    const log = patched(XMLHttpRequest.prototype, 'open', 'send', 'setRequestHeader', 'abort', 'getAllResponseHeaders')
    await sent(new XMLHttpRequest(), urls.readable(), { headers: { 'x-a': '1' } })
    same(log, ['open', 'setRequestHeader', 'send'])
  },

  async 'what a page has put on EventTarget.prototype to listen is called by the page alone'({ urls }) {
    const log = patched(EventTarget.prototype, 'addEventListener', 'removeEventListener')
    for (const url of [urls.readable(), urls.unreadable()]) {
      await new Promise(resolve => {
        const xhr = new XMLHttpRequest()
        xhr.onloadend = resolve
        xhr.open('GET', url)
        xhr.send()
      })
      const events = source(url)
      await new Promise(resolve => (events.onerror = resolve))
      await sleep(0)
    }
    same(log, [])
  },

  async 'a page may put a class of its own in the place of XMLHttpRequest and EventSource'({ urls }) {
    for (const name of ['XMLHttpRequest', 'EventSource']) {
      const native = window[name]
      let made = 0
      window[name] = new Proxy(native, {
        construct(target, args, newTarget) {
          made++
          return Reflect.construct(target, args, newTarget)
        },
      })
      atEnd(() => (window[name] = native))
      const one = new window[name](urls.own())
      isTrue(one instanceof window[name] && one instanceof native)
      is(made, 1)
      one.close?.()
    }
  },

  async 'the open of this window works on an XMLHttpRequest of a frame, and resolves there'({ urls }) {
    const other = await frame()
    const base = other.document.createElement('base')
    base.href = `${urls.origins.page}/lab/elsewhere/`
    other.document.head.append(base)
    const xhr = new other.XMLHttpRequest()
    await done(xhr, () => {
      XMLHttpRequest.prototype.open.call(xhr, 'GET', 'nothing')
      XMLHttpRequest.prototype.send.call(xhr)
    })
    is(xhr.responseURL, `${urls.origins.page}/lab/elsewhere/nothing`)
    is(Object.getOwnPropertyDescriptor(XMLHttpRequest.prototype, 'status').get.call(xhr), 404)
  },

  async 'the open of a frame works on an XMLHttpRequest of this window'({ urls }) {
    const other = await frame()
    const xhr = new XMLHttpRequest()
    await done(xhr, () => {
      other.XMLHttpRequest.prototype.open.call(xhr, 'GET', urls.readable())
      other.XMLHttpRequest.prototype.send.call(xhr)
    })
    is(xhr.status, 200)
    is(other.Object.getOwnPropertyDescriptor(other.XMLHttpRequest.prototype, 'readyState').get.call(xhr), 4)
  },

  async 'a frame has its own classes, and EventSource.close of either works on both'({ urls }) {
    const other = await frame()
    isTrue(!(new other.XMLHttpRequest() instanceof XMLHttpRequest))
    isTrue(!(new XMLHttpRequest() instanceof other.XMLHttpRequest))
    const ours = source(urls.own())
    const theirs = new other.EventSource(urls.own())
    other.EventSource.prototype.close.call(ours)
    EventSource.prototype.close.call(theirs)
    is(ours.readyState, 2)
    is(theirs.readyState, 2)
  },

  async 'fetch works on the window of a frame'({ urls }) {
    const other = await frame()
    is((await fetch.call(other, urls.readable())).status, 200)
    is((await other.fetch.call(window, urls.readable())).status, 200)
  },
}

/** Puts functions of the page in the place of these; returns the names as they are called. */
function patched(holder, ...names) {
  const log = []
  for (const name of names) {
    const native = holder[name]
    holder[name] = function () {
      log.push(name)
      return native.apply(this, arguments)
    }
    atEnd(() => (holder[name] = native))
  }
  return log
}
