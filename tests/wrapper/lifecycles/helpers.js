/** What the pages of the lifecycles do and look at. */

export const sleep = ms => new Promise(resolve => setTimeout(resolve, ms))

/** How long a diagnosis is waited for: machines are slow, and one does not come at all. */
const PATIENCE = 20_000

/** All that `record.js` has kept. */
export const kept = () => JSON.parse(sessionStorage.getItem('kept') ?? '[]')

/** What was said or fired, beside diagnoses of `urls` that are right, and what announces and prints these. */
export const beside = (...urls) =>
  kept().filter(entry => {
    if (/^(shown|visible|left)$/.test(entry.kind)) return false
    if (!urls.some(url => entry.text.includes(url))) return true
    return entry.kind === 'diagnosis' ? !isRight(entry) : !/^(log|groupCollapsed)$/.test(entry.kind)
  })

/** The servers behind these calls forget the header. */
export const isRight = ({ causes }) => causes[0] === 'missing-allow-origin'

/** The diagnosis of the call to a URL, as it is kept, as soon as it is there. */
export async function diagnosisOf(url) {
  for (const end = performance.now() + PATIENCE; performance.now() < end; await sleep(50)) {
    const found = kept().find(({ kind, text }) => kind === 'diagnosis' && text === url)
    if (found) return found
  }
}

/** How a call fails. */
export const failure = (...call) => fetch(...call).then(() => undefined, error => error)

/** The diagnosis of a new call, which fails. */
export function diagnosed(url) {
  failure(url)
  return diagnosisOf(url)
}

export const check = (name, ok, detail) => ({ name, ok: !!ok, detail: JSON.stringify(detail ?? kept()) })
