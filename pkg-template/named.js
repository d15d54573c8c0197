/** What `globalThis.whycors` is, for the console. */

import { again, diagnose, diagnosisOf, explain, help, install, load, page, ready, recipe } from './index.js'

export const whycors = {
  install,
  diagnose,
  diagnosisOf,
  explain,
  recipe,
  again,
  help,
  ready,
  get last() {
    return page.latest
  },
}
// For tests: sends one probe by its id.
Object.defineProperty(whycors, 'observe', { value: (...args) => load().then(core => core.observe(...args)) })
