/** What the checks share: assertions, URLs of the lab, and ways to listen. */

export const is = (actual, expected, what = '') => {
  if (!Object.is(actual, expected)) throw new Error(`${what && what + ': '}expected ${text(expected)}, got ${text(actual)}`)
}
export const isTrue = (value, why = 'not true') => {
  if (!value) throw new Error(why)
}
/** Two lists of the same plain values. */
export const same = (actual, expected, what = '') =>
  isTrue(
    [...actual].map(text).join() === [...expected].map(text).join(),
    `${what && what + ': '}expected ${[...expected].map(text).join(' ')}, got ${[...actual].map(text).join(' ')}`,
  )
/** `kind` is a constructor of errors or the name of a DOMException; returns what was thrown. */
export const throws = (work, kind, what) => {
  try {
    work()
  } catch (error) {
    return ofKind(error, kind, what)
  }
  throw new Error(`${what ?? 'it'} did not throw`)
}
export const rejects = (promise, kind, what) =>
  promise.then(
    () => {
      throw new Error(`${what ?? 'it'} did not reject`)
    },
    error => ofKind(error, kind, what),
  )

function ofKind(error, kind, what = 'it') {
  if (typeof kind === 'string') isTrue(error instanceof DOMException && error.name === kind, `${what} threw ${error}`)
  else if (kind) is(Object.getPrototypeOf(error), kind.prototype, `${what} threw ${error}`)
  return error
}

function text(value) {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'function') return `function ${value.name}`
  return Object(value) === value && !Object.hasOwn(value, 'message') ? Object.prototype.toString.call(value) : String(value)
}

export const sleep = ms => new Promise(resolve => setTimeout(resolve, ms))

let count = 0
/** A name that no other check uses, in this page or the next. */
export const unique = () => `check-${count++}-${Math.random().toString(36).slice(2)}`

/** Where a check may call; each takes what `/lab/echo` is to answer, headers as an object. */
export function urlsAt({ page, api, other, closed }) {
  const echo = (origin, { headers, ...wanted } = {}, more) => {
    // What has a type is not held back until it can be guessed.
    const all = { 'Content-Type': 'text/plain', ...more, ...headers }
    return `${origin}/lab/echo?${encodeURIComponent(JSON.stringify({ ...wanted, headers: Object.entries(all) }))}`
  }
  const any = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*', 'Access-Control-Allow-Methods': '*' }
  const credentialed = { 'Access-Control-Allow-Origin': page, 'Access-Control-Allow-Credentials': 'true' }
  return {
    own: wanted => echo(page, wanted),
    /** At another origin, for all to read. */
    readable: wanted => echo(api, wanted, any),
    /** At another origin, for this page to read, with credentials. */
    credentialed: wanted => echo(api, wanted, credentialed),
    /** At another origin, without CORS headers. */
    unreadable: wanted => echo(api, wanted),
    /** At a third origin, for all to read. */
    elsewhere: wanted => echo(other, wanted, any),
    /** Nothing listens there. */
    refused: `${closed}/`,
    origins: { page, api, other },
  }
}

/** The requests that the lab received under this name. */
export const received = async name => (await fetch(`/lab/log?id=${name}`)).json()

export const headerOf = ({ headers }, name) => headers.find(([known]) => known === name)?.[1]

const endings = []
/** To be done when the check has ended. */
export const atEnd = work => void endings.push(work)
export const ended = () => endings.splice(0).forEach(work => work())

/** The window of a new frame, whose fetch and classes are its own. */
export async function frame() {
  const element = document.createElement('iframe')
  element.srcdoc = '<!doctype html>'
  const loaded = new Promise(resolve => (element.onload = resolve))
  document.documentElement.append(element)
  atEnd(() => element.remove())
  await loaded
  return element.contentWindow
}

const TYPES = ['loadstart', 'progress', 'abort', 'error', 'load', 'timeout', 'loadend']

/** What an XMLHttpRequest tells from now on, in order; what it may tell several times while it loads is taken down once. */
export function told(xhr, { upload = false } = {}) {
  const log = []
  const note = word => (/progress|change 3/.test(word) && log.includes(word)) || log.push(word)
  for (const type of ['readystatechange', ...TYPES]) xhr.addEventListener(type, () => note(`${type} ${xhr.readyState}`))
  if (upload) for (const type of TYPES) xhr.upload.addEventListener(type, () => note(`upload ${type} ${xhr.readyState}`))
  return log
}

/** Opened and sent; resolves when it has told all. */
export function sent(xhr, url, { method = 'GET', body, headers = {} } = {}) {
  xhr.open(method, url)
  for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value)
  return done(xhr, () => xhr.send(body))
}

export async function done(xhr, send) {
  const end = new Promise(resolve => xhr.addEventListener('loadend', resolve, { once: true }))
  send()
  await end
  await sleep(0)
  return xhr
}

/** An EventSource that is closed when the check ends. */
export function source(url, init) {
  const opened = new EventSource(url, init)
  atEnd(() => opened.close())
  return opened
}

export const next = (target, type) => new Promise(resolve => target.addEventListener(type, resolve, { once: true }))

/** Events of the window during some work, and a while after; they go no further. */
export async function windowEvents(types, work, after = 100) {
  const events = []
  const note = event => {
    event.preventDefault()
    events.push(event)
  }
  for (const type of types) window.addEventListener(type, note)
  try {
    await work()
    await sleep(after)
  } finally {
    for (const type of types) window.removeEventListener(type, note)
  }
  return events
}

/** An argument that says when it is made a string. */
export const spy = (name, log, value = name) => ({
  toString() {
    log.push(name)
    return value
  },
})
