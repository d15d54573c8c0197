// A function that gives one of the browser's.
const Native = window.EventSource
window.EventSource = function EventSource(url, init) {
  const source = new Native(String(url), { withCredentials: init?.withCredentials })
  source.addEventListener('error', () => source.readyState === 2 || source.url)
  return source
}
EventSource.prototype = Native.prototype
Object.assign(EventSource, { CONNECTING: 0, OPEN: 1, CLOSED: 2 })
