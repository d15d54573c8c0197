// Makes one kind of its arguments, and a better error.
const native = window.fetch
window.fetch = function fetch(input, init) {
  const request = new Request(input, init)
  return native(request).catch(cause => {
    throw new TypeError(`${request.method} ${request.url} failed: ${cause.message}`, { cause })
  })
}
