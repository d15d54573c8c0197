/** ky. */

import ky from 'ky'

export const install = () => ({ fetch: (url, init) => ky(url, { ...init, retry: 0 }) })
