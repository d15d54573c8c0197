/** What a pasted text says. A chunk of its own, loaded when something is pasted. */

import init from './explain_bindgen.js'
import packed from './explain_bytes.js'
import { aboutCall } from './about.js'
import { readPaste } from './read-paste.js'
import { inWorker } from './paste-worker.js'
import { ofWasm, unpack } from './unpack.js'

/** Up to here a paste is read at once: a few milliseconds. */
const SHORT = 200_000

/** What nobody has on purpose. */
const MOST = 256 * 1024 * 1024

let started

/**
 * -> Explanation, its recipes written by `withRecipes`. Rejects only for what is neither text nor Blob, is too big, or if this page lets
 * no WebAssembly run.
 */
export async function explain(pasted, options, withRecipes) {
  const { about, onProgress } = options ?? {}
  if (typeof pasted !== 'string' && !(pasted instanceof Blob)) {
    throw new TypeError(`whycors: explain takes a text or a Blob, not ${pasted === null ? 'null' : typeof pasted}.`)
  }
  const size = pasted.size ?? pasted.length
  if (size > MOST) throw new RangeError(`whycors: that is ${Math.round(size / 1e6)} MB; ${MOST / 1048576} MiB can be read.`)
  const module = await (started ??= start())
  const call = aboutCall(about)
  const progress = fraction => {
    try {
      onProgress?.(fraction)
    } catch (error) {
      // The caller's own mistake, told as one.
      reportError(error)
    }
  }
  const read = size <= SHORT ? undefined : inWorker(module, new Blob([pasted]), call, progress)
  const { narrowed, ...explanation } = JSON.parse((await read) ?? (await readPaste(pasted, call, progress)))
  const { servers } = explanation
  if (narrowed) explanation.diagnosis = await withRecipes(joined(about, narrowed), servers)
  await withRecipes(explanation, servers)
  progress(1)
  return explanation
}

async function start() {
  if (typeof WebAssembly !== 'object') throw new Error('whycors: this browser does not run WebAssembly.')
  try {
    const module = await WebAssembly.compile(await unpack(packed))
    await init({ module_or_path: module })
    return module
  } catch (error) {
    throw ofWasm(error)
  }
}

/** The Diagnosis that was given, narrowed; the given one stays as it is. */
function joined(diagnosis, { saw, ...changed }) {
  const codes = new Set(changed.causes.map(({ code }) => code))
  // What somebody made by hand may lack members.
  const { family, causes = [], saw: seen = [], ...rest } = diagnosis
  const ruledOut = causes.map(({ code }) => code).filter(code => !codes.has(code))
  const pasted = { id: 'paste', kind: 'paste', did: 'read what was pasted', saw, ruledOut, unlikely: [] }
  return { ...rest, ...changed, saw: [...seen, pasted] }
}
