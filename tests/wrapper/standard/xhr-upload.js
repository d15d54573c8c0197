/** What XMLHttpRequestUpload tells, and what its listeners do to the request. https://xhr.spec.whatwg.org/#the-send()-method */

import { done, is, isTrue, received, same, sent, sleep, told, unique } from './helpers.js'

const upload = { upload: true }
const BEGIN = ['readystatechange 1', 'loadstart 1', 'upload loadstart 1']

export const checks = {
  async 'an upload is told between the start and the answer'({ urls }) {
    const xhr = new XMLHttpRequest()
    const log = told(xhr, upload)
    await sent(xhr, urls.readable(), { method: 'POST', body: 'a body' })
    const said = ['upload progress 1', 'upload load 1', 'upload loadend 1', 'readystatechange 2', 'readystatechange 3', 'progress 3']
    same(log, [...BEGIN, ...said, 'readystatechange 4', 'load 4', 'loadend 4'])
  },

  async 'without a body the upload tells nothing'({ urls }) {
    const xhr = new XMLHttpRequest()
    const log = told(xhr, upload)
    await sent(xhr, urls.readable(), { method: 'POST' })
    same(log.filter(word => word.startsWith('upload')), [])
  },

  async 'the upload of a call that fails tells so before its object does'({ urls }) {
    for (const url of [urls.refused, urls.unreadable()]) {
      const xhr = new XMLHttpRequest()
      const log = told(xhr, upload)
      await sent(xhr, url, { method: 'POST', body: 'a body' })
      same(log, [...BEGIN, 'readystatechange 4', 'upload error 4', 'upload loadend 4', 'error 4', 'loadend 4'])
    }
  },

  async 'the upload of an aborted call tells so before its object does'({ urls }) {
    const xhr = new XMLHttpRequest()
    const log = told(xhr, upload)
    xhr.open('POST', urls.readable({ delay: 100 }))
    xhr.send('a body')
    xhr.abort()
    same(log, [...BEGIN, 'readystatechange 4', 'upload abort 4', 'upload loadend 4', 'abort 4', 'loadend 4'])
    await sleep(150)
    is(log.length, 8)
  },

  async 'the upload of a call that is too slow tells so before its object does'({ urls }) {
    const xhr = new XMLHttpRequest()
    const log = told(xhr, upload)
    xhr.timeout = 50
    // The preflight waits: nothing is sent.
    await sent(xhr, urls.readable({ delay: 300 }), { method: 'POST', body: 'a body' })
    same(log, [...BEGIN, 'readystatechange 4', 'upload timeout 4', 'upload loadend 4', 'timeout 4', 'loadend 4'])
  },

  async 'after the body has gone a failure is none of the upload'({ urls }) {
    const xhr = new XMLHttpRequest()
    const log = told(xhr, upload)
    await sent(xhr, urls.own({ status: 302, headers: { Location: urls.unreadable() } }), { method: 'POST', body: 'a body' })
    same(log.filter(word => word.startsWith('upload')).slice(-2), ['upload load 1', 'upload loadend 1'])
    same(log.slice(-3), ['readystatechange 4', 'error 4', 'loadend 4'])
  },

  async 'an upload says how much has gone'({ urls }) {
    const xhr = new XMLHttpRequest()
    const events = []
    for (const type of ['loadstart', 'progress', 'load', 'loadend']) xhr.upload.addEventListener(type, event => events.push(event))
    await sent(xhr, urls.own(), { method: 'POST', body: 'twelve bytes' })
    for (const { type, loaded, total, lengthComputable, target, isTrusted } of events) {
      same([lengthComputable, loaded, total, isTrusted], [true, type === 'loadstart' ? 0 : 12, 12, true], type)
      is(target, xhr.upload)
    }
    is(events.length, 4)
  },

  async 'a simple call is sent without preflight'({ urls }) {
    await methodsAre(urls, ['POST'], () => {})
    await methodsAre(urls, ['GET'], () => {}, { method: 'GET' })
  },

  async 'a look at the upload leaves a simple call without preflight'({ urls }) {
    await methodsAre(urls, ['POST'], xhr => {
      is(xhr.upload.onprogress, null)
      isTrue(xhr.upload instanceof XMLHttpRequestUpload)
      return 'upload' in xhr && Object.keys(xhr.upload) && xhr.upload.toString()
    })
  },

  async 'a listener or a handler on the upload has a simple call preflighted'({ urls }) {
    await methodsAre(urls, ['OPTIONS', 'POST'], xhr => xhr.upload.addEventListener('progress', () => {}))
    await methodsAre(urls, ['OPTIONS', 'POST'], xhr => (xhr.upload.onload = () => {}))
  },

  async 'listeners on the object leave a simple call without preflight'({ urls }) {
    await methodsAre(urls, ['POST'], xhr => {
      xhr.onprogress = xhr.onload = xhr.onerror = xhr.onreadystatechange = xhr.onloadend = xhr.ontimeout = () => {}
      for (const type of ['progress', 'error', 'loadend', 'readystatechange']) xhr.addEventListener(type, () => {})
    })
  },

  async 'a listener on the upload that was removed again leaves a simple call without preflight'({ urls }) {
    await methodsAre(urls, ['POST'], xhr => {
      const listener = () => {}
      xhr.upload.addEventListener('progress', listener)
      xhr.upload.removeEventListener('progress', listener)
    })
  },

  async 'a listener on the upload that comes after send is not called, and has no call preflighted'({ urls }) {
    const log = []
    await methodsAre(urls, ['POST'], () => {}, {
      after: xhr => {
        for (const type of ['loadstart', 'progress', 'load', 'loadend']) xhr.upload.addEventListener(type, () => log.push(type))
      },
    })
    same(log, [])
  },

  async 'at the own origin there is no preflight, whoever listens'({ urls }) {
    const name = unique()
    const xhr = new XMLHttpRequest()
    xhr.upload.onprogress = () => {}
    await sent(xhr, urls.own({ log: name }), { method: 'POST', body: 'a' })
    same((await received(name)).map(({ method }) => method), ['POST'])
  },

  async 'a call in its own time tells nothing of its upload'({ urls }) {
    const xhr = new XMLHttpRequest()
    const log = told(xhr, upload)
    xhr.open('POST', urls.own(), false)
    xhr.send('a body')
    same(log, ['readystatechange 1', 'readystatechange 4', 'load 4', 'loadend 4'])
  },

  'an upload is one object, of its object alone'() {
    const xhr = new XMLHttpRequest()
    is(xhr.upload, xhr.upload)
    isTrue(xhr.upload !== new XMLHttpRequest().upload)
    is(Object.getPrototypeOf(xhr.upload), XMLHttpRequestUpload.prototype)
    same(Reflect.ownKeys(xhr.upload), [])
    is(String(xhr.upload), '[object XMLHttpRequestUpload]')
    xhr.open('GET', '/')
    is(xhr.upload, xhr.upload)
  },

  'an event that the page dispatches on the upload calls its handlers'() {
    const { upload } = new XMLHttpRequest()
    let called = 0
    upload.onerror = event => (called += event.target === upload)
    upload.dispatchEvent(new ProgressEvent('error'))
    is(called, 1)
  },
}

/** The methods that the server is asked with, when a simple call to another origin is prepared so. */
async function methodsAre(urls, expected, prepare, { method = 'POST', after } = {}) {
  const name = unique()
  const xhr = new XMLHttpRequest()
  xhr.open(method, urls.readable({ log: name }))
  prepare(xhr)
  await done(xhr, () => {
    xhr.send('a')
    after?.(xhr)
  })
  is(xhr.status, 200)
  same((await received(name)).map(({ method }) => method), expected)
}
