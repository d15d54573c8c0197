import { inFrame, loaded, sleep } from './sending.js'

/** How long the frame's script may take to say that it runs, in ms. */
const PATIENCE = 150

/** Constant, so that a policy can allow it by its hash; what to fetch comes by message. */
const SCRIPT = `<!doctype html><script>
onmessage = async ({ data, ports: [port] }) => {
  port.postMessage('runs')
  let outcome = 'failed'
  try {
    const { status } = await fetch(data, { credentials: 'omit', cache: 'no-store' })
    outcome = status >= 400 ? 'readable-error' : 'readable'
  } catch {}
  port.postMessage(outcome)
}
</script>`

/** Sends a GET from a sandboxed frame, which says `Origin: null`. The page's own listeners hear nothing of it. */
export const sendNullOrigin = prober =>
  inFrame(
    prober,
    async frame => {
      const { call, about } = prober
      const { port1, port2 } = new MessageChannel()
      const heard = []
      let tell
      port1.onmessage = ({ data }) => {
        heard.push(data)
        tell?.()
      }
      const next = ms => Promise.race([new Promise(resolve => (tell = resolve)), sleep(ms)])
      await loaded(frame, about.timeout)
      frame.contentWindow.postMessage(call.url, '*', [port2])
      if (!heard.length) await next(PATIENCE)
      if (!heard.length) return { skipped: 'no script runs in a frame here', isFinal: true }
      if (heard.length < 2) await next(about.timeout)
      return { outcome: heard[1] ?? 'timed-out' }
    },
    frame => {
      frame.sandbox = 'allow-scripts'
      frame.srcdoc = SCRIPT
    },
  )
