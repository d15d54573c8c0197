/** Installs on import and sets `globalThis.whycors`, unless the bundler defines production. */

import type * as entry from './index.js'

export * from './index.js'

/** What `globalThis.whycors` is, here and with the classic script. */
export type Whycors = Pick<typeof entry, 'install' | 'diagnose' | 'diagnosisOf' | 'again' | 'help' | 'ready'> & {
  /** The last diagnosis. */
  readonly last: entry.Diagnosis | undefined
}

declare global {
  var whycors: Whycors
}
