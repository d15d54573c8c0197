/** Recipes where a page meets them: in a Diagnosis, in an Explanation, and asked for. */

import { is, isTrue } from './standard/helpers.js'

const rejected = promise => promise.then(value => `resolved to ${JSON.stringify(value)}`, error => `${error.name}: ${error.message}`)
const ANSWER = `HTTP/1.1 500 Oops\r\nServer: nginx/1.22.1\r\nX-Powered-By: PHP/8.2\r\n\r\n`

export const checks = {
  async 'a Diagnosis has the recipes of all servers, for its request'({ whycors, refused }) {
    const diagnosis = await whycors.diagnose(refused, { method: 'PUT', headers: { 'X-One': 'marked-secret' }, credentials: 'include' })
    const { recipes, notes } = diagnosis.fix
    isTrue(recipes.length > 40, recipes.length)
    is(new Set(recipes.map(({ target }) => target)).size, recipes.length)
    for (const { target, name, language, code, pitfalls, ran, docs } of recipes) {
      isTrue(name && language && code && docs.startsWith('https://') && Array.isArray(pitfalls), target)
      isTrue(ran === null || /\d/.test(ran), `${target}: ${ran}`)
      // Proxies of development servers make the call one of the page's own origin.
      if (!/^(vite|webpack|angular|cra)$/.test(target)) isTrue(code.includes(location.host.split(':')[0]), `${target}: ${code}`)
    }
    const { code } = recipes.find(({ target }) => target === 'express')
    isTrue(code.includes(`'${location.origin}'`) && code.includes("'PUT'") && code.includes("'x-one'") && code.includes('credentials: true'), code)
    isTrue(notes[0].includes(location.origin), notes)
    isTrue(!JSON.stringify(diagnosis).includes('marked-secret'), 'a value is shown')
    structuredClone(diagnosis)
    // Its port is no server's usual one.
    isTrue(/\nRecipe\n {2}For your server: await whycors\.recipe\(name\)/.test(diagnosis.report), diagnosis.report)
  },

  async 'the server that is chosen comes first, and its recipe ends the report'({ whycors, refused }) {
    for (const server of ['nginx', 'NGINX']) {
      const { fix, report } = await whycors.diagnose(refused, {}, { server })
      is(fix.recipes[0].target, 'nginx')
      is(fix.recipes[0].because, 'asked for')
      isTrue(report.includes('\nRecipe\n  nginx') && report.includes('$http_origin'), report)
    }
    const { fix, report } = await whycors.diagnose(refused, {}, { server: 'ngnix' })
    isTrue(fix.recipes.length > 40)
    isTrue(report.includes('\nRecipe\n  There is no recipe for ngnix; there are '), report)
  },

  async 'an installation that names its server ends its reports with that recipe'({ whycors, refused }) {
    const diagnoses = []
    whycors.install({ report: 'silent', server: 'caddy', probes: { budget: 0 }, onDiagnosis: diagnosis => diagnoses.push(diagnosis) })
    const error = await fetch(`${refused}?named`).catch(error => error)
    is((await whycors.diagnosisOf(error)).fix.recipes[0].target, 'caddy')
    is(diagnoses.length, 1)
    whycors.install({ server: undefined })
  },

  async 'a recipe can be asked for, with what a call does not tell'({ whycors, refused }) {
    const about = await whycors.diagnose(refused)
    const { target, code } = await whycors.recipe('Express', { about, expose: ['X-Total', 'link'], maxAge: 600 })
    is(target, 'express')
    isTrue(code.includes("exposedHeaders: ['x-total', 'link']") && code.includes('maxAge: 600'), code)
    isTrue(!about.fix.recipes.find(({ target }) => target === 'express').code.includes('exposedHeaders'))
  },

  async 'without a Diagnosis it is for the last one, printed, and remembered'({ whycors, refused }) {
    await whycors.diagnose(refused)
    const { log } = console
    const lines = []
    console.log = line => lines.push(line)
    try {
      is((await whycors.recipe('flask')).target, 'flask')
    } finally {
      console.log = log
    }
    is(lines.length, 1)
    isTrue(lines[0].includes('Flask') && lines[0].includes(location.origin), lines[0])
    const { fix } = await whycors.diagnose(refused)
    is(fix.recipes[0].target, 'flask')
    is(fix.recipes[0].because, 'asked for before')
  },

  async 'what cannot be written is said in a sentence'({ whycors, refused, passes }) {
    const about = await whycors.diagnose(refused)
    isTrue((await rejected(whycors.recipe('ngnix', { about }))).startsWith('RangeError: whycors: There is no recipe for ngnix; there are express, '))
    for (const maxAge of [-1, 1.5, '600', NaN]) {
      is(await rejected(whycors.recipe('nginx', { about, maxAge })), `RangeError: whycors: maxAge is ${maxAge}, and has to be whole seconds.`)
    }
    isTrue((await rejected(whycors.recipe('nginx', { about, expose: ["x'y"] }))).includes("No recipe is written for x'y"))
    isTrue((await rejected(whycors.recipe('nginx', { about: {} }))).includes('there is no diagnosis yet'))
    const passing = await whycors.diagnose(passes)
    is(passing.fix.recipes.length, 0)
    isTrue((await rejected(whycors.recipe('nginx', { about: passing }))).includes('no header of a server mends this'))
    const odd = await whycors.diagnose(refused, { headers: { "x'y": '1' } })
    is(odd.fix.recipes.length, 0)
    isTrue(odd.report.includes("\nRecipe\n  No recipe is written for x'y"), odd.report)
  },

  async 'what pasted answers say of their server makes its recipe the first'({ whycors, refused }) {
    const about = { url: refused, method: 'GET' }
    const explanation = await whycors.explain(ANSWER, { about })
    is(explanation.servers.join(), 'nginx,php')
    is(explanation.fix.recipes[0].target, 'nginx')
    is(explanation.fix.recipes[0].because, 'the answer says nginx')
    isTrue(explanation.report.includes('\nRecipe\n  nginx'), explanation.report)
    isTrue(explanation.fix.recipes[0].pitfalls.join().includes('always'), explanation.fix.recipes[0].pitfalls)
    const { code } = await whycors.recipe('nginx', { about: explanation })
    isTrue(code.includes(location.origin.replace(/.*\//, '')), code)
    const { diagnosis } = await whycors.explain(ANSWER, { about: await whycors.diagnose(refused) })
    is(diagnosis.causes[0].code, 'error-response-without-cors')
    is(diagnosis.fix.recipes[0].target, 'nginx')
    is(diagnosis.report.split('\nRecipe\n').length, 2)
    const nothing = await whycors.explain('Failed to fetch')
    is(nothing.fix, undefined)
    is(nothing.servers.length, 0)
  },
}
