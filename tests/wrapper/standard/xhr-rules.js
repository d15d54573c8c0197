/** What XMLHttpRequest takes and refuses before it is sent. https://xhr.spec.whatwg.org/#the-open()-method and what follows it */

import { headerOf, is, isTrue, received, same, sent, spy, throws, unique } from './helpers.js'

const opened = (url, method = 'GET', ...rest) => {
  const xhr = new XMLHttpRequest()
  xhr.open(method, url, ...rest)
  return xhr
}
/** What the server received. */
const asked = async (url, init) => JSON.parse((await sent(new XMLHttpRequest(), url, init)).responseText)

export const checks = {
  'open makes strings of its arguments from left to right, each once'({ urls }) {
    const log = []
    const xhr = new XMLHttpRequest()
    const rest = [spy('async', log), spy('user', log), spy('password', log)]
    is(xhr.open(spy('method', log, 'GET'), spy('url', log, urls.own()), ...rest), undefined)
    same(log, ['method', 'url', 'user', 'password'])
    is(xhr.readyState, 1)
  },

  'what an argument of open throws is thrown, and nothing after it is looked at'() {
    const error = new Error('mine')
    const thrower = {
      toString() {
        throw error
      },
    }
    for (const [position, before] of [[0, []], [1, ['0']], [3, ['0', '1']], [4, ['0', '1', '3']]]) {
      const log = []
      const xhr = new XMLHttpRequest()
      const args = ['GET', '/', true, 'u', 'p'].map((value, index) => (index === position ? thrower : spy(`${index}`, log, value)))
      is(throws(() => xhr.open(...args)), error)
      same(log, before)
      is(xhr.readyState, 0)
    }
  },

  'open refuses a symbol'() {
    throws(() => opened(Symbol('url')), TypeError)
    throws(() => opened('/', Symbol('method')), TypeError)
  },

  'open takes strings of any kind, and URL objects'({ urls }) {
    const own = urls.own()
    for (const url of [new URL(own), new String(own), [own], null, undefined, 7, '', '#a']) is(opened(url).readyState, 1)
  },

  'a third argument that is undefined makes the call one in its own time'({ urls }) {
    for (const value of [undefined, null, 0, '', NaN, false]) {
      const xhr = opened(urls.own(), 'GET', value)
      xhr.send()
      is(xhr.readyState, 4, String(value))
    }
  },

  async 'a third argument that is true in some way, or none, makes it one beside the page'({ urls }) {
    for (const rest of [[], [true], ['false'], [1], [{}]]) {
      const xhr = opened(urls.own(), 'GET', ...rest)
      xhr.send()
      is(xhr.readyState, 1, String(rest))
      xhr.abort()
    }
  },

  'open refuses what is no method with a SyntaxError'() {
    for (const method of ['', 'G ET', 'GET\n', 'a,b', 'é', 'a/b', '{}']) throws(() => opened('/', method), 'SyntaxError', method)
  },

  'open refuses a method above its byte'() {
    throws(() => opened('/', 'GE\u0180'), TypeError)
  },

  'open refuses forbidden methods with a SecurityError, before it looks at the URL'() {
    for (const method of ['CONNECT', 'TRACE', 'TRACK', 'connect', 'TrAcE']) {
      throws(() => opened('/', method), 'SecurityError', method)
      throws(() => opened('http://[', method), 'SecurityError', method)
    }
  },

  async 'six methods are written in upper case, others as they are'({ urls }) {
    for (const method of ['get', 'pOst', 'delete', 'put']) is((await asked(urls.own(), { method })).method, method.toUpperCase())
    for (const method of ['patch', 'Own']) is((await asked(urls.own(), { method })).method, method)
  },

  'open refuses what is no URL with a SyntaxError, and stays where it was'({ urls }) {
    const xhr = new XMLHttpRequest()
    for (const url of ['http://[', 'https://:1', 'http://a:99999/']) throws(() => xhr.open('GET', url), 'SyntaxError', url)
    is(xhr.readyState, 0)
    xhr.open('GET', urls.own())
    throws(() => xhr.open('GET', 'http://['), 'SyntaxError')
    throws(() => xhr.open('G ET', '/'), 'SyntaxError')
    is(xhr.readyState, 1)
  },

  async 'a URL is resolved when open is called, against the base of its document'({ urls }) {
    const name = unique()
    const base = document.createElement('base')
    base.href = '/lab/below/'
    document.head.append(base)
    const xhr = opened(`../echo?${new URL(urls.own({ log: name })).search.slice(1)}#fragment`)
    base.remove()
    xhr.send()
    await new Promise(resolve => (xhr.onloadend = resolve))
    is((await received(name)).length, 1)
    isTrue(xhr.responseURL.startsWith(`${urls.origins.page}/lab/echo?`) && !xhr.responseURL.includes('#'))
  },

  'a call in its own time has no time limit and no type of answer'({ urls }) {
    for (const [name, value] of [['timeout', 10], ['responseType', 'json']]) {
      const xhr = new XMLHttpRequest()
      xhr[name] = value
      throws(() => xhr.open('GET', urls.own(), false), 'InvalidAccessError', name)
      is(xhr.readyState, 0)
      throws(() => (opened(urls.own(), 'GET', false)[name] = value), 'InvalidAccessError', name)
    }
  },

  'before open no header is set and nothing is sent'() {
    throws(() => new XMLHttpRequest().setRequestHeader('a', 'b'), 'InvalidStateError')
    throws(() => new XMLHttpRequest().setRequestHeader('a b', 'b'), 'InvalidStateError')
    throws(() => new XMLHttpRequest().send(), 'InvalidStateError')
  },

  async 'after send no header is set and nothing is sent again'({ urls }) {
    const xhr = opened(urls.own())
    xhr.send()
    const refuses = () => {
      throws(() => xhr.setRequestHeader('a', 'b'), 'InvalidStateError')
      throws(() => xhr.send(), 'InvalidStateError')
    }
    refuses()
    await new Promise(resolve => (xhr.onloadend = resolve))
    refuses()
    xhr.abort()
    refuses()
  },

  async 'the arguments of send are looked at before its state is'() {
    const log = []
    throws(() => new XMLHttpRequest().send(spy('body', log)), 'InvalidStateError')
    same(log, ['body'])
  },

  'setRequestHeader makes strings of its arguments from left to right, each once'({ urls }) {
    const log = []
    is(opened(urls.own()).setRequestHeader(spy('name', log), spy('value', log)), undefined)
    same(log, ['name', 'value'])
  },

  'setRequestHeader refuses what is no name or no value'({ urls }) {
    const xhr = opened(urls.own())
    for (const [name, value] of [['', 'a'], ['a b', 'a'], ['a:', 'a'], ['a', 'a\nb'], ['a', 'a\0'], ['a', 'a\rb']]) {
      throws(() => xhr.setRequestHeader(name, value), 'SyntaxError', JSON.stringify([name, value]))
    }
    throws(() => xhr.setRequestHeader('a', '\u0180'), TypeError)
    throws(() => xhr.setRequestHeader('\u0180', 'a'), TypeError)
  },

  async 'headers of one name are combined, and their values trimmed'({ urls }) {
    const headers = { 'X-A': ' one ', 'x-a': 'two', 'X-Empty': '', 'X-Null': null, 'X-None': undefined }
    const request = await asked(urls.own(), { headers })
    same(['x-a', 'x-empty', 'x-null', 'x-none'].map(name => headerOf(request, name)), ['one, two', '', 'null', 'undefined'])
  },

  async 'forbidden headers are ignored without a word'({ urls }) {
    const names = ['Host', 'Origin', 'Cookie', 'Referer', 'Content-Length', 'Connection', 'Date', 'TE', 'Via', 'Sec-A', 'Proxy-A']
    names.push('Access-Control-Request-Method')
    const headers = Object.fromEntries(names.map(name => [name, 'mine']))
    const request = await asked(urls.own(), { method: 'POST', body: 'a', headers })
    for (const name of names) isTrue(!headerOf(request, name.toLowerCase())?.includes('mine'), name)
  },

  async 'open forgets the headers of before'({ urls }) {
    const xhr = opened(urls.own())
    xhr.setRequestHeader('x-a', '1')
    await sent(xhr, urls.own())
    is(headerOf(JSON.parse(xhr.responseText), 'x-a'), undefined)
  },

  async 'a header of the page has a call preflighted that names it, one in the safelist does not'({ urls }) {
    for (const [headers, expected] of [[{ 'X-B': '1', 'X-A': '1' }, 'x-a,x-b'], [{ Accept: 'text/plain' }, undefined]]) {
      const name = unique()
      await sent(new XMLHttpRequest(), urls.readable({ log: name }), { headers })
      const [first, second] = await received(name)
      is(first.method, expected ? 'OPTIONS' : 'GET')
      is(headerOf(first, 'access-control-request-headers'), expected)
      is(second?.method, expected && 'GET')
    }
  },

  async 'a body of any type is sent as the standard says, with its Content-Type'({ urls }) {
    const xml = new DOMParser().parseFromString('<a>ä</a>', 'application/xml')
    const html = document.implementation.createHTMLDocument('ä')
    const bytes = new TextEncoder().encode('bytes')
    const text = 'text/plain;charset=UTF-8'
    for (const [body, type, expected] of [
      ['text ä', text, 'text ä'],
      ['', text, ''],
      [7, text, '7'],
      [{ toString: () => 'object' }, text, 'object'],
      [new URLSearchParams('a=b c'), 'application/x-www-form-urlencoded;charset=UTF-8', 'a=b+c'],
      [new Blob(['blob'], { type: 'x/y' }), 'x/y', 'blob'],
      [new Blob(['blob']), undefined, 'blob'],
      [bytes, undefined, 'bytes'],
      [bytes.buffer, undefined, 'bytes'],
      [new DataView(bytes.buffer, 1, 3), undefined, 'yte'],
      [xml, 'application/xml;charset=UTF-8', '<a>ä</a>'],
      [html, 'text/html;charset=UTF-8', undefined],
      [null, undefined, ''],
      [undefined, undefined, ''],
    ]) {
      const request = await asked(urls.own(), { method: 'POST', body })
      is(headerOf(request, 'content-type'), type, String(body))
      expected === undefined ? isTrue(request.body.includes('<title>ä</title>')) : is(request.body, expected)
    }
  },

  async 'a form is sent in parts'({ urls }) {
    const body = new FormData()
    body.append('name', 'value')
    const request = await asked(urls.own(), { method: 'POST', body })
    isTrue(/^multipart\/form-data; ?boundary=/.test(headerOf(request, 'content-type')))
    isTrue(request.body.includes('name="name"\r\n\r\nvalue\r\n'))
  },

  async 'a type that the page gave is kept, its charset made right where the body is text'({ urls }) {
    for (const [given, body, expected] of [
      ['application/json', '{}', 'application/json'],
      ['text/x;charset=iso-8859-1', 'a', 'text/x;charset=UTF-8'],
      ['text/x;charset=iso-8859-1', new Blob(['a'], { type: 'x/y' }), 'text/x;charset=iso-8859-1'],
    ]) {
      const request = await asked(urls.own(), { method: 'POST', body, headers: { 'Content-Type': given } })
      is(headerOf(request, 'content-type'), expected)
    }
  },

  async 'a charset that is right is kept as it was written'({ urls }) {
    const request = await asked(urls.own(), { method: 'POST', body: 'a', headers: { 'Content-Type': 'text/x;charset=utf-8' } })
    is(headerOf(request, 'content-type'), 'text/x;charset=utf-8')
  },

  async 'the body of a GET is dropped'({ urls }) {
    const request = await asked(urls.own(), { body: 'a body' })
    same([request.method, request.body, headerOf(request, 'content-type')], ['GET', '', undefined])
  },

  'what a body throws while it is made a string is thrown, once'({ urls }) {
    let calls = 0
    const error = new Error('mine')
    const body = {
      toString() {
        calls++
        throw error
      },
    }
    const xhr = opened(urls.own(), 'POST')
    is(throws(() => xhr.send(body)), error)
    is(calls, 1)
    is(xhr.readyState, 1)
    xhr.setRequestHeader('still', 'unsent')
  },

  async 'a body is made a string once, also of a call that fails'({ urls }) {
    for (const url of [urls.own(), urls.unreadable()]) {
      const log = []
      await sent(new XMLHttpRequest(), url, { method: 'POST', body: spy('body', log) })
      same(log, ['body'])
    }
  },

  async 'withCredentials is false, and is not changed once the call is sent'({ urls }) {
    const xhr = new XMLHttpRequest()
    is(xhr.withCredentials, false)
    xhr.withCredentials = 1
    is(xhr.withCredentials, true)
    xhr.open('GET', urls.own())
    xhr.withCredentials = false
    is(xhr.withCredentials, false)
    xhr.send()
    throws(() => (xhr.withCredentials = true), 'InvalidStateError')
    await new Promise(resolve => (xhr.onloadend = resolve))
    throws(() => (xhr.withCredentials = true), 'InvalidStateError')
  },

  async 'cookies go to another origin withCredentials alone'({ urls }) {
    for (const withCredentials of [false, true]) {
      const xhr = new XMLHttpRequest()
      xhr.withCredentials = withCredentials
      await sent(xhr, urls.credentialed())
      is(headerOf(JSON.parse(xhr.responseText), 'cookie') !== undefined, withCredentials)
    }
    const xhr = new XMLHttpRequest()
    xhr.withCredentials = true
    await sent(xhr, urls.readable())
    is(xhr.status, 0)
  },

  'timeout is a number of 32 bits, in any state'({ urls }) {
    const xhr = new XMLHttpRequest()
    is(xhr.timeout, 0)
    for (const [value, expected] of [[10, 10], [-1, 4294967295], [1.9, 1], ['7', 7], [null, 0], [NaN, 0], [2 ** 32, 0]]) {
      xhr.timeout = value
      is(xhr.timeout, expected)
    }
    xhr.open('GET', urls.own())
    is(xhr.timeout, 0)
  },

  async 'a type of answer that there is not is ignored, and none is set once the body comes'({ urls }) {
    const xhr = new XMLHttpRequest()
    is(xhr.responseType, '')
    for (const type of ['text', 'json', 'arraybuffer', 'blob', 'document', '']) {
      xhr.responseType = type
      is(xhr.responseType, type)
    }
    for (const type of ['JSON', 'other', null, 1]) {
      xhr.responseType = type
      is(xhr.responseType, '')
    }
    await sent(xhr, urls.own())
    throws(() => (xhr.responseType = 'json'), 'InvalidStateError')
    throws(() => xhr.overrideMimeType('text/plain'), 'InvalidStateError')
  },
}
