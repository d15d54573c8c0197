/** What is heard of XMLHttpRequest, EventSource and elements, and what is not. */

import { is, isTrue, sleep, throws } from './standard/helpers.js'

const quiet = { report: 'silent', probes: { budget: 0 } }
const PATCHED = ['open', 'setRequestHeader', 'send', 'upload']

export const checks = {
  'uninstalling restores XMLHttpRequest and EventSource'({ whycors }) {
    const { prototype } = XMLHttpRequest
    const all = () => [
      ...PATCHED.map(name => Object.getOwnPropertyDescriptor(prototype, name)),
      Object.getOwnPropertyDescriptor(window, 'EventSource'),
      Object.getOwnPropertyDescriptor(EventSource.prototype, 'constructor'),
    ]
    const before = all()
    whycors.install(quiet)
    const during = all()
    whycors.install().uninstall()
    for (const [index, descriptor] of all().entries()) {
      const same = (one, other) => Object.keys(one).every(key => one[key] === other[key])
      isTrue(same(descriptor, before[index]), `${index} is not what it was`)
      isTrue(!same(during[index], before[index]), `${index} was not patched`)
    }
  },

  async 'under a later patch, an uninstalled XMLHttpRequest passes through'({ whycors, refused }) {
    const { prototype } = XMLHttpRequest
    const native = prototype.send
    const installation = whycors.install(quiet)
    const below = prototype.send
    prototype.send = function (...args) {
      return below.apply(this, args)
    }
    const above = prototype.send
    installation.uninstall()
    is(prototype.send, above)
    const { xhr } = await failing(refused)
    prototype.send = native
    is(whycors.diagnosisOf(xhr), undefined)
  },

  async 'a failed XMLHttpRequest is diagnosed as it was made'({ whycors, refused }) {
    whycors.install({ ...quiet, probes: { budget: 2 } })
    const url = unique(refused)
    const { event, xhr } = await failing(url, { method: 'put', headers: { 'X-One': 'secret' }, credentials: true, body: '{}' })
    const { request, report } = await whycors.diagnosisOf(event)
    is(await whycors.diagnosisOf(xhr), await whycors.diagnosisOf(event))
    is(await whycors.diagnosisOf({ request: xhr }), await whycors.diagnosisOf(event))
    is(request.api, 'xhr')
    is(request.method, 'PUT')
    is(request.credentials, 'include')
    is(request.unsafeHeaders.join(), 'x-one')
    is(request.sent, true)
    isTrue(!report.includes('secret'))
  },

  async 'an XMLHttpRequest that is used again has each of its failures diagnosed'({ whycors, refused }) {
    whycors.install(quiet)
    const [one, two] = [unique(refused), unique(refused)]
    const { xhr, event } = await failing(one)
    const first = whycors.diagnosisOf(event)
    // In the same task WebKit tells nothing of the second.
    await sleep(0)
    const again = await failing(two, { xhr })
    const diagnoses = await Promise.all([first, whycors.diagnosisOf(again.event)])
    is(diagnoses.map(({ request }) => request.url).join(), [one, two].join())
  },

  'a synchronous XMLHttpRequest throws what it throws natively'({ whycors, refused }) {
    const call = () => {
      const xhr = new XMLHttpRequest()
      xhr.open('GET', refused, false)
      return throws(() => xhr.send())
    }
    const native = call()
    whycors.install(quiet)
    const error = call()
    is(error.name, native.name)
    is(error.message, native.message)
    is(whycors.diagnosisOf(error), undefined)
  },

  async 'an aborted XMLHttpRequest, a closed EventSource and invented events are silent'({ whycors, refused }) {
    const told = []
    whycors.install({ ...quiet, onDiagnosis: diagnosis => told.push(diagnosis) })
    const xhr = new XMLHttpRequest()
    xhr.open('GET', unique(refused))
    xhr.send()
    xhr.abort()
    const other = new XMLHttpRequest()
    other.open('GET', unique(refused))
    other.dispatchEvent(new ProgressEvent('error'))
    new EventSource(unique(refused)).close()
    await sleep(300)
    is(told.length, 0)
  },

  'nothing of ours is on an XMLHttpRequest or its upload'({ whycors, refused }) {
    const keys = object => Reflect.ownKeys(object).length
    const native = new XMLHttpRequest()
    whycors.install(quiet)
    const xhr = new XMLHttpRequest()
    xhr.open('GET', refused)
    xhr.setRequestHeader('X-A', '1')
    is(keys(xhr), keys(native))
    is(keys(xhr.upload), keys(native.upload))
    is(xhr.upload, xhr.upload)
    for (const name of Object.keys(XMLHttpRequestUpload.prototype)) is(xhr.upload[name] ?? null, null)
    is(xhr.onerror, null)
  },

  async 'a refused EventSource is diagnosed once, and goes on as it does'({ whycors, refused }) {
    whycors.install(quiet)
    const source = new EventSource(unique(refused), { withCredentials: true })
    await new Promise(resolve => (source.onerror = resolve))
    const { request, saw } = await whycors.diagnosisOf(source)
    source.close()
    is(request.api, 'event-source')
    is(request.credentials, 'include')
    is(saw.filter(({ kind, skipped }) => kind === 'probe' && !skipped).length, 0)
  },

  async 'elements that fetch with CORS are diagnosed, and no others'({ whycors, refused }) {
    whycors.install(quiet)
    const elements = [
      make('img', { crossOrigin: '', src: unique(refused) }),
      make('script', { type: 'module', src: unique(refused) }),
      make('link', { rel: 'stylesheet', crossOrigin: 'use-credentials', href: unique(refused) }),
    ]
    const other = make('img', { src: unique(refused) })
    await Promise.all([...elements, other].map(element => failure(element)))
    is(whycors.diagnosisOf(other), undefined)
    const diagnoses = await Promise.all(elements.map(whycors.diagnosisOf))
    is(diagnoses.map(({ request }) => request.api).join(), 'element,element,element')
    is(diagnoses.map(({ request }) => request.credentials).join(), 'same-origin,same-origin,include')
    whycors.install().uninstall()
    const last = make('img', { crossOrigin: '', src: unique(refused) })
    await failure(last)
    is(whycors.diagnosisOf(last), undefined)
  },

  async 'stacks name the caller first'({ whycors, refused }) {
    whycors.install(quiet)
    const errors = []
    async function theCaller() {
      errors.push(throws(() => new XMLHttpRequest().open('BAD METHOD', '/')))
      errors.push(throws(() => new EventSource('http://[')))
      errors.push(await window.fetch(refused).catch(error => error))
    }
    await theCaller()
    for (const { stack } of errors) {
      const lines = String(stack ?? '').split('\n').filter(line => /^\s+at |@/.test(line) && !line.includes('[native code]'))
      isTrue(!lines.length || /theCaller|throws|calls\.js/.test(lines[0]), `${lines[0]} comes first`)
      isTrue(!/whycors/.test(stack), stack)
    }
  },
}

/** Another address of the same server. */
const unique = url => `${url}/${Math.random().toString(36).slice(2)}`

/** Sends an XMLHttpRequest that is refused. */
async function failing(url, { xhr = new XMLHttpRequest(), method = 'GET', headers = {}, credentials = false, body } = {}) {
  xhr.open(method, url)
  xhr.withCredentials = credentials
  for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value)
  const event = new Promise(resolve => xhr.addEventListener('error', resolve, { once: true }))
  xhr.send(body)
  return { xhr, event: await event }
}

function make(name, properties) {
  const element = Object.assign(document.createElement(name), properties)
  document.body.append(element)
  return element
}

const failure = element => new Promise(resolve => element.addEventListener('error', resolve)).finally(() => element.remove())
