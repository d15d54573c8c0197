/**
 * Whether this page's fetch, XMLHttpRequest and EventSource do as the standards say, whoever stands in front of them.
 *
 * A file of this folder is a family of checks, each a sentence and a function of `{ urls }` that throws if it does not hold.
 * The checks know nothing of whycors: what they say of a page without it, they must say of a page with it.
 */

import { ended, urlsAt } from './helpers.js'

const LIMIT = 3000

/** Runs a family in this page, or `only` some of it, one check after the other; resolves to a list of `{ name, ok, detail }`. */
export async function run(family, origins, only) {
  const { checks } = await import(`./${family}.js`)
  const results = []
  for (const [sentence, check] of Object.entries(checks)) {
    const name = `${family}: ${sentence}`
    if (only && !only.includes(name)) continue
    const start = performance.now()
    try {
      await inTime(check({ urls: urlsAt(origins) }))
      results.push({ name, ok: true, detail: `${Math.round(performance.now() - start)} ms` })
    } catch (error) {
      results.push({ name, ok: false, detail: String(error?.message ?? error).slice(0, 300) })
    } finally {
      ended()
    }
  }
  return results
}

function inTime(work) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing after ${LIMIT} ms`)), LIMIT)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
