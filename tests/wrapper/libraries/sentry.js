/** @sentry/browser: its breadcrumbs and events, and with tracing its spans. */

import * as Sentry from '@sentry/browser'

export const install = context => sentry(context, [])

export function sentry({ api, isPath, sleep }, integrations) {
  const isTracing = integrations.length > 0
  const crumbs = []
  const events = []
  const spans = []
  const caught = new Set()
  const client = Sentry.init({
    dsn: 'https://public@sentry.invalid/1',
    transport: () => ({ send: async () => ({}), flush: async () => true }),
    // It drops an event that is like the one before: which one that is, is chance.
    integrations: defaults => [...defaults.filter(({ name }) => name !== 'Dedupe'), ...integrations],
    tracesSampleRate: 1,
    tracePropagationTargets: [api],
    beforeBreadcrumb(crumb) {
      const { category, level, data } = crumb
      if (/fetch|xhr/.test(category)) {
        crumbs.push({ url: isPath(data.url), category, level, method: data.method, code: data.status_code })
      }
      return crumb
    },
    beforeSend(event, { originalException }) {
      const said = event.exception?.values.map(({ type, value, mechanism }) => [type, value, mechanism?.type, mechanism?.handled])
      events.push({ level: event.level, said, isCaught: caught.has(originalException) })
      return event
    },
  })
  client.on('spanEnd', span => {
    const { name, attributes, status } = Sentry.spanToJSON(span)
    const { type, 'sentry.op': op, 'url.full': url, 'http.request.method': method, 'http.response.status_code': code } = attributes
    if (op === 'http.client') spans.push({ url: isPath(url), name, status, type, method, code })
  })
  // Else a call has no parent, and then no span.
  if (isTracing) Sentry.startBrowserTracingNavigationSpan(client, { name: 'app', op: 'navigation' })
  return {
    caught(error) {
      caught.add(error)
      Sentry.captureException(error)
    },
    async own() {
      // It waits for Resource Timing before it ends a span.
      if (isTracing) await sleep(400)
      return { crumbs: crumbs.sort(byText), events: events.sort(byText), spans: spans.sort(byText) }
    },
    isSound: ({ crumbs, events, spans }, headers, calls) =>
      crumbs.length === calls &&
      events.filter(({ isCaught }) => isCaught).length === (isTracing ? 3 : 2) &&
      spans.length === (isTracing ? calls : 0) &&
      headers.includes('sentry-trace') === isTracing,
  }
}

const byText = (one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other))
