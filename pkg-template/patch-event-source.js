/** The patched `EventSource`: its constructor, because that is what opens the connection. */

import { note } from './note.js'
import { replace } from './replace.js'
import { page, view } from './state.js'

export function patchEventSource(own) {
  const native = view.EventSource
  if (!native) return
  const { prototype } = native
  const { addEventListener } = view.EventTarget.prototype
  prototype.constructor = replace(
    own,
    view,
    'EventSource',
    source => {
      // One that has been open reconnects by itself, and comes back when its server does.
      let isQuiet
      const { exits } = page
      const { url: input } = source
      addEventListener.call(source, 'open', () => (isQuiet = true))
      addEventListener.call(source, 'error', () => {
        const { readyState } = source
        if (!isQuiet || readyState > 1) note(own, { api: 'event-source', input, exits, readyState }, source)
        isQuiet = true
      })
      return source
    },
    'construct',
  )
  own.signal.addEventListener('abort', () => (prototype.constructor = native))
}
