/** What a browser tells of a failed call beside the failure itself. */

import { masked, unparsed } from './mask.js'
import { sleep } from './sending.js'

/** WebKit's texts for what a service worker fails. */
export const isOfWorker = error => /respondWith|served by service worker/i.test(error?.message)

/**
 * Where the page made the call: the first line of the error's stack that is not ours. Only Chromium's errors of `fetch` have one.
 */
export function calledAt(error) {
  const lines = stackOf(error).match(/^ +at .*$/gm) ?? []
  // Ours is the handler of a proxy, with nothing before it.
  if (/ at Object\.apply /.test(lines[0])) lines.shift()
  const [, name = '', script, place] = /^ +at (?:async )?(?:(.+?) \()?(.*?)(:\d+:\d+)\)?$/.exec(lines[0]) ?? []
  if (!script || /^<|^eval at/.test(script)) return
  const shown = address(script) + place
  return name ? `${name.slice(0, 60)} (${shown})` : shown
}

/** A page may have a say in how stacks are written. */
function stackOf(error) {
  try {
    return String(error?.stack ?? '')
  } catch {
    return ''
  }
}

/** A script's address without its query; of a bundler's own scheme, as it is written. */
function address(script) {
  if (/^webpack/.test(script)) return unparsed(script)
  try {
    const { protocol, host, pathname } = new URL(script)
    return masked({ protocol, host, pathname, search: '' })
  } catch {
    return unparsed(script)
  }
}

/** A report that the page's embedder policy stopped a request to this URL; told a little after the failure. */
export async function isReported(url) {
  if (!globalThis.ReportingObserver) return false
  const seen = []
  const observer = new ReportingObserver(reports => seen.push(...reports), { types: ['coep'], buffered: true })
  observer.observe()
  await sleep(20)
  observer.disconnect()
  // Chromium shows the members only so.
  const bodies = seen.map(({ body }) => body.toJSON?.() ?? body)
  return bodies.some(body => body.blockedURL === url && !body.destination && body.disposition === 'enforce')
}
