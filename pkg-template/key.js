/** What makes two failures the same one: method, URL without query, credentials, mode, what made it, names of headers. */

import { capture } from './capture.js'

export function key(record) {
  const { method, parsed, url, credentials, mode, api, headers } = capture(record)
  const address = parsed ? parsed.origin + parsed.pathname : url
  const verb = /^(|delete|get|head|options|post|put)$/i.test(method) ? method.toUpperCase() || 'GET' : method
  return [verb, address, credentials || 'same-origin', mode || 'cors', api, ...headers.keys()].join(' ')
}
