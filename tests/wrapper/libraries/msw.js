/** Mock Service Worker, in its service worker. */

import { HttpResponse, http } from 'msw'
import { setupWorker } from 'msw/browser'

export async function install({ urls, mocked }) {
  // Handlers know no query.
  const answers = mocked.map(key => http.get(urls[key].split('?')[0], () => answer(key)))
  const worker = setupWorker(...answers)
  await worker.start({ quiet: true, onUnhandledRequest: 'bypass', serviceWorker: { url: './mockServiceWorker.js' } })
  return { mocks: true }
}

const answer = key => (key.startsWith('mockedPasses') ? HttpResponse.json({ mocked: true }) : HttpResponse.error())
