/** What the error of a failed call tells. */

import { masked, unparsed } from './mask.js'

/** WebKit's texts for what a service worker answers; that it failed itself, because a request of its own did, says nothing. */
export const isOfWorker = error => /served by service worker is (opaque|an error)/i.test(error?.message)

/**
 * Where the page made the call: the first line of the error's stack; ours is no longer in it. Only Chromium's errors of `fetch` have one.
 */
export function calledAt(error) {
  const [line] = stackOf(error).match(/^ +at .*$/m) ?? []
  const [, name = '', script, place] = /^ +at (?:async )?(?:(.+?) \()?(.*?)(:\d+:\d+)\)?$/.exec(line) ?? []
  if (!script || /^<|^eval at/.test(script)) return
  const shown = address(script) + place
  return name ? `${name.slice(0, 60)} (${shown})` : shown
}

/** A page may have a say in how stacks are written. */
function stackOf(error) {
  try {
    return String(error?.stack ?? '')
  } catch {
    return ''
  }
}

/** A script's address without its query; of a bundler's own scheme, as it is written. */
function address(script) {
  if (/^webpack/.test(script)) return unparsed(script)
  try {
    const { protocol, host, pathname } = new URL(script)
    return masked({ protocol, host, pathname, search: '' })
  } catch {
    return unparsed(script)
  }
}
