/** The patched `fetch`. */

import { note } from './note.js'
import { replace, unseen } from './replace.js'
import { page, view } from './state.js'

export function patchFetch(own) {
  // Once: in Chromium each look at the window for a class takes longer than all the rest that a call that passes costs.
  const { AbortSignal, Request, URL } = view
  const { then } = view.Promise.prototype
  const isOf = (value, Class) => typeof value === 'object' && value instanceof Class

  replace(own, view, 'fetch', (promise, _, args) => {
    const call = { input: args[0], init: args[1], exits: page.exits }
    if (!promise?.then || abortOf(call)) return promise
    // Another by the time it has failed, perhaps.
    if (isOf(call.input, URL)) call.input = call.input.href
    page.watched?.(promise, call)
    const failed = error => {
      unseen(error)
      // Aborts are silent; a time limit may hide a hang.
      const reason = abortOf(call)
      if (reason ? reason.name === 'TimeoutError' : error instanceof TypeError) {
        try {
          const { init } = call
          // The app may change it, or use it again, before the core is there.
          call.init = { __proto__: init, ...init, headers: init.headers && new Headers(init.headers) }
        } catch {}
        note(own, call, error)
      }
      throw error
    }
    // That of zone.js, whether it came before or comes later, would give a promise of its own where its fetch gives the browser's.
    const isOfZone = promise.then !== then && promise.__zone_symbol__then
    return isOfZone ? promise.__zone_symbol__then(undefined, failed) : promise.then(undefined, failed)
  })

  /** Its reason; looked at after the native call has taken its arguments, and without running a getter of the page. */
  function abortOf({ input, init }) {
    try {
      const given = init && 'signal' in init && Reflect.getOwnPropertyDescriptor(init, 'signal')
      const signal = given ? given.value : isOf(input, Request) && input.signal
      return isOf(signal, AbortSignal) && signal.aborted && (signal.reason ?? true)
    } catch {}
  }
}
