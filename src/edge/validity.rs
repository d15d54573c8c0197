//! Whether the browser constructs such a request at all.
//!
//! Asks `new Request` with the call's members and a stand-in for its body: no body is read, and nothing is sent.

use js_sys::{Array, Object};
use wasm_bindgen::JsValue;

use super::body::{self, Body};
use super::capture::{self, Call};
use super::js;

/// Members of RequestInit that can be refused.
const MEMBERS: [&str; 10] = [
    "method",
    "mode",
    "credentials",
    "cache",
    "redirect",
    "referrer",
    "referrerPolicy",
    "integrity",
    "keepalive",
    "duplex",
];

/// Fetch: "If contentLength is non-null and httpRequest's keepalive is true, [...] greater than 64 kibibytes, then return a
/// network error."
const KEEPALIVE_LIMIT: f64 = 65536.0;

/// The browser's message, if it refuses the request.
pub fn refusal(call: &Call, body: &Body) -> Option<String> {
    if has_user(&call.url) {
        return Some("the URL has a user name or a password".to_string());
    }
    let has_init = call.init.is_object();
    if !has_init && capture::is_request(&call.input) {
        return None;
    }
    let init = Object::new();
    for name in MEMBERS {
        let value = js::peek(&call.init, name);
        if !value.is_undefined() {
            js::set(&init, name, value);
        }
    }
    if js::peek(&init, "method").is_undefined() {
        js::set(&init, "method", call.request.method.as_str());
    }
    match body {
        Body::Absent => {}
        Body::Stream => js::set(&init, "body", js::construct("ReadableStream", &[]).unwrap_or_default()),
        _ => js::set(&init, "body", ""),
    }
    if let Err(thrown) = js::construct("Request", &[call.url.as_str().into(), init.into()]) {
        return Some(js::message(&thrown));
    }
    let is_too_long = call.keepalive && body::length(&js::peek(&call.init, "body")) > KEEPALIVE_LIMIT;
    is_too_long.then(|| "the body of a keepalive request is longer than 64 KiB".to_string())
}

fn has_user(url: &str) -> bool {
    url.split('/').nth(2).is_some_and(|authority| authority.bytes().any(|byte| byte == b'@'))
}

/// Why `new Headers` refuses the call's headers: names the header, for the browser's message may quote its value.
pub fn bad_header(headers: &JsValue) -> String {
    let refused = entries(headers).into_iter().find(|pair| {
        let pairs = Array::of1(pair);
        js::construct("Headers", &[pairs.into()]).is_err()
    });
    let name: String = refused.map(|pair| js::text(&pair, "0")).unwrap_or_default().chars().take(60).collect();
    if name.is_empty() {
        return "a header has a name or a value that HTTP does not allow".to_string();
    }
    js::concat(&["the header `", &name, "` has a name or a value that HTTP does not allow"])
}

/// Pairs of a record or of an array of pairs.
fn entries(headers: &JsValue) -> Vec<JsValue> {
    let pairs = match Array::is_array(headers) {
        true => js::invoke(&js::global("Array"), "from", std::slice::from_ref(headers)),
        false => js::invoke(&js::global("Object"), "entries", std::slice::from_ref(headers)),
    };
    pairs.map(|pairs| Array::from(&pairs).to_vec()).unwrap_or_default()
}
