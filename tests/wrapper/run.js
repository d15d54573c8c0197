/**
 * Runs the checks of the files beside this one, in a page where nothing is patched yet: resolves to a list of `{ name, ok, detail }`.
 *
 * `whycors` is the module; `refused` a cross-origin URL of the lab's `row` that fails, `passes` one that passes CORS with
 * `Access-Control-Allow-Origin: *`; at the origin `closed` nothing listens.
 */
export async function run(whycors, { files, refused, passes, closed, row }) {
  const results = []
  const native = window.fetch
  const received = async () => (await native(`/lab/log?id=${row}`)).json()
  for (const file of files) {
    const { checks } = await import(`./${file}.js`)
    for (const [name, check] of Object.entries(checks)) {
      try {
        const detail = await check({ whycors, refused, passes, closed, received, native })
        results.push({ name, ok: true, detail: detail ?? '' })
      } catch (error) {
        results.push({ name, ok: false, detail: String(error?.message ?? error) })
      } finally {
        whycors.install().uninstall()
        if (window.fetch !== native) Object.defineProperty(window, 'fetch', { value: native, configurable: true, writable: true, enumerable: true })
      }
    }
  }
  return results
}
