import { sleep } from './sending.js'
import { violation } from './violation.js'

/** The close code of a TLS handshake that failed. */
const NO_TLS = 1015

const NO_SOCKET = "the page's policy forbids WebSockets"

/** Opens a WebSocket where nothing else is answered, and closes it at its first event. */
export async function sendWebSocket({ call, page, about: { timeout } }) {
  const address = call.url.replace(/^http/, 'ws')
  const started = performance.now()
  let socket
  try {
    socket = new WebSocket(address)
  } catch {
    return { skipped: NO_SOCKET, isFinal: true }
  }
  const first = new Promise(resolve => (socket.onopen = socket.onclose = resolve))
  const event = await Promise.race([first, sleep(timeout)])
  socket.close()
  if (!event) return { outcome: 'timed-out' }
  if (event.type === 'open') return { outcome: 'open' }
  if (event.code === NO_TLS) return { outcome: 'distrusted' }
  return violation(page.violations, address, started) ? { skipped: NO_SOCKET, isFinal: true } : { outcome: 'failed' }
}
