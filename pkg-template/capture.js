/**
 * The arguments of a call, as JavaScript holds them -> plain values for the core.
 *
 * Reads what `fetch` itself reads, after it: own and inherited members, never a body. What it all means is the core's. A hostile
 * object's exception becomes a problem that the core puts into words.
 */

import { engine } from './engine.js'
import { masked, start, unparsed, unquoted } from './mask.js'

/** Members of RequestInit that can be refused. */
const MEMBERS = [
  'method',
  'mode',
  'credentials',
  'cache',
  'redirect',
  'referrer',
  'referrerPolicy',
  'integrity',
  'keepalive',
  'duplex',
]

/**
 * Fetch: "If contentLength is non-null and httpRequest's keepalive is true, [...] greater than 64 kibibytes, then return a network
 * error."
 */
const KEEPALIVE_LIMIT = 65536

/** Reads `{ input, init }`; `api` and `upload` are those of `record.js`. */
export function capture({ input, init, api = 'fetch', upload, user }) {
  // `problem` says why there is no such request: `parse`, `refused` (by the browser), `found` (by us), or the member that throws.
  const call = { input, init, api, upload, hasUser: !!user, page: globalThis.origin, url: '', headers: new Headers(), pairs: '', type: '', problem: '', said: '' }
  try {
    resolve(call)
    if (!call.problem) read(call)
  } catch (thrown) {
    call.problem ||= thrown.member ?? 'toString'
    // The page's own code speaks here, and may say anything.
    call.said ||= unparsed(start(message(thrown.of), 80))
  }
  call.target = call.parsed?.origin
  call.shown = call.parsed ? masked(call.parsed) : unparsed(call.url)
  return call
}

/** A member of the call as `fetch` sees it: `init`'s, else the `Request`'s. */
export function member({ input, init }, name) {
  const given = own(init, name)
  if (given !== undefined || !isRequest(input)) return given
  try {
    return input[name]
  } catch {}
}

/** A member of `init`; Reflect.get refuses primitives, as fetch does. */
function own(init, name) {
  return attempt(name, () => (init === undefined || init === null ? undefined : Reflect.get(init, name)))
}

/** The page's own code runs here, and may throw anything. */
function attempt(member, work) {
  try {
    return work()
  } catch (of) {
    throw { member, of }
  }
}

/** The URL as `fetch` resolves it, without its fragment. */
function resolve(call) {
  call.url = isRequest(call.input) ? call.input.url : attempt('toString', () => String(call.input))
  try {
    const parsed = (call.parsed = new URL(call.url, document.baseURI))
    // Only `fetch` refuses them; what another call gets with them, no probe would.
    if (call.api !== 'fetch') {
      call.hasUser ||= parsed.username + parsed.password !== ''
      parsed.username = parsed.password = ''
    }
    call.url = parsed.href.split('#')[0]
  } catch {
    call.problem = 'parse'
  }
}

function read(call) {
  const text = name => {
    const value = member(call, name)
    return value === undefined ? '' : attempt(name, () => String(value))
  }
  call.method = text('method')
  call.credentials = text('credentials')
  call.mode = text('mode')
  call.redirect = text('redirect')
  call.integrity = text('integrity') !== ''
  call.keepalive = !!member(call, 'keepalive')
  const body = own(call.init, 'body')
  call.body = body !== undefined && body !== null
  call.type = typeOf(body, call.api)
  // Chromium forces a preflight for a listener only if there is something to upload.
  call.upload &&= call.body || engine() !== 'chromium'
  call.streams = call.type === STREAM
  if (call.streams) call.type = ''
  const headers = member(call, 'headers')
  if (headers !== undefined) {
    try {
      call.headers = new Headers(headers)
    } catch {
      return found(call, badHeader(headers))
    }
  }
  // Neither a name nor a value has a line break.
  call.pairs = [...call.headers].map(pair => pair.join(':')).join('\n')
  call.eventStream = /text\/event-stream/.test(call.headers.get('accept'))
  refuse(call, body)
}

function found(call, said) {
  call.problem = 'found'
  call.said = said
}

/**
 * Whether the browser constructs such a request at all: asks `new Request` with the call's members and a stand-in for its body. No
 * body is read, and nothing is sent.
 */
function refuse(call, body) {
  if (call.parsed.username || call.parsed.password) return found(call, 'the URL has a user name or a password')
  const { init } = call
  // WebKit keeps what a blob: URL stands for as long as there is a Request for it.
  if ((!isObject(init) && isRequest(call.input)) || call.parsed.protocol === 'blob:') return
  const members = {}
  for (const name of MEMBERS) {
    const value = peek(init, name)
    if (value !== undefined) members[name] = value
  }
  members.method ??= call.method || 'GET'
  if (call.streams) members.body = new ReadableStream()
  else if (body !== undefined && body !== null) members.body = ''
  try {
    new Request(call.url, members)
  } catch (error) {
    call.problem = 'refused'
    call.said = unquoted(message(error), call)
    return
  }
  if (call.keepalive && lengthOf(body) > KEEPALIVE_LIMIT) {
    found(call, 'the body of a keepalive request is longer than 64 KiB')
  }
}

/** Why `new Headers` refuses the call's headers: names the header, for the browser's message may quote its value. */
function badHeader(headers) {
  let name
  try {
    const pairs = Array.isArray(headers) ? Array.from(headers) : Object.entries(headers)
    name = pairs.find(pair => {
      try {
        new Headers([pair])
      } catch {
        return true
      }
    })?.[0]
  } catch {}
  if (typeof name !== 'string' || !name) return 'a header has a name or a value that HTTP does not allow'
  return `the header \`${[...name].slice(0, 60).join('')}\` has a name or a value that HTTP does not allow`
}

const STREAM = 'stream'

/**
 * The `Content-Type` that a body implies, by its class; the body itself is never read.
 * https://fetch.spec.whatwg.org/#concept-bodyinit-extract
 */
function typeOf(body, api) {
  if (body === undefined || body === null) return ''
  const name = isObject(body) ? classOf(body) : ''
  // https://xhr.spec.whatwg.org/#the-send()-method
  if (api === 'xhr' && /Document$/.test(name)) return name === 'HTMLDocument' ? 'text/html' : 'application/xml'
  if (name === 'Blob' || name === 'File') return String(peek(body, 'type') ?? '')
  if (name === 'URLSearchParams') return 'application/x-www-form-urlencoded;charset=UTF-8'
  if (name === 'FormData') return 'multipart/form-data; boundary=x'
  if (name === 'ReadableStream') return STREAM
  if (/^(Shared)?ArrayBuffer$|^DataView$|.Array$/.test(name)) return ''
  return 'text/plain;charset=UTF-8'
}

/** Its length in bytes. */
function lengthOf(body) {
  if (typeof body === 'string') return new TextEncoder().encode(body).length
  return peek(body, 'size') ?? peek(body, 'byteLength') ?? 0
}

/** A `Request` of any frame. */
const isRequest = value => isObject(value) && classOf(value) === 'Request'

/** The class as `Object.prototype.toString` names it, which also knows objects of other frames. */
function classOf(value) {
  try {
    return Object.prototype.toString.call(value).slice(8, -1)
  } catch {
    return ''
  }
}

const isObject = value => typeof value === 'object' && value !== null

/** A member where a throwing getter is as good as `undefined`. */
function peek(object, name) {
  try {
    return object?.[name]
  } catch {}
}

/** The `message` of a thrown error, or the thrown thing as text. */
export function message(thrown) {
  const said = peek(thrown, 'message')
  if (typeof said === 'string') return said
  try {
    return String(thrown)
  } catch {
    return ''
  }
}
