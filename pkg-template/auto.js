/** Installs on import, and sets `globalThis.whycors`; in production it does neither. */

import { whycors } from './named.js'

export * from './index.js'

if (typeof window === 'object' && !isProduction()) {
  globalThis.whycors = whycors
  whycors.install()
}

/** Bundlers put a constant in the place of either text; `process` itself need not exist then, and does not in a page. */
function isProduction() {
  try {
    if (import.meta.env?.PROD) return true
  } catch {}
  try {
    return process.env.NODE_ENV === 'production'
  } catch {
    return false
  }
}
