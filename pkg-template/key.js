/** What makes two failures the same one: method, URL without query, credentials, mode, what made it, names of headers. */

import { capture } from './capture.js'

export function key(record) {
  const { method, parsed, url, credentials, mode, api, headers } = capture(record)
  const address = parsed ? parsed.origin + parsed.pathname : url
  return [method || 'GET', address, credentials, mode, api, ...headers.keys()].join(' ')
}
