/** What the senders of probes share. */

/** What the core knows as the reason why a probe says nothing where the page's own policy stopped it. */
export const PAGE_CSP = 'page CSP'

export const sleep = ms => new Promise(resolve => setTimeout(resolve, ms))

/** Lets `work` have a hidden frame, whose document has the page's origin and policies. Nothing of it stays. */
export async function inFrame({ frames }, work, dress) {
  let frame
  try {
    frame = document.createElement('iframe')
    // Not `hidden`: a page may style its frames.
    frame.style.setProperty('display', 'none', 'important')
    dress?.(frame)
    document.documentElement.append(frame)
  } catch {
    return { skipped: NO_FRAME, isFinal: true }
  }
  frames.add(frame)
  try {
    return await work(frame)
  } catch {
    // The page, or an abort, has removed it.
    return { skipped: NO_FRAME }
  } finally {
    frames.delete(frame)
    frame.remove()
  }
}

/** When it has loaded, or after a time. */
export const loaded = (frame, ms) => Promise.race([new Promise(resolve => (frame.onload = resolve)), sleep(ms)])

/** Why a probe from a frame was not asked: the page, or its policy, has none for us. */
const NO_FRAME = 'no frame could be used here'
