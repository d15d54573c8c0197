//! What a browser's network stack calls the end of a request.
//!
//! Names of <https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h>, with or without `net::ERR_`;
//! Firefox's, as tools write them, with or without `NS_ERROR_`; and Chromium's reasons for a block. Not here: `ERR_FAILED`,
//! which says no more than that it failed: CORS, most of the time.

use crate::world::Failure::{self, *};

/// What a net error means.
#[derive(Debug, PartialEq)]
pub struct Meaning {
    /// With `_` at its end: all that begin so.
    name: &'static str,
    /// Why there was no HTTP answer, if that is why.
    pub failure: Option<Failure>,
    /// Codes of the causes that it may mean, the most frequent first.
    pub causes: &'static [&'static str],
}

/// What this net error means, if it means something.
///
/// ```
/// let meaning = whycors::explain::har::net_error::meaning("net::ERR_CERT_DATE_INVALID").unwrap();
/// assert_eq!(meaning.causes, ["tls-failure"]);
/// assert_eq!(whycors::explain::har::net_error::meaning("net::ERR_FAILED"), None);
/// ```
pub fn meaning(error: &str) -> Option<&'static Meaning> {
    let error = error.strip_prefix("net::").unwrap_or(error);
    let error = error.strip_prefix("NS_").unwrap_or(error);
    let error = error.strip_prefix("ERR_").or(error.strip_prefix("ERROR_")).unwrap_or(error);
    MEANINGS.iter().find(|meaning| {
        error.strip_prefix(meaning.name).is_some_and(|rest| rest.is_empty() || meaning.name.ends_with('_'))
    })
}

/// All that are known.
pub fn all() -> &'static [Meaning] {
    MEANINGS
}

/// The first that fits is it.
const MEANINGS: &[Meaning] = &[
    means("NAME_NOT_RESOLVED", Some(Dns), &["dns-failure"]),
    means("NAME_RESOLUTION_FAILED", Some(Dns), &["dns-failure"]),
    means("DNS_", Some(Dns), &["dns-failure"]),
    means("UNKNOWN_HOST", Some(Dns), &["dns-failure"]),
    means("CONNECTION_REFUSED", Some(Refused), &["connection-refused"]),
    means("CERT_", Some(Tls), &["tls-failure"]),
    means("SSL_CLIENT_AUTH_", Some(ClientCertificate), &["tls-failure"]),
    means("BAD_SSL_CLIENT_AUTH_CERT", Some(ClientCertificate), &["tls-failure"]),
    means("SSL_", Some(Tls), &["tls-failure"]),
    means("CONNECTION_RESET", Some(Reset), &["connection-dropped"]),
    means("CONNECTION_ABORTED", Some(Reset), &["connection-dropped"]),
    means("NET_RESET", Some(Reset), &["connection-dropped"]),
    means("NET_INTERRUPT", Some(Reset), &["connection-dropped"]),
    means("CONNECTION_CLOSED", Some(Empty), &["connection-dropped"]),
    means("EMPTY_RESPONSE", Some(Empty), &["connection-dropped"]),
    means("HTTP2_", Some(Reset), &["connection-dropped"]),
    means("QUIC_", Some(Reset), &["connection-dropped"]),
    means("INVALID_HTTP_RESPONSE", Some(Garbage), &["connection-dropped"]),
    means("RESPONSE_HEADERS_", Some(Garbage), &["connection-dropped"]),
    means("CONNECTION_TIMED_OUT", Some(Hang), &["no-response"]),
    means("TIMED_OUT", Some(Hang), &["no-response"]),
    means("NET_TIMEOUT", Some(Hang), &["no-response"]),
    means("INTERNET_DISCONNECTED", None, &["offline"]),
    // The page gave up, whatever for.
    means("ABORTED", None, &["no-response", "aborted", "timed-out"]),
    means("BINDING_ABORTED", None, &["no-response", "aborted", "timed-out"]),
    means("BLOCKED_BY_CLIENT", Some(Blocked), &["blocked-by-client"]),
    means("BLOCKED_BY_ADMINISTRATOR", Some(Blocked), &["blocked-by-client"]),
    means("BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS", Some(Denied), &["local-network-access"]),
    means("BLOCKED_BY_PRIVATE_NETWORK_ACCESS_CHECKS", Some(Denied), &["local-network-access"]),
    means("BLOCKED_BY_CSP", None, &["csp-connect-src"]),
    means("csp", None, &["csp-connect-src"]),
    means("mixed-content", None, &["mixed-content"]),
    means("BLOCKED_BY_ORB", None, &["orb"]),
    means("BLOCKED_BY_RESPONSE.NotSameOrigin", None, &["corp"]),
    means("BLOCKED_BY_RESPONSE.NotSameSite", None, &["corp"]),
    means("BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep", None, &["coep"]),
    means("BLOCKED_BY_RESPONSE", None, &["corp", "coep"]),
    means("TOO_MANY_REDIRECTS", None, &["too-many-redirects"]),
    means("UNSAFE_REDIRECT", None, &["redirect-target-without-cors", "unsupported-scheme"]),
    means("UNSAFE_PORT", None, &["bad-port"]),
    means("UNKNOWN_URL_SCHEME", None, &["unsupported-scheme"]),
    means("DISALLOWED_URL_SCHEME", None, &["unsupported-scheme"]),
];

const fn means(name: &'static str, failure: Option<Failure>, causes: &'static [&'static str]) -> Meaning {
    Meaning { name, failure, causes }
}
