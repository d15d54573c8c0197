/** Many calls that fail at once: the server gets few probes, the page keeps little, and what is said stays right. */

import { is, isTrue, sleep } from './standard/helpers.js'

const CALLS = 10_000
const TICKS = 100
const TICK = 100
const URLS = 50
const ANSWERING = 10

/** The calls of the page say so: not all of them get as far as the server. */
const marked = { referrer: `${location.origin}/lab/page?app`, referrerPolicy: 'unsafe-url' }
const isMarked = ({ headers }) => headers.some(([name, value]) => name === 'referer' && value.endsWith('?app'))
const probes = log => log.filter(request => !isMarked(request)).length

export const checks = {
  async 'ten thousand failures in ten seconds cost the server a few probes, and each address has its diagnosis'({ whycors, refused, closed, received }) {
    const before = probes(await received())
    const installation = whycors.install({ report: 'silent' })
    // Some of the addresses answer without CORS headers, at the others nothing listens.
    const urls = Array.from({ length: URLS }, (_, index) => `${index < ANSWERING ? refused : closed}/${index}`)
    const errors = new Map()
    const calls = []
    for (let tick = 0; tick < TICKS; tick++) {
      for (let call = 0; call < CALLS / TICKS; call++) {
        const url = urls[(tick + call) % URLS]
        calls.push(window.fetch(url, marked).catch(error => errors.set(url, error)))
      }
      await sleep(TICK)
    }
    await Promise.all(calls)
    is(errors.size, URLS)
    for (const [url, error] of errors) {
      const { request, causes } = await whycors.diagnosisOf(error)
      is(request.url, url)
      const cause = url.startsWith(refused) ? 'missing-allow-origin' : 'connection-refused'
      isTrue(causes.some(({ code }) => code === cause), `${url}: ${causes.map(({ code }) => code)}`)
    }
    is(installation.diagnoses.length, URLS)
    const sent = probes(await received()) - before
    isTrue(sent <= ANSWERING * 8, `${sent} probes`)
    return `${sent} probes`
  },

  async 'beyond fifty addresses a minute no more are diagnosed, and that is said once'({ whycors, closed }) {
    const { log } = console
    const lines = []
    console.log = line => lines.push(String(line))
    try {
      whycors.install({ probes: { budget: 0 } })
      const failed = Array.from({ length: 70 }, (_, index) => window.fetch(`${closed}/many/${index}`).catch(error => error))
      const diagnoses = (await Promise.all(failed)).map(whycors.diagnosisOf)
      const ended = await Promise.allSettled(diagnoses)
      // The minute of the storm above has not passed, perhaps.
      const refusals = ended.filter(({ status }) => status === 'rejected')
      isTrue(refusals.length >= 20, `${refusals.length} of 70 are not diagnosed`)
      for (const { reason } of refusals) isTrue(/too many different calls fail/.test(reason.message), reason.message)
    } finally {
      console.log = log
    }
    is(lines.filter(line => /too many different calls fail/.test(line)).length, 1)
  },
}
