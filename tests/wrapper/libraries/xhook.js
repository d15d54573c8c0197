/**
 * xhook, which replaces XMLHttpRequest and fetch by facades. Of its XMLHttpRequests whycors sees those behind the facades, if it comes
 * first, and else none: the facade's prototype has no methods.
 */

import xhook from 'xhook'

export function install({ isPath }) {
  const seen = []
  xhook.after(({ url, method }, { status }) => void seen.push([method, isPath(url), status]))
  xhook.enable()
  return { isFacade: true, own: () => ({ seen: seen.sort() }), isSound: ({ seen }) => seen.length >= 3 }
}
