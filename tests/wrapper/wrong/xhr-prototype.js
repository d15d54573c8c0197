// As libraries that measure do it: functions of ours on the prototype, and a handler that stands before the page's.
const { open, send } = XMLHttpRequest.prototype
XMLHttpRequest.prototype.open = function (method, url) {
  this.measured = { method, url: String(url) }
  return open.apply(this, arguments)
}
XMLHttpRequest.prototype.send = function () {
  const { onreadystatechange } = this
  this.onreadystatechange = function () {
    if (this.readyState === 4) this.measured.status = this.status
    return onreadystatechange?.apply(this, arguments)
  }
  return send.apply(this, arguments)
}
