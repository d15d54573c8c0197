/** What a patch took down of a call -> `{ input, init }`, as `fetch` would take it, and what only that caller has. */

export function record(noted) {
  const { api, method, headers, body, thrown } = noted
  const credentials = mode(thrown?.withCredentials || thrown?.crossOrigin === 'use-credentials')
  const call = (init, more) => ({ ...noted, ...more, init })
  switch (api) {
    case undefined:
      return noted
    case 'xhr': {
      const hasBody = body !== undefined && body !== null && !/^(GET|HEAD)$/i.test(method)
      const pairs = headers.map(([name, value]) => [name, value])
      return call({ method, headers: pairs, body: hasBody ? body : undefined, credentials })
    }
    case 'event-source': {
      const accept = 'text/event-stream'
      const outcome = noted.readyState === 2 ? 'closed' : 'reconnecting'
      return call({ headers: { accept }, credentials }, { outcome })
    }
    default:
      return call({ credentials, integrity: thrown.integrity }, { outcome: 'failed' })
  }
}

const mode = isIncluded => (isIncluded ? 'include' : 'same-origin')
