/** The lazy half: the WebAssembly core, imported on the first failure, and what is said of its diagnoses. */

import init from './core_bindgen.js'
import packed from './core_bytes.js'
import { automatic } from './automatic.js'
import { outside } from './outside.js'
import { diagnose, observe } from './probes.js'
import { record } from './record.js'
import { watchTimings } from './timing.js'
import { ofWasm, unpack } from './unpack.js'
import { watch } from './watch.js'
import { recipe, withRecipes } from './with-recipes.js'

/**
 * A diagnosis ends by itself, unless the core itself breaks: then the page's slots are freed. In ticks, for where a page is in the
 * background each takes as long as those of the diagnosis.
 */
const TICKS = 60
const TICK = 2000

/** Where `index.js` keeps what is installed. */
const MARK = Symbol.for('whycors')

let started

/** Starts the core; `source` is where it is, if not in this file. */
export async function load(page, view, source) {
  if (!view) throw new Error('there is no window here: whycors works in a page.')
  return (started ??= await outside(() => start(page, source)))
}

async function start(page, source) {
  const timings = watchTimings()
  // Without an installation, only `diagnose` asks.
  if (!page.violations) watch(page, window)
  if (typeof WebAssembly !== 'object') throw new Error('this browser does not run WebAssembly.')
  // Below our own patches, or those of another copy of whycors.
  const { fetch = window.fetch, EventSource = window.EventSource } = window[MARK] ?? {}
  const pristine = pristineFetch(fetch)
  const bytes = await bytesOf(source, pristine)
  try {
    await init({ module_or_path: bytes })
  } catch (error) {
    throw ofWasm(error)
  }
  const seen = { fetch: pristine, wrapped: pristine !== fetch, EventSource, violations: page.violations, timings }
  const { failed, asked, again } = automatic(page, (call, options) =>
    answered(withRecipes(page, diagnose(call, seen, options), options), options?.signal),
  )
  return {
    failed: (noted, own) => outside(() => failed(record(noted), own)),
    diagnose: (input, init, options) => outside(() => asked({ input, init }, options)),
    again: () => outside(again),
    explain: (pasted, options) =>
      outside(() => import('./explain.js').then(lazy => lazy.explain(pasted, options, (found, servers) => withRecipes(page, found, { ...options, servers })))),
    recipe: (server, options) => outside(() => recipe(page, server, options)),
    help,
    observe: (input, init, id) => observe({ input, init }, seen, id),
  }
}

/** The core as something that WebAssembly.instantiate takes. */
async function bytesOf(source, fetch) {
  if (source === undefined) return unpack(packed)
  if (typeof source === 'string' || source instanceof URL) source = await fetch.call(window, source)
  return source instanceof Response ? source.arrayBuffer() : source
}

/** The browser's own fetch, even below wrappers of others. It works on after its frame is gone. */
function pristineFetch(fetch) {
  // A proxy reads as native code too, without a name; so does what zone.js puts in its place, which has a prototype.
  const isNative = /^function fetch\(\)\s*\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(fetch))
  if (isNative && !('prototype' in fetch)) return fetch
  try {
    const frame = document.createElement('iframe')
    frame.hidden = true
    document.documentElement.append(frame)
    const own = frame.contentWindow.fetch
    frame.remove()
    return own
  } catch {
    return fetch
  }
}

function answered(diagnosis, signal) {
  let timer
  let ticks = 0
  let stop
  const given = new Promise((_, reject) => {
    timer = setInterval(() => ++ticks > TICKS && reject(new Error('the core does not answer.')), TICK)
    stop = () => reject(signal.reason)
    if (signal?.aborted) stop()
    signal?.addEventListener('abort', stop)
  })
  return Promise.race([given, diagnosis]).finally(() => {
    clearInterval(timer)
    signal?.removeEventListener('abort', stop)
  })
}

function help() {
  console.log(`whycors says why a cross-origin request failed.

await whycors.diagnose(url, init)   diagnoses one call; sends it only if it is GET or HEAD
whycors.last                        the last diagnosis; .report is its text, .fix what mends it
await whycors.again()               diagnoses the last failure again
await whycors.recipe('nginx')       the lines that mend a server for the last diagnosis
await whycors.explain(text)         what a console line, curl's output, response headers or a HAR (a Blob) say
whycors.diagnosisOf(error)          the diagnosis of what a failed call rejected with
whycors.install(options)            diagnoses every failing cross-origin call from now on; .uninstall() ends it`)
}
