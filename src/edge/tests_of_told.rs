//! What the page's side makes of what browsers tell of a failure, and what of it is shown, in a real browser.

use js_sys::{Array, JSON};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::wasm_bindgen_test;

use super::js;
use super::tests::run;

#[wasm_bindgen(module = "/pkg-template/mask.js")]
extern "C" {
    fn masked(url: &JsValue) -> String;
    fn unparsed(text: &str) -> String;
    fn unquoted(message: &str, call: &JsValue) -> String;
}

#[wasm_bindgen(module = "/pkg-template/told.js")]
extern "C" {
    #[wasm_bindgen(js_name = calledAt)]
    fn called_at(error: &JsValue) -> Option<String>;
    #[wasm_bindgen(js_name = isOfWorker)]
    fn is_of_worker(error: &JsValue) -> bool;
}

#[wasm_bindgen(module = "/pkg-template/violation.js")]
extern "C" {
    fn violation(violations: &Array, url: &str, since: f64) -> JsValue;
}

#[wasm_bindgen(module = "/pkg-template/timing.js")]
extern "C" {
    fn refine(timings: &Array, name: &str, ended: f64) -> Option<String>;
}

fn list(json: &str) -> Array {
    Array::from(&JSON::parse(json).unwrap_or_default())
}

#[wasm_bindgen_test]
fn a_violation_is_matched_by_url_or_origin() {
    let url = "https://u:p@a.test:8443/x/y?q";
    for (blocked, is_named) in [
        ("https://a.test:8443/x/y?q", true),
        ("https://a.test:8443", true),
        ("https://a.test:8443/", true),
        ("https://a.test:84", false),
        ("https://a.test:8443/x", false),
        ("https://a.test:8443/other", false),
        ("inline", false),
        ("", false),
    ] {
        let events =
            [r#"[{"timeStamp": 1, "effectiveDirective": "connect-src", "blockedURI": ""#, blocked, r#""}]"#].concat();
        assert_eq!(violation(&list(&events), url, 0.0).is_object(), is_named, "{blocked}");
    }
}

#[wasm_bindgen_test]
fn an_enforced_violation_wins_over_a_reported_one() {
    let events = list(
        r#"[{"timeStamp": 10, "blockedURI": "https://a.test/x", "effectiveDirective": "connect-src", "disposition": "enforce"},
            {"timeStamp": 20, "blockedURI": "https://a.test/x", "effectiveDirective": "connect-src", "disposition": "report"},
            {"timeStamp": 20, "blockedURI": "https://a.test/x", "effectiveDirective": "img-src", "disposition": "enforce"}]"#,
    );
    let disposition = |since| js::text(&violation(&events, "https://a.test/x", since), "disposition");
    assert_eq!([disposition(0.0), disposition(15.0), disposition(30.0)], ["enforce", "report", ""]);
}

#[wasm_bindgen_test]
fn what_resource_timing_says_of_a_failure() {
    for (entries, ended, outcome) in [
        // A duration of exactly 0 is early.
        (&[("u", 0.0, 0.0)][..], 103.0, Some("failed-early")),
        (&[("u", 1.0, 0.0)], 103.0, Some("failed-late")),
        // Of a slow preflight only the time counts at which the observer was told.
        (&[("u", 0.0, 2000.0)], 2100.0, Some("failed-early")),
        // Other requests and other times.
        (&[], 100.0, None),
        (&[("u#whycors-simple", 0.0, 0.0)], 100.0, None),
        (&[("u/v", 0.0, 0.0)], 100.0, None),
        (&[("u#own", 0.0, 0.0)], 100.0, Some("failed-early")),
        (&[("u", 0.0, 0.0)], 900.0, None),
        // Several count if they agree.
        (&[("u", 0.0, 0.0), ("u", 0.0, 1.0)], 103.0, Some("failed-early")),
        (&[("u", 0.0, 0.0), ("u", 4.0, 0.0)], 103.0, Some("failed")),
    ] {
        let timings = Array::new();
        for (name, duration, wait) in entries {
            let told = 103.0 + duration + wait;
            let entry = format!(
                r#"{{"told":{told},"entry":{{"name":"{name}","startTime":100,"duration":{duration},"initiatorType":"fetch"}}}}"#
            );
            timings.push(&JSON::parse(&entry).unwrap_or_default());
        }
        assert_eq!(refine(&timings, "u", ended).as_deref(), outcome, "{entries:?} {ended}");
    }
}

#[wasm_bindgen_test]
fn what_was_buffered_tells_of_the_first_failure_only() {
    let refined = |duration: &str, ended| {
        let entry = [
            "[{ told: 900, isBuffered: true, entry: { name: 'u', startTime: 100, initiatorType: 'fetch', duration: ",
            duration,
            "} }]",
        ];
        refine(&Array::from(&run(&entry.concat())), "u", ended)
    };
    assert_eq!(refined("0", 700.0).as_deref(), Some("failed-early"));
    assert_eq!(refined("600", 700.0).as_deref(), Some("failed-late"));
    assert_eq!(refined("0", 950.0), None);
    assert_eq!(refined("0", 50.0), Some("failed-early".to_string()));
    assert_eq!(refined("5", 890.0), None);
}

#[wasm_bindgen_test]
fn nothing_secret_of_a_url_is_shown() {
    for (given, shown) in [
        ("https://api.example.com", "https://api.example.com/"),
        ("https://u:p@api.example.com:8443/a/b?", "https://api.example.com:8443/a/b"),
        ("https://a.test/x?token=abc&empty=&flag#frag", "https://a.test/x?token=…&empty=&flag"),
        ("https://a.test/eyJhbGciOiJIUzI1NiJ9.e30.abc/x", "https://a.test/…/x"),
        ("https://a.test/d41d8cd98f00b204e9800998ecf8427e", "https://a.test/…"),
        ("https://a.test/3fa85f64-5717-4562-b3fc-2c963f66afa6", "https://a.test/…"),
        ("https://a.test/AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA%3D", "https://a.test/…"),
        (
            "https://a.test/how-to-fix-cors-in-10-steps-for-everyone",
            "https://a.test/how-to-fix-cors-in-10-steps-for-everyone",
        ),
        ("https://a.test/list;jsessionid=1A2B;v=2", "https://a.test/list;jsessionid=…;v=…"),
        ("https://a.test/bot110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/send", "https://a.test/…/send"),
        ("https://a.test/?d41d8cd98f00b204e9800998ecf8427e", "https://a.test/?…"),
        ("data:text/html,secret", "data:…"),
        ("http://[::1]:80/v1", "http://[::1]/v1"),
    ] {
        assert_eq!(masked(&run(&["new URL('", given, "')"].concat())), shown, "{given}");
    }
}

#[wasm_bindgen_test]
fn a_text_that_is_no_url_is_cut_before_its_secrets() {
    assert_eq!(unparsed("http://u:p@exa mple/x?token=1"), "http://exa mple/x");
    assert_eq!(unparsed("u:p@x"), "x");
    assert_eq!(unparsed("http://[/eyJhbGciOiJIUzI1NiJ9"), "http://[/…");
}

#[wasm_bindgen_test]
fn an_engines_message_quotes_no_url_and_no_header_value() {
    let call = run("{ url: 'http://a/?b', headers: new Headers({ 'x-a': 's3cret' }) }");
    for (said, shown) in [("is bad: http://a/?b", false), ("'s3cret' is bad", false), ("is bad", true)] {
        assert_eq!(unquoted(said, &call) == said, shown, "{said}");
    }
}

#[wasm_bindgen_test]
fn where_a_call_was_made_is_the_first_line_of_the_stack() {
    let at = |lines: &str| called_at(&run(&["({ stack: 'TypeError: Failed to fetch\\n", lines, "' })"].concat()));
    for (lines, expected) in [
        (
            "    at load (http://a/app.js?v=secret:3:9)\\n    at main (http://a/app.js:1:1)",
            Some("load (http://a/app.js:3:9)"),
        ),
        ("    at http://a/@scope/app.js:3:9", Some("http://a/@scope/app.js:3:9")),
        ("    at async Api.get (http://a/app.js#b:3:9)", Some("Api.get (http://a/app.js:3:9)")),
        ("    at eval (webpack-internal:///./src/App.jsx:12:5)", Some("eval (webpack-internal:///./src/App.jsx:12:5)")),
        ("    at file:///home/me/app.js:3:9", Some("file:…:3:9")),
        ("    at eval (eval at go (:4:2), <anonymous>:3:10)", None),
        ("    at <anonymous>:1:7", None),
        ("", None),
    ] {
        assert_eq!(at(lines).as_deref(), expected, "{lines}");
    }
    assert_eq!(called_at(&JsValue::UNDEFINED), None);
    assert_eq!(called_at(&run("({ get stack() { return null } })")), None);
}

#[wasm_bindgen_test]
fn only_the_texts_of_a_service_worker_say_that_one_failed_the_call() {
    for (said, expected) in [
        // The worker's own request failed, as the page's would have.
        ("FetchEvent.respondWith received an error: TypeError: Load failed", false),
        ("Response served by service worker is an error", true),
        ("Response served by service worker is opaque", true),
        ("Load failed", false),
        ("Failed to fetch (worker.example.com)", false),
    ] {
        assert_eq!(is_of_worker(&run(&["new TypeError('", said, "')"].concat())), expected, "{said}");
    }
    assert!(!is_of_worker(&JsValue::UNDEFINED));
}
