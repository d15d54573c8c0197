//! The CORS check and the check of a preflight's answer.

use std::borrow::Cow;

use whycors::fetch::{Refusal, Response, Sent, cors_check, preflight_check};
use whycors::request::Credentials::{self, Include, Omit, SameOrigin};

use crate::PAGE;

// cors/origin.htm, fetch/api/cors/cors-multiple-origins.sub.any.js
#[test]
fn allow_origin_is_the_origin_byte_for_byte_or_a_wildcard() {
    for (values, passes) in [
        (vec!["*"], true),
        (vec![" *  "], true),
        (vec!["\t*"], true),
        (vec![PAGE], true),
        (vec![" https://app.example.com  \t "], true),
        (vec!["\r\nhttps://app.example.com\n"], true),
        (vec![], false),
        (vec![""], false),
        (vec!["null"], false),
        (vec!["https://app.example.com/"], false),
        (vec!["https://app.example.com /"], false),
        (vec!["https://app.example.com?"], false),
        (vec!["https://app.example.com#"], false),
        (vec!["https://app.example.com:443"], false),
        (vec!["https://app.example.com\0"], false),
        (vec!["\u{c}https://app.example.com"], false),
        (vec!["\u{a0}https://app.example.com"], false),
        (vec!["HTTPS://app.example.com"], false),
        (vec!["HTTPS://APP.EXAMPLE.COM"], false),
        (vec!["http://app.example.com"], false),
        (vec!["https://www.app.example.com"], false),
        (vec!["https://*.example.com"], false),
        (vec!["*.example.com"], false),
        (vec!["app.example.com"], false),
        (vec!["//app.example.com"], false),
        (vec!["https:app.example.com"], false),
        (vec!["**"], false),
        (vec!["'*'"], false),
        (vec!["\"*\""], false),
        (vec!["* *"], false),
        (vec!["* https://app.example.com"], false),
        (vec!["https://app.example.com, *"], false),
        (vec!["https://app.example.com https://app.example.com"], false),
        (vec!["*", "*"], false),
        (vec!["*", ""], false),
        (vec!["", "*"], false),
        (vec!["", PAGE], false),
        (vec![PAGE, PAGE], false),
        (vec!["*", PAGE], false),
    ] {
        let headers: Vec<_> = values.iter().map(|value| ("Access-Control-Allow-Origin", *value)).collect();
        let outcome = cors_check(&sent("GET", &[], SameOrigin), &response(200, &headers));
        assert_eq!(outcome.is_ok(), passes, "{values:?}: {outcome:?}");
    }
}

// fetch/api/cors/cors-origin.any.js, cors/redirect-origin.htm: a sandboxed frame, a file, a redirect to a third origin
#[test]
fn the_origin_null_is_allowed_by_null() {
    for (value, credentials, passes) in [
        ("null", SameOrigin, true),
        ("null", Include, true),
        ("*", Omit, true),
        ("Null", SameOrigin, false),
        ("*", Include, false),
        (PAGE, SameOrigin, false),
    ] {
        let request = Sent { origin: "null", ..sent("GET", &[], credentials) };
        let headers = [("access-control-allow-origin", value), ("access-control-allow-credentials", "true")];
        assert_eq!(cors_check(&request, &response(200, &headers)).is_ok(), passes, "{value} {credentials:?}");
    }
}

// cors/credentials-flag.htm, fetch/api/cors/cors-cookies.any.js
#[test]
fn credentials_are_allowed_by_a_lower_case_true() {
    for (values, passes) in [
        (vec!["true"], true),
        (vec![" true\t"], true),
        (vec![], false),
        (vec![""], false),
        (vec!["True"], false),
        (vec!["TRUE"], false),
        (vec!["\"true\""], false),
        (vec!["true;"], false),
        (vec!["1"], false),
        (vec!["*"], false),
        (vec!["false"], false),
        (vec!["true", "true"], false),
        (vec!["true, true"], false),
        (vec!["true", "false"], false),
    ] {
        let mut headers = vec![("access-control-allow-origin", PAGE)];
        headers.extend(values.iter().map(|value| ("access-control-allow-credentials", *value)));
        let check = |credentials| cors_check(&sent("GET", &[], credentials), &response(200, &headers));
        assert_eq!(check(Include).is_ok(), passes, "{values:?}");
        assert_eq!(check(SameOrigin), Ok(()), "not asked: {values:?}");
        assert_eq!(check(Omit), Ok(()), "not asked: {values:?}");
    }
}

// fetch/api/cors/cors-preflight-response-validation.any.js, cors/allow-headers.htm, and for the list's grammar
// cors/access-control-expose-headers-parsing.window.js
#[test]
fn a_list_is_tokens_between_commas() {
    for (values, parses, has_token) in [
        (vec!["x-token"], true, true),
        (vec!["X-Token"], true, true),
        (vec![",x-token"], true, true),
        (vec!["x-token,,"], true, true),
        (vec!["a,x-token"], true, true),
        (vec!["a\t , \tx-token \t,b"], true, true),
        (vec!["a", "x-token"], true, true),
        (vec!["", "x-token", ""], true, true),
        (vec!["!#$%&'*+-.^_`|~09azAZ,x-token"], true, true),
        (vec![], true, false),
        (vec![""], true, false),
        (vec![","], true, false),
        (vec![" , ,\t"], true, false),
        (vec!["x-tokens"], true, false),
        (vec!["x_token"], true, false),
        (vec!["a x-token"], false, false),
        (vec!["a\tx-token"], false, false),
        (vec!["x-token a"], false, false),
        (vec!["a;x-token"], false, false),
        (vec!["x-token;"], false, false),
        (vec!["\"x-token\""], false, false),
        (vec!["\"\",x-token"], false, false),
        (vec!["x-token:"], false, false),
        (vec!["x-token, (a)"], false, false),
        (vec!["[x-token]"], false, false),
        (vec!["a/b, x-token"], false, false),
        (vec!["x-token\0"], false, false),
        (vec!["a,\r\nx-token"], false, false),
        (vec!["\u{b}x-token"], false, false),
        (vec!["\u{a0}x-token"], false, false),
        (vec!["x-tökén, x-token"], false, false),
        (vec!["x-token", "Bad value"], false, false),
    ] {
        let token = ["x-token".to_string()];
        let check = |list, unsafe_headers: &[String]| {
            let mut headers = vec![("access-control-allow-origin", "*")];
            headers.extend(values.iter().map(|value| (list, *value)));
            preflight_check(&sent("GET", unsafe_headers, SameOrigin), &response(204, &headers))
        };
        let expected = match (parses, has_token) {
            (false, _) => Err(Refusal::InvalidAllowHeaders),
            (true, true) => Ok(()),
            (true, false) => Err(Refusal::HeaderNotAllowed(0)),
        };
        assert_eq!(check("Access-Control-Allow-Headers", &token), expected, "{values:?}");
        let expected = if parses { Ok(()) } else { Err(Refusal::InvalidAllowMethods) };
        assert_eq!(check("Access-Control-Allow-Methods", &[]), expected, "{values:?}");
    }
}

// fetch/api/cors/cors-preflight-star.any.js, cors-preflight.any.js
#[test]
fn a_star_covers_what_is_asked_without_credentials() {
    for (credentials, methods, names, method, header, passes) in [
        (SameOrigin, "get", "x-test", "GET", "x-test", true),
        (SameOrigin, "*", "x-test", "SUPER", "x-test", true),
        (SameOrigin, "*", "*", "OK", "x-test", true),
        (Omit, "*", "*", "OK", "x-test", true),
        (SameOrigin, "GET, *", "a, *, b", "patch", "x-test", true),
        (SameOrigin, "", "*", "POST", "x-test", true),
        (Include, "PUT", "*", "PUT", "", true),
        (Include, "*", "*", "*", "*", true),
        (Include, "PUT", "X-TEST", "PUT", "x-test", true),
        (Include, "get", "x-test", "GET", "x-test", true),
        (Include, "*", "*", "OK", "x-test", false),
        (Include, "*", "", "PUT", "", false),
        (Include, "get", "*", "GET", "x-test", false),
        (Include, "*", "*", "GET", "x-test", false),
        (Include, "put", "*", "PUT", "", false),
        (SameOrigin, "put", "*", "PUT", "", false),
        (SameOrigin, "PATCH", "*", "patch", "", false),
        (SameOrigin, "", "*", "PUT", "", false),
        (SameOrigin, "**", "x-test", "PUT", "x-test", false),
        (SameOrigin, "PUT", "x-*", "PUT", "x-test", false),
        (SameOrigin, "*", "", "PUT", "x-test", false),
    ] {
        let headers: Vec<String> = header.split_terminator(' ').map(String::from).collect();
        let answer = allowing(methods, names);
        let outcome = preflight_check(&sent(method, &headers, credentials), &response(200, &answer));
        let row = format!("{credentials:?} {methods:?} {names:?} {method} {header:?}");
        assert_eq!(outcome.is_ok(), passes, "{row}: {outcome:?}");
    }
}

// fetch/api/cors/cors-preflight-star.any.js, its rows on Authorization
#[test]
fn a_wildcard_never_covers_authorization() {
    for (credentials, names, passes) in [
        (SameOrigin, "*", false),
        (Omit, "*, x-test", false),
        (Include, "*", false),
        (SameOrigin, "*, Authorization", true),
        (SameOrigin, "AUTHORIZATION, *", true),
        (SameOrigin, "authorization, x-test", true),
        (SameOrigin, "authorization", false),
        (Include, "*, authorization", false),
        (Include, "x-test, authorization", true),
    ] {
        let headers = ["authorization".to_string(), "x-test".to_string()];
        let outcome = preflight_check(&sent("GET", &headers, credentials), &response(200, &allowing("", names)));
        assert_eq!(outcome.is_ok(), passes, "{credentials:?} {names}: {outcome:?}");
    }
}

// xhr/event-upload-progress-crossorigin.any.js
#[test]
fn a_forced_preflight_needs_no_allow_methods_at_all() {
    for (is_forced, methods, method, passes) in [
        (true, None, "PUT", true),
        (true, None, "POST", true),
        (false, None, "PUT", false),
        (false, None, "POST", true),
        (true, Some(""), "PUT", false),
        (true, Some("POST"), "PUT", false),
        (true, Some(""), "POST", true),
    ] {
        let mut answer = vec![("access-control-allow-origin", "*")];
        answer.extend(methods.map(|methods| ("access-control-allow-methods", methods)));
        let request = Sent { use_preflight: is_forced, ..sent(method, &[], SameOrigin) };
        let outcome = preflight_check(&request, &response(200, &answer));
        assert_eq!(outcome.is_ok(), passes, "{is_forced} {methods:?} {method}");
    }
}

// fetch/api/cors/cors-preflight-status.any.js, cors-preflight-redirect.any.js
#[test]
fn a_preflight_passes_with_an_ok_status_only() {
    let check = |status| preflight_check(&sent("PUT", &[], SameOrigin), &response(status, &allowing("PUT", "")));
    for status in 200..300 {
        assert_eq!(check(status), Ok(()), "{status}");
    }
    for status in [301, 302, 303, 307, 308] {
        assert_eq!(check(status), Err(Refusal::PreflightRedirect), "{status}");
    }
    for status in [0, 100, 199, 300, 304, 305, 306, 400, 401, 403, 404, 405, 407, 418, 500, 502, 503, 504, 999] {
        assert_eq!(check(status), Err(Refusal::PreflightStatus(status)), "{status}");
    }
    let bare = response(200, &[("access-control-allow-methods", "PUT")]);
    assert_eq!(preflight_check(&sent("PUT", &[], SameOrigin), &bare), Err(Refusal::AllowOriginMissing));
}

#[test]
fn the_cors_check_names_the_step_that_refused() {
    use Refusal::*;
    for (credentials, origins, allow_credentials, expected) in [
        (SameOrigin, vec![], "true", Err(AllowOriginMissing)),
        (SameOrigin, vec!["*"], "", Ok(())),
        (SameOrigin, vec!["http://app.example.com"], "", Err(AllowOriginMismatch)),
        (SameOrigin, vec!["null"], "", Err(AllowOriginMismatch)),
        (SameOrigin, vec!["app.example.com"], "", Err(AllowOriginInvalid)),
        (SameOrigin, vec!["*", PAGE], "", Err(AllowOriginMultiple)),
        (Include, vec!["*"], "true", Err(WildcardWithCredentials)),
        (Include, vec![PAGE], "True", Err(AllowCredentialsNotTrue)),
        (Include, vec![PAGE], "true", Ok(())),
    ] {
        let mut headers = vec![("access-control-allow-credentials", allow_credentials)];
        headers.extend(origins.iter().map(|origin| ("Access-Control-Allow-Origin", *origin)));
        let outcome = cors_check(&sent("GET", &[], credentials), &response(200, &headers));
        assert_eq!(outcome, expected, "{credentials:?} {headers:?}");
    }
}

#[test]
fn the_preflight_check_names_the_step_that_refused() {
    use Refusal::*;
    let headers = ["authorization".to_string(), "x-token".to_string()];
    for (status, methods, names, expected) in [
        (308, "", "", Err(PreflightRedirect)),
        (404, "PUT", "authorization, x-token", Err(PreflightStatus(404))),
        (200, "PUT POST", "authorization, x-token", Err(InvalidAllowMethods)),
        (200, "PUT", "authorization; x-token", Err(InvalidAllowHeaders)),
        (200, "PATCH", "authorization, x-token", Err(MethodNotAllowed)),
        (200, "PUT", "", Err(HeaderNotAllowed(0))),
        (200, "PUT", "*", Err(HeaderNotAllowed(0))),
        (200, "PUT", "authorization", Err(HeaderNotAllowed(1))),
        (200, "PUT", "authorization, x-token", Ok(())),
    ] {
        let answer = [
            ("access-control-allow-origin", PAGE),
            ("access-control-allow-methods", methods),
            ("access-control-allow-headers", names),
        ];
        let outcome = preflight_check(&sent("PUT", &headers, SameOrigin), &response(status, &answer));
        assert_eq!(outcome, expected, "{status} {methods:?} {names:?}");
    }
}

#[test]
fn a_wildcard_covers_authorization_only_where_the_engine_says_so() {
    let authorization = ["authorization".to_string()];
    let lists = [("access-control-allow-origin", "*"), ("access-control-allow-headers", "*")];
    let mut request = sent("GET", &authorization, SameOrigin);
    assert!(preflight_check(&request, &response(204, &lists)).is_err());
    request.wildcard_covers_authorization = true;
    assert_eq!(preflight_check(&request, &response(204, &lists)), Ok(()));
}

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

/// Headers that allow the page, credentials, and these.
fn allowing<'a>(methods: &'a str, names: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("access-control-allow-origin", PAGE),
        ("access-control-allow-credentials", "true"),
        ("access-control-allow-methods", methods),
        ("access-control-allow-headers", names),
    ]
}
