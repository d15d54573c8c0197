//! What is said where no HTTP answer came: by Chromium's network stack, by Firefox's, by Node.

use super::Means::*;
use super::{Template, means, says};

const REFUSED: &[&str] = &["connection-refused"];
const NO_NAME: &[&str] = &["dns-failure"];
const TLS: &[&str] = &["tls-failure"];
const DROPPED: &[&str] = &["connection-dropped"];
const SILENT: &[&str] = &["no-response"];
const LOCAL: &[&str] = &["local-network-access"];
const BLOCKED: &[&str] = &["blocked-by-client"];

/// What page script sees as one: no HTTP answer, or none let through.
pub(super) const UNREACHABLE: &[&str] = &[
    "connection-refused",
    "dns-failure",
    "tls-failure",
    "connection-dropped",
    "blocked-by-client",
    "no-response",
    "mixed-content",
    "offline",
    "too-many-redirects",
    "redirect-with-credentials",
];

pub(super) const TEMPLATES: &[Template] = &[
    means("net::{e} ({k}) loading {U}", NetError),
    means("err_{e} ({k}) loading {U}", NetError),
    means("net::{e}", NetError),
    means("err_{e}", NetError),
    // Firefox's network monitor and error pages.
    says("ns_error_connection_refused", REFUSED),
    says("ns_error_unknown_host", NO_NAME),
    says("ns_error_net_reset", DROPPED),
    says("ns_error_net_interrupt", DROPPED),
    says("ns_error_net_timeout", SILENT),
    says("ns_error_offline", &["offline"]),
    says("ns_error_dom_corp_failed", &["corp", "coep"]),
    says("ns_error_intercepted_error_response", &["service-worker"]),
    says("ns_error_interception_failed", &["service-worker"]),
    says("sec_error_unknown_issuer", TLS),
    says("sec_error_expired_certificate", TLS),
    says("ssl_error_bad_cert_domain", TLS),
    says("mozilla_pkix_error_self_signed_cert", TLS),
    // Node, which is no browser.
    means("request to {U} failed, reason", Head),
    means("econnrefused", Code(REFUSED)),
    means("enotfound", Code(NO_NAME)),
    means("eai_again", Code(NO_NAME)),
    means("econnreset", Code(DROPPED)),
    says("error: socket hang up", DROPPED),
    means("und_err_socket", Code(DROPPED)),
    means("etimedout", Code(SILENT)),
    means("und_err_connect_timeout", Code(SILENT)),
    means("und_err_headers_timeout", Code(SILENT)),
    says("connecttimeouterror: connect timeout error", SILENT),
    means("ehostunreach", Code(&["connection-refused", "no-response"])),
    means("enetunreach", Code(&["connection-refused", "no-response"])),
    means("depth_zero_self_signed_cert", Code(TLS)),
    means("self_signed_cert_in_chain", Code(TLS)),
    means("unable_to_verify_leaf_signature", Code(TLS)),
    means("unable_to_get_issuer_cert", Code(TLS)),
    means("cert_has_expired", Code(TLS)),
    says("error: self-signed certificate", TLS),
    says("error: self signed certificate", TLS),
    says("error: unable to verify the first certificate", TLS),
    says("error: certificate has expired", TLS),
];

/// What an error of Chromium's network stack means, without its `ERR_`; the first that it begins with. `None` for those that name
/// nothing: `FAILED`, `ABORTED`.
pub(super) fn net_error(name: &str) -> Option<&'static [&'static str]> {
    const ERRORS: &[(&str, &[&str])] = &[
        ("NAME_", NO_NAME),
        ("DNS_", NO_NAME),
        ("ICANN_NAME_COLLISION", NO_NAME),
        ("CONNECTION_REFUSED", REFUSED),
        ("CONNECTION_FAILED", REFUSED),
        ("PROXY_CONNECTION_FAILED", REFUSED),
        ("ADDRESS_UNREACHABLE", &["connection-refused", "no-response"]),
        ("CONNECTION_TIMED_OUT", SILENT),
        ("TIMED_OUT", SILENT),
        ("CONNECTION_", DROPPED),
        ("EMPTY_RESPONSE", DROPPED),
        ("HTTP2_", DROPPED),
        ("SPDY_", DROPPED),
        ("QUIC_", DROPPED),
        ("INVALID_HTTP_RESPONSE", DROPPED),
        ("ALPN_NEGOTIATION_FAILED", DROPPED),
        ("INCOMPLETE_CHUNKED_ENCODING", DROPPED),
        ("CONTENT_LENGTH_MISMATCH", DROPPED),
        ("RESPONSE_HEADERS_", DROPPED),
        ("SOCKET_NOT_CONNECTED", DROPPED),
        ("TUNNEL_CONNECTION_FAILED", DROPPED),
        ("NETWORK_CHANGED", &["connection-dropped", "intermittent"]),
        ("NETWORK_IO_SUSPENDED", &["connection-dropped", "intermittent"]),
        ("CERT_", TLS),
        ("CERTIFICATE_TRANSPARENCY", TLS),
        ("SSL_", TLS),
        ("BAD_SSL_", TLS),
        ("TLS_", TLS),
        ("INTERNET_DISCONNECTED", &["offline"]),
        ("UNSAFE_PORT", &["bad-port"]),
        ("TOO_MANY_REDIRECTS", &["too-many-redirects"]),
        ("BLOCKED_BY_CLIENT", BLOCKED),
        ("BLOCKED_BY_ADMINISTRATOR", BLOCKED),
        ("BLOCKED_BY_PRIVATE_NETWORK", LOCAL),
        ("BLOCKED_BY_LOCAL_NETWORK", LOCAL),
        ("INSECURE_PRIVATE_NETWORK_REQUEST", LOCAL),
        ("BLOCKED_BY_CSP", &["csp-connect-src"]),
        ("BLOCKED_BY_ORB", &["orb"]),
        ("BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaulted", &["coep"]),
        ("BLOCKED_BY_RESPONSE.NotSameOriginByDip", &["coep"]),
        ("BLOCKED_BY_RESPONSE.Coep", &["coep"]),
        ("BLOCKED_BY_RESPONSE.NotSame", &["corp"]),
        ("BLOCKED_BY_RESPONSE", &["corp", "coep"]),
        ("DISALLOWED_URL_SCHEME", &["unsupported-scheme"]),
        ("UNKNOWN_URL_SCHEME", &["unsupported-scheme"]),
    ];
    // In capitals, as it is written: a program's own names are none.
    ERRORS.iter().find(|(begin, _)| name.starts_with(begin)).map(|(_, causes)| *causes)
}

/// What a reason of Chromium's protocol means, as the network panel names it; whether it is the preflight's.
pub(super) fn cors_error(name: &str) -> Option<(&'static [&'static str], bool)> {
    let (name, is_preflight) = match name.strip_prefix("Preflight") {
        Some(rest) => (rest, true),
        None => (name, false),
    };
    let causes: &[&str] = match name {
        "MissingAllowOriginHeader" => &["missing-allow-origin"],
        "AllowOriginMismatch" => &["origin-mismatch"],
        "MultipleAllowOriginValues" => &["multiple-allow-origin"],
        "InvalidAllowOriginValue" => &["invalid-allow-origin"],
        "WildcardOriginNotAllowed" => &["wildcard-with-credentials"],
        "InvalidAllowCredentials" => &["allow-credentials-not-true"],
        "InvalidStatus" => &["preflight-status"],
        "DisallowedRedirect" => &["preflight-redirect"],
        "MethodDisallowedByPreflightResponse" => &["method-not-allowed"],
        "HeaderDisallowedByPreflightResponse" => &["header-not-allowed"],
        "InvalidAllowMethodsPreflightResponse" => &["invalid-allow-methods"],
        "InvalidAllowHeadersPreflightResponse" => &["invalid-allow-headers"],
        "RedirectContainsCredentials" => &["redirect-with-credentials"],
        "CorsDisabledScheme" => &["unsupported-scheme"],
        "DisallowedByMode" => &["same-origin-mode"],
        "LocalNetworkAccessPermissionDenied"
        | "InsecureLocalNetwork"
        | "InvalidLocalNetworkAccess"
        | "InsecurePrivateNetwork"
        | "MissingAllowPrivateNetwork"
        | "InvalidAllowPrivateNetwork" => LOCAL,
        _ => return None,
    };
    Some((causes, is_preflight))
}
