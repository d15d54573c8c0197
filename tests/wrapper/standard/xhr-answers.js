/** What XMLHttpRequest gives of an answer. https://xhr.spec.whatwg.org/#response */

import { is, isTrue, same, sent, throws } from './helpers.js'

const got = async (url, prepare = {}) => sent(Object.assign(new XMLHttpRequest(), prepare), url)
const json = { body: '{"a":1}', headers: { 'Content-Type': 'application/json' } }
const named = {
  'X-B': 'b',
  'X-A': 'a',
  'Cache-Control': 'no-store',
  'Content-Type': 'text/plain',
  'Set-Cookie': 'unread=1; Max-Age=0',
}

export const checks = {
  'before an answer everything is empty'({ urls }) {
    const xhr = new XMLHttpRequest()
    for (const prepare of [() => {}, () => xhr.open('GET', urls.own())]) {
      prepare()
      same([xhr.status, xhr.statusText, xhr.response, xhr.responseText, xhr.responseXML, xhr.responseURL], [0, '', '', '', null, ''])
      same([xhr.getResponseHeader('a'), xhr.getAllResponseHeaders()], [null, ''])
    }
    xhr.responseType = 'json'
    is(xhr.response, null)
  },

  async 'status, text and URL of an answer are given'({ urls }) {
    const xhr = await got(urls.readable({ status: 404, body: 'not ä' }) + '#fragment')
    same([xhr.status, xhr.statusText, xhr.responseText, xhr.response], [404, 'Not Found', 'not ä', 'not ä'])
    is(xhr.responseURL, urls.readable({ status: 404, body: 'not ä' }))
  },

  async 'a type of answer gives the body so'({ urls }) {
    const types = { json: Object, arraybuffer: ArrayBuffer, blob: Blob }
    for (const [responseType, kind] of Object.entries(types)) {
      const xhr = await got(urls.readable(json), { responseType })
      isTrue(xhr.response instanceof kind, responseType)
    }
    is((await got(urls.readable(json), { responseType: 'json' })).response.a, 1)
    is((await got(urls.readable(json), { responseType: 'text' })).response, json.body)
    is((await got(urls.readable(json), { responseType: 'blob' })).response.type, 'application/json')
    is((await got(urls.readable(json), { responseType: 'arraybuffer' })).response.byteLength, 7)
  },

  async 'what is given as an object is the same each time'({ urls }) {
    for (const responseType of ['json', 'arraybuffer', 'blob']) {
      const xhr = await got(urls.readable(json), { responseType })
      is(xhr.response, xhr.response, responseType)
    }
  },

  async 'what is no JSON is null, and no error'({ urls }) {
    const xhr = await got(urls.readable({ body: '{' }), { responseType: 'json' })
    same([xhr.status, xhr.response], [200, null])
  },

  async 'a document is given of XML, of HTML only when asked for'({ urls }) {
    const answer = (type, body) => urls.readable({ body, headers: { 'Content-Type': type } })
    const xml = await got(answer('application/xml', '<a/>'))
    is(xml.responseXML.documentElement.localName, 'a')
    is(xml.responseXML, xml.responseXML)
    is((await got(answer('text/html', '<p>'))).responseXML, null)
    const html = await got(answer('text/html', '<title>a</title>'), { responseType: 'document' })
    is(html.responseXML.title, 'a')
    is(html.response, html.responseXML)
  },

  async 'text and document are refused to those who asked for another type'({ urls }) {
    for (const responseType of ['json', 'blob', 'arraybuffer']) {
      const xhr = await got(urls.readable(json), { responseType })
      throws(() => xhr.responseText, 'InvalidStateError')
      throws(() => xhr.responseXML, 'InvalidStateError')
    }
    const xhr = await got(urls.readable(json), { responseType: 'document' })
    throws(() => xhr.responseText, 'InvalidStateError')
  },

  async 'overrideMimeType says how the body is to be read'({ urls }) {
    const xhr = new XMLHttpRequest()
    xhr.overrideMimeType('text/plain;charset=iso-8859-1')
    await sent(xhr, urls.readable({ body: 'ä' }))
    is(xhr.responseText, 'Ã¤')
    const xml = new XMLHttpRequest()
    xml.overrideMimeType('application/xml')
    await sent(xml, urls.readable({ body: '<a/>' }))
    is(xml.responseXML.documentElement.localName, 'a')
  },

  async 'headers are found in any case, all are sorted and in lower case'({ urls }) {
    const xhr = await got(urls.own({ body: 'a', headers: named }))
    same(['x-a', 'X-B', 'CONTENT-TYPE'].map(name => xhr.getResponseHeader(name)), ['a', 'b', 'text/plain'])
    same(['set-cookie', 'x-c', 'a b', ''].map(name => xhr.getResponseHeader(name)), [null, null, null, null])
    const all = 'cache-control: no-store\r\ncontent-length: 1\r\ncontent-type: text/plain\r\nx-a: a\r\nx-b: b\r\n'
    is(xhr.getAllResponseHeaders(), all)
  },

  async 'of another origin only the headers that may be read are given'({ urls }) {
    const xhr = await got(urls.readable({ body: 'a', headers: { ...named, 'Access-Control-Expose-Headers': 'X-A' } }))
    same(['x-a', 'x-b', 'cache-control'].map(name => xhr.getResponseHeader(name)), ['a', null, 'no-store'])
    is(xhr.getAllResponseHeaders(), 'cache-control: no-store\r\ncontent-length: 1\r\ncontent-type: text/plain\r\nx-a: a\r\n')
  },

  async 'a redirect gives the URL that it leads to'({ urls }) {
    const target = urls.elsewhere({ body: 'there' })
    const xhr = await got(urls.own({ status: 302, headers: { Location: target } }))
    same([xhr.responseText, xhr.responseURL], ['there', target])
  },

  async 'a POST that is redirected with 303 goes on as a GET'({ urls }) {
    const xhr = new XMLHttpRequest()
    await sent(xhr, urls.own({ status: 303, headers: { Location: urls.own() } }), { method: 'POST', body: 'a' })
    const { method, body } = JSON.parse(xhr.responseText)
    same([method, body], ['GET', ''])
  },

  async 'a HEAD has headers and no body'({ urls }) {
    const xhr = await sent(new XMLHttpRequest(), urls.readable({ body: 'a' }), { method: 'HEAD' })
    same([xhr.status, xhr.responseText, xhr.getResponseHeader('content-type')], [200, '', 'text/plain'])
  },

  async 'data and blob URLs are answered, others fail'() {
    const data = await got('data:text/plain,some%20text')
    same([data.status, data.responseText, data.getResponseHeader('content-type')], [200, 'some text', 'text/plain'])
    const url = URL.createObjectURL(new Blob(['a blob']))
    is((await got(url)).responseText, 'a blob')
    URL.revokeObjectURL(url)
    for (const other of [url, 'about:blank', 'no-such-scheme:a']) same([(await got(other)).status, (await got(other)).readyState], [0, 4])
  },

  async 'a call in its own time gives the same'({ urls }) {
    const xhr = new XMLHttpRequest()
    xhr.open('POST', urls.readable({ status: 201 }), false)
    xhr.setRequestHeader('x-a', '1')
    xhr.send('a body')
    const { method, body } = JSON.parse(xhr.responseText)
    same([xhr.status, method, body], [201, 'POST', 'a body'])
  },
}
