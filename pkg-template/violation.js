/** Which violation of the page's Content Security Policy is about a call. */

/** The latest that is about this URL since a time; one that stopped it before one that was only reported. */
export function violation(violations, url, since) {
  const isAbout = ({ at, directive, blocked }) =>
    at >= since && /^(connect|default)-src$/.test(directive) && isNamed(url, blocked)
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
