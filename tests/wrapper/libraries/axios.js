/** axios over XMLHttpRequest. */

import axios from 'axios'

export const install = () => ({ fetch: client('xhr') })

export const client = adapter => async (url, init) => {
  const { status, data } = await axios(url, { adapter, ...init, responseType: 'text' })
  return { status, text: async () => data }
}
