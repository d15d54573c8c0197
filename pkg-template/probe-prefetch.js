import { inFrame, loaded, sleep } from './sending.js'

/** Prefetches the URL in a credentialless frame: without cookies, and beside the page's cache. */
export const sendPrefetch = prober =>
  inFrame(
    prober,
    async frame => {
      const { call, about } = prober
      await loaded(frame, about.timeout)
      const page = frame.contentDocument
      const link = page.createElement('link')
      // A frame that is not credentialless would send cookies.
      if (!frame.contentWindow.credentialless || !link.relList.supports('prefetch')) {
        return { skipped: 'this browser does not prefetch without cookies', isFinal: true }
      }
      let isForbidden
      page.addEventListener('securitypolicyviolation', () => (isForbidden = true))
      link.rel = 'prefetch'
      link.href = call.url
      const first = new Promise(resolve => (link.onload = link.onerror = resolve))
      page.head.append(link)
      const event = await Promise.race([first, sleep(about.timeout)])
      await sleep(5)
      if (isForbidden) return { skipped: "the page's policy forbids prefetching", isFinal: true }
      if (!event) return { outcome: 'timed-out' }
      return { outcome: event.type === 'load' ? 'loaded' : 'not-loaded' }
    },
    frame => {
      frame.credentialless = true
      frame.srcdoc = '<!doctype html>'
    },
  )
