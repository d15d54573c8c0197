//! The CORS algorithms of the Fetch standard, each telling *which* step refused.
//!
//! The standard's sentence stands above its statement. Text of <https://fetch.spec.whatwg.org/>
//! as of its review draft of June 2026 (whatwg/fetch 45097d9). The standard knows one failure; what we tell apart within a step is marked as ours.

use std::borrow::Cow;

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
    /// A header is not allowed.
    HeaderNotAllowed(String),
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
    let methods = response.extract("access-control-allow-methods").map_err(|()| Refusal::InvalidAllowMethods)?;
    // "Let headerNames be the result of extracting header list values given `Access-Control-Allow-Headers`"
    let names = response.extract("access-control-allow-headers").map_err(|()| Refusal::InvalidAllowHeaders)?;
    // "If methods is null and request's use-CORS-preflight flag is set, then set methods to a new list containing
    // request's method."
    let is_listed = methods.iter().any(|method| method == request.method);
    let is_implied = request.use_preflight && response.get("access-control-allow-methods").is_none();
    // "If request's method is not in methods, request's method is not a CORS-safelisted method, and request's credentials
    // mode is "include" or methods does not contain `*`, then return a network error."
    let credentialed = request.credentials == Credentials::Include;
    if !is_listed
        && !is_implied
        && !crate::safelist::is_safelisted_method(request.method)
        && (credentialed || !methods.iter().any(|method| method == "*"))
    {
        return Err(Refusal::MethodNotAllowed);
    }
    let is_named = |name: &str| names.iter().any(|listed| listed.eq_ignore_ascii_case(name));
    let has_wildcard = names.iter().any(|listed| listed == "*");
    // "If one of request's header list's names is a CORS non-wildcard request-header name and is not a byte-case-insensitive
    // match for an item in headerNames, then return a network error."
    if let Some(name) = request.unsafe_headers.iter().find(|name| *name == "authorization")
        && !is_named(name)
        && !(request.wildcard_covers_authorization && has_wildcard && !credentialed)
    {
        return Err(Refusal::HeaderNotAllowed(name.clone()));
    }
    // "For each unsafeName of the CORS-unsafe request-header names with request's header list, if unsafeName is not a
    // byte-case-insensitive match for an item in headerNames and request's credentials mode is "include" or headerNames does
    // not contain `*`, return a network error."
    match request.unsafe_headers.iter().find(|name| !is_named(name) && (credentialed || !has_wildcard)) {
        Some(name) => Err(Refusal::HeaderNotAllowed(name.clone())),
        None => Ok(()),
    }
}

/// Ours: what is wrong with an `Access-Control-Allow-Origin` that is not the request's origin. Told apart as Chromium does,
/// so that our code and its console line agree.
fn other_origin(value: &str) -> Refusal {
    let is_origin = value == "null"
        || text::split_once(value, "://").is_some_and(|(scheme, rest)| {
            !scheme.is_empty()
                && !rest.is_empty()
                && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        });
    if value == "*" {
        Refusal::WildcardWithCredentials
    } else if value.bytes().any(|byte| byte == b' ' || byte == b',') {
        Refusal::AllowOriginMultiple
    } else if is_origin {
        Refusal::AllowOriginMismatch
    } else {
        Refusal::AllowOriginInvalid
    }
}

impl<'a> Response<'a> {
    /// [Gets](https://fetch.spec.whatwg.org/#concept-header-list-get) a header: all its values, joined by `, `.
    pub fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut values =
            self.headers.iter().filter(|(header, _)| header.eq_ignore_ascii_case(name)).map(|(_, value)| value);
        let first = values.next()?;
        let mut combined = Cow::Borrowed(text::trim(first, " \t"));
        for value in values {
            combined = Cow::Owned(text::concat(&[&combined, ", ", text::trim(value, " \t")]));
        }
        Some(combined)
    }

    /// [Extracts header list values](https://fetch.spec.whatwg.org/#extract-header-list-values) of `#token`; a missing header
    /// is an empty list.
    fn extract(&self, name: &str) -> Result<Vec<String>, ()> {
        let Some(value) = self.get(name) else { return Ok(Vec::new()) };
        // RFC 9110, 5.6.1.2: "a recipient MUST parse and ignore a reasonable number of empty list elements"
        let mut items = Vec::new();
        for item in text::split(&value, ",") {
            let item = text::trim(item, " \t");
            if !item.bytes().all(is_token_byte) {
                return Err(());
            }
            if !item.is_empty() {
                items.push(item.to_string());
            }
        }
        Ok(items)
    }

    /// An [ok status](https://fetch.spec.whatwg.org/#ok-status).
    pub fn is_ok(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// A [redirect status](https://fetch.spec.whatwg.org/#redirect-status).
    pub fn is_redirect_status(&self) -> bool {
        matches!(self.status, 301 | 302 | 303 | 307 | 308)
    }
}

/// `tchar` of RFC 9110, 5.6.2.
pub(crate) fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "https://app.example.com";

    fn sent<'a>(method: &'a str, unsafe_headers: &'a [String], credentials: Credentials) -> Sent<'a> {
        Sent {
            origin: PAGE,
            method,
            unsafe_headers,
            credentials,
            use_preflight: false,
            wildcard_covers_authorization: false,
        }
    }

    fn response<'a>(status: u16, headers: &[(&'a str, &'a str)]) -> Response<'a> {
        Response { status, headers: headers.iter().map(|(name, value)| (*name, Cow::Borrowed(*value))).collect() }
    }

    #[test]
    fn the_cors_check_names_the_step_that_refused() {
        use Refusal::*;
        let include = Credentials::Include;
        let omit = Credentials::SameOrigin;
        for (credentials, headers, expected) in [
            (omit, vec![], Err(AllowOriginMissing)),
            (omit, vec![("Access-Control-Allow-Origin", "*")], Ok(())),
            (omit, vec![("access-control-allow-origin", " https://app.example.com\t")], Ok(())),
            (omit, vec![("access-control-allow-origin", "https://app.example.com/")], Err(AllowOriginMismatch)),
            (omit, vec![("access-control-allow-origin", "http://app.example.com")], Err(AllowOriginMismatch)),
            (omit, vec![("access-control-allow-origin", "HTTPS://APP.example.com")], Err(AllowOriginMismatch)),
            (omit, vec![("access-control-allow-origin", "null")], Err(AllowOriginMismatch)),
            (omit, vec![("access-control-allow-origin", "app.example.com")], Err(AllowOriginInvalid)),
            (omit, vec![("access-control-allow-origin", "")], Err(AllowOriginInvalid)),
            (omit, vec![("access-control-allow-origin", "true")], Err(AllowOriginInvalid)),
            (
                omit,
                vec![("access-control-allow-origin", "*"), ("access-control-allow-origin", "*")],
                Err(AllowOriginMultiple),
            ),
            (omit, vec![("access-control-allow-origin", "*, https://app.example.com")], Err(AllowOriginMultiple)),
            (
                omit,
                vec![("access-control-allow-origin", "https://app.example.com https://b.example")],
                Err(AllowOriginMultiple),
            ),
            (include, vec![("access-control-allow-origin", "*")], Err(WildcardWithCredentials)),
            (include, vec![("access-control-allow-origin", PAGE)], Err(AllowCredentialsNotTrue)),
            (
                include,
                vec![("access-control-allow-origin", PAGE), ("access-control-allow-credentials", "True")],
                Err(AllowCredentialsNotTrue),
            ),
            (
                include,
                vec![("access-control-allow-origin", PAGE), ("access-control-allow-credentials", "true")],
                Ok(()),
            ),
        ] {
            let outcome = cors_check(&sent("GET", &[], credentials), &response(200, &headers));
            assert_eq!(outcome, expected, "{credentials:?} {headers:?}");
        }
    }

    #[test]
    fn the_preflight_check_reads_its_lists_as_the_standard_does() {
        use Refusal::*;
        let token = vec!["x-token".to_string()];
        let authorization = vec!["authorization".to_string()];
        let allow = "access-control-allow-methods";
        let names = "access-control-allow-headers";
        for (method, headers, credentials, status, lists, expected) in [
            ("PUT", &token, Credentials::SameOrigin, 204, vec![(allow, "PUT"), (names, "X-Token")], Ok(())),
            ("PUT", &token, Credentials::SameOrigin, 204, vec![(allow, "*"), (names, "*")], Ok(())),
            ("PUT", &token, Credentials::Include, 204, vec![(allow, "*"), (names, "*")], Err(MethodNotAllowed)),
            ("GET", &token, Credentials::Include, 204, vec![(names, "*")], Err(HeaderNotAllowed("x-token".into()))),
            (
                "put",
                &token,
                Credentials::SameOrigin,
                204,
                vec![(allow, "PUT"), (names, "x-token")],
                Err(MethodNotAllowed),
            ),
            (
                "GET",
                &authorization,
                Credentials::SameOrigin,
                204,
                vec![(names, "*")],
                Err(HeaderNotAllowed("authorization".into())),
            ),
            ("GET", &authorization, Credentials::SameOrigin, 204, vec![(names, "*, Authorization")], Ok(())),
            ("POST", &token, Credentials::SameOrigin, 200, vec![(names, ",, x-a ,x-token,")], Ok(())),
            ("POST", &token, Credentials::SameOrigin, 200, vec![(names, "x a")], Err(InvalidAllowHeaders)),
            (
                "POST",
                &token,
                Credentials::SameOrigin,
                200,
                vec![(allow, "GET;POST"), (names, "x-token")],
                Err(InvalidAllowMethods),
            ),
            ("POST", &token, Credentials::SameOrigin, 404, vec![(names, "x-token")], Err(PreflightStatus(404))),
            ("POST", &token, Credentials::SameOrigin, 308, vec![], Err(PreflightRedirect)),
            ("POST", &token, Credentials::SameOrigin, 304, vec![], Err(PreflightStatus(304))),
        ] {
            let mut all = vec![("access-control-allow-origin", PAGE), ("access-control-allow-credentials", "true")];
            all.extend(&lists);
            let outcome = preflight_check(&sent(method, headers, credentials), &response(status, &all));
            assert_eq!(outcome, expected, "{method} {headers:?} {credentials:?} {status} {lists:?}");
        }
    }

    #[test]
    fn a_wildcard_covers_authorization_only_where_the_engine_says_so() {
        let authorization = vec!["authorization".to_string()];
        let lists = [("access-control-allow-origin", "*"), ("access-control-allow-headers", "*")];
        let mut request = sent("GET", &authorization, Credentials::SameOrigin);
        assert!(preflight_check(&request, &response(204, &lists)).is_err());
        request.wildcard_covers_authorization = true;
        assert_eq!(preflight_check(&request, &response(204, &lists)), Ok(()));
    }
}
