/** The application of a page with a library: where it calls, how, and what it is told. */

export function application({ api }, run) {
  const at = (row, path) => `${api}/s/${row}/${path}?run=${run}`
  const urls = {
    passes: at('libraries-passes', 'fetch'),
    xhrPasses: at('libraries-passes', 'xhr'),
    refused: at('libraries-refused', 'fetch'),
    xhrRefused: at('libraries-refused', 'xhr'),
    unhandled: at('libraries-refused', 'unhandled'),
    narrow: at('libraries-narrow', 'fetch'),
    unallowed: at('libraries-unallowed', 'fetch'),
    mockedPasses: at('libraries-refused', 'mocked'),
    mockedPassesXhr: at('libraries-refused', 'mocked-xhr'),
    mockedError: at('libraries-refused', 'mocked-error'),
    mockedErrorXhr: at('libraries-refused', 'mocked-error-xhr'),
    mockedErrorOfHealthy: at('libraries-passes', 'mocked-error'),
    mockedErrorOfHealthyXhr: at('libraries-passes', 'mocked-error-xhr'),
    zoneFetch: at('libraries-refused', 'zone'),
    zoneXhr: at('libraries-refused', 'zone-xhr'),
    zonePasses: at('libraries-passes', 'zone'),
  }
  const mocked = Object.keys(urls).filter(key => key.startsWith('mocked'))
  return { api, urls, mocked, sleep, told, viaFetch, viaXhr, xhr, headersAdded: () => headersAdded(run), isPath }
}

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms))

const HEADERS = { 'x-app': '1' }

/** The path of a URL, by which a call is known in all orders. */
const isPath = url => new URL(url, location.href).pathname

/** What an application may look at of what it catches. */
const told = thrown => ({
  name: thrown?.name,
  message: String(thrown?.message).replace(/run=[\w-]+/g, ''),
  code: thrown?.code,
  isTypeError: thrown instanceof TypeError,
  keys: Object.keys(thrown ?? {}).sort().join(),
})

async function viaFetch(url, diagnosisOf, library) {
  library.before?.()
  try {
    const response = await (library.fetch ?? window.fetch)(url, { headers: HEADERS })
    return { path: isPath(url), status: response.status, body: await response.text() }
  } catch (error) {
    library.caught?.(error)
    return { path: isPath(url), told: told(error), ...(await diagnosed(diagnosisOf(error))) }
  }
}

async function viaXhr(url, diagnosisOf, library) {
  library.before?.()
  const { event, xhr: failed, status, body } = await xhr(url)
  const { type } = event
  if (type === 'load') return { path: isPath(url), status, body }
  const byEvent = diagnosisOf(event)
  return { path: isPath(url), told: { type, status, readyState: failed.readyState }, ...(await diagnosed(byEvent ?? diagnosisOf(failed))), isByEvent: !!byEvent }
}

/** An XMLHttpRequest's end, and the zone in which it is told. */
function xhr(url) {
  return new Promise(resolve => {
    const xhr = new XMLHttpRequest()
    const end = event =>
      resolve({ event, xhr, status: xhr.status, body: xhr.responseText, zone: globalThis.Zone?.current.name })
    xhr.open('GET', url)
    // One by attribute, one as a listener: libraries treat them each their way. Who listens before `open` is told before whycors.
    xhr.onload = end
    xhr.addEventListener('error', end)
    for (const [name, value] of Object.entries(HEADERS)) xhr.setRequestHeader(name, value)
    xhr.send()
  })
}

async function diagnosed(asked) {
  if (!asked) return { isNoted: false }
  try {
    return { isNoted: true, diagnosis: await Promise.race([asked, sleep(8000)]) }
  } catch (error) {
    return { isNoted: true, diagnosis: { summary: String(error) } }
  }
}

/** The names of the headers that reached the server without being the application's or the browser's. */
async function headersAdded(run) {
  const rows = ['libraries-passes', 'libraries-refused', 'libraries-narrow', 'libraries-unallowed']
  const logs = await Promise.all(rows.map(async id => (await fetch(`/lab/log?id=${id}`)).json()))
  const of = ({ query, headers }) => (query.includes(run) ? headers.map(([name]) => name) : [])
  return [...new Set(logs.flat().flatMap(of))].filter(name => /trace|baggage/.test(name)).sort()
}
