import { inFrame, sleep } from './sending.js'

/**
 * Sends a HEAD by XMLHttpRequest with an upload listener, which forces a preflight that names no header. A frame's own, for the
 * page's may be wrapped. Not a GET, whose answer would stay in the page's cache.
 */
export const sendBarePreflight = prober =>
  inFrame(prober, async ({ contentWindow: view }) => {
    const { call, engine, about } = prober
    const { url } = call
    const xhr = new view.XMLHttpRequest()
    xhr.open('HEAD', url)
    xhr.upload.onprogress = () => {}
    const ended = new Promise(resolve => (xhr.onreadystatechange = () => xhr.readyState > 1 && resolve(true)))
    xhr.send()
    if (!(await Promise.race([ended, sleep(about.timeout)]))) return { outcome: 'timed-out' }
    const { status } = xhr
    if (status) {
      xhr.abort()
      return { outcome: status >= 400 ? 'readable-error' : 'readable' }
    }
    await sleep(30)
    if (view.closed) throw undefined
    if (engine !== 'firefox') return { outcome: 'failed' }
    const [entry] = view.performance.getEntriesByName(url)
    return { outcome: !entry ? 'failed' : entry.duration > 0 ? 'failed-late' : 'failed-early' }
  })
