/** What a browser reports of a failed call. */

import { sleep } from './sending.js'

/** What the page's embedder policy stopped, as it was reported; each with the time when it was told. */
let reports

/**
 * Whether it was reported that the page's embedder policy stopped a request to this URL that failed at `ended`. Reports come a little
 * after the failure; those from before the first diagnosis come at once, and may be of its failure.
 */
export async function isReported(url, ended) {
  if (!globalThis.ReportingObserver) return false
  if (!reports) {
    reports = []
    let isLate
    new ReportingObserver(
      told => {
        // Chromium shows the members only so.
        for (const { body } of told) reports.push({ ...(body.toJSON?.() ?? body), at: isLate ? performance.now() : ended })
        reports.splice(0, reports.length - 50)
        isLate = true
      },
      { types: ['coep'], buffered: true },
    ).observe()
  }
  await sleep(20)
  const isOfCall = ({ blockedURL, destination, disposition, at }) =>
    blockedURL === url && !destination && disposition === 'enforce' && at >= ended - 50
  return reports.some(isOfCall)
}
