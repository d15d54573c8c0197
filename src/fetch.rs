//! The CORS algorithms of the Fetch standard, each telling *which* step refused.
//!
//! The standard's sentence stands above its statement. Text of <https://fetch.spec.whatwg.org/>
//! as of its review draft of June 2026 (whatwg/fetch 45097d9). The standard knows one failure; what we tell apart within a
//! step is marked as ours. Not here: the preflight cache, and what a response exposes; neither makes a call fail.

use alloc::borrow::Cow;

use crate::prelude::*;
use crate::request::Credentials;
use crate::text;

/// What the checks look at in a request that was sent.
#[derive(Debug, Clone, Copy)]
pub struct Sent<'a> {
    /// The result of [byte-serializing a request origin](https://fetch.spec.whatwg.org/#byte-serializing-a-request-origin).
    pub origin: &'a str,
    /// Method.
    pub method: &'a str,
    /// CORS-unsafe request-header names.
    pub unsafe_headers: &'a [String],
    /// Credentials mode.
    pub credentials: Credentials,
    /// The use-CORS-preflight flag: an upload listener or a streamed body.
    pub use_preflight: bool,
    /// The standard excludes `Authorization` from the wildcard; Chromium and WebKit do not yet.
    pub wildcard_covers_authorization: bool,
}

/// Status and headers of a response.
#[derive(Debug, Clone)]
pub struct Response<'a> {
    /// Status code.
    pub status: u16,
    /// In order, repeats kept.
    pub headers: Vec<(&'a str, Cow<'a, str>)>,
}

/// The step of a check that returned failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// No `Access-Control-Allow-Origin`.
    AllowOriginMissing,
    /// Several values in it.
    AllowOriginMultiple,
    /// Its value is not an origin.
    AllowOriginInvalid,
    /// Its value is another origin.
    AllowOriginMismatch,
    /// It is `*` while the credentials mode is `include`.
    WildcardWithCredentials,
    /// `Access-Control-Allow-Credentials` is not `true`.
    AllowCredentialsNotTrue,
    /// The preflight's status is not an ok status.
    PreflightStatus(u16),
    /// The preflight was answered with a redirect.
    PreflightRedirect,
    /// `Access-Control-Allow-Methods` does not parse.
    InvalidAllowMethods,
    /// `Access-Control-Allow-Headers` does not parse.
    InvalidAllowHeaders,
    /// The method is not allowed.
    MethodNotAllowed,
    /// A header is not allowed: the first such one, as an index into [`Sent::unsafe_headers`].
    HeaderNotAllowed(usize),
}

/// The [CORS check](https://fetch.spec.whatwg.org/#concept-cors-check).
pub fn cors_check(request: &Sent<'_>, response: &Response<'_>) -> Result<(), Refusal> {
    // "Let origin be the result of getting `Access-Control-Allow-Origin` from response's header list."
    // "If origin is null, then return failure."
    let Some(origin) = response.get("access-control-allow-origin") else {
        return Err(Refusal::AllowOriginMissing);
    };
    // "If request's credentials mode is not "include" and origin is `*`, then return success."
    if request.credentials != Credentials::Include && origin == "*" {
        return Ok(());
    }
    // "If the result of byte-serializing a request origin with request is not origin, then return failure."
    if origin != request.origin {
        return Err(other_origin(&origin));
    }
    // "If request's credentials mode is not "include", then return success."
    if request.credentials != Credentials::Include {
        return Ok(());
    }
    // "Let credentials be the result of getting `Access-Control-Allow-Credentials` from response's header list."
    // "If credentials is `true`, then return success." "Return failure."
    match response.get("access-control-allow-credentials") {
        Some(credentials) if credentials == "true" => Ok(()),
        _ => Err(Refusal::AllowCredentialsNotTrue),
    }
}

/// Steps 6 and 7 of the [CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch): everything after the
/// response to the preflight arrived.
///
/// The standard runs the CORS check first; a status that is not ok is reported before it, because it is the cause that a
/// server's owner finds and mends first.
pub fn preflight_check(request: &Sent<'_>, response: &Response<'_>) -> Result<(), Refusal> {
    // "If a CORS check for request and response returns success and response's status is an ok status, then:"
    if response.is_redirect_status() {
        return Err(Refusal::PreflightRedirect);
    }
    if !response.is_ok() {
        return Err(Refusal::PreflightStatus(response.status));
    }
    cors_check(request, response)?;
    // "Let methods be the result of extracting header list values given `Access-Control-Allow-Methods`"
    let allow_methods = response.get("access-control-allow-methods");
    let methods = extract(allow_methods.as_deref()).ok_or(Refusal::InvalidAllowMethods)?;
    // "Let headerNames be the result of extracting header list values given `Access-Control-Allow-Headers`"
    let allow_headers = response.get("access-control-allow-headers");
    let names = extract(allow_headers.as_deref()).ok_or(Refusal::InvalidAllowHeaders)?;
    // "If methods is null and request's use-CORS-preflight flag is set, then set methods to a new list containing
    // request's method." An empty header is not null.
    let is_listed = methods.contains(&request.method) || (allow_methods.is_none() && request.use_preflight);
    // "If request's method is not in methods, request's method is not a CORS-safelisted method, and request's credentials
    // mode is "include" or methods does not contain `*`, then return a network error."
    let credentialed = request.credentials == Credentials::Include;
    if !is_listed && !crate::safelist::is_safelisted_method(request.method) && (credentialed || !methods.contains(&"*"))
    {
        return Err(Refusal::MethodNotAllowed);
    }
    // "If one of request's header list's names is a CORS non-wildcard request-header name and is not a byte-case-insensitive
    // match for an item in headerNames, then return a network error."
    // "For each unsafeName of the CORS-unsafe request-header names with request's header list, if unsafeName is not a
    // byte-case-insensitive match for an item in headerNames and request's credentials mode is "include" or headerNames does
    // not contain `*`, return a network error."
    let has_wildcard = !credentialed && names.contains(&"*");
    let refused = request.unsafe_headers.iter().position(|name| {
        let is_covered = has_wildcard && (name != "authorization" || request.wildcard_covers_authorization);
        !is_covered && !names.iter().any(|listed| listed.eq_ignore_ascii_case(name))
    });
    refused.map_or(Ok(()), |index| Err(Refusal::HeaderNotAllowed(index)))
}

/// Ours: what is wrong with an `Access-Control-Allow-Origin` that is not the request's origin. Told apart as Chromium does,
/// so that our code and its console line agree.
pub(crate) fn other_origin(value: &str) -> Refusal {
    let is_origin = value == "null"
        || text::split_once(value, "://").is_some_and(|(scheme, rest)| {
            !scheme.is_empty()
                && !rest.is_empty()
                && text::all(scheme, |byte| byte.is_ascii_alphanumeric() || text::is_any_of(byte, "+-."))
        });
    if value == "*" {
        Refusal::WildcardWithCredentials
    } else if text::any(value, |byte| byte == b' ' || byte == b',') {
        Refusal::AllowOriginMultiple
    } else if is_origin {
        Refusal::AllowOriginMismatch
    } else {
        Refusal::AllowOriginInvalid
    }
}

impl<'a> Response<'a> {
    /// [Gets](https://fetch.spec.whatwg.org/#concept-header-list-get) a header: all its values, normalised and joined by `, `.
    pub fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut combined: Option<Cow<'_, str>> = None;
        for (_, value) in self.headers.iter().filter(|(header, _)| header.eq_ignore_ascii_case(name)) {
            let value = normalize(value);
            combined = Some(match combined {
                None => Cow::Borrowed(value),
                Some(before) => Cow::Owned(text::concat(&[&before, ", ", value])),
            });
        }
        combined
    }

    /// An [ok status](https://fetch.spec.whatwg.org/#ok-status).
    pub fn is_ok(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// A [redirect status](https://fetch.spec.whatwg.org/#redirect-status).
    pub fn is_redirect_status(&self) -> bool {
        is_redirect_status(self.status)
    }
}

/// A [redirect status](https://fetch.spec.whatwg.org/#redirect-status).
pub(crate) fn is_redirect_status(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// [Extracts header list values](https://fetch.spec.whatwg.org/#extract-header-list-values) of a header whose ABNF is `#token`
/// (methods are tokens, header names are); a missing header is an empty list.
///
/// The standard parses header by header; joined by commas, several of them are the same list.
fn extract(value: Option<&str>) -> Option<Vec<&str>> {
    let mut values = Vec::new();
    // "If parsing header's value, per the ABNF for header's name, fails, then return failure."
    for item in text::split(value.unwrap_or_default(), ",") {
        let item = text::trim(item, " \t");
        if !text::all(item, is_token_byte) {
            return None;
        }
        // RFC 9110, 5.6.1.2: "a recipient MUST parse and ignore a reasonable number of empty list elements"
        if !item.is_empty() {
            values.push(item);
        }
    }
    Some(values)
}

/// "To normalize a byte sequence potentialValue, remove any leading and trailing HTTP whitespace bytes from potentialValue."
fn normalize(value: &str) -> &str {
    text::trim(value, "\t\n\r ")
}

/// `tchar` of RFC 9110, 5.6.2.
pub(crate) fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || text::is_any_of(byte, "!#$%&'*+-.^_`|~")
}
