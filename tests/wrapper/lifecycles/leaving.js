/** Steps of a page that is left while calls are under way. */

import { beside, check, diagnosed, diagnosisOf, failure, isRight, kept, sleep } from './helpers.js'

/** A call of each kind, which nobody answers. */
export async function pend({ hangs, ready }) {
  if (ready) await globalThis.whycors.ready()
  const controller = new AbortController()
  failure(`${hangs}/fetch`, { signal: controller.signal })
  const xhr = new XMLHttpRequest()
  xhr.open('GET', `${hangs}/xhr`)
  xhr.send()
  const source = new EventSource(`${hangs}/event-source`)
  const image = new Image()
  image.crossOrigin = 'anonymous'
  image.src = `${hangs}/image`
  document.body.append(image)
  // Chromium goes on with them on a page that it keeps, and has six connections to a server.
  globalThis.end = () => {
    controller.abort()
    xhr.abort()
    source.close()
    image.src = 'data:,'
  }
}

/** A call whose probes are under way when the page is left. */
export async function fail({ slow, to }) {
  await failure(slow)
  leave({ to })
}

/** Later: the driver has its answer before. */
export function leave({ to }) {
  setTimeout(() => {
    if (!to) return location.reload()
    const link = document.createElement('a')
    link.href = to
    document.body.append(link)
    link.click()
  }, 50)
}

/** After the page was left or stayed: what was said of the calls, and whether a new one is diagnosed. */
export async function back({ way, refused, slow }) {
  const heard = await diagnosed(refused)
  // What is still to be said of the others would have been as quick.
  await sleep(500)
  const seen = kept()
  globalThis.end?.()
  const others = slow ? beside(refused, slow) : beside(refused)
  const what = slow ? 'a call that failed just before is diagnosed rightly or not at all' : 'what is cut off is not reported'
  return [
    check(`${way}: ${what}`, !others.length, seen),
    check(`${way}: a call that fails afterwards is diagnosed`, heard && isRight(heard), seen),
  ]
}

/** A call that fails while another window has the focus. */
export function later({ refused }) {
  setTimeout(() => failure(refused), 1500)
}

/** Back in the foreground. */
export async function returned({ refused }) {
  const heard = await diagnosisOf(refused)
  const name = 'in a background window: a failing call is diagnosed, there or soon after the return'
  return [check(name, heard && isRight(heard) && !beside(refused).length)]
}
