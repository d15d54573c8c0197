/** ofetch. */

import { ofetch } from 'ofetch'

export const install = () => ({
  async fetch(url, init) {
    const { status, _data } = await ofetch.raw(url, { ...init, retry: 0, responseType: 'text' })
    return { status, text: async () => _data }
  },
})
