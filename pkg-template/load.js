/** Loads the lazy half. */

import { page, view } from './state.js'

let core

/** The lazy half; `source` is where its core is, if not beside this script. That it cannot be loaded is said once. */
export function load(source) {
  if (!core || source) {
    core = import('./core.js').then(lazy => lazy.load(page, view, source))
    const { exits } = page
    core.catch(error => {
      // A page that is left cuts this off as well, and may come back.
      if (exits < page.exits) core = undefined
      else console.warn('whycors: no diagnosis: ' + error.message)
    })
  }
  return core
}
