/** Feeds a paste to the module, in slices between which a page can breathe. */

import { Paste } from './explain_bindgen.js'

/** Read in some ms. */
const SLICE = 512 * 1024

/** -> Explanation, as JSON. */
export async function readPaste(pasted, about, progress) {
  const paste = new Paste(about)
  if (typeof pasted === 'string') pasted = new Blob([pasted])
  const { size } = pasted
  for (let at = 0; at < size; at += SLICE) {
    paste.feed(new Uint8Array(await pasted.slice(at, at + SLICE).arrayBuffer()))
    progress(Math.min(1, (at + SLICE) / size))
    if (at + SLICE < size) await breath()
  }
  return paste.finish()
}

/** A turn of the event loop; no timer, which would wait 4 ms and longer. */
const breath = () =>
  new Promise(resolve => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(0)
  })
