// One call as a page makes it: the status, and which of the exposed headers it can read; or that it failed.
const { url, init, reads } = input
// What says that it has a body, has one.
if (init.headers?.['content-type']) init.body = '{}'
try {
  // Whatever browsers keep of preflights is of another URL.
  const response = await fetch(`${url}?call=${Math.random()}`, { ...init, cache: 'no-store', signal: AbortSignal.timeout(40_000) })
  await response.text()
  return { status: response.status, read: reads ? response.headers.get(reads) !== null : false }
} catch (error) {
  return { failed: `${error.name}: ${error.message}` }
}
