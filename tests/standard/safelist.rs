//! What needs a preflight and why, and what is never sent.

use whycors::Request;
use whycors::request::{Mode, PreflightReason};
use whycors::safelist;

use crate::{API, NONE, PAGE};

/// A value as long as a safelisted one may be.
const LONGEST: usize = 128;

// cors/cors-safelisted-request-header.any.js, fetch/api/cors/resources/not-cors-safelisted.json
#[test]
fn a_header_is_safelisted_by_its_name_and_value() {
    for (name, value, is_safelisted) in [
        ("accept", "", true),
        ("accept", "*/*", true),
        ("Accept", "*/*", true),
        ("ACCEPT", "text/html", true),
        ("accept", "a\tb", true),
        ("accept", "\u{ff}", true),
        ("accept", "\"", false),
        ("accept", "a:b", false),
        ("accept", "text/html;a={b}", false),
        ("accept-language", "", true),
        ("accept-language", "de-CH, *;q=0.5", true),
        ("accept-language", "en-GB,en;q=0.5", true),
        ("accept-language", "a=b.c", true),
        ("accept-language", "\u{1}", false),
        ("accept-language", "a\tb", false),
        ("accept-language", "@", false),
        ("accept-language", "de_CH", false),
        ("accept-language", "é", false),
        ("content-language", "en", true),
        ("content-language", "\u{1}", false),
        ("content-language", "@", false),
        ("content-language", "en_GB", false),
        ("content-type", "text/plain", true),
        ("content-type", "Text/Plain", true),
        ("content-type", "TEXT/PLAIN;charset=UTF-8", true),
        ("content-type", "text/plain;", true),
        ("content-type", "text/plain;garbage", true),
        ("content-type", "text/plain ; charset=x", true),
        ("content-type", "\ttext/plain\t", true),
        ("content-type", "multipart/form-data", true),
        ("content-type", "application/x-www-form-urlencoded;charset=UTF-8", true),
        ("content-type", "", false),
        ("content-type", "text", false),
        ("content-type", "text/", false),
        ("content-type", "/plain", false),
        ("content-type", "text /plain", false),
        ("content-type", "text/ plain", false),
        ("content-type", "text\t/\tplain", false),
        ("content-type", "text/html", false),
        ("content-type", "application/json", false),
        ("content-type", "application/www-form-urlencoded", false),
        ("content-type", "text/plain,", false),
        ("content-type", ",text/plain", false),
        ("content-type", "text/plain,text/plain", false),
        ("content-type", "text/plain,x/x", false),
        ("content-type", "text/plain text/plain", false),
        ("content-type", "text/plain\u{b}", false),
        ("content-type", "text/plain\u{c}", false),
        ("content-type", "text/plain;garbage\u{1}\u{2}", false),
        ("content-type", "multipart/form-data;\"", false),
        ("content-type", "application/x-www-form-urlencoded;\u{7f}", false),
        ("range", "bytes=100-200", true),
        ("range", "bytes=200-", true),
        ("range", "bytes=7-7", true),
        ("range", "bytes=007-10", true),
        ("range", "bytes=09-10", true),
        ("range", "", false),
        ("range", "bytes", false),
        ("range", "bytes=", false),
        ("range", "bytes=-", false),
        ("range", "bytes=-200", false),
        ("range", "bytes=200-100", false),
        ("range", "bytes=10-9", false),
        ("range", "bytes=9-1", false),
        ("range", "100-200", false),
        ("range", "MB=100-200", false),
        ("range", "Bytes=100-200", false),
        ("range", "bytes 0-", false),
        ("range", "bytes =100-200", false),
        ("range", "bytes\t=100-200", false),
        ("range", "bytes=  100-200", false),
        ("range", "bytes=100 -200", false),
        ("range", "bytes=100- 200", false),
        ("range", "bytes=100-200hello", false),
        ("range", "bytes=abc-def", false),
        ("range", "bytes=100-200,300-400", false),
        ("range", ",bytes=100-200", false),
        ("range", "bytes=,100-200", false),
        ("authorization", "basics", false),
        ("accept-encoding", "gzip", false),
        ("cache-control", "no-cache", false),
        ("if-none-match", "1", false),
        ("last-event-id", "\"", false),
        ("x-requested-with", "XMLHttpRequest", false),
        ("test", "hi", false),
        ("x-anything", "1", false),
        ("", "", false),
    ] {
        assert_eq!(safelist::is_safelisted_header(name, value), is_safelisted, "{name}: {value:?}");
    }
}

#[test]
fn each_unsafe_byte_makes_a_value_unsafe() {
    for byte in 0..=0x7F_u8 {
        let value = format!("text/plain;{}", char::from(byte));
        let is_unsafe = (byte < 0x20 && byte != b'\t') || br#""():<>?@[\]{}"#.contains(&byte) || byte == 0x7F;
        for name in ["accept", "content-type"] {
            assert_eq!(safelist::is_safelisted_header(name, &value), !is_unsafe, "{name}: {value:?}");
        }
        let is_language = byte.is_ascii_alphanumeric() || b" *,-.;=".contains(&byte);
        for name in ["accept-language", "content-language"] {
            let value = char::from(byte).to_string();
            assert_eq!(safelist::is_safelisted_header(name, &value), is_language, "{name}: {value:?}");
        }
    }
}

#[test]
fn a_value_longer_than_128_bytes_is_unsafe() {
    let range = |zeros| format!("bytes=1{0}-2{0}", "0".repeat(zeros));
    for (name, value, is_safelisted) in [
        ("accept", "a".repeat(LONGEST), true),
        ("accept", "a".repeat(LONGEST + 1), false),
        // One byte each on the wire, two in UTF-8.
        ("accept", "é".repeat(LONGEST), true),
        ("accept", "é".repeat(LONGEST + 1), false),
        ("accept-language", "a".repeat(LONGEST + 1), false),
        ("content-language", "a".repeat(LONGEST + 1), false),
        ("content-type", format!("text/plain; long={}", "0".repeat(LONGEST - 17)), true),
        ("content-type", format!("text/plain; long={}", "0".repeat(LONGEST - 16)), false),
        ("range", range(59), true),
        ("range", range(60), false),
    ] {
        assert_eq!(safelist::is_safelisted_header(name, &value), is_safelisted, "{name}: {value}");
    }
}

#[test]
fn safelisted_values_of_more_than_1024_bytes_together_are_all_unsafe() {
    let mut headers = vec![("Accept".to_string(), "é".repeat(LONGEST)); 8];
    assert_eq!(safelist::unsafe_names(&headers), NONE);
    headers.push(("x-b".to_string(), "a".repeat(2000)));
    assert_eq!(safelist::unsafe_names(&headers), ["x-b"], "unsafe values do not count");
    headers.push(("Content-Language".to_string(), "e".to_string()));
    assert_eq!(safelist::unsafe_names(&headers), ["accept", "content-language", "x-b"]);
}

// fetch/api/cors/cors-preflight.any.js, cors/request-headers.htm
#[test]
fn unsafe_names_are_lower_case_sorted_and_each_once() {
    for (names, expected) in [
        (vec![], vec![]),
        (vec!["Accept", "Content-Language"], vec![]),
        (vec!["X-Test", "x-test", "X-TEST"], vec!["x-test"]),
        (vec!["b", "Ba", "a", "B_", "B-"], vec!["a", "b", "b-", "b_", "ba"]),
        (vec!["Cookie", "Zebra", "Origin", "Authorization"], vec!["authorization", "zebra"]),
        (vec!["Content-Type", "Accept"], vec!["content-type"]),
    ] {
        assert_eq!(safelist::unsafe_names(&pairs(&names, "1")), expected, "{names:?}");
    }
}

// fetch/api/headers/headers-no-cors.any.js
#[test]
fn a_no_cors_call_carries_four_safelisted_headers_at_most() {
    for (name, value, is_carried) in [
        ("Accept", "*/*", true),
        ("accept-language", "de", true),
        ("Content-Language", "de", true),
        ("Content-Type", "text/plain", true),
        ("Content-Type", "application/json", false),
        ("accept", "\"", false),
        ("range", "bytes=0-", false),
        ("Range", "bytes=0-", false),
        ("DPR", "2", false),
        ("x-token", "1", false),
        ("authorization", "1", false),
    ] {
        let call = Request { mode: Mode::NoCors, ..Request::new(PAGE, API, API) };
        let call = call.with_headers(&pairs(&[name], value));
        assert_eq!(call.headers == [name.to_lowercase()], is_carried, "{name}: {value}");
        assert_eq!(call.unsafe_headers, NONE, "{name}: {value}");
    }
}

// fetch/api/basic/request-forbidden-headers.any.js, fetch/api/request/request-headers.any.js
#[test]
fn forbidden_headers_are_told_by_their_name() {
    for name in [
        "Accept-Charset",
        "Accept-Encoding",
        "Access-Control-Request-Headers",
        "Access-Control-Request-Method",
        "Connection",
        "Content-Length",
        "Cookie",
        "Cookie2",
        "Date",
        "DNT",
        "Expect",
        "Host",
        "Keep-Alive",
        "Origin",
        "Referer",
        "Set-Cookie",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "Via",
        "Proxy-",
        "proxy-a",
        "PROXY-AUTHORIZATION",
        "Sec-",
        "sec-fetch-mode",
    ] {
        assert!(safelist::is_forbidden_header(name, "1"), "{name}");
        assert!(safelist::is_forbidden_header(&name.to_lowercase(), ""), "{name}");
    }
    for name in [
        "Accept",
        "Authorization",
        "Content-Type",
        "Cookie3",
        "DNT2",
        "Proxy",
        "proxya",
        "Referrer",
        "sec",
        "Second",
        "Set-Cookie2",
        "T",
        "te trailer",
        "User-Agent",
        "X-Sec-",
        "",
    ] {
        assert!(!safelist::is_forbidden_header(name, "TRACE"), "{name}");
    }
}

#[test]
fn forbidden_headers_are_never_sent() {
    let headers = [("Cookie", "a=b"), ("Sec-Fetch-Mode", "cors"), ("X-B", "1"), ("Accept", "*/*")]
        .map(|(name, value)| (name.to_string(), value.to_string()));
    assert_eq!(safelist::sent_names(&headers), ["accept", "x-b"]);
    assert_eq!(safelist::no_cors_names(&headers), ["accept"]);
    assert_eq!(safelist::unsafe_names(&headers), ["x-b"]);
}

// fetch/api/basic/request-forbidden-headers.any.js
#[test]
fn a_method_override_is_forbidden_if_it_names_a_forbidden_method() {
    for (value, is_forbidden) in [
        ("TRACE", true),
        ("TRACK", true),
        ("CONNECT", true),
        ("trace", true),
        ("cOnnEct", true),
        ("trace,", true),
        ("GET,track ", true),
        (" connect", true),
        ("\ttrack", true),
        (r#""a", TRACE"#, true),
        (r#""\"", TRACE"#, true),
        ("", false),
        ("GET", false),
        ("GETTRACE", false),
        ("TRACE GET", false),
        (r#""TRACE""#, false),
        (r#"",TRACE,""#, false),
        (r#""\",TRACE,""#, false),
        (r#""a,TRACE"#, false),
    ] {
        for name in ["x-http-method", "X-HTTP-METHOD-OVERRIDE", "X-Method-Override"] {
            assert_eq!(safelist::is_forbidden_header(name, value), is_forbidden, "{name}: {value}");
        }
        assert!(!safelist::is_forbidden_header("x-http-methods", value));
    }
}

// xhr/open-method-case-insensitive.htm, xhr/open-method-case-sensitive.htm, xhr/open-method-insecure.htm
#[test]
fn six_methods_are_normalised_and_three_forbidden() {
    for (method, normal) in [
        ("get", "GET"),
        ("Head", "HEAD"),
        ("pOST", "POST"),
        ("put", "PUT"),
        ("delete", "DELETE"),
        ("options", "OPTIONS"),
        ("patch", "patch"),
        ("PATCH", "PATCH"),
        ("chicken", "chicken"),
        ("Query", "Query"),
        ("get post", "get post"),
        ("", ""),
    ] {
        assert_eq!(safelist::normalize_method(method), normal);
        assert!(!safelist::is_forbidden_method(method), "{method}");
    }
    for method in ["CONNECT", "TRACE", "TRACK", "connect", "Trace", "tRACK"] {
        assert!(safelist::is_forbidden_method(method), "{method}");
        assert_eq!(safelist::normalize_method(method), method);
    }
    for (method, is_safelisted) in
        [("GET", true), ("HEAD", true), ("POST", true), ("get", false), ("PUT", false), ("OPTIONS", false), ("", false)]
    {
        assert_eq!(safelist::is_safelisted_method(method), is_safelisted, "{method}");
    }
}

// fetch/api/cors/cors-preflight.any.js, cors-no-preflight.any.js, xhr/event-upload-progress-crossorigin.any.js
#[test]
fn a_preflight_has_all_its_reasons_in_order() {
    let listener = Some(PreflightReason::UploadListener);
    let stream = Some(PreflightReason::StreamBody);
    for (method, names, forced, because) in [
        ("GET", vec![], None, ""),
        ("HEAD", vec!["accept"], None, ""),
        ("POST", vec!["content-language"], None, ""),
        ("POST", vec!["content-type"], None, "header content-type"),
        ("PUT", vec![], None, "method PUT"),
        ("OPTIONS", vec![], None, "method OPTIONS"),
        ("patch", vec![], None, "method patch"),
        ("POST", vec![], listener.clone(), "upload listener"),
        ("POST", vec![], stream.clone(), "streamed body"),
        (
            "DELETE",
            vec!["X-B", "Authorization", "x-a", "accept", "x-b"],
            None,
            "method DELETE, header authorization, header x-a, header x-b",
        ),
        ("PUT", vec!["x-a"], listener, "method PUT, header x-a, upload listener"),
        ("PATCH", vec!["x-a"], stream, "method PATCH, header x-a, streamed body"),
    ] {
        let mut call = Request::new(PAGE, API, API).with_headers(&pairs(&names, "1"));
        call.method = method.to_string();
        call.forces_preflight = forced;
        let reasons = |call: &Request| -> Vec<String> {
            assert_eq!(call.has_preflight(), !call.preflight_because().is_empty());
            call.preflight_because().iter().map(PreflightReason::words).collect()
        };
        assert_eq!(reasons(&call).join(", "), because);
        let at_home = Request { target: call.origin.clone(), ..call.clone() };
        assert_eq!(reasons(&at_home), NONE, "not at the page's own origin");
        for mode in [Mode::NoCors, Mode::SameOrigin] {
            assert_eq!(reasons(&Request { mode, ..call.clone() }), NONE, "not in mode {}", mode.name());
        }
    }
}

fn pairs(names: &[&str], value: &str) -> Vec<(String, String)> {
    names.iter().map(|name| (name.to_string(), value.to_string())).collect()
}
