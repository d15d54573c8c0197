/** What a patch took down of a call -> `{ input, init }`, as `fetch` would take it, and what only that caller has. */

export function record(noted) {
  const { api, method, headers, body, credentials, thrown } = noted
  const call = (init, more) => ({ ...noted, ...more, init })
  switch (api) {
    case undefined:
      return noted
    case 'xhr': {
      const hasBody = body !== undefined && body !== null && !/^(GET|HEAD)$/i.test(method)
      const pairs = headers.map(([name, value]) => [name, value])
      return call({ method, headers: pairs, body: hasBody ? body : undefined, credentials: mode(credentials) })
    }
    case 'event-source': {
      const accept = 'text/event-stream'
      const outcome = noted.readyState === 2 ? 'closed' : 'reconnecting'
      return call({ headers: { accept }, credentials: mode(credentials) }, { outcome })
    }
    default:
      return call({ credentials: mode(thrown.crossOrigin === 'use-credentials'), integrity: thrown.integrity }, { outcome: 'failed' })
  }
}

const mode = isIncluded => (isIncluded ? 'include' : 'same-origin')
