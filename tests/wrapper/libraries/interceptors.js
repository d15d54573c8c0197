/** @mswjs/interceptors, which mocks in the page: it replaces fetch and XMLHttpRequest. */

import { BatchInterceptor } from '@mswjs/interceptors'
import { FetchInterceptor } from '@mswjs/interceptors/fetch'
import { XMLHttpRequestInterceptor } from '@mswjs/interceptors/XMLHttpRequest'

export function install({ urls, mocked }) {
  const interceptor = new BatchInterceptor({
    name: 'mocks',
    interceptors: [new FetchInterceptor(), new XMLHttpRequestInterceptor()],
  })
  interceptor.apply()
  interceptor.on('request', ({ request: { url }, controller }) => {
    const key = mocked.find(key => urls[key] === url)
    if (key) controller.respondWith(key.startsWith('mockedPasses') ? Response.json({ mocked: true }) : Response.error())
  })
  return { mocks: true }
}
