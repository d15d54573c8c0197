/** Elements that fetch with CORS: `<img crossorigin>`, `<script type=module>` and their like tell of a failure by an event. */

import { note } from './note.js'
import { view } from './state.js'

export function watchElements(own) {
  const failed = ({ target }) => {
    const { localName: api, crossOrigin, currentSrc, src, href, type, rel, integrity } = target
    // <script type=module>, <link rel=modulepreload>
    const isCors = typeof crossOrigin === 'string' || /^module/.test(type + rel)
    if (api && isCors) note(own, { api, input: currentSrc || src || href, crossOrigin, integrity }, target)
  }
  // Such events do not bubble.
  view.addEventListener('error', failed, { capture: true, signal: own.signal })
}
