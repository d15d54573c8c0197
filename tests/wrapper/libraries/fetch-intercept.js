/** fetch-intercept. */

import intercept from 'fetch-intercept'

export function install({ isPath }) {
  const seen = []
  intercept.register({
    request(url, config) {
      seen.push(['request', isPath(url)])
      return [url, config]
    },
    responseError(error) {
      seen.push(['error', error.name])
      return Promise.reject(error)
    },
  })
  return { own: () => ({ seen }), isSound: ({ seen }) => seen.length >= 3 }
}
