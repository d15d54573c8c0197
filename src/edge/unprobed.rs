//! Calls that are never probed: the server behind them counts what it gets, or nobody waits for the answer.

use super::capture::Call;

/// Hosts of analytics and advertising, and everything below them.
const HOSTS: [&str; 24] = [
    "google-analytics.com",
    "googletagmanager.com",
    "doubleclick.net",
    "googlesyndication.com",
    "googleadservices.com",
    "facebook.net",
    "connect.facebook.com",
    "analytics.tiktok.com",
    "bat.bing.com",
    "clarity.ms",
    "segment.io",
    "segment.com",
    "mixpanel.com",
    "amplitude.com",
    "hotjar.com",
    "hotjar.io",
    "fullstory.com",
    "posthog.com",
    "plausible.io",
    "sentry.io",
    "nr-data.net",
    "browser-intake-datadoghq.com",
    "bugsnag.com",
    "logrocket.io",
];

/// Why no probe is sent for this call, if so.
pub fn reason(call: &Call) -> Option<&'static str> {
    let host = call.request.target.host();
    let is_below = |known: &str| host.strip_suffix(known).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    if call.keepalive {
        Some("keepalive calls are not probed")
    } else if call.event_stream {
        Some("event streams are not probed")
    } else if HOSTS.iter().any(|known| is_below(known)) {
        Some("analytics and advertising hosts are not probed")
    } else {
        None
    }
}
