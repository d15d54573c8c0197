/** What of a URL may leave the page: user info, query values, the fragment and tokens in the path are masked. */

const MASK = '…'

/** A parsed `URL` as reports show it. */
export function masked({ protocol, host, pathname, search }) {
  // `data:` carries a document, `blob:` an id, `file:` a home directory: the scheme says enough.
  if (!host) return protocol + MASK
  const query = search && `?${search.slice(1).split('&').map(ofPair).join('&')}`
  return `${protocol}//${host}${ofPath(pathname)}${query}`
}

/** A text that does not parse as a URL, cut before anything that may be secret. */
export function unparsed(text) {
  const [address] = text.split(/[?#]/)
  // Of what stands before an @, only a scheme.
  const shown = address.replace(/^(?:([^/]+)\/)?.*@/s, (_, scheme) => (scheme ? `${scheme}//` : ''))
  return start(ofPath(shown), 200)
}

/** An engine's message, unless it quotes the call's URL or the value of a header, as some do. */
export function unquoted(message, { url, headers }) {
  const isQuoted = [url, ...headers.values()].some(secret => secret && message.includes(secret))
  return isQuoted ? 'its URL or one of its headers is not allowed' : message
}

/** The first characters of a text. */
export const start = (text, count) => [...text].slice(0, count).join('')

function ofPair(pair) {
  const [, name, equals, value] = /^([^=]*)(=?)(.*)/s.exec(pair)
  return ofText(name) + equals + (value && MASK)
}

const ofPath = path => path.split('/').map(ofSegment).join('/')

/** A path segment; of `;name=value` parameters (`;jsessionid=`) the value is masked. */
const ofSegment = segment =>
  segment
    .split(';')
    .map((part, index) => (index && part.includes('=') ? part.replace(/=.*/s, `=${MASK}`) : ofText(part)))
    .join(';')

const ofText = text => (isToken(text) ? MASK : text)

/** A JWT, or 32 and more characters of hex or base64. Words joined by dashes are a title, not a token. */
const isToken = text => /^eyJ.{13}/s.test(text) || (/^[\w+/=.~:%-]{32,}$/.test(text) && !isTitle(text))

function isTitle(text) {
  const words = text.split(/[-_.]/)
  return words.length > 2 && words.every(word => /^([a-z]{0,20}|\d{0,20})$/i.test(word))
}
