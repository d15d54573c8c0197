/** What fetch gives of an answer. https://fetch.spec.whatwg.org/#response-class, #cors-check, #http-redirect-fetch */

import { frame, headerOf, is, isTrue, received, rejects, same, throws, unique } from './helpers.js'

const redirect = (urls, to, status = 302) => urls.readable({ status, headers: { Location: to } })

export const checks = {
  async 'an answer is a Response of this window with nothing of its own'({ urls }) {
    for (const url of [urls.own(), urls.readable()]) {
      const response = await fetch(url)
      is(Object.getPrototypeOf(response), Response.prototype)
      same(Reflect.ownKeys(response), [])
      is(response.constructor, Response)
    }
  },

  async 'an answer of the own origin is basic, one of another cors'({ urls }) {
    for (const [url, type] of [[urls.own(), 'basic'], [urls.readable(), 'cors'], ['data:,a', 'basic']]) {
      const response = await fetch(url)
      same([response.type, response.status, response.ok, response.redirected], [type, 200, true, false])
      is(response.url, url)
    }
  },

  async 'an error status is an answer'({ urls }) {
    const response = await fetch(urls.readable({ status: 500, body: 'an error' }))
    same([response.ok, response.status, response.statusText, await response.text()], [false, 500, 'Internal Server Error', 'an error'])
  },

  async 'in no-cors an answer of another origin is opaque, and of the own basic'({ urls }) {
    const response = await fetch(urls.unreadable({ status: 404, body: 'hidden' }), { mode: 'no-cors' })
    same([response.type, response.status, response.ok, response.url, response.statusText], ['opaque', 0, false, '', ''])
    same([[...response.headers].length, response.body, await response.text()], [0, null, ''])
    is((await fetch(urls.own(), { mode: 'no-cors' })).type, 'basic')
  },

  async 'in same-origin another origin is refused before it is asked'({ urls }) {
    const name = unique()
    await rejects(fetch(urls.readable({ log: name }), { mode: 'same-origin' }), TypeError)
    is((await received(name)).length, 0)
  },

  async 'a redirect that is followed shows where it led'({ urls }) {
    const target = urls.elsewhere({ body: 'there' })
    const response = await fetch(redirect(urls, target))
    same([response.redirected, response.url, await response.text()], [true, target, 'there'])
  },

  async 'a redirect that is not followed is opaque'({ urls }) {
    const response = await fetch(redirect(urls, urls.own()), { redirect: 'manual' })
    same([response.type, response.status, response.ok, response.redirected, response.body], ['opaqueredirect', 0, false, false, null])
    is([...response.headers].length, 0)
  },

  async 'a redirect that is an error rejects'({ urls }) {
    await rejects(fetch(redirect(urls, urls.readable()), { redirect: 'error' }), TypeError)
    is((await fetch(urls.readable(), { redirect: 'error' })).status, 200)
  },

  async 'a redirect to what must not be read, to no URL, or to another scheme rejects'({ urls }) {
    for (const to of [urls.unreadable(), 'http://[', 'data:,a', 'http://user:password@localhost/']) {
      await rejects(fetch(redirect(urls, to)), TypeError, to)
    }
  },

  async 'a POST that is redirected keeps its method and body with 307 alone'({ urls }) {
    for (const [status, method, body] of [[302, 'GET', ''], [303, 'GET', ''], [307, 'POST', 'a']]) {
      const got = await (await fetch(urls.own({ status, headers: { Location: urls.own() } }), { method: 'POST', body: 'a' })).json()
      same([got.method, got.body], [method, body])
    }
  },

  async 'redirects without end reject'({ urls }) {
    const base = new URL(urls.own({ status: 302, headers: { Location: '#' } }))
    await rejects(fetch(base), TypeError)
  },

  async 'of another origin only the headers that may be read are given'({ urls }) {
    const read = { 'X-A': 'a', 'X-B': 'b', 'Cache-Control': 'no-store', 'Access-Control-Expose-Headers': 'X-A' }
    const headers = { ...read, 'Set-Cookie': 'unread=1; Max-Age=0' }
    const cors = await fetch(urls.readable({ body: 'a', headers }))
    same([...cors.headers.keys()], ['cache-control', 'content-length', 'content-type', 'x-a'])
    const own = await fetch(urls.own({ body: 'a', headers }))
    same([own.headers.get('x-b'), own.headers.get('set-cookie')], ['b', null])
  },

  async 'the headers of an answer cannot be changed'({ urls }) {
    for (const url of [urls.own(), urls.readable()]) {
      const { headers } = await fetch(url)
      throws(() => headers.set('x-a', 'b'), TypeError)
      throws(() => headers.delete('content-type'), TypeError)
    }
  },

  async 'a body is used once, a clone has its own'({ urls }) {
    const response = await fetch(urls.readable({ body: 'a body' }))
    is(response.bodyUsed, false)
    const clone = response.clone()
    is(await response.text(), 'a body')
    is(response.bodyUsed, true)
    await rejects(response.json(), TypeError)
    throws(() => response.clone(), TypeError)
    is(clone.bodyUsed, false)
    is(new TextDecoder().decode(await clone.arrayBuffer()), 'a body')
  },

  async 'a body is given as it is asked for'({ urls }) {
    const get = () => fetch(urls.readable({ body: '{"a":1}', headers: { 'Content-Type': 'application/json' } }))
    is((await (await get()).json()).a, 1)
    is((await (await get()).blob()).type, 'application/json')
    is((await (await get()).arrayBuffer()).byteLength, 7)
  },

  async 'what is no JSON rejects when it is read so'({ urls }) {
    await rejects(fetch(urls.readable({ body: '{' })).then(response => response.json()), SyntaxError)
  },

  async 'a body can be read while it comes, and cancelled'({ urls }) {
    const response = await fetch(urls.readable({ body: 'a part', headers: { 'Content-Length': '100' } }))
    isTrue(response.body instanceof ReadableStream && !response.body.locked)
    is(response.body, response.body)
    const reader = response.body.getReader()
    const { value, done } = await reader.read()
    same([new TextDecoder().decode(value), done], ['a part', false])
    is(await reader.cancel('enough'), undefined)
    is((await reader.read()).done, true)
    is(response.bodyUsed, true)
  },

  async 'a body that is cut off rejects when it is read, not before'({ urls }) {
    const url = urls.readable({ body: 'a part', headers: { 'Content-Length': '100', Connection: 'close' } })
    const response = await fetch(url)
    is(response.status, 200)
    await rejects(response.text(), TypeError)
  },

  async 'what has no body is empty, and a HEAD has none'({ urls }) {
    for (const call of [fetch(urls.readable({ status: 204 })), fetch(urls.readable({ body: 'a' }), { method: 'HEAD' })]) {
      const response = await call
      isTrue(response.ok)
      is(await response.text(), '')
    }
  },

  async 'a digest that is right passes, one that is wrong rejects'({ urls }) {
    const digest = await digestOf('a body')
    is(await (await fetch(urls.readable({ body: 'a body' }), { integrity: digest })).text(), 'a body')
    await rejects(fetch(urls.readable({ body: 'another' }), { integrity: digest }), TypeError)
    await rejects(fetch(urls.own({ body: 'another' }), { integrity: digest }), TypeError)
    await rejects(fetch(urls.readable(), { integrity: digest, mode: 'no-cors' }), TypeError)
  },

  async 'keepalive, priority and every cache mode pass'({ urls }) {
    const inits = ['default', 'no-store', 'reload', 'no-cache', 'force-cache'].map(cache => ({ cache }))
    inits.push({ keepalive: true }, { keepalive: true, method: 'POST', body: 'a' }, { priority: 'low' })
    for (const init of inits) is((await fetch(urls.readable(), init)).status, 200)
    is((await fetch(urls.own(), { cache: 'reload', mode: 'same-origin' })).type, 'basic')
  },

  async 'what is not stored is not given to those who want nothing else'({ urls }) {
    await rejects(fetch(urls.own({ log: unique() }), { cache: 'only-if-cached', mode: 'same-origin' }), TypeError)
  },

  async 'a data URL is answered with its type, whatever the method is asked'() {
    const response = await fetch('data:text/x;charset=utf-8;base64,w6Q=#fragment')
    same([response.headers.get('content-type'), await response.text()], ['text/x;charset=utf-8', 'ä'])
    is(await (await fetch('data:,')).text(), '')
    await rejects(fetch('data:no comma'), TypeError)
  },

  async 'a blob URL is answered until it is revoked, to a GET alone'() {
    const url = URL.createObjectURL(new Blob(['a blob'], { type: 'x/y' }))
    const response = await fetch(url)
    same([response.headers.get('content-type'), response.headers.get('content-length'), await response.text()], ['x/y', '6', 'a blob'])
    await rejects(fetch(url, { method: 'POST' }), TypeError)
    const late = fetch(url)
    URL.revokeObjectURL(url)
    is((await late).status, 200)
    await rejects(fetch(url), TypeError)
  },

  async 'other schemes are refused'() {
    for (const url of ['about:blank', 'about:other', 'no-such-scheme:a', 'mailto:a@b.example', 'javascript:1']) {
      await rejects(fetch(url), TypeError, url)
    }
  },

  async 'cookies go where credentials say'({ urls }) {
    const cookie = async (url, credentials) => headerOf(await (await fetch(url, { credentials })).json(), 'cookie') !== undefined
    same([await cookie(urls.own()), await cookie(urls.own(), 'omit'), await cookie(urls.own(), 'same-origin')], [true, false, true])
    same([await cookie(urls.credentialed()), await cookie(urls.credentialed(), 'include')], [false, true])
    await rejects(fetch(urls.readable(), { credentials: 'include' }), TypeError)
  },

  async 'a simple call has no preflight, another has one that names what is asked'({ urls }) {
    for (const [init, method, headers] of [
      [{ method: 'POST', body: 'a' }],
      [{ headers: { Accept: 'a/b', 'Accept-Language': 'en' } }],
      [{ method: 'PUT' }, 'PUT', undefined],
      [{ headers: { 'X-B': '1', 'X-A': '1' } }, 'GET', 'x-a,x-b'],
      [{ method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } }, 'POST', 'content-type'],
    ]) {
      const name = unique()
      await fetch(urls.readable({ log: name }), init)
      const log = await received(name)
      is(log.length, method ? 2 : 1)
      if (!method) continue
      same(['access-control-request-method', 'access-control-request-headers'].map(header => headerOf(log[0], header)), [method, headers])
    }
  },

  async 'a preflight that is refused keeps the call from the server'({ urls }) {
    const name = unique()
    await rejects(fetch(urls.readable({ log: name, preflight: 500 }), { method: 'DELETE' }), TypeError)
    // What asks after the reason may ask with GET.
    isTrue(!(await received(name)).some(({ method }) => method === 'DELETE'))
  },

  async 'the referrer and the origin are those of the page, unless it says otherwise'({ urls }) {
    const asked = async (url, init) => {
      const request = await (await fetch(url, init)).json()
      return [headerOf(request, 'referer'), headerOf(request, 'origin')]
    }
    const { page } = urls.origins
    same(await asked(urls.own()), [location.href, undefined])
    same(await asked(urls.own(), { method: 'POST' }), [location.href, page])
    same(await asked(urls.readable()), [`${page}/`, page])
    same(await asked(urls.readable(), { referrerPolicy: 'no-referrer' }), [undefined, page])
    same(await asked(urls.own(), { referrer: '' }), [undefined, undefined])
    same(await asked(urls.own(), { referrer: '/other' }), [`${page}/other`, undefined])
  },

  async 'a call that passes leaves one entry in Resource Timing, of fetch'({ urls }) {
    const url = urls.readable({ log: unique() })
    await (await fetch(url)).text()
    const entries = () => performance.getEntriesByName(url)
    for (let count = 0; !entries().length && count < 20; count++) await new Promise(resolve => setTimeout(resolve, 20))
    same(entries().map(({ initiatorType }) => initiatorType), ['fetch'])
  },

  async 'an answer is given on by what else takes one'({ urls }) {
    const other = await frame()
    const response = await fetch(urls.readable({ body: '{"a":1}' }))
    is((await new Response(response.body).json()).a, 1)
    isTrue(!(response instanceof other.Response))
    is(Object.getOwnPropertyDescriptor(other.Response.prototype, 'status').get.call(response), 200)
    throws(() => structuredClone(response), 'DataCloneError')
  },
}

async function digestOf(text) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return `sha256-${btoa(String.fromCharCode(...digest))}`
}
