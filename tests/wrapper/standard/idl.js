/** Web IDL: what the interfaces are made of. https://webidl.spec.whatwg.org/#js-interfaces */

import { frame, is, isTrue, same, throws } from './helpers.js'

const HANDLERS = ['onloadstart', 'onprogress', 'onabort', 'onerror', 'onload', 'ontimeout', 'onloadend']

/** https://xhr.spec.whatwg.org/#interface-xmlhttprequest, https://html.spec.whatwg.org/#the-eventsource-interface */
const INTERFACES = {
  XMLHttpRequest: {
    inherits: 'XMLHttpRequestEventTarget',
    constants: { UNSENT: 0, OPENED: 1, HEADERS_RECEIVED: 2, LOADING: 3, DONE: 4 },
    operations: {
      open: 2,
      setRequestHeader: 2,
      send: 0,
      abort: 0,
      getResponseHeader: 1,
      getAllResponseHeaders: 0,
      overrideMimeType: 1,
    },
    read: ['readyState', 'upload', 'responseURL', 'status', 'statusText', 'response', 'responseText', 'responseXML'],
    written: ['onreadystatechange', 'timeout', 'withCredentials', 'responseType'],
    length: 0,
  },
  XMLHttpRequestEventTarget: { inherits: 'EventTarget', written: HANDLERS, length: 0, isAbstract: true },
  XMLHttpRequestUpload: { inherits: 'XMLHttpRequestEventTarget', length: 0, isAbstract: true },
  EventSource: {
    inherits: 'EventTarget',
    constants: { CONNECTING: 0, OPEN: 1, CLOSED: 2 },
    operations: { close: 0 },
    read: ['url', 'withCredentials', 'readyState'],
    written: ['onopen', 'onmessage', 'onerror'],
    length: 1,
  },
}

export const checks = {}

for (const [name, it] of Object.entries(INTERFACES)) {
  const { constants = {}, operations = {}, read = [], written = [] } = it
  const attributes = [...read, ...written]
  const its = () => window[name]
  const getter = (key, of = its()) => Object.getOwnPropertyDescriptor(of.prototype, key).get
  const setter = (key, of = its()) => Object.getOwnPropertyDescriptor(of.prototype, key).set
  const add = (sentence, check) => (checks[`${name} ${sentence}`] = check)

  add('is a property of the window that may be written and is not enumerable', () => {
    hasShape(window, name, { writable: true, enumerable: false, configurable: true })
    is(typeof its(), 'function')
  })

  add('has its name and length', () => {
    is(its().name, name)
    is(its().length, it.length)
    for (const key of ['name', 'length']) hasShape(its(), key, { writable: false, enumerable: false, configurable: true })
  })

  add('has no property but those of the standard', () => {
    const own = Reflect.ownKeys(its()).sort()
    // Two that older engines give to every constructor.
    same(own.filter(key => !['arguments', 'caller'].includes(key)), ['length', 'name', 'prototype', ...Object.keys(constants)].sort())
  })

  add('has a prototype that stays', () => {
    hasShape(its(), 'prototype', { writable: false, enumerable: false, configurable: false })
    const { prototype } = its()
    its().prototype === prototype && throws(() => (its().prototype = {}), TypeError)
    is(its().prototype, prototype)
  })

  add('is the constructor of its prototype', () => {
    hasShape(its().prototype, 'constructor', { writable: true, enumerable: false, configurable: true })
    is(its().prototype.constructor, its())
  })

  add('gives its name as the tag', () => {
    hasShape(its().prototype, Symbol.toStringTag, { writable: false, enumerable: false, configurable: true })
    is(Object.prototype.toString.call(its().prototype), `[object ${name}]`)
    is(Object.prototype.toString.call(its()), '[object Function]')
  })

  add('inherits as the standard says', () => {
    is(Object.getPrototypeOf(its()), window[it.inherits])
    is(Object.getPrototypeOf(its().prototype), window[it.inherits].prototype)
    isTrue(its().prototype instanceof window[it.inherits])
  })

  add('has the properties of a prototype in a frame, in the same order', async () => {
    const other = (await frame())[name]
    same(Reflect.ownKeys(its().prototype), Reflect.ownKeys(other.prototype))
    same(Reflect.ownKeys(its()), Reflect.ownKeys(other))
  })

  add('has source text that reads as native code', () => {
    const functions = [its(), ...Object.keys(operations).map(key => its().prototype[key])]
    for (const key of attributes) functions.push(getter(key))
    for (const key of written) functions.push(setter(key))
    for (const one of functions) {
      for (const source of [one.toString(), String(one), Function.prototype.toString.call(one)]) {
        isTrue(/^function [^{]*\{\s*\[native code\]\s*\}$/.test(source), source)
      }
    }
  })

  add('has source text that names each function', async () => {
    const other = (await frame())[name]
    const source = one => Function.prototype.toString.call(one)
    is(source(its()), source(other))
    for (const key of Object.keys(operations)) is(source(its().prototype[key]), source(other.prototype[key]))
    for (const key of attributes) is(source(getter(key)), source(getter(key, other)))
    for (const key of written) is(source(setter(key)), source(setter(key, other)))
  })

  add('is not called without new', () => {
    throws(() => its()('/'), TypeError)
    throws(() => its().call({}, '/'), TypeError)
    throws(() => its().call(its().prototype, '/'), TypeError)
  })

  if (it.isAbstract) {
    add('cannot be constructed', () => {
      throws(() => new (its())(), TypeError)
      throws(() => Reflect.construct(its(), [], Object), TypeError)
      throws(() => new (class extends its() {})(), TypeError)
    })
  }

  if (Object.keys(constants).length) {
    add('has constants on itself and on its prototype', () => {
      for (const [key, value] of Object.entries(constants)) {
        for (const holder of [its(), its().prototype]) {
          is(holder[key], value)
          hasShape(holder, key, { writable: false, enumerable: true, configurable: false })
        }
      }
    })

    add('has operations that may be written and are enumerable', () => {
      for (const [key, length] of Object.entries(operations)) {
        hasShape(its().prototype, key, { writable: true, enumerable: true, configurable: true })
        isFunction(its().prototype[key], key, length)
      }
    })

    add('has attributes without setter where they are only read', () => {
      for (const key of read) {
        hasShape(its().prototype, key, { enumerable: true, configurable: true })
        isFunction(getter(key), `get ${key}`, 0)
        is(setter(key), undefined)
      }
    })

    add('throws where an attribute that is only read is set, in strict code', () => {
      const one = instance(name)
      for (const key of read) throws(() => (one[key] = 1), TypeError, key)
    })

    add('enumerates on an instance what it does in a frame, in the same order', async () => {
      const other = await frame()
      const names = one => {
        const all = []
        for (const key in one) all.push(key)
        return all
      }
      same(names(instance(name)), names(instance(name, other)))
    })

    add('gives its instances nothing of their own', async () => {
      const one = instance(name)
      same(Reflect.ownKeys(one), [])
      is(Object.getPrototypeOf(one), its().prototype)
      is(one.constructor, its())
      is(String(one), `[object ${name}]`)
      is(JSON.stringify(Object.entries(one)), '[]')
      isTrue(Object.isExtensible(one) && !Object.isFrozen(one))
    })

    add('keeps what a page sets on an instance', () => {
      const one = instance(name)
      const key = Symbol('own')
      one[key] = 1
      one.own = 2
      same(Reflect.ownKeys(one), ['own', key])
      delete one.own
      same(Reflect.ownKeys(one), [key])
      Object.freeze(one)
      throws(() => (one.other = 1), TypeError)
    })

    add('has instances that a page may use as keys and not clone', () => {
      const one = instance(name)
      isTrue(new WeakMap([[one, 1]]).get(one) === 1 && new WeakSet([one]).has(one) && new Set([one, one]).size === 1)
      throws(() => structuredClone(one), 'DataCloneError')
      throws(() => window.postMessage(one, '*'), 'DataCloneError')
      throws(() => structuredClone(its()), 'DataCloneError')
    })
  }

  if (written.length) {
    add('has attributes with setter where they are written', () => {
      for (const key of written) {
        hasShape(its().prototype, key, { enumerable: true, configurable: true })
        isFunction(getter(key), `get ${key}`, 0)
        isFunction(setter(key), `set ${key}`, 1)
      }
    })
  }
}

/** https://fetch.spec.whatwg.org/#fetch-method */
Object.assign(checks, {
  'fetch is a property of the window that may be written and is enumerable'() {
    hasShape(window, 'fetch', { writable: true, enumerable: true, configurable: true })
    is('fetch' in Object.getPrototypeOf(window), false)
  },

  'fetch is a function with its name and length'() {
    isFunction(window.fetch, 'fetch', 1)
    is(typeof window.fetch, 'function')
    is(Object.prototype.toString.call(window.fetch), '[object Function]')
  },

  'fetch has no property but name and length'() {
    same(Reflect.ownKeys(window.fetch).sort(), ['length', 'name'])
    for (const key of ['name', 'length']) hasShape(window.fetch, key, { writable: false, enumerable: false, configurable: true })
    is(window.fetch.toString, Function.prototype.toString)
    is(Object.hasOwn(window.fetch, 'toString'), false)
  },

  'fetch has source text that reads as native code'() {
    for (const source of [fetch.toString(), String(fetch), Function.prototype.toString.call(fetch)]) {
      isTrue(/^function [^{]*\{\s*\[native code\]\s*\}$/.test(source), source)
    }
  },

  async 'fetch has source text that names it'() {
    const other = await frame()
    is(Function.prototype.toString.call(fetch), Function.prototype.toString.call(other.fetch))
    is(fetch.toString(), other.fetch.toString())
  },

  'fetch cannot be extended by a class, bound it keeps its name'() {
    throws(() => class extends fetch {}, TypeError)
    is(fetch.bind(window).name, 'bound fetch')
    is(fetch.bind(window).length, 1)
  },

  'fetch cannot be cloned, and keeps what a page sets on it'() {
    throws(() => structuredClone(fetch), 'DataCloneError')
    const key = Symbol('own')
    fetch[key] = 1
    same(Reflect.ownKeys(fetch).filter(own => typeof own === 'symbol'), [key])
    isTrue(delete fetch[key] && !(key in fetch))
    isTrue(Object.isExtensible(fetch))
  },

  async 'the properties of the window stand in the order of a frame'() {
    const other = await frame()
    const shared = (one, two) => Reflect.ownKeys(one).filter(key => Object.hasOwn(two, key) && isNaN(String(key)))
    const ours = shared(window, other)
    const theirs = shared(other, window)
    for (const name of ['fetch', ...Object.keys(INTERFACES)]) {
      const after = list => new Set(list.slice(list.indexOf(name) + 1))
      const neighbours = after(theirs)
      for (const key of after(ours)) isTrue(neighbours.has(key), `${String(key)} comes after ${name}`)
    }
  },

  'a page may take fetch and the classes away, and give them back'() {
    for (const name of ['fetch', 'XMLHttpRequest', 'EventSource']) {
      const descriptor = Object.getOwnPropertyDescriptor(window, name)
      try {
        window[name] = 1
        is(window[name], 1)
        isTrue(delete window[name])
        is(typeof window[name], 'undefined')
      } finally {
        Object.defineProperty(window, name, descriptor)
      }
      is(window[name], descriptor.value)
    }
  },
})

const instance = (name, realm = window) => {
  if (name === 'XMLHttpRequest') return new realm.XMLHttpRequest()
  const source = new realm.EventSource('/lab/echo')
  source.close()
  return source
}

function hasShape(holder, key, expected) {
  const descriptor = Object.getOwnPropertyDescriptor(holder, key)
  isTrue(descriptor, `no own ${String(key)}`)
  for (const [part, value] of Object.entries(expected)) is(descriptor[part], value, `${String(key)} ${part}`)
}

/** As every operation, getter and setter is. */
function isFunction(one, name, length) {
  is(one.name, name)
  is(one.length, length, name)
  is(Object.getPrototypeOf(one), Function.prototype)
  is(Object.hasOwn(one, 'prototype'), false, name)
  throws(() => new one('GET', '/'), TypeError, `new ${name}`)
  throws(() => Reflect.construct(Object, [], one), TypeError, `${name} as new.target`)
  same(Reflect.ownKeys(one).sort(), ['length', 'name'], name)
}
