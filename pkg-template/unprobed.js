/** Calls that are never probed: the server behind them counts what it gets, or nobody waits for the answer. */

/** Hosts of analytics and advertising, and everything below them. */
const HOSTS =
  'google-analytics.com googletagmanager.com doubleclick.net googlesyndication.com googleadservices.com facebook.net ' +
  'connect.facebook.com analytics.tiktok.com bat.bing.com clarity.ms segment.io segment.com mixpanel.com amplitude.com ' +
  'hotjar.com hotjar.io fullstory.com posthog.com plausible.io sentry.io nr-data.net browser-intake-datadoghq.com ' +
  'bugsnag.com logrocket.io'

/** Why no probe is sent for this call, if so. */
export function unprobed({ keepalive, eventStream, parsed }) {
  if (keepalive) return 'keepalive calls are not probed'
  if (eventStream) return 'event streams are not probed'
  const host = `.${parsed?.hostname ?? ''}`
  if (HOSTS.split(' ').some(known => host.endsWith(`.${known}`))) return 'analytics and advertising hosts are not probed'
}
