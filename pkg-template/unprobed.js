/** Calls that are never probed: the server behind them counts what it gets, or nobody waits for the answer. */

/** Hosts of analytics and advertising, and everything below them. */
const HOSTS =
  'google-analytics.com googletagmanager.com doubleclick.net googlesyndication.com googleadservices.com facebook.net ' +
  'connect.facebook.com analytics.tiktok.com bat.bing.com clarity.ms segment.io segment.com mixpanel.com amplitude.com ' +
  'hotjar.com hotjar.io fullstory.com posthog.com plausible.io sentry.io nr-data.net browser-intake-datadoghq.com ' +
  'bugsnag.com logrocket.io adnxs.com criteo.com criteo.net taboola.com outbrain.com amazon-adsystem.com ads-twitter.com ' +
  'analytics.twitter.com ads.linkedin.com snap.licdn.com sc-static.net tr.snapchat.com ct.pinterest.com quantserve.com ' +
  'scorecardresearch.com chartbeat.net heapanalytics.com crazyegg.com matomo.cloud hs-analytics.net optimizely.com ' +
  'rollbar.com umami.is goatcounter.com'

/** Why no probe is sent for this call, if so. */
export function unprobed(call) {
  if (call.keepalive) return 'keepalive calls are not probed'
  if (call.eventStream) return 'event streams are not probed'
  if (call.hasUser) return 'calls with a user name of their own are not probed'
  if (isThirdParty(call)) return 'analytics and advertising hosts are not probed'
}

/** It goes to a host of analytics or advertising. */
export function isThirdParty({ parsed }) {
  const host = `.${parsed?.hostname ?? ''}`
  return HOSTS.split(' ').some(known => host.endsWith(`.${known}`))
}
