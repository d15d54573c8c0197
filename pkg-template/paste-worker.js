/** Reads a big paste off the main thread. */

// Bundled by the build from `worker.js`, as one text: no bundler of a user's has to find a second script.
import source from './worker_source.js'

/** The page's policy let none run: it is asked once, for each time is reported to the site. */
let isForbidden = false

/** -> Explanation, as JSON; `undefined` where the page's policy or the browser lets no such worker run. */
export function inWorker(module, blob, about, progress) {
  if (isForbidden) return
  return new Promise(resolve => {
    let worker
    const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
    const end = answer => {
      worker?.terminate()
      URL.revokeObjectURL(url)
      resolve(answer)
    }
    try {
      worker = new Worker(url)
      worker.onerror = event => {
        event.preventDefault()
        isForbidden = true
        end()
      }
      worker.onmessage = ({ data: { fraction, answer } }) => (answer === undefined ? progress(fraction) : end(answer))
      worker.postMessage({ module, blob, about })
    } catch {
      isForbidden = true
      end()
    }
  })
}
