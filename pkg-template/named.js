/** What `globalThis.whycors` is, for the console. */

import { again, diagnose, diagnosisOf, help, install, latest, observe, ready } from './index.js'

export const whycors = {
  install,
  diagnose,
  diagnosisOf,
  again,
  help,
  ready,
  get last() {
    return latest()
  },
}
Object.defineProperty(whycors, 'observe', { value: observe })
