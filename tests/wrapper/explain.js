/** What `explain` answers in a page: to texts, Blobs, a call, a Diagnosis, and to nonsense. */

import { is, isTrue, throws } from './standard/helpers.js'

const quiet = { report: 'silent' }
const LINE = (url, origin = location.origin) =>
  `Access to fetch at '${url}' from origin '${origin}' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`
const codes = ({ findings }) => findings.map(({ cause }) => cause.code).join()

export const checks = {
  async 'a console line is explained'({ whycors }) {
    const explanation = await whycors.explain(`app.js:3 ${LINE('https://api.example.com/items?token=marked-secret')}`)
    is(codes(explanation), 'missing-allow-origin')
    is(explanation.verdict, 'exact')
    is(explanation.findings[0].fields.url, 'https://api.example.com/items?token=…')
    is(explanation.findings[0].fields.origin, location.origin)
    isTrue(explanation.report.includes('missing-allow-origin'), explanation.report)
    isTrue(!JSON.stringify(explanation).includes('marked-secret'), 'a token is shown')
    structuredClone(explanation)
  },

  async 'every mistake of an answer is found, with the call from about'({ whycors }) {
    const answer = 'HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Origin: https://other.example\r\nAccess-Control-Allow-Methods: GET\r\n\r\n'
    const about = { url: 'https://api.example.com/items', method: 'PUT', headers: { 'X-One': 'marked-secret' } }
    const explanation = await whycors.explain(answer, { about })
    is(codes(explanation), 'origin-mismatch,method-not-allowed,header-not-allowed')
    is(explanation.findings[2].fields.header, 'x-one')
    is(explanation.fix.preflight['Access-Control-Allow-Origin'], location.origin)
    isTrue(!JSON.stringify(explanation).includes('marked-secret'), 'a value is shown')
  },

  async 'a diagnosis comes back narrowed, and stays as it is'({ whycors, refused }) {
    const diagnosis = await whycors.diagnose(refused)
    isTrue(diagnosis.causes.length > 1)
    const before = JSON.stringify(diagnosis)
    const lines = `${LINE(refused)}\nGET ${refused} net::ERR_FAILED 200 (OK)`
    const { diagnosis: narrowed, contradiction } = await whycors.explain(lines, { about: diagnosis })
    is(contradiction, undefined)
    is(narrowed.verdict, 'settled')
    is(narrowed.causes.map(({ code }) => code).join(), 'missing-allow-origin')
    is(narrowed.saw.at(-1).kind, 'paste')
    isTrue(narrowed.saw.at(-1).ruledOut.includes('origin-mismatch'))
    isTrue(narrowed.report.includes('\nSo\n') && narrowed.report.includes('pasted: console:'), narrowed.report)
    is(narrowed.request.url, diagnosis.request.url)
    is(JSON.stringify(diagnosis), before)
  },

  async 'a paste that the probes exclude is a contradiction'({ whycors, refused, passes }) {
    const diagnosis = await whycors.diagnose(passes)
    const { diagnosis: narrowed, contradiction } = await whycors.explain(LINE(passes), { about: diagnosis })
    is(narrowed, undefined)
    isTrue(contradiction.includes('passes now'), contradiction)
    const other = await whycors.explain(LINE('https://elsewhere.example/'), { about: await whycors.diagnose(refused) })
    isTrue(other.contradiction.includes('elsewhere.example'), other.contradiction)
  },

  async 'a big HAR is read in a worker, with progress, and the page lives on'({ whycors }) {
    const blob = har(200, 100_000)
    isTrue(blob.size > 20_000_000)
    const seen = []
    let turns = 0
    const timer = setInterval(() => turns++, 10)
    const explanation = await whycors.explain(blob, { onProgress: fraction => seen.push(fraction) })
    clearInterval(timer)
    is(codes(explanation), 'missing-allow-origin')
    is(explanation.findings[0].fields.url, 'https://api.example.com/broken')
    is(seen.at(-1), 1)
    isTrue(seen.length > 10 && seen.every((fraction, index) => !index || fraction >= seen[index - 1]), seen.join())
    isTrue(turns > 3, `the page had ${turns} turns`)
  },

  async 'without a worker the same comes of it'({ whycors }) {
    const { Worker } = window
    try {
      window.Worker = class {
        constructor() {
          throw new Error('no worker here')
        }
      }
      is(codes(await whycors.explain(har(200, 10_000))), 'missing-allow-origin')
    } finally {
      window.Worker = Worker
    }
  },

  async 'a HAR that is cut off, or none, is a sentence'({ whycors }) {
    const text = await har(3, 10).text()
    const cut = await whycors.explain(text.slice(0, -20))
    is(cut.verdict, 'nothing-found')
    isTrue(cut.open.join().includes('cut off'), cut.open.join())
    const none = await whycors.explain('{"a": 1}')
    is(none.verdict, 'nothing-found')
    isTrue(none.report.includes('no HAR'), none.report)
  },

  async 'what names no cause says what to copy'({ whycors }) {
    for (const text of ['', 'TypeError: Failed to fetch', '\0\ud800', new Blob([Uint8Array.of(0xff, 0xfe, 0x41)])]) {
      const explanation = await whycors.explain(text)
      is(explanation.verdict, 'nothing-found')
      is(explanation.findings.length, 0)
      isTrue(/Chrome.*Console/s.test(explanation.report), explanation.report)
    }
  },

  async 'what is neither text nor Blob is refused in a sentence'({ whycors }) {
    for (const nonsense of [undefined, null, 7, {}, ['a']]) {
      const error = await whycors.explain(nonsense).catch(error => error)
      isTrue(error instanceof TypeError && error.message.includes('takes a text or a Blob'), String(error))
    }
    for (const about of [null, {}, { url: 7 }, { verdict: 'settled', request: {} }, { url: '::', headers: 5 }]) {
      const { findings, open, contradiction } = await whycors.explain(LINE('https://api.example.com/'), { about })
      is(findings[0].cause.code, 'missing-allow-origin')
      const said = `${open} ${contradiction ?? ''}`
      isTrue(!said.includes('undefined'), said)
    }
    is(codes(await whycors.explain(LINE('https://api.example.com/'), null)), 'missing-allow-origin')
    // A Diagnosis that somebody wrote by hand, and a URL in the place of a call.
    const about = { verdict: 'unknown', request: { url: 'https://api.example.com/', origin: location.origin } }
    const lines = `${LINE('https://api.example.com/')}\nGET https://api.example.com/ net::ERR_FAILED 200 (OK)`
    is((await whycors.explain(lines, { about })).diagnosis.causes[0].code, 'missing-allow-origin')
    const answer = 'HTTP/1.1 200 OK\nServer: x\n\n'
    is((await whycors.explain(answer, { about: 'https://api.example.com/a' })).findings[0].fields.url, 'https://api.example.com/a')
  },

  async 'a text that UTF-16 writes is read'({ whycors }) {
    const text = `\ufeff${LINE('https://api.example.com/')}`
    const bytes = new Uint16Array([...text].map(letter => letter.charCodeAt(0)))
    is(codes(await whycors.explain(new Blob([bytes]))), 'missing-allow-origin')
  },

  async 'a mistake of the caller in onProgress stops nothing'({ whycors }) {
    let told
    const listen = event => {
      told = event.error
      event.preventDefault()
    }
    window.addEventListener('error', listen)
    const onProgress = () => {
      throw new Error('mine')
    }
    is((await whycors.explain('', { onProgress })).verdict, 'nothing-found')
    window.removeEventListener('error', listen)
    is(told?.message, 'mine')
  },
}

/** So many healthy entries with so long bodies, and a broken one. */
function har(count, length) {
  const header = (name, value) => ({ name, value })
  const entry = (url, headers, text) => ({
    startedDateTime: '2026-11-01T10:00:00.000Z',
    time: 1,
    _resourceType: 'fetch',
    request: {
      method: 'GET',
      url,
      httpVersion: 'HTTP/1.1',
      headers: [header('Origin', 'https://app.example.com'), header('Sec-Fetch-Mode', 'cors')],
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: 0,
    },
    response: { status: 200, statusText: 'OK', httpVersion: 'HTTP/1.1', headers, cookies: [], content: { size: length, mimeType: 'text/plain', text }, redirectURL: '', headersSize: -1, bodySize: -1 },
    cache: {},
    timings: { send: 0, wait: 1, receive: 0 },
  })
  const passes = [header('Access-Control-Allow-Origin', '*'), header('Content-Type', 'application/json')]
  const entries = Array.from({ length: count }, (_, index) => entry(`https://api.example.com/${index}`, passes, 'x\\"\u00e9'.repeat(length / 4)))
  entries.push(entry('https://api.example.com/broken', [header('Content-Type', 'application/json')], ''))
  return new Blob([JSON.stringify({ log: { version: '1.2', creator: { name: 'WebInspector', version: '537.36' }, pages: [], entries } })])
}
