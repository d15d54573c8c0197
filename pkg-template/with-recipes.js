/** Puts recipes where a Diagnosis or an Explanation has a fix. */

import { sleep } from './sending.js'

/** How long the chunk may take to come, in ms: a diagnosis is whole without recipes. */
const PATIENCE = 3000

/** Completes what is found, and waits for it: its recipes, and the section of its report. */
export async function withRecipes(page, finding, options) {
  // Beside the probes.
  const chunk = import('./recipes.js').catch(() => {})
  const found = await finding
  if (!found.fix) return found
  try {
    const { write } = await Promise.race([chunk, sleep(PATIENCE)])
    const { recipes, section } = await write(found, { server: options?.server, servers: options?.servers, latest: page.server })
    found.fix.recipes = recipes
    found.report += section
  } catch {}
  return found
}

/** -> Recipe for one server, remembered as the user's choice, and printed unless `about` says for which Diagnosis. */
export async function recipe(page, server, { about, expose, maxAge } = {}) {
  const found = about ?? page.latest
  if (!found?.fix) throw new Error('whycors: there is no diagnosis yet to write a recipe for: await whycors.diagnose(url, init) makes one.')
  const { write } = await import('./recipes.js')
  const { recipes, first, problem } = await write(found, { server: String(server), expose, maxAge })
  if (problem) throw new RangeError(`whycors: ${problem}`)
  if (!recipes.length) {
    throw new Error(['whycors: no header of a server mends this.', ...(found.fix.steps ?? [])].join(' '))
  }
  page.server = recipes[0].target
  if (!about) console.log(first)
  return recipes[0]
}
