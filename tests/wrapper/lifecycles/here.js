/** Lifecycles that a page plays by itself, each on a page of its own. */

import { beside, check, diagnosed, diagnosisOf, failure, isRight, kept, sleep } from './helpers.js'

const warnings = () => kept().filter(({ kind }) => kind === 'warn')

/** The page made its calls while it was parsed. */
export async function early({ urls }) {
  const judge = async ([what, url]) => {
    const heard = await diagnosisOf(url)
    return check(`installed before the body: ${what} is diagnosed`, heard && isRight(heard))
  }
  const all = await Promise.all(Object.entries(urls).map(judge))
  return [...all, check('installed before the body: nothing else is said', !beside(...Object.values(urls)).length)]
}

export async function soft({ refused, slow }) {
  const pending = failure(slow)
  history.pushState(null, '', '/another/path')
  await pending
  const first = await diagnosisOf(slow)
  await failure(refused)
  history.pushState(null, '', '/a-third?path')
  const second = await diagnosisOf(refused)
  return [
    check('pushState between call and failure: the diagnosis is of the URL that was called', first && isRight(first)),
    check('pushState between failure and diagnosis: the diagnosis is of the URL that was called', second && isRight(second)),
  ]
}

/** Whycors cannot have its core here; `why` is what it may say of that. */
export async function without({ where, why, passes, refused }) {
  const errors = []
  for (const name of ['a', 'a', 'b', 'c']) errors.push(await failure(`${refused}/${name}`))
  await Promise.allSettled(errors.map(error => globalThis.whycors.diagnosisOf(error)))
  await failure(`${refused}/d`)
  const response = await fetch(passes)
  await sleep(500)
  const said = kept().filter(({ kind }) => !/shown|visible/.test(kind))
  const isNative = error => Object.getPrototypeOf(error) === TypeError.prototype && !/whycors/.test(error.message)
  return [
    check(`${where}: failing calls reject as they do natively`, errors.every(isNative), errors.map(String)),
    check(`${where}: a call that passes passes`, response.ok),
    check(`${where}: one warning says why, however many calls fail`, warnings().length === 1 && new RegExp(why).test(warnings()[0].text), said),
    check(`${where}: nothing else is said or thrown`, said.length === warnings().length, said),
  ]
}

export async function uninstalled({ slow, refused }) {
  const { install, diagnosisOf: ofError } = globalThis.whycors
  const pending = failure(slow)
  install().uninstall()
  const error = await pending
  const isNative = Object.getPrototypeOf(error) === TypeError.prototype && !ofError(error)
  install()
  const heard = await diagnosed(refused)
  await sleep(500)
  return [
    check('uninstalled while a call is pending: it fails natively and is not diagnosed', isNative && !beside(refused).length),
    check('installed again: a failing call is diagnosed', heard && isRight(heard)),
  ]
}
