/** The patched `fetch`. */

import { note } from './note.js'
import { replace, unseen } from './replace.js'
import { page, view } from './state.js'

export function patchFetch(own) {
  replace(own, view, 'fetch', (promise, _, args) => {
    if (!promise?.then || abortOf(args)) return promise
    const [given, init] = args
    const { exits, passed } = page
    // A URL may be another by the time it has failed.
    const input = given instanceof URL ? given.href : given
    // zone.js keeps the browser's own there: its fetch gives a promise of the browser, and its `then` would make it another.
    const then = promise.__zone_symbol__then ?? promise.then
    return then.call(promise, passed && (response => passed({ input, init }, response)), error => {
      unseen(error)
      // Aborts are silent; a time limit may hide a hang.
      const reason = abortOf(args)
      if (reason ? reason.name === 'TimeoutError' : error instanceof TypeError) {
        note(own, { input, init: snapshot(init), exits }, error)
      }
      throw error
    })
  })
}

/** Its reason; looked at after the native call has taken its arguments, and without running a getter of the page. */
function abortOf([input, init]) {
  const given = init && Reflect.getOwnPropertyDescriptor(Object(init), 'signal')
  const { value = input instanceof Request && input.signal } = given ?? {}
  return value instanceof AbortSignal && value.aborted && (value.reason ?? true)
}

/** The app may change it, or use it again, before the core is there. */
function snapshot(init) {
  try {
    if (Reflect.getPrototypeOf(init) === Object.prototype) return { ...init, headers: init.headers && new Headers(init.headers) }
  } catch {}
  return init
}
