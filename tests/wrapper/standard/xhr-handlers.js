/**
 * Who hears what an XMLHttpRequest tells, in which order. https://html.spec.whatwg.org/#event-handler-attributes,
 * https://dom.spec.whatwg.org/#concept-event-dispatch
 */

import { done, is, isTrue, same, sent, told, windowEvents } from './helpers.js'
import { ERROR, LOADED } from './xhr-events.js'

const HANDLERS = ['onreadystatechange', 'onloadstart', 'onprogress', 'onabort', 'onerror', 'onload', 'ontimeout', 'onloadend']

export const checks = {
  async 'handlers and listeners are called in the order in which they were set'({ urls }) {
    const log = []
    const xhr = new XMLHttpRequest()
    for (const type of ['error', 'loadend']) {
      xhr.addEventListener(type, () => log.push('first'))
      xhr[`on${type}`] = () => log.push('replaced')
      xhr.addEventListener(type, () => log.push('third'))
      xhr[`on${type}`] = () => log.push('second')
      xhr.addEventListener(type, { handleEvent: () => log.push('fourth') })
    }
    await sent(xhr, urls.unreadable())
    same(log, ['first', 'second', 'third', 'fourth', 'first', 'second', 'third', 'fourth'])
  },

  async 'a handler that was taken away and set again is the last'({ urls }) {
    const log = []
    const xhr = new XMLHttpRequest()
    xhr.onload = () => log.push('never')
    xhr.addEventListener('load', () => log.push('listener'))
    xhr.onload = null
    xhr.onload = () => log.push('handler')
    await sent(xhr, urls.readable())
    same(log, ['listener', 'handler'])
  },

  async 'what a handler throws is reported, and stops no other'({ urls }) {
    const [one, two] = [new Error('one'), new Error('two')]
    const log = []
    const xhr = new XMLHttpRequest()
    xhr.onerror = () => {
      throw one
    }
    xhr.addEventListener('error', () => {
      log.push('still')
      throw two
    })
    xhr.onloadend = () => log.push('ended')
    const events = await windowEvents(['error'], () => sent(xhr, urls.unreadable()))
    same(log, ['still', 'ended'])
    is(events.length, 2)
    is(events[0].error, one)
    is(events[1].error, two)
  },

  async 'what a handler of readystatechange throws changes nothing'({ urls }) {
    const xhr = new XMLHttpRequest()
    const log = told(xhr)
    xhr.onreadystatechange = () => {
      throw new Error('mine')
    }
    const events = await windowEvents(['error'], () => sent(xhr, urls.readable()))
    same(log, LOADED)
    isTrue(events.length >= 3 && events.every(({ error }) => error.message === 'mine'))
  },

  async 'stopImmediatePropagation keeps an event from those that come after'({ urls }) {
    const log = []
    const xhr = new XMLHttpRequest()
    xhr.addEventListener('error', event => {
      log.push('first')
      event.stopImmediatePropagation()
    })
    xhr.addEventListener('error', () => log.push('second'))
    xhr.onerror = () => log.push('handler')
    xhr.onloadend = () => log.push('end')
    await sent(xhr, urls.unreadable())
    same(log, ['first', 'end'])
  },

  async 'listeners that are once, aborted, removed or doubled are called as often as they should'({ urls }) {
    const log = []
    const xhr = new XMLHttpRequest()
    const twice = () => log.push('twice')
    const removed = () => log.push('removed')
    const aborted = AbortSignal.abort()
    xhr.addEventListener('loadend', twice)
    xhr.addEventListener('loadend', twice)
    xhr.addEventListener('loadend', twice, true)
    xhr.addEventListener('loadend', removed)
    xhr.removeEventListener('loadend', removed)
    xhr.addEventListener('loadend', () => log.push('aborted'), { signal: aborted })
    xhr.addEventListener('loadend', () => log.push('once'), { once: true })
    for (const url of [urls.readable(), urls.unreadable()]) await sent(xhr, url)
    same(log.toSorted?.() ?? log.sort(), ['once', 'twice', 'twice', 'twice', 'twice'])
  },

  async 'an event that the page dispatches calls the handlers, and is no end of the call'({ urls }) {
    const log = []
    const xhr = new XMLHttpRequest()
    xhr.onerror = ({ type, isTrusted }) => log.push(`${type} ${isTrusted} ${xhr.readyState}`)
    xhr.onload = xhr.onloadend = xhr.onerror
    xhr.dispatchEvent(new ProgressEvent('error'))
    xhr.open('GET', urls.readable())
    is(xhr.dispatchEvent(new Event('load')), true)
    is(xhr.dispatchEvent(new Event('error', { cancelable: true })), true)
    await done(xhr, () => xhr.send())
    same(log, ['error false 0', 'load false 1', 'error false 1', 'load true 4', 'loadend true 4'])
  },

  async 'events are of the right interface, trusted, and of the object'({ urls }) {
    const xhr = new XMLHttpRequest()
    const events = []
    const note = event => events.push([event, event.currentTarget])
    for (const type of ['readystatechange', 'loadstart', 'error', 'loadend']) xhr.addEventListener(type, note)
    await sent(xhr, urls.unreadable())
    for (const [event, target] of events) {
      const isPlain = event.type === 'readystatechange'
      is(event instanceof ProgressEvent, !isPlain)
      isTrue(event.isTrusted && !event.bubbles && !event.cancelable && !event.composed)
      isTrue(event.target === xhr && target === xhr && event.currentTarget === null)
      if (!isPlain) same([event.lengthComputable, event.loaded, event.total], [false, 0, 0], event.type)
    }
    is(events.length, 5)
  },

  async 'progress says how much has come'({ urls }) {
    const xhr = new XMLHttpRequest()
    const events = []
    for (const type of ['progress', 'load', 'loadend']) xhr.addEventListener(type, event => events.push(event))
    await sent(xhr, urls.own({ body: 'twelve bytes' }))
    for (const { type, lengthComputable, loaded, total } of events) same([lengthComputable, loaded, total], [true, 12, 12], type)
  },

  async 'a handler is called on its object with the event alone, and what it returns is ignored'({ urls }) {
    let call
    const xhr = new XMLHttpRequest()
    xhr.onload = function () {
      call ??= [this, arguments.length, arguments[0].type]
      return false
    }
    await sent(xhr, urls.readable())
    isTrue(call[0] === xhr && call[1] === 1 && call[2] === 'load')
  },

  'a handler attribute gives what was set, and null for what cannot be called'() {
    const xhr = new XMLHttpRequest()
    for (const name of HANDLERS) {
      for (const one of [xhr, xhr.upload]) {
        if (!(name in one)) continue
        is(one[name], null)
        const handler = () => {}
        const object = {}
        for (const value of [handler, object]) {
          one[name] = value
          is(one[name], value)
        }
        for (const value of [1, 'text', undefined, null, true]) {
          one[name] = value
          is(one[name], null)
        }
      }
    }
  },

  async 'while it is called and afterwards its handlers are those that the page set, or none'({ urls }) {
    for (const url of [urls.readable(), urls.unreadable()]) {
      for (const handler of [null, () => {}]) {
        const xhr = new XMLHttpRequest()
        for (const name of HANDLERS) xhr[name] = handler
        const areMine = () => same(HANDLERS.filter(name => xhr[name] !== handler), [])
        xhr.open('POST', url)
        areMine()
        xhr.addEventListener('readystatechange', () => xhr.readyState === 4 && areMine())
        await done(xhr, () => {
          xhr.send('a')
          areMine()
          is(xhr.upload.onerror, null)
        })
        areMine()
      }
    }
  },

  async 'a call leaves nothing on its object'({ urls }) {
    for (const url of [urls.readable(), urls.unreadable()]) {
      const xhr = new XMLHttpRequest()
      await sent(xhr, url, { method: 'POST', body: 'a', headers: { 'x-a': '1' } })
      same([...Reflect.ownKeys(xhr), ...Reflect.ownKeys(xhr.upload)], [])
    }
  },

  async 'an object that can take no more properties makes its call'({ urls }) {
    const xhr = Object.freeze(new XMLHttpRequest())
    const log = told(xhr)
    await sent(xhr, urls.unreadable())
    same(log, ERROR)
  },

  async 'between two listeners the microtasks of the first run'({ urls }) {
    const log = []
    const xhr = new XMLHttpRequest()
    for (const name of ['one', 'two']) {
      xhr.addEventListener('error', () => {
        log.push(name)
        Promise.resolve().then(() => log.push(`after ${name}`))
      })
    }
    xhr.addEventListener('loadend', () => log.push('end'))
    await sent(xhr, urls.unreadable())
    same(log, ['one', 'after one', 'two', 'after two', 'end'])
  },
}
