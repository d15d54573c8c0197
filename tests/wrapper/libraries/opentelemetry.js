/** OpenTelemetry for the web: a span for each call, and its context in a header. */

import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { registerInstrumentations } from '@opentelemetry/instrumentation'
import { FetchInstrumentation } from '@opentelemetry/instrumentation-fetch'
import { XMLHttpRequestInstrumentation } from '@opentelemetry/instrumentation-xml-http-request'
import { InMemorySpanExporter, SimpleSpanProcessor, WebTracerProvider } from '@opentelemetry/sdk-trace-web'

export const install = context => openTelemetry(context)

export function openTelemetry({ api, isPath, sleep }, contextManager) {
  const exporter = new InMemorySpanExporter()
  const provider = new WebTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  provider.register({ contextManager, propagator: new W3CTraceContextPropagator() })
  const options = { propagateTraceHeaderCorsUrls: [new RegExp(`^${api}`)] }
  registerInstrumentations({
    tracerProvider: provider,
    instrumentations: [new FetchInstrumentation(options), new XMLHttpRequestInstrumentation(options)],
  })
  const spans = () => exporter.getFinishedSpans().map(({ name, attributes, status, instrumentationScope }) => ({
    name,
    by: instrumentationScope.name,
    url: isPath(attributes['http.url'] ?? attributes['url.full']),
    method: attributes['http.method'] ?? attributes['http.request.method'],
    code: attributes['http.status_code'] ?? attributes['http.response.status_code'],
    error: attributes['error.type'] ?? attributes['http.error_name'],
    status,
  }))
  return {
    // It waits 300 ms for Resource Timing before it ends a span.
    async own() {
      await sleep(400)
      return { spans: spans().sort((one, other) => one.url.localeCompare(other.url)) }
    },
    isSound: ({ spans }, headers, calls) => spans.length === calls && headers.includes('traceparent'),
  }
}
