/** What the senders of probes share. */

/** What the core knows as the reason why a probe says nothing where the page's own policy stopped it. */
export const PAGE_CSP = 'page CSP'

export const sleep = ms => new Promise(resolve => setTimeout(resolve, ms))

/** Lets `work` have a hidden frame, whose document has the page's origin and policies. Nothing of it stays. */
export async function inFrame(work, dress) {
  const frame = document.createElement('iframe')
  // Not `hidden`: a page may style its frames.
  frame.style.setProperty('display', 'none', 'important')
  try {
    dress?.(frame)
    document.documentElement.append(frame)
    return await work(frame)
  } catch {
    return { skipped: "the page's policy allows no such frame" }
  } finally {
    frame.remove()
  }
}

/** When it has loaded, or after a time. */
export const loaded = (frame, ms) => Promise.race([new Promise(resolve => (frame.onload = resolve)), sleep(ms)])

/** Why a frame cannot be used from outside: the page is sandboxed, or a file. */
export const OUT_OF_REACH = 'a page without an origin cannot use a frame'
