/**
 * whycors says why a cross-origin request failed, from inside the page.
 *
 * This file, and what it imports, is all that runs before the first failure. Everything else, the WebAssembly core included, is in
 * `core.js`, which is imported then, and in what that imports.
 */

import { load } from './load.js'
import { patchEventSource } from './patch-event-source.js'
import { patchFetch } from './patch-fetch.js'
import { patchXhr } from './patch-xhr.js'
import { page, view } from './state.js'
import { watch } from './watch.js'
import { watchElements } from './watch-elements.js'

export { diagnosisOf } from './note.js'
// For the other entries.
export { load, page }

const MARK = Symbol.for('whycors')

/** Patches this window now. Installing again changes the options given, and nothing else. */
export function install(options) {
  // The mark finds another copy of whycors too: a bookmarklet on a page that has it already.
  const own = view?.[MARK] ?? patch()
  Object.assign(own.options, options)
  return own.installation
}

const ask = name => (...args) => load().then(core => core[name](...args))
export const diagnose = ask('diagnose')
export const again = ask('again')
export const help = ask('help')
export const explain = ask('explain')
export const recipe = ask('recipe')
export const ready = source => load(source).then(() => {})

function patch() {
  const controller = new AbortController()
  const { signal } = controller
  const own = { options: {}, signal, isOn: true }
  own.installation = {
    uninstall() {
      own.isOn = false
      controller.abort()
    },
    diagnoses: [],
  }
  if (view) {
    view[MARK] = own
    signal.addEventListener('abort', () => delete view[MARK])
    patchFetch(own)
    patchXhr(own)
    patchEventSource(own)
    watchElements(own)
    watch(page, view, signal)
  }
  return own
}
