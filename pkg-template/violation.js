/** Which violation of the page's Content Security Policy is about a call. */

/** Of calls by script, and of those of elements. */
export const CONNECT = /^(connect|default)-src$/
export const ELEMENT = /^(img|script|style|font|media|default)-src/

/**
 * The latest event that is about this URL since a time, by these directives; one that stopped it before one that was only reported.
 */
export function violation(violations, url, since, directives = CONNECT) {
  const isAbout = ({ timeStamp, effectiveDirective, blockedURI }) =>
    timeStamp >= since && directives.test(effectiveDirective) && isNamed(url, blockedURI)
  const latestFirst = violations.filter(isAbout).reverse()
  return latestFirst.find(({ disposition }) => disposition === 'enforce') ?? latestFirst[0]
}

/** `blockedURI` is the URL, without fragment and user info, or only its origin, or of data: and blob: the scheme. */
function isNamed(url, blocked) {
  const address = new URL(url)
  address.username = address.password = ''
  const { href, origin, protocol } = address
  return [href, origin, `${origin}/`].includes(blocked) || (/^(data|blob):/.test(protocol) && `${blocked}:` === protocol)
}
