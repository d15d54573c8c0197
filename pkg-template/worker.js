/** What runs in the worker of `paste-worker.js`. */

import init from './explain_bindgen.js'
import { readPaste } from './read-paste.js'

onmessage = async ({ data: { module, blob, about } }) => {
  try {
    await init({ module_or_path: module })
    postMessage({ answer: await readPaste(blob, about, fraction => postMessage({ fraction })) })
  } catch (error) {
    // Reaches `onerror` of the page's side, which a rejected promise would not.
    setTimeout(() => {
      throw error
    })
  }
}
