/** @sentry/browser with tracing, which adds headers to calls. */

import { browserTracingIntegration } from '@sentry/browser'
import { sentry } from './sentry.js'

export const install = context => sentry(context, [browserTracingIntegration({ instrumentPageLoad: false, idleTimeout: 30_000 })])
