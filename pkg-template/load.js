/** Loads the lazy half, and keeps for it what the page is told only once. */

import { page, view } from './state.js'

let core

/** The lazy half; `source` is where its core is, if not beside this script. That it cannot be loaded is said once. */
export function load(source) {
  if (view) watch()
  if (!core || source) {
    core = import('./core.js').then(lazy => lazy.load(page, view, source))
    core.catch(({ message }) => console.warn('whycors: ' + message))
  }
  return core
}

export function watch() {
  if (page.violations) return
  page.violations = []
  view.addEventListener('securitypolicyviolation', event => page.violations.push(event) > 20 && page.violations.shift())
  const left = () => page.exits++
  view.addEventListener('beforeunload', left)
  view.addEventListener('pagehide', left)
}
