/** axios over fetch. */

import { client } from './axios.js'

export const install = () => ({ fetch: client('fetch') })
