//! What the page's side reads and the core makes of it, in a real browser.

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use super::capture::{self, Call};
use super::js;
use crate::request::{Api, Credentials, Mode, PreflightReason, Redirect};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/pkg-template/capture.js")]
extern "C" {
    fn capture(record: &JsValue) -> JsValue;
}

#[wasm_bindgen(module = "/pkg-template/key.js")]
extern "C" {
    fn key(record: &JsValue) -> String;
}

#[wasm_bindgen(module = "/pkg-template/record.js")]
extern "C" {
    fn record(noted: &JsValue) -> JsValue;
}

#[wasm_bindgen(module = "/pkg-template/engine.js")]
extern "C" {
    fn engine() -> String;
}

#[wasm_bindgen(module = "/pkg-template/unprobed.js")]
extern "C" {
    fn unprobed(call: &JsValue) -> Option<String>;
}

/// Captures `[input, init]`, written as JavaScript.
fn captured(arguments: &str) -> Call {
    capture::call(&read(arguments))
}

fn read(arguments: &str) -> JsValue {
    capture(&run(&["(([input, init]) => ({ input, init }))([", arguments, "])"].concat()))
}

/// What an expression in JavaScript gives.
pub fn run(expression: &str) -> JsValue {
    let body = ["return ", expression].concat();
    Function::new_no_args(&body).call0(&JsValue::UNDEFINED).unwrap_or_default()
}

fn global(name: &str) -> JsValue {
    js::peek(&js_sys::global(), name)
}

const INPUTS: [&str; 6] = [
    "'https://api.test/a?b=c#d'",
    "new URL('https://api.test/a?b=c')",
    "new Request('https://api.test/a?b=c')",
    "{ toString: () => 'https://api.test/a?b=c' }",
    "'https:\\\\\\\\api.test:443/x/../a?b=c', undefined",
    "new Request('https://api.test/a?b=c'), {}",
];

#[wasm_bindgen_test]
fn every_kind_of_input_gives_the_same_profile() {
    for arguments in INPUTS {
        let call = captured(arguments);
        let request = &call.request;
        assert_eq!(call.invalid, None, "{arguments}");
        assert_eq!(request.url, "https://api.test/a?b=…", "{arguments}");
        assert_eq!(js::text(&read(arguments), "url"), "https://api.test/a?b=c", "{arguments}");
        assert_eq!((request.target.as_str(), request.scheme.as_str()), ("https://api.test", "https"), "{arguments}");
        assert_eq!((request.method.as_str(), request.mode, request.redirect), ("GET", Mode::Cors, Redirect::Follow));
        assert_eq!(request.credentials, Credentials::SameOrigin, "{arguments}");
        assert!(request.is_cross_origin() && request.headers.is_empty(), "{arguments}");
    }
}

#[wasm_bindgen_test]
fn a_relative_url_resolves_against_the_document() {
    let call = captured("'/x'");
    assert_eq!(call.request.origin, call.request.target);
    assert!(!call.request.is_cross_origin());
}

#[wasm_bindgen_test]
fn headers_are_read_from_every_shape() {
    for headers in [
        "{ 'X-Token': 'a', Accept: 'text/html' }",
        "[['x-token', 'a'], ['ACCEPT', 'text/html']]",
        "new Headers({ 'x-token': 'a', accept: 'text/html' })",
        "new Map([['x-token', 'a'], ['accept', 'text/html']])",
    ] {
        let call = captured(&["'https://a.test', { headers: ", headers, " }"].concat());
        assert_eq!(call.request.headers, ["accept", "x-token"], "{headers}");
        assert_eq!(call.request.unsafe_headers, ["x-token"], "{headers}");
    }
}

#[wasm_bindgen_test]
fn init_overrides_the_request() {
    let call = captured(
        "new Request('https://a.test', { method: 'PUT', headers: { 'x-a': '1' }, credentials: 'include', redirect: 'error' }),
         { headers: { 'x-b': '1' }, credentials: 'omit' }",
    );
    assert_eq!(
        (call.request.method.as_str(), call.request.headers.as_slice()),
        ("PUT", ["x-b".to_string()].as_slice())
    );
    assert_eq!((call.request.credentials, call.request.redirect), (Credentials::Omit, Redirect::Error));
}

#[wasm_bindgen_test]
fn a_method_is_normalised_as_fetch_does() {
    assert_eq!(captured("'https://a.test', { method: 'post' }").request.method, "POST");
    assert_eq!(captured("'https://a.test', { method: 'patch' }").request.method, "patch");
}

#[wasm_bindgen_test]
fn a_bodys_type_counts_only_if_it_is_unsafe() {
    for (body, headers) in [
        ("'text'", &[][..]),
        ("new URLSearchParams('a=b')", &[]),
        ("new FormData()", &[]),
        ("new Blob(['{}'], { type: 'application/json' })", &["content-type"]),
        ("new Blob(['{}'])", &[]),
        ("new Uint8Array(3)", &[]),
        ("new ArrayBuffer(3)", &[]),
        ("null", &[]),
    ] {
        let call = captured(&["'https://a.test', { method: 'POST', body: ", body, " }"].concat());
        assert_eq!(call.invalid, None, "{body}");
        assert_eq!(call.request.unsafe_headers, headers, "{body}");
        assert_eq!(call.request.headers, headers, "{body}");
    }
    let call = captured(
        "'https://a.test', { method: 'POST', body: new Blob([], { type: 'a/b' }), headers: { 'content-type': 'text/plain' } }",
    );
    assert!(call.request.unsafe_headers.is_empty());
}

#[wasm_bindgen_test]
fn a_streamed_body_forces_a_preflight_and_is_not_read() {
    let arguments =
        "globalThis.stream = new ReadableStream({ pull() { globalThis.pulled = true } }, { highWaterMark: 0 })";
    let body = ["'https://a.test', { method: 'POST', duplex: 'half', body: ", arguments, " }"].concat();
    let call = captured(&body);
    assert_eq!(call.request.forces_preflight, Some(PreflightReason::StreamBody));
    assert!(global("pulled").is_undefined());
    assert!(!js::peek(&global("stream"), "locked").is_truthy());
}

#[wasm_bindgen_test]
fn what_cannot_be_constructed_says_why_without_its_secrets() {
    for (arguments, said) in [
        ("'http://['", "does not parse"),
        ("'https://u:s3cret@a.test/'", ""),
        ("'https://a.test', { body: 'x' }", "a GET cannot have a body"),
        ("'https://a.test', { method: 'TRACE' }", "TRACE is forbidden"),
        ("'https://a.test', { method: 'A B' }", "`A B`"),
        ("'https://a.test', { headers: { 'x y': 's3cret' } }", "`x y`"),
        ("'https://a.test', { headers: { 'x-a': 's3cret\\n\\u2026' } }", "`x-a`"),
        ("'https://a.test', { headers: [['x-a', 's3cret\\u2026']] }", "`x-a`"),
        ("'https://a.test', { mode: 'no-cors', method: 'PUT' }", "GET, HEAD and POST only"),
        ("'https://a.test', { method: 'POST', keepalive: true, body: 'x'.repeat(70000) }", "64 KiB"),
    ] {
        let invalid = captured(arguments).invalid.unwrap_or_default();
        assert!(!invalid.is_empty() && invalid.contains(said), "{arguments}: {invalid}");
        assert!(!invalid.contains("s3cret"), "{arguments}: {invalid}");
    }
}

#[wasm_bindgen_test]
fn hostile_objects_become_a_sentence() {
    for arguments in [
        "{ toString() { throw new Error('boom') } }",
        "'https://a.test', { get headers() { throw new Error('boom') } }",
        "'https://a.test', { get body() { throw 'boom' } }",
        "'https://a.test', { get method() { throw null } }",
        "'https://a.test', { headers: { get a() { throw new Error('boom') } } }",
        "'https://a.test', { headers: new Proxy({}, { ownKeys() { throw new Error('boom') } }) }",
        "Object.create(null)",
    ] {
        assert!(captured(arguments).invalid.is_some(), "{arguments}");
    }
}

#[wasm_bindgen_test]
fn profile_and_key_hold_no_secret() {
    let arguments = "'https://u.test/a?token=s3cret', { headers: { authorization: 's3cret', cookie: 's3cret' }, method: 'POST', body: 's3cret' }";
    let call = captured(arguments);
    assert!(!format!("{:?}", call.request).contains("s3cret"));
    assert_eq!(call.request.headers, ["authorization"]);
    let noted = ["(([input, init]) => ({ input, init }))([", arguments, "])"].concat();
    assert_eq!(key(&run(&noted)), "POST https://u.test/a same-origin cors fetch authorization cookie");
}

#[wasm_bindgen_test]
fn some_calls_are_never_probed() {
    let is_probed = |arguments| unprobed(&read(arguments)).is_none();
    assert!(is_probed("'https://api.test/x'"));
    assert!(!is_probed("'https://api.test/x', { keepalive: true }"));
    assert!(!is_probed("'https://api.test/x', { headers: { accept: 'text/event-stream' } }"));
    assert!(!is_probed("'https://www.google-analytics.com/g/collect'"));
    assert!(is_probed("'https://not-google-analytics.com/'"));
    let by_xhr = |more: &str| {
        let noted = ["({ api: 'xhr', method: 'GET', headers: [], ", more, " })"].concat();
        unprobed(&capture(&record(&run(&noted))))
    };
    assert_eq!(by_xhr("input: 'https://a.test/x'"), None);
    assert!(by_xhr("input: 'https://u:p@a.test/x'").is_some());
    assert!(by_xhr("input: 'https://a.test/x', user: 'u'").is_some());
}

#[wasm_bindgen_test]
fn the_user_agent_does_not_decide_the_engine() {
    assert_ne!(engine(), "other");
}

/// What a patch took down of a call, as the core knows it.
fn noted(call: &str) -> Call {
    capture::call(&capture(&record(&run(call))))
}

#[wasm_bindgen_test]
fn an_xml_http_request_is_read_as_a_fetch() {
    let plain = noted(
        "({ api: 'xhr', method: 'get', input: 'https://u:p@a.test/x', headers: [['X-A', '1'], ['x-a', '2']], body: 'text' })",
    );
    assert_eq!((plain.request.api, plain.request.method.as_str()), (Api::Xhr, "GET"));
    assert_eq!((plain.request.url.as_str(), plain.request.headers.join(",")), ("https://a.test/x", "x-a".to_string()));
    assert_eq!((plain.request.credentials, plain.invalid), (Credentials::SameOrigin, None));
    let upload = noted(
        "({ api: 'xhr', method: 'POST', input: 'https://a.test/x', headers: [], thrown: { withCredentials: true }, upload: true, body: new DOMParser().parseFromString('<a/>', 'text/xml') })",
    );
    assert_eq!(upload.request.credentials, Credentials::Include);
    assert_eq!(upload.request.headers, ["content-type"]);
    assert_eq!(upload.request.forces_preflight, Some(PreflightReason::UploadListener));
    // This engine, Chromium, forces none where nothing is uploaded.
    let nothing = noted("({ api: 'xhr', method: 'GET', input: 'https://a.test/x', headers: [], upload: true })");
    assert_eq!(nothing.request.forces_preflight, None);
}

#[wasm_bindgen_test]
fn event_sources_and_elements_are_read_as_gets() {
    let source =
        noted("({ api: 'event-source', input: 'https://a.test/x', thrown: { withCredentials: true }, readyState: 2 })");
    assert_eq!((source.request.api, source.request.credentials), (Api::EventSource, Credentials::Include));
    assert_eq!(source.request.headers, ["accept"]);
    assert!(!source.request.has_preflight());
    let image = noted("({ api: 'element', input: 'https://a.test/x', thrown: { crossOrigin: '', integrity: '' } })");
    assert_eq!((image.request.api, image.request.credentials), (Api::Element, Credentials::SameOrigin));
    assert!(!image.request.integrity);
    let script = noted(
        "({ api: 'element', input: 'https://a.test/x', thrown: { crossOrigin: 'use-credentials', integrity: 'sha256-x' } })",
    );
    assert_eq!((script.request.credentials, script.request.integrity), (Credentials::Include, true));
}
