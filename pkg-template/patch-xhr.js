/** The patched `XMLHttpRequest`: methods of the prototype that it has, so that instances and subclasses stay what they are. */

import { note } from './note.js'
import { replace } from './replace.js'
import { page, view } from './state.js'

/** A private field on an object that exists already: nothing that a page could see. */
class Call extends (function (xhr) {
  return xhr
}) {
  #call = {}

  /** What is known of the request that `xhr` makes, or is to make. */
  static of(xhr) {
    if (!(#call in xhr)) new Call(xhr)
    return xhr.#call
  }
}

export function patchXhr(own) {
  const { prototype } = view.XMLHttpRequest
  const { addEventListener } = view.EventTarget.prototype
  const patch = (name, took, part) => {
    const tookIt = (result, xhr, args) => {
      try {
        took(Call.of(xhr), args, xhr)
      } catch {}
      return result
    }
    replace(own, prototype, name, tookIt, 'apply', part)
  }
  // A synchronous call tells nobody, it throws: deprecated, and not worth its bytes here.
  const failed = ({ isTrusted, target, type }) => isTrusted && note(own, { ...Call.of(target), type }, target)

  patch('open', (call, [method, input, , user], xhr) => {
    Object.assign(call, { api: 'xhr', method, user, input: input?.href ?? input, headers: [], exits: page.exits })
    // Before any that the caller registers after `open`: whoever hears of the failure may ask for the diagnosis.
    addEventListener.call(xhr, 'error', failed)
  })
  patch('setRequestHeader', (call, pair) => call.headers.push(pair))
  // Whoever takes it, takes it to listen: that forces a preflight.
  patch('upload', call => (call.upload = true), 'get')
  patch('send', (call, [body], xhr) => {
    call.body = body
    if (xhr.timeout) addEventListener.call(xhr, 'timeout', failed)
    if (page.sent) addEventListener.call(xhr, 'load', () => page.sent?.(call, xhr))
  })
}
