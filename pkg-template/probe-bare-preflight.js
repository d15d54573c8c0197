import { OUT_OF_REACH, inFrame, sleep } from './sending.js'

/**
 * Sends a GET by XMLHttpRequest with an upload listener, which forces a preflight that names no header. A frame's own, for the page's
 * may be wrapped.
 */
export const sendBarePreflight = ({ call: { url }, engine, about: { timeout } }) =>
  inFrame(async ({ contentWindow: view, contentDocument: page }) => {
    if (!page) return { skipped: OUT_OF_REACH }
    const xhr = new view.XMLHttpRequest()
    xhr.open('GET', url)
    xhr.upload.onprogress = () => {}
    const ended = new Promise(resolve => (xhr.onreadystatechange = () => xhr.readyState > 1 && resolve(true)))
    xhr.send()
    if (!(await Promise.race([ended, sleep(timeout)]))) return { outcome: 'timed-out' }
    const { status } = xhr
    if (status) {
      xhr.abort()
      return { outcome: status >= 400 ? 'readable-error' : 'readable' }
    }
    if (engine !== 'firefox') return { outcome: 'failed' }
    await sleep(30)
    const [entry] = view.performance.getEntriesByName(url)
    return { outcome: !entry ? 'failed' : entry.duration > 0 ? 'failed-late' : 'failed-early' }
  })
