/** Whycors in a frame, or in the page around it. */

import { check, diagnosed, failure, isRight, kept, sleep } from './helpers.js'

const MARK = Symbol.for('whycors')

async function frameOf(src) {
  const frame = document.createElement('iframe')
  frame.src = src
  const loaded = new Promise(resolve => (frame.onload = resolve))
  document.body.append(frame)
  await loaded
  return frame
}

/** The diagnoses of which a window is told. */
function heardBy(view) {
  const heard = []
  view.addEventListener('whycors:diagnosis', ({ detail }) => heard.push(detail.request.url))
  return heard
}

/** The page has no whycors; its frames do. */
export async function inside({ installed, refused, hangs }) {
  const native = fetch
  const frame = await frameOf(installed)
  const [inPage, inFrame] = [window, frame.contentWindow].map(heardBy)
  const { diagnosed } = await frame.contentWindow.eval(`import('/wrapper/lifecycles/helpers.js')`)
  const heard = await diagnosed(refused)
  const untouched = fetch === native && !(MARK in window) && !inPage.length
  const all = [
    check('in a frame: its failing call is diagnosed there', heard && isRight(heard) && inFrame.includes(refused)),
    check('in a frame: the page around it is left as it is', untouched, { inPage }),
  ]
  const before = kept().length
  frame.contentWindow.eval(`fetch(${JSON.stringify(`${hangs}/frame`)})`)
  frame.contentWindow.eval(`fetch(${JSON.stringify(`${refused}/removed`)}).catch(() => setTimeout(() => frameElement.remove(), 20))`)
  for (let i = 0; i < 100 && frame.isConnected; i++) await sleep(50)
  await sleep(1500)
  const thrown = kept().slice(before).filter(({ kind }) => /thrown|rejected|warn/.test(kind))
  return [...all, check('a removed frame: its pending call throws nothing here', !frame.isConnected && !thrown.length, kept().slice(before))]
}

/** The page has whycors; its frame does not. */
export async function around({ bare, refused }) {
  const frame = await frameOf(bare)
  const { contentWindow } = frame
  const heard = heardBy(window)
  await contentWindow.eval(`fetch(${JSON.stringify(`${refused}/frame`)}).catch(() => {})`)
  const own = await diagnosed(`${refused}/page`)
  await sleep(500)
  const isNative = !(MARK in contentWindow) && contentWindow.fetch !== fetch && `${contentWindow.fetch}`.includes('native')
  return [
    check('in the page around: its own call is diagnosed, and the frame is left as it is', own && isRight(own) && isNative && heard.length === 1, heard),
  ]
}
