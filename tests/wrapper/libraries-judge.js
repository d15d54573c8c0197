/** What a page with a library and whycors must show: all that it shows without whycors, and one diagnosis for each failure. */

/** What stops each call; a diagnosis may say less, and never something else. */
const TRUTH = {
  refused: 'missing-allow-origin',
  xhrRefused: 'missing-allow-origin',
  unallowed: 'header-not-allowed',
  narrow: 'header-not-allowed',
}

/** The checks of a page that has `seen` this, while without whycors it saw `without`. */
export function judge({ library, order }, seen, without) {
  const checks = []
  const check = (sentence, ok, detail) =>
    checks.push({ name: `${library}, ${order}: ${sentence}`, ok: !!ok, detail: JSON.stringify(detail) ?? '' })
  if (seen === without) inItself(check, seen)
  else {
    asWithout(check, seen, without)
    if (order.endsWith('uninstalled')) uninstalled(check, seen)
    else diagnosed(check, order, seen)
  }
  return checks
}

function inItself(check, { calls, unhandled, isSound, own, headers }) {
  const { passes, xhrPasses, refused, xhrRefused } = calls
  check('calls pass, and fail', passes.body && xhrPasses.body && refused.told && xhrRefused.told, calls)
  // With zone.js OpenTelemetry's promise is told to nobody.
  check('a failure that nobody catches is told once, if at all', unhandled.length <= 1, unhandled)
  check('the library does its work', isSound, { own, headers })
}

function asWithout(check, seen, without) {
  for (const [key, call] of Object.entries(without.calls)) {
    const plain = ({ told, status, body }) => JSON.stringify({ told, status, body })
    const [now, then] = [plain(seen.calls[key]), plain(call)]
    check(`the application gets the same of the call '${key}'`, now === then, { now, then })
  }
  const same = (sentence, key) =>
    check(sentence, JSON.stringify(seen[key]) === JSON.stringify(without[key]), { now: seen[key], then: without[key] })
  same('what nobody catches is told as often', 'unhandled')
  same('the library sees the same calls, and no others', 'own')
  same('the library adds the same headers', 'headers')
  check('the library does its work', seen.isSound, seen.own)
}

function uninstalled(check, { calls, diagnosed, hasCore, changed }) {
  const noted = Object.keys(calls).filter(key => calls[key].isNoted)
  check('nothing is diagnosed any more', !noted.length && !diagnosed.length && !hasCore, { noted, diagnosed, hasCore })
  check('what was patched is what it was', !changed.length, changed)
}

function diagnosed(check, order, { calls, diagnosed, isFacade }) {
  for (const [key, { told, body, isNoted, isByEvent, diagnosis, path }] of Object.entries(calls)) {
    const events = diagnosed.filter(({ request: { url } }) => new URL(url).pathname === path)
    if (!told) {
      check(`the call '${key}' passes, and is not diagnosed`, body && !events.length, { body, events: events.map(inShort) })
      continue
    }
    if (key.startsWith('mocked')) {
      check(`the mocked failure '${key}' is not given a cause that it has not`, events.every(isSuspicious), events.map(inShort))
      continue
    }
    const isHidden = isFacade && key.startsWith('xhr')
    const isOften = isHidden ? events.length <= 1 : events.length === 1
    check(`the failure '${key}' is diagnosed, once`, isOften, events.map(inShort))
    check(`the diagnosis of '${key}' is found by what the application caught`, isHidden || (isNoted && isByEvent !== false), { isNoted, isByEvent })
    if (!events.length) continue
    const [{ request, causes, hints }] = events
    check(`the diagnosis of '${key}' is of the application's own call`, request.method === 'GET' && request.unsafeHeaders.includes('x-app'), request)
    check(`the diagnosis of '${key}' is not wrong`, isModest(events[0], TRUTH[key]), events.map(inShort))
    if (key !== 'narrow') continue
    // axios sets its own before it calls fetch, so in each order whycors sees it.
    const has = (list, wanted) => list.some(({ code }) => code === wanted)
    const names = has(causes, TRUTH[key]) || (order === 'library first' && has(hints, 'headers-added-below-us'))
    check('a header that the library adds, and the server refuses, is named', names, events.map(inShort))
  }
}

/** It names the truth, or says that it does not know. */
const isModest = ({ verdict, causes }, truth) => !/settled|family|no-failure/.test(verdict) || causes.some(({ code }) => code === truth)

/** It does not settle on the server, and says who else may have answered. */
const isSuspicious = ({ verdict, causes, hints }) =>
  causes.some(({ code }) => code === 'service-worker') ||
  (verdict !== 'settled' && hints.some(({ code }) => code === 'headers-added-below-us'))

const inShort = ({ verdict, causes, hints, request: { url, unsafeHeaders } }) =>
  [url, verdict, causes.map(({ code }) => code).join(), hints.map(({ code }) => code).join(), unsafeHeaders.join()].join(' | ')
