/**
 * An application's calls through a library that patches what whycors patches, or wraps it, and what each of them saw.
 *
 * `play` runs in a fresh page: it installs both in an order, makes the calls, and resolves to what the application, whycors and the
 * library saw. `judge` compares that with the same without whycors.
 */

import { application } from './libraries-app.js'

export { judge } from './libraries-judge.js'

/** `origins` has `api`; `run` is part of every URL. */
export async function play({ library: name, folder, order, origins, run }) {
  const app = application(origins, run)
  const seen = { diagnosed: [], changed: [], unhandled: [] }
  addEventListener('whycors:diagnosis', ({ detail }) => seen.diagnosed.push(detail))
  app.whenDiagnosed = async count => {
    if (!order.endsWith('first')) return
    const until = performance.now() + 8000
    while (seen.diagnosed.length < count && performance.now() < until) await app.sleep(20)
  }

  let library, whycors, uninstall
  const steps = {
    whycors: async () => {
      const before = patched()
      whycors = await import('/pkg/index.js')
      const installation = whycors.install({ report: 'silent' })
      uninstall = () => {
        installation.uninstall()
        if (order.startsWith('library')) seen.changed = Object.keys(before).filter(key => !isSame(before[key], patched()[key]))
      }
    },
    library: async () => (library = await (await import(`${folder}/${name}.js`)).install(app)),
  }
  const whycorsComes = order.startsWith('whycors') ? ['whycors', 'library'] : ['library', 'whycors']
  for (const step of order === 'without whycors' ? ['library'] : whycorsComes) await steps[step]()
  if (order.endsWith('uninstalled')) uninstall()
  // As an application does: zone.js tells only those who listen after it.
  addEventListener('unhandledrejection', event => {
    event.preventDefault()
    seen.unhandled.push(app.told(event.reason))
  })

  const diagnosisOf = thrown => whycors?.diagnosisOf(thrown)
  const byFetch = url => app.viaFetch(url, diagnosisOf, library)
  const byXhr = url => app.viaXhr(url, diagnosisOf, library)
  const { urls } = app
  const calls = { passes: byFetch(urls.passes), xhrPasses: byXhr(urls.xhrPasses) }
  await settled(calls)
  calls.refused = byFetch(urls.refused)
  calls.xhrRefused = byXhr(urls.xhrRefused)
  calls.unallowed = byFetch(urls.unallowed)
  calls.narrow = byFetch(urls.narrow)
  // Nobody catches it.
  void (library.fetch ?? window.fetch)(urls.unhandled)
  if (library.mocks) {
    for (const key of app.mocked) calls[key] = (key.endsWith('Xhr') ? byXhr : byFetch)(urls[key])
  }
  seen.calls = await settled(calls)
  await app.whenDiagnosed(Object.values(seen.calls).filter(({ isNoted }) => isNoted).length + 1)
  await app.sleep(150)
  // As it is now: asking the lab is one more call.
  seen.own = structuredClone(await library.own?.())
  seen.headers = await app.headersAdded()
  seen.isSound = !library.isSound || library.isSound(seen.own, seen.headers, Object.keys(calls).length + 1)
  seen.hasCore = performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/pkg/core.js'))
  seen.isFacade = !!library.isFacade
  return seen
}

async function settled(calls) {
  const entries = Object.entries(calls).map(async ([key, call]) => [key, await call])
  return Object.fromEntries(await Promise.all(entries))
}

/** All that whycors puts something else in the place of. */
function patched() {
  const xhr = XMLHttpRequest.prototype
  const places = { fetch: window, EventSource: window, open: xhr, send: xhr, setRequestHeader: xhr, upload: xhr }
  const all = { constructor: Object.getOwnPropertyDescriptor(EventSource.prototype, 'constructor') }
  for (const [key, holder] of Object.entries(places)) all[key] = Object.getOwnPropertyDescriptor(holder, key)
  return all
}

const isSame = (one = {}, other = {}) =>
  ['value', 'get', 'set', 'writable', 'enumerable', 'configurable'].every(key => one[key] === other[key])
