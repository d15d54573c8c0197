/** What a browser reports of a failed call. */

import { sleep } from './sending.js'

/** How long after a failure its report may come, in ms. */
const PATIENCE = 20

/** What the page's embedder policy stopped, as it was reported; each with the time when it was told. */
let reports

/**
 * Takes reports down from now on; those from before come at once, and count as told at `before`: when the call failed, or never, if it
 * has yet to be sent.
 */
export async function watchReports(before) {
  if (reports || !globalThis.ReportingObserver) return
  reports = []
  let at = before
  const take = told => {
    // Chromium shows the members only so.
    for (const { body } of told) reports.push({ ...(body.toJSON?.() ?? body), at: at ?? performance.now() })
    reports.splice(0, reports.length - 50)
  }
  new ReportingObserver(take, { types: ['coep'], buffered: true }).observe()
  await sleep(PATIENCE)
  at = undefined
}

/** Whether it was reported that the page's embedder policy stopped a request to this URL that failed at `ended`. */
export async function isReported(url, ended) {
  if (!reports) return false
  await sleep(PATIENCE)
  const isOfCall = ({ blockedURL, destination, disposition, at }) =>
    blockedURL === url && !destination && disposition === 'enforce' && at >= ended - 50
  return reports.some(isOfCall)
}
