/** The patched `XMLHttpRequest`: methods of the prototype that it has, so that instances and subclasses stay what they are. */

import { note } from './note.js'
import { replace } from './replace.js'
import { page, view } from './state.js'

const calls = new WeakMap()

/** What is known of the request that `xhr` makes, or is to make. */
function callOf(xhr) {
  if (!calls.has(xhr)) calls.set(xhr, {})
  return calls.get(xhr)
}

export function patchXhr(own) {
  const { prototype } = view.XMLHttpRequest
  const { addEventListener } = view.EventTarget.prototype
  const patch = (name, took, ...more) =>
    replace(
      own,
      prototype,
      name,
      (result, xhr, args) => {
        took(callOf(xhr), args, xhr)
        return result
      },
      'apply',
      ...more,
    )
  const failed = ({ isTrusted, target, type }, error = target) =>
    isTrusted && note(own, { ...callOf(target), type, credentials: target.withCredentials }, error)

  patch('open', (call, [method, input], xhr) => {
    Object.assign(call, { api: 'xhr', method, input: input instanceof URL ? input.href : input, headers: [], exits: page.exits })
    // Before any that the caller registers after `open`: whoever hears of the failure may ask for the diagnosis.
    addEventListener.call(xhr, 'error', failed)
  })
  patch('setRequestHeader', (call, pair) => call.headers.push(pair))
  // Whoever takes it, takes it to listen: that forces a preflight.
  patch('upload', call => (call.upload = true), 'get')
  patch(
    'send',
    (call, [body], xhr) => {
      // Of a string only its being one matters.
      call.body = typeof body === 'string' ? 'text' : body
      if (xhr.timeout) addEventListener.call(xhr, 'timeout', failed)
      page.sent?.(xhr, call)
    },
    'value',
    // So fails what is synchronous.
    (target, error) => failed({ isTrusted: /^[NT]/.test(error.name), target, type: error.name }, error),
  )
}
