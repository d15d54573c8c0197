// A class in the place of the class.
const Native = window.XMLHttpRequest
window.XMLHttpRequest = class XMLHttpRequest extends Native {
  open(method, url, ...rest) {
    this.call = `${method} ${url}`
    super.open(method, url, ...rest)
  }
  send(body) {
    this.addEventListener('error', () => (this.failed = true))
    super.send(body)
  }
}
