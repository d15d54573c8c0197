import { PAGE_CSP, sleep } from './sending.js'

/** Opens an EventSource without credentials. It never executes what it gets, and is closed at its first event. */
export async function sendEventSource({ call, page: { EventSource }, about: { timeout } }) {
  if (!EventSource) return { skipped: 'no EventSource' }
  let source
  try {
    source = new EventSource(call.url)
  } catch {
    // WebKit throws a SecurityError under a policy that forbids the address.
    return { skipped: PAGE_CSP }
  }
  const first = new Promise(resolve => (source.onopen = source.onerror = resolve))
  const event = await Promise.race([first, sleep(timeout)])
  // Before `close()`, which sets it to 2.
  const { readyState } = source
  source.close()
  if (!event) return { outcome: 'timed-out' }
  if (event.type === 'open') return { outcome: 'open' }
  return { outcome: readyState === 2 ? 'closed' : 'reconnecting' }
}
