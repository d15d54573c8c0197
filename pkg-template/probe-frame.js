import { PAGE_CSP, inFrame, sleep } from './sending.js'

/** How long after a failure a violation may be told, in ms. */
const PATIENCE = 30

/**
 * Sends a GET from a frame whose policy allows the called origin alone. The frame has no script and no address, so that no policy
 * of the page forbids it.
 */
export const sendFrame = prober =>
  inFrame(prober, async ({ contentWindow: view, contentDocument: page }) => {
    const { call, engine, about } = prober
    const meta = page.createElement('meta')
    meta.httpEquiv = 'Content-Security-Policy'
    meta.content = `connect-src ${call.target}`
    page.head.append(meta)
    let broken
    page.addEventListener('securitypolicyviolation', ({ originalPolicy }) => {
      // The page's own policy is inherited, and may forbid the address itself.
      if (broken !== meta.content) broken = originalPolicy
    })
    const mode = engine === 'firefox' ? 'cors' : 'no-cors'
    try {
      const sent = view.fetch(call.url, { mode, credentials: 'omit', cache: 'no-store' })
      const response = await Promise.race([sent, sleep(about.timeout)])
      if (!response) return { outcome: 'timed-out' }
      if (response.type === 'opaque') return { outcome: 'opaque' }
      return { outcome: response.status >= 400 ? 'readable-error' : 'readable' }
    } catch {
      await sleep(PATIENCE)
      if (view.closed) throw undefined
      if (broken === undefined) return { outcome: 'failed' }
      return broken === meta.content ? { outcome: 'left' } : { skipped: PAGE_CSP }
    }
  })
