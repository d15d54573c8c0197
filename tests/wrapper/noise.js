/** What the console is told: no more than helps. */

import { is, isTrue, sleep } from './standard/helpers.js'

const noProbes = { probes: { budget: 0 } }

export const checks = {
  async 'a distinct failure is one collapsed group, its repeats one line, and that it passes again another'({ whycors, passes }) {
    const { fetch } = window
    let isDown = true
    window.fetch = (...call) => (isDown ? Promise.reject(new TypeError('Failed to fetch')) : fetch(...call))
    const lines = await printed(async () => {
      whycors.install(noProbes)
      const calls = [() => window.fetch(passes), () => window.fetch(passes, { method: 'POST' })]
      for (const call of calls) await whycors.diagnosisOf(await fails(call))
      // The value of a query makes no other failure.
      for (let repeats = 0; repeats < 5; repeats++) await fails(() => window.fetch(`${passes}?v=${repeats}`))
      await sleep(200)
      isDown = false
      await calls[0]()
      await calls[0]()
      // In turns it says no more.
      for (const down of [true, false]) {
        await sleep(100)
        isDown = down
        await calls[0]().catch(() => {})
      }
      await sleep(200)
    })
    is(count(lines, 'groupCollapsed'), 2)
    is(count(lines, 'log', /^whycors: again GET/), 1)
    is(count(lines, 'log', /^whycors: fixed: GET/), 1)
    is(lines.length, 4)
  },

  async 'an XMLHttpRequest that passes again is told as fixed'({ whycors, refused, passes }) {
    const { prototype } = XMLHttpRequest
    const { open } = prototype
    let isDown = true
    prototype.open = function (method, url) {
      return open.call(this, method, isDown ? refused : url)
    }
    const send = () =>
      new Promise(resolve => {
        const xhr = new XMLHttpRequest()
        xhr.open('GET', passes)
        xhr.onloadend = () => resolve(xhr)
        xhr.send()
      })
    const lines = await printed(async () => {
      const installation = whycors.install(noProbes)
      await whycors.diagnosisOf(await send())
      isDown = false
      await send()
      await sleep(200)
      installation.uninstall()
    }).finally(() => (prototype.open = open))
    is(lines.map(({ method }) => method).join(), 'groupCollapsed,log')
    isTrue(/^whycors: fixed: GET/.test(lines[1].text), lines[1].text)
  },

  async 'report: silent prints nothing'({ whycors, refused }) {
    const lines = await printed(async () => {
      whycors.install({ report: 'silent', ...noProbes })
      for (let repeats = 0; repeats < 3; repeats++) {
        await whycors.diagnosisOf(await fails(() => window.fetch(refused + '/silent')))
      }
      await sleep(100)
    })
    is(lines.map(({ text }) => text).join(), '')
  },

  async 'a call of analytics gets one line and no probes'({ whycors }) {
    let asked = 0
    window.fetch = async () => {
      asked++
      throw new TypeError('Failed to fetch')
    }
    const lines = await printed(async () => {
      whycors.install({ probes: {} })
      for (let repeats = 0; repeats < 4; repeats++) {
        const error = await fails(() => window.fetch('https://www.google-analytics.com/g/collect?v=2', { method: 'POST' }))
        const { saw } = await whycors.diagnosisOf(error)
        is(saw.filter(({ kind, skipped }) => kind === 'probe' && !skipped).length, 0)
      }
      await sleep(100)
    })
    is(asked, 4)
    is(lines.length, 1)
    isTrue(/^whycors: POST https:\/\/www\.google-analytics\.com\/g\/collect\?v=… failed/.test(lines[0].text), lines[0].text)
  },

  async 'a page that polls a dead server for an hour reads few lines, and always the last word'({ whycors, refused }) {
    const { now } = performance
    let later = 0
    performance.now = () => now.call(performance) + later
    const lines = await printed(async () => {
      const installation = whycors.install(noProbes)
      const first = installation.diagnoses.length
      for (let minute = 0; minute < 60; minute++) {
        const error = await fails(() => window.fetch(refused + '/polled'))
        isTrue((await whycors.diagnosisOf(error)).causes.length > 0)
        later += 61_000
      }
      isTrue(installation.diagnoses.length <= 50 && installation.diagnoses.length >= Math.min(50, first + 50))
    }).finally(() => delete performance.now)
    is(count(lines, 'groupCollapsed'), 1)
    is(count(lines, 'log', /^whycors: still/), 5)
  },
}

/** What of ours goes to the console meanwhile. */
async function printed(work) {
  const native = {}
  const lines = []
  for (const method of ['log', 'warn', 'error', 'groupCollapsed']) {
    native[method] = console[method]
    console[method] = (...args) => {
      const text = String(args[0])
      // The report stands inside its group.
      if (/^whycors: /.test(text) && !text.includes('\n')) lines.push({ method, text })
    }
  }
  try {
    await work()
  } finally {
    Object.assign(console, native)
  }
  return lines
}

const count = (lines, method, text = /./) => lines.filter(line => line.method === method && text.test(line.text)).length

const fails = call => call().then(() => Promise.reject(new Error('did not fail')), error => error)
