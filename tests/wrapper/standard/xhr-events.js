/** What an XMLHttpRequest tells, and when. https://xhr.spec.whatwg.org/#events, #handle-response-end-of-body, #request-error-steps */

import { done, is, isTrue, next, received, same, sent, sleep, throws, told, unique } from './helpers.js'

export const ERROR = ['readystatechange 1', 'loadstart 1', 'readystatechange 4', 'error 4', 'loadend 4']
export const LOADED = [
  'readystatechange 1',
  'loadstart 1',
  'readystatechange 2',
  'readystatechange 3',
  'progress 3',
  'readystatechange 4',
  'load 4',
  'loadend 4',
]
/** Its head comes, and a part of its body; the rest never does. */
const PART = 'a part'
const headers = { 'Content-Length': '100', 'X-Content-Type-Options': 'nosniff' }
const endless = { body: PART, headers }
const cut = { body: PART, headers: { ...headers, Connection: 'close' } }

export const checks = {
  async 'an answer of the own origin is told in the order of the standard'({ urls }) {
    const xhr = new XMLHttpRequest()
    const log = told(xhr)
    await sent(xhr, urls.own())
    same(log, LOADED)
  },

  async 'an answer of another origin is told in the same order'({ urls }) {
    const xhr = new XMLHttpRequest()
    const log = told(xhr)
    await sent(xhr, urls.readable(), { method: 'PUT', body: 'a', headers: { 'x-a': '1' } })
    same(log, LOADED)
  },

  async 'an error status is an answer'({ urls }) {
    const xhr = new XMLHttpRequest()
    const log = told(xhr)
    await sent(xhr, urls.readable({ status: 500 }))
    same(log, LOADED)
    is(xhr.status, 500)
  },

  async 'an empty answer is told in the same order'({ urls }) {
    const xhr = new XMLHttpRequest()
    const log = told(xhr)
    await sent(xhr, urls.readable({ status: 204 }))
    // Engines are not of one mind about the progress of nothing.
    same(log.filter(word => !word.startsWith('progress')), LOADED.filter(word => !word.endsWith('3')))
  },

  async 'a refused connection is told as an error alone'({ urls }) {
    await failsWith(urls.refused, ERROR)
  },

  async 'an answer that must not be read is told as an error alone'({ urls }) {
    await failsWith(urls.unreadable(), ERROR)
    await failsWith(urls.unreadable({ status: 404 }), ERROR)
  },

  async 'a refused preflight is told as an error alone'({ urls }) {
    await failsWith(urls.readable({ preflight: 403 }), ERROR, { method: 'PUT', body: 'a' })
  },

  async 'a redirect to what must not be read is told as an error alone'({ urls }) {
    await failsWith(urls.readable({ status: 302, headers: { Location: urls.unreadable() } }), ERROR)
  },

  async 'an answer that is cut off is told as an error after what has come'({ urls }) {
    const log = await failsWith(urls.readable(cut))
    same(log, [...LOADED.slice(0, 6), 'error 4', 'loadend 4'])
  },

  async 'a time limit is told as a timeout'({ urls }) {
    const xhr = new XMLHttpRequest()
    const log = told(xhr)
    xhr.timeout = 50
    await sent(xhr, urls.readable({ delay: 400 }))
    same(log, ERROR.map(word => word.replace('error', 'timeout')))
    isEmpty(xhr, 4)
  },

  async 'a time limit set on the way counts from the beginning'({ urls }) {
    const xhr = new XMLHttpRequest()
    const log = told(xhr)
    xhr.onloadstart = () => setTimeout(() => (xhr.timeout = 60), 30)
    await sent(xhr, urls.readable({ delay: 400 }))
    same(log, ERROR.map(word => word.replace('error', 'timeout')))
  },

  async 'a time limit that is not reached is not told'({ urls }) {
    const xhr = new XMLHttpRequest()
    const log = told(xhr)
    xhr.timeout = 600
    await sent(xhr, urls.readable())
    await sleep(650)
    same(log, LOADED)
  },

  async 'an abort is told at once, and leaves the object as new'({ urls }) {
    const xhr = new XMLHttpRequest()
    const log = told(xhr)
    xhr.open('GET', urls.readable({ delay: 100 }))
    xhr.send()
    xhr.abort()
    same(log, ERROR.map(word => word.replace('error', 'abort')))
    isEmpty(xhr, 0)
    await sleep(200)
    is(log.length, ERROR.length)
  },

  async 'an abort after a part of the body drops it'({ urls }) {
    const xhr = new XMLHttpRequest()
    const log = told(xhr)
    xhr.open('GET', urls.readable(endless))
    xhr.send()
    while (xhr.responseText !== PART) await sleep(10)
    xhr.abort()
    same(log, [...LOADED.slice(0, 6), 'abort 4', 'loadend 4'])
    isEmpty(xhr, 0)
  },

  'an abort before send tells nothing, and leaves the object as it is'({ urls }) {
    const xhr = new XMLHttpRequest()
    const log = told(xhr)
    xhr.abort()
    is(xhr.readyState, 0)
    xhr.open('GET', urls.readable())
    xhr.abort()
    is(xhr.readyState, 1)
    same(log, ['readystatechange 1'])
  },

  async 'an abort after the end tells nothing, and leaves the object as new'({ urls }) {
    for (const url of [urls.readable(), urls.unreadable()]) {
      const xhr = new XMLHttpRequest()
      await sent(xhr, url)
      const log = told(xhr)
      xhr.abort()
      same([xhr.readyState, xhr.status, xhr.responseText, xhr.getAllResponseHeaders()], [0, 0, '', ''])
      await sleep(20)
      same(log, [])
    }
  },

  async 'an abort from a handler on the way ends what the handler was told of'({ urls }) {
    const xhr = new XMLHttpRequest()
    const log = told(xhr)
    xhr.onreadystatechange = () => xhr.readyState === 2 && xhr.abort()
    await sent(xhr, urls.readable())
    same(log, [...LOADED.slice(0, 3), 'readystatechange 4', 'abort 4', 'loadend 4'])
    is(xhr.readyState, 0)
  },

  async 'an abort from loadstart sends nothing'({ urls }) {
    const name = unique()
    const xhr = new XMLHttpRequest()
    const log = told(xhr)
    xhr.onloadstart = () => xhr.abort()
    xhr.open('GET', urls.readable({ log: name }))
    xhr.send()
    same(log, ERROR.map(word => word.replace('error', 'abort')))
    await sleep(100)
    is((await received(name)).length, 0)
  },

  async 'an abort from error or load tells no abort'({ urls }) {
    for (const [url, type] of [[urls.refused, 'error'], [urls.readable(), 'load']]) {
      const xhr = new XMLHttpRequest()
      const log = told(xhr)
      xhr.addEventListener(type, () => xhr.abort())
      await sent(xhr, url)
      isTrue(!log.some(word => word.startsWith('abort')), log.join())
      is(log.at(-1), 'loadend 0')
      is(xhr.readyState, 0)
    }
  },

  async 'a call in its own time tells its end alone'({ urls }) {
    for (const url of [urls.own(), urls.readable()]) {
      const xhr = new XMLHttpRequest()
      const log = told(xhr)
      xhr.open('GET', url, false)
      is(xhr.send(), undefined)
      same(log, ['readystatechange 1', 'readystatechange 4', 'load 4', 'loadend 4'])
      is(xhr.status, 200)
    }
  },

  'a call in its own time that fails throws'({ urls }) {
    for (const url of [urls.refused, urls.unreadable(), urls.readable({ status: 302, headers: { Location: urls.unreadable() } })]) {
      const xhr = new XMLHttpRequest()
      xhr.open('GET', url, false)
      throws(() => xhr.send(), 'NetworkError')
      isEmpty(xhr, 4)
      throws(() => xhr.send(), 'InvalidStateError')
    }
  },

  'a call in its own time that fails tells nothing'({ urls }) {
    const xhr = new XMLHttpRequest()
    const log = told(xhr)
    xhr.open('GET', urls.unreadable(), false)
    throws(() => xhr.send(), 'NetworkError')
    same(log, ['readystatechange 1'])
  },

  async 'open on the way drops the call without a word'({ urls }) {
    const xhr = new XMLHttpRequest()
    const log = told(xhr)
    xhr.open('GET', urls.readable({ delay: 100, body: 'first' }))
    xhr.send()
    await sent(xhr, urls.readable({ body: 'second' }))
    await sleep(150)
    same(log, ['readystatechange 1', 'loadstart 1', ...LOADED.slice(1)])
    is(xhr.responseText, 'second')
  },

  async 'open after headers have come goes back to the first state'({ urls }) {
    const xhr = new XMLHttpRequest()
    xhr.open('GET', urls.readable(endless))
    xhr.send()
    while (xhr.readyState < 3) await sleep(10)
    const log = told(xhr)
    xhr.open('GET', urls.readable())
    same(log, ['readystatechange 1'])
    isEmpty(xhr, 1)
  },

  async 'one object makes one call after the other'({ urls }) {
    const xhr = new XMLHttpRequest()
    const log = told(xhr)
    await sent(xhr, urls.unreadable())
    await sent(xhr, urls.readable({ status: 404, body: 'a' }))
    is(xhr.responseText, 'a')
    await sent(xhr, urls.refused)
    is(log.filter(word => word === 'loadend 4').length, 3)
    same(log.slice(-5), ERROR)
    isEmpty(xhr, 4)
  },

  async 'a call may be repeated from the error of the last one'({ urls }) {
    const xhr = new XMLHttpRequest()
    let errors = 0
    const loaded = next(xhr, 'load')
    xhr.onerror = () => {
      xhr.open('GET', ++errors < 3 ? urls.unreadable() : urls.readable({ body: 'at last' }))
      xhr.send()
    }
    xhr.open('GET', urls.unreadable())
    xhr.send()
    await loaded
    is(xhr.responseText, 'at last')
    is(errors, 3)
  },

  async 'the request is at the server once'({ urls }) {
    const name = unique()
    await sent(new XMLHttpRequest(), urls.readable({ log: name }))
    is((await received(name)).length, 1)
  },
}

function isEmpty(xhr, state) {
  is(xhr.readyState, state)
  same([xhr.status, xhr.statusText, xhr.responseText, xhr.response, xhr.responseURL], [0, '', '', '', ''])
  same([xhr.getAllResponseHeaders(), xhr.getResponseHeader('content-type'), xhr.responseXML], ['', null, null])
}

/** The call fails so, and leaves nothing to read. */
async function failsWith(url, expected, init) {
  const xhr = new XMLHttpRequest()
  const log = told(xhr)
  await sent(xhr, url, init)
  if (expected) same(log, expected)
  isEmpty(xhr, 4)
  return log
}
