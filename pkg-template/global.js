/** A classic script, everything inlined: sets `globalThis.whycors`; `<script data-install>` installs as well. */

import { whycors } from './named.js'

if (typeof window === 'object') {
  globalThis.whycors = whycors
  if (document.currentScript?.hasAttribute('data-install')) whycors.install()
}
