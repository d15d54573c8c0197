/** Elements that fetch with CORS: `<img crossorigin>`, `<script type=module>` and their like tell of a failure by an event. */

import { note } from './note.js'
import { view } from './state.js'

export function watchElements(own) {
  const failed = ({ target }) => {
    const { crossOrigin, currentSrc, src, href, type, rel } = target
    // <script type=module>, <link rel=modulepreload>
    const isCors = crossOrigin != null || /^module/.test(type + rel)
    // It may show something else by the time the core is there.
    if (isCors) note(own, { api: 'element', input: currentSrc || src || href }, target)
  }
  // Such events do not bubble.
  view.addEventListener('error', failed, { capture: true, signal: own.signal })
}
