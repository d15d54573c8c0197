/** What fetch does with its arguments, and when. https://fetch.spec.whatwg.org/#dom-global-fetch, #dom-request, Web IDL's dictionaries */

import { headerOf, is, isTrue, received, rejects, same, sleep, spy, unique } from './helpers.js'

const MEMBERS = [
  'body',
  'cache',
  'credentials',
  'duplex',
  'headers',
  'integrity',
  'keepalive',
  'method',
  'mode',
  'priority',
  'redirect',
  'referrer',
  'referrerPolicy',
  'signal',
  'window',
]
const thrower = error => () => {
  throw error
}
const asked = async (...args) => (await fetch(...args)).json()
/** A dictionary that says which of its members are read. */
const watched = (log, values = {}) => {
  const init = {}
  for (const name of MEMBERS) {
    const get = () => {
      log.push(name)
      return values[name]
    }
    Object.defineProperty(init, name, { enumerable: true, configurable: true, get })
  }
  return init
}
/** Where a call passes, and where it fails; what is read of its arguments is the same. */
const everywhere = (urls, check) =>
  Promise.all([urls.readable(), urls.unreadable(), urls.refused, 'http://[', 'http://user:password@localhost/'].map(check))
/** Long enough for whoever looks at a call that failed. */
const settled = promise => promise.then(() => sleep(200), () => sleep(200))

export const checks = {
  async 'the members of init are read in the order of the alphabet, each once, whether the call passes or fails'({ urls }) {
    await everywhere(urls, async url => {
      const log = []
      await settled(fetch(url, watched(log)))
      same(log, MEMBERS.filter(name => log.includes(name)), url)
      isTrue(log.length >= 12 || url === 'http://[' || url.includes('@'), log.join())
    })
  },

  async 'the members of init are read before fetch returns'({ urls }) {
    await everywhere(urls, async url => {
      const log = []
      const promise = fetch(url, watched(log))
      const before = log.length
      await settled(promise)
      is(log.length, before, url)
    })
  },

  async 'the input is made a string once, whether the call passes or fails'({ urls }) {
    await everywhere(urls, async url => {
      const log = []
      await settled(fetch(spy('input', log, url)))
      same(log, ['input'], url)
    })
  },

  async 'nothing but members is asked of init'({ urls }) {
    await everywhere(urls, async url => {
      const log = []
      const note = trap => (target, ...rest) => {
        log.push(trap)
        return Reflect[trap](target, ...rest)
      }
      const traps = ['has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor', 'isExtensible', 'defineProperty', 'set']
      await settled(fetch(url, new Proxy({}, Object.fromEntries(traps.map(trap => [trap, note(trap)])))))
      same(log, [], url)
    })
  },

  async 'members that init inherits are read, and an init without prototype too'({ urls }) {
    const inherits = Object.create({ method: 'PUT' })
    const bare = Object.assign(Object.create(null), { method: 'PUT' })
    for (const init of [inherits, bare, Object.assign(() => {}, { method: 'PUT' }), Object.freeze({ method: 'PUT' })]) {
      is((await asked(urls.own(), init)).method, 'PUT')
    }
  },

  async 'headers that can be iterated are iterated once, whether the call passes or fails'({ urls }) {
    await everywhere(urls, async url => {
      let count = 0
      const headers = {
        *[Symbol.iterator]() {
          count++
          yield ['accept', 'text/plain']
        },
      }
      await settled(fetch(url, { headers }))
      is(count, 1, url)
    })
  },

  async 'the values of headers are made strings once, whether the call passes or fails'({ urls }) {
    await everywhere(urls, async url => {
      const log = []
      await settled(fetch(url, { headers: { accept: spy('value', log) } }))
      same(log, ['value'], url)
    })
  },

  async 'what the input throws is the reason'() {
    const error = new TypeError('mine')
    is(await rejects(fetch({ toString: thrower(error) })), error)
    is(await rejects(fetch({ [Symbol.toPrimitive]: thrower(error) }, watched([]))), error)
    await rejects(fetch(Symbol('url')), TypeError)
  },

  async 'what a member of init throws is the reason, and nothing after it is read'({ urls }) {
    for (const name of ['body', 'headers', 'method', 'mode', 'signal']) {
      for (const error of [new TypeError('mine'), new Error('mine'), 'mine', undefined, null]) {
        const log = []
        const init = Object.defineProperty(watched(log), name, { get: thrower(error) })
        is(await rejects(fetch(urls.unreadable(), init)), error, name)
        isTrue(log.every(read => MEMBERS.indexOf(read) < MEMBERS.indexOf(name)), log.join())
      }
    }
  },

  async 'what headers, their iterator or their values throw is the reason'({ urls }) {
    const error = new Error('mine')
    const iterator = { [Symbol.iterator]: thrower(error) }
    const value = { a: { toString: thrower(error) } }
    const keys = new Proxy({}, { ownKeys: thrower(error) })
    for (const headers of [iterator, value, keys]) is(await rejects(fetch(urls.unreadable(), { headers })), error)
  },

  async 'what a proxy of init throws is the reason'({ urls }) {
    const error = new TypeError('mine')
    is(await rejects(fetch(urls.unreadable(), new Proxy({}, { get: thrower(error) }))), error)
    const revoked = Proxy.revocable({}, {})
    revoked.revoke()
    await rejects(fetch(urls.unreadable(), revoked.proxy), TypeError)
  },

  async 'an init that is no object is refused, undefined and null are none'({ urls }) {
    for (const init of [1, 'text', true, Symbol('init')]) await rejects(fetch(urls.own(), init), TypeError)
    for (const init of [undefined, null, [], new Date()]) is((await fetch(urls.own(), init)).status, 200)
  },

  async 'members that are undefined are as if they were not there'({ urls }) {
    const init = Object.fromEntries(MEMBERS.map(name => [name, undefined]))
    is((await asked(urls.own(), init)).method, 'GET')
  },

  async 'fetch always gives a promise of this window, whatever it is given'({ urls }) {
    const all = [fetch(urls.own()), fetch(), fetch('http://['), fetch(urls.own(), 1), fetch({ toString: thrower(1) }), fetch.call({}, '/')]
    for (const promise of all) {
      promise.catch(() => {})
      is(Object.getPrototypeOf(promise), Promise.prototype)
      is(promise.constructor, Promise)
      same(Reflect.ownKeys(promise), [])
      isTrue(Object.isExtensible(promise))
      is(Object.prototype.toString.call(promise), '[object Promise]')
    }
    is(new Set(all).size, all.length)
  },

  async 'what no request can be made of is refused with a TypeError'({ urls }) {
    const url = urls.own()
    for (const [name, args] of Object.entries({
      'no URL': ['http://['],
      credentials: ['http://user:password@localhost/'],
      'a user': ['http://user@localhost/'],
      CONNECT: [url, { method: 'CONNECT' }],
      trace: [url, { method: 'trace' }],
      'no method': [url, { method: 'G ET' }],
      'a GET with a body': [url, { body: 'a' }],
      'a HEAD with a body': [url, { method: 'HEAD', body: 'a' }],
      navigate: [url, { mode: 'navigate' }],
      'no mode': [url, { mode: 'other' }],
      'no credentials': [url, { credentials: 'other' }],
      'no cache': [url, { cache: 'other' }],
      'no redirect': [url, { redirect: 'other' }],
      'no policy': [url, { referrerPolicy: 'other' }],
      'no referrer': [url, { referrer: 'http://[' }],
      'only if cached': [url, { cache: 'only-if-cached', mode: 'cors' }],
      'no header': [url, { headers: { 'a b': 'c' } }],
      'no value': [url, { headers: { a: 'b\nc' } }],
      'no pairs': [url, { headers: [['a']] }],
      'no-cors and PUT': [url, { mode: 'no-cors', method: 'PUT' }],
    })) {
      await rejects(fetch(...args), TypeError, name)
    }
  },

  async 'a signal that is none is refused'({ urls }) {
    for (const signal of [{}, 1, new EventTarget()]) await rejects(fetch(urls.own(), { signal }), TypeError)
  },

  async 'a window is refused that is not null'({ urls }) {
    await rejects(fetch(urls.own(), { window }), TypeError)
    is((await fetch(urls.own(), { window: null })).status, 200)
  },

  async 'a method is written as the standard says'({ urls }) {
    for (const method of ['get', 'Post', 'put', 'delete']) is((await asked(urls.own(), { method })).method, method.toUpperCase())
    for (const method of ['patch', 'Own']) is((await asked(urls.own(), { method })).method, method)
  },

  async 'forbidden headers are left out without a word, in no-cors all that are not safe'({ urls }) {
    const headers = { Host: 'a', Cookie: 'mine', 'Sec-A': 'a', 'Proxy-A': 'a', 'X-A': 'a', Origin: 'mine' }
    const request = await asked(urls.own(), { headers })
    same(['sec-a', 'proxy-a', 'x-a', 'origin'].map(name => headerOf(request, name)), [undefined, undefined, 'a', undefined])
    isTrue(!headerOf(request, 'cookie')?.includes('mine'))
    const name = unique()
    await fetch(urls.unreadable({ log: name }), { mode: 'no-cors', headers })
    is(headerOf((await received(name))[0], 'x-a'), undefined)
  },

  async 'headers of one name are combined, in whichever form they come'({ urls }) {
    const pairs = [['X-A', 'one'], ['x-a', 'two']]
    for (const headers of [pairs, new Headers(pairs), new Map(pairs.map(([, value]) => ['x-a', value])), new Set(pairs)]) {
      const request = await asked(urls.own(), { headers })
      is(headerOf(request, 'x-a'), headers instanceof Map ? 'two' : 'one, two')
    }
  },

  async 'a body of any type is sent with its Content-Type, unless the page gave one'({ urls }) {
    const bytes = new TextEncoder().encode('bytes')
    for (const [body, type, expected] of [
      ['text ä', 'text/plain;charset=UTF-8', 'text ä'],
      [7, 'text/plain;charset=UTF-8', '7'],
      [new URLSearchParams('a=b c'), 'application/x-www-form-urlencoded;charset=UTF-8', 'a=b+c'],
      [new Blob(['blob'], { type: 'x/y' }), 'x/y', 'blob'],
      [bytes, undefined, 'bytes'],
      [bytes.buffer, undefined, 'bytes'],
      [null, undefined, ''],
    ]) {
      const request = await asked(urls.own(), { method: 'POST', body })
      same([headerOf(request, 'content-type'), request.body], [type, expected])
    }
    const request = await asked(urls.own(), { method: 'POST', body: 'a', headers: { 'Content-Type': 'x/y' } })
    is(headerOf(request, 'content-type'), 'x/y')
  },

  async 'a Request is taken as it is, and its body is used at once'({ urls }) {
    const request = new Request(urls.readable(), { method: 'PUT', body: 'a', headers: { 'x-a': '1' } })
    const shown = () => ['url', 'method', 'mode', 'credentials', 'redirect'].map(name => request[name]).concat(...request.headers)
    const before = shown()
    const promise = fetch(request)
    is(request.bodyUsed, true)
    is((await (await promise).json()).body, 'a')
    same(shown(), before)
    await rejects(fetch(request), TypeError)
    await rejects(request.text(), TypeError)
  },

  async 'a Request whose call fails has its body used too, and can be cloned before'({ urls }) {
    const request = new Request(urls.unreadable(), { method: 'POST', body: 'a' })
    const clone = request.clone()
    await rejects(fetch(request), TypeError)
    isTrue(request.bodyUsed && !clone.bodyUsed)
    is(await clone.text(), 'a')
  },

  async 'a Request without body can be sent again'({ urls }) {
    const request = new Request(urls.readable())
    for (const _ of [1, 2]) is((await fetch(request)).status, 200)
    is(request.bodyUsed, false)
  },

  async 'a body in init leaves the one of the Request unused'({ urls }) {
    const request = new Request(urls.own(), { method: 'POST', body: 'first' })
    is((await asked(request, { body: 'second' })).body, 'second')
    is(request.bodyUsed, false)
    is(await request.text(), 'first')
  },

  async 'init has the last word over the Request, whose headers it replaces'({ urls }) {
    const request = new Request(urls.own(), { headers: { 'x-a': 'a' } })
    const got = await asked(request, { method: 'PUT', headers: { 'x-b': 'b' } })
    same([got.method, headerOf(got, 'x-a'), headerOf(got, 'x-b')], ['PUT', undefined, 'b'])
  },

  async 'a class of the page that extends Request is one'({ urls }) {
    class Own extends Request {
      get url() {
        throw new Error('nobody asks')
      }
    }
    is((await asked(new Own(urls.own(), { method: 'PUT' }))).method, 'PUT')
    await rejects(fetch(new Own(urls.unreadable())), TypeError)
  },

  async 'a URL is resolved against the base of the document when fetch is called'({ urls }) {
    const name = unique()
    const base = document.createElement('base')
    base.href = '/lab/below/'
    document.head.append(base)
    const promise = fetch(`../echo?${new URL(urls.own({ log: name })).search.slice(1)}#fragment`)
    base.remove()
    isTrue(!(await promise).url.includes('#'))
    is((await received(name)).length, 1)
  },

  async 'the arguments may change afterwards'({ urls }) {
    const name = unique()
    const url = new URL(urls.readable({ log: name }))
    const init = { method: 'PUT', headers: new Headers({ 'x-a': '1' }) }
    const promise = fetch(url, init)
    url.href = urls.refused
    init.method = 'POST'
    init.headers.set('x-a', '2')
    await promise
    const [, call] = await received(name)
    same([call.method, headerOf(call, 'x-a')], ['PUT', '1'])
  },

  async 'a call is at the server once'({ urls }) {
    const name = unique()
    await fetch(urls.readable({ log: name }))
    await fetch(urls.readable({ log: name }), { method: 'POST', body: 'a' })
    same((await received(name)).map(({ method }) => method), ['GET', 'POST'])
  },
}
