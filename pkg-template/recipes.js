/** The lines for the user's server. A chunk of its own, loaded beside the probes of the first diagnosis. */

import init, { recipes } from './recipes_bindgen.js'
import packed from './recipes_bytes.js'
import { unpack } from './unpack.js'

let started

/**
 * What `src/edge/recipes.rs` returns for a Diagnosis or an Explanation; nothing where no header helps. `options` are RecipeOptions, the
 * server asked for, the one asked for before, and what answers say of theirs.
 */
export async function write(found, { server, servers, latest, expose, maxAge } = {}) {
  const { preflight, response } = found.fix ?? {}
  // What a call without CORS may not load, it may read with CORS.
  const isEmbedded = response?.['Cross-Origin-Resource-Policy']
  const origin = response?.['Access-Control-Allow-Origin'] ?? (isEmbedded && found.request?.origin !== 'null' && found.request?.origin)
  const asked = {
    origin,
    method: preflight?.['Access-Control-Allow-Methods'] ?? found.request?.method ?? 'GET',
    headers: lines(String(preflight?.['Access-Control-Allow-Headers'] ?? '').split(', ')),
    credentials: !!response?.['Access-Control-Allow-Credentials'],
    preflight: Object.keys(preflight ?? {}).length > 0,
    exposed: lines(expose),
    maxAge: seconds(maxAge),
    url: found.request?.url,
    causes: lines((found.causes ?? found.findings?.map(({ cause }) => cause))?.map(({ code }) => code)),
    says: lines(servers ?? found.servers),
    chosen: String(server ?? ''),
    latest,
  }
  // Where no header helps, no server's configuration does.
  if (!origin) return { recipes: [], section: '' }
  await (started ??= start())
  return JSON.parse(recipes(asked))
}

async function start() {
  await init({ module_or_path: await unpack(packed) })
}

const lines = list => [].concat(list ?? []).join('\n')

function seconds(maxAge) {
  if (maxAge === undefined) return
  if (Number.isInteger(maxAge) && maxAge >= 0 && maxAge < 2 ** 31) return maxAge
  throw new RangeError(`whycors: maxAge is ${String(maxAge)}, and has to be whole seconds.`)
}
