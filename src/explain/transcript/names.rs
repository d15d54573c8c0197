//! Which side sends a header. A block without a status line is known by its names alone.

/// Who sends a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Request,
    Response,
    Both,
}

/// Who sends a header of this name; `None` for names that are not in the list.
pub(super) fn side(name: &str) -> Option<Side> {
    if is_listed(name, REQUEST) {
        Some(Side::Request)
    } else if is_listed(name, RESPONSE) {
        Some(Side::Response)
    } else if is_listed(name, BOTH) {
        Some(Side::Both)
    } else {
        None
    }
}

/// It is of the CORS protocol and no one but a server sends it.
pub(super) fn is_cors(name: &str) -> bool {
    is_listed(name, &["access-control-allow-*", "access-control-expose-headers"])
}

/// A list has this name, or what it begins with and a star; in any case. This is asked of every line.
fn is_listed(name: &str, list: &[&str]) -> bool {
    list.iter().any(|item| match item.strip_suffix('*') {
        Some(start) => name.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start)),
        None => name.eq_ignore_ascii_case(item),
    })
}

const REQUEST: &[&str] = &[
    "access-control-request-*",
    "sec-fetch-*",
    "sec-ch-*",
    "if-*",
    "accept",
    "accept-encoding",
    "accept-language",
    "authorization",
    "cookie",
    "dnt",
    "expect",
    "host",
    "origin",
    "proxy-authorization",
    "range",
    "referer",
    "sec-gpc",
    "te",
    "upgrade-insecure-requests",
    "user-agent",
    "x-csrf-token",
    "x-requested-with",
];

const RESPONSE: &[&str] = &[
    "access-control-*",
    "cross-origin-*",
    "content-security-policy*",
    "x-amz-cf-*",
    "x-amz-id-2",
    "x-amz-request-id",
    "x-amzn-*",
    "x-ratelimit-*",
    "accept-ch",
    "accept-ranges",
    "age",
    "alt-svc",
    "cdn-cache-control",
    "cf-cache-status",
    "cf-ray",
    "content-disposition",
    "content-encoding",
    "content-range",
    "etag",
    "expires",
    "keep-alive",
    "last-modified",
    "location",
    "nel",
    "permissions-policy",
    "proxy-authenticate",
    "proxy-connection",
    "referrer-policy",
    "report-to",
    "reporting-endpoints",
    "retry-after",
    "server",
    "server-timing",
    "set-cookie",
    "strict-transport-security",
    "timing-allow-origin",
    "transfer-encoding",
    "vary",
    "via",
    "www-authenticate",
    "x-aspnet-version",
    "x-cache",
    "x-content-type-options",
    "x-dns-prefetch-control",
    "x-download-options",
    "x-frame-options",
    "x-permitted-cross-domain-policies",
    "x-powered-by",
    "x-robots-tag",
    "x-runtime",
    "x-served-by",
    "x-ua-compatible",
    "x-vercel-id",
    "x-xss-protection",
];

const BOTH: &[&str] = &[
    "allow",
    "cache-control",
    "connection",
    "content-language",
    "content-length",
    "content-type",
    "date",
    "link",
    "pragma",
    "priority",
    "trailer",
    "upgrade",
    "warning",
    "x-correlation-id",
    "x-request-id",
];
