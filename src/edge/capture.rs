//! The arguments of a call, as JavaScript holds them -> the call's profile.
//!
//! Reads what `fetch` itself reads, after it: own and inherited members, never a body. Header values stay in a JavaScript
//! `Headers`; the profile has their names. A hostile object's exception becomes a sentence.

use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue};

use super::body::{self, Body};
use super::{js, mask, validity};
use crate::request::{Credentials, Mode, PreflightReason, Redirect, Request};
use crate::safelist;

/// A call and what only the page may know of it.
pub struct Call {
    /// The profile.
    pub request: Request,
    /// The whole URL, as `fetch` resolves it, without its fragment.
    pub url: String,
    /// A `Headers` with the values that the caller set, and a body's type.
    pub headers: JsValue,
    /// Why no request can be constructed.
    pub invalid: Option<String>,
    /// The call says `keepalive`.
    pub keepalive: bool,
    /// It asks for an event stream.
    pub event_stream: bool,
    /// First argument.
    pub input: JsValue,
    /// Second argument.
    pub init: JsValue,
}

/// Reads `{ input, init }`.
pub fn call(record: &JsValue) -> Call {
    let input = js::peek(record, "input");
    let init = js::peek(record, "init");
    let page = js::text(&js_sys::global(), "origin");
    let (request, url, problem) = match resolve(&input) {
        Ok(parsed) => {
            let shown = mask::url(&parsed);
            let href = js::text(&parsed, "href");
            let url = href.split('#').next().unwrap_or_default().to_string();
            (Request::new(&page, &js::text(&parsed, "origin"), &shown), url, None)
        }
        Err((text, problem)) => (Request::new(&page, "null", &mask::unparsed(&text)), text, Some(problem)),
    };
    let headers = js::construct("Headers", &[]).unwrap_or_default();
    let mut call = Call { request, url, headers, invalid: problem, keepalive: false, event_stream: false, input, init };
    if call.invalid.is_none() {
        call.invalid = read(&mut call).err();
    }
    call
}

/// A member of the call as `fetch` sees it: `init`'s, else the `Request`'s.
fn member(call: &Call, name: &str) -> Result<JsValue, String> {
    let given = js::get(&call.init, name).map_err(|thrown| threw(name, &thrown))?;
    if given.is_undefined() && is_request(&call.input) { Ok(js::peek(&call.input, name)) } else { Ok(given) }
}

/// Fills in all but the URL; an error says why there is no such request.
fn read(call: &mut Call) -> Result<(), String> {
    let member_text = |call: &Call, name: &str| -> Result<String, String> {
        let value = member(call, name)?;
        if value.is_undefined() {
            Ok(String::new())
        } else {
            js::stringify(&value).map_err(|thrown| threw(name, &thrown))
        }
    };
    let method = member_text(call, "method")?;
    call.request.method = if method.is_empty() { "GET".to_string() } else { safelist::normalize_method(&method) };
    call.request.credentials = match member_text(call, "credentials")?.as_str() {
        "include" => Credentials::Include,
        "omit" => Credentials::Omit,
        _ => Credentials::SameOrigin,
    };
    call.request.mode = match member_text(call, "mode")?.as_str() {
        "no-cors" => Mode::NoCors,
        // `new Request(request, init)` turns a navigation's mode into this one.
        "same-origin" | "navigate" => Mode::SameOrigin,
        _ => Mode::Cors,
    };
    call.request.redirect = match member_text(call, "redirect")?.as_str() {
        "manual" => Redirect::Manual,
        "error" => Redirect::Error,
        _ => Redirect::Follow,
    };
    call.request.integrity = !member_text(call, "integrity")?.is_empty();
    call.keepalive = member(call, "keepalive")?.is_truthy();
    let body = body::of(&js::get(&call.init, "body").map_err(|thrown| threw("body", &thrown))?);
    let headers = member(call, "headers")?;
    call.headers = if headers.is_undefined() {
        js::construct("Headers", &[]).unwrap_or_default()
    } else {
        js::construct("Headers", std::slice::from_ref(&headers)).map_err(|_| validity::bad_header(&headers))?
    };
    if let Body::Stream = body {
        call.request.forces_preflight = Some(PreflightReason::StreamBody);
    }
    add_content_type(call, &body);
    let pairs = pairs(&call.headers);
    call.event_stream = pairs.iter().any(|(name, value)| name == "accept" && js::contains(value, "text/event-stream"));
    call.request = std::mem::replace(&mut call.request, Request::new("", "", "")).with_headers(&pairs);
    match validity::refusal(call, &body) {
        Some(message) => Err(mask::message(&message, &call.url, &pairs)),
        None => Ok(()),
    }
}

/// A body's type is a header of the call if the caller set none. A safelisted one changes nothing, and is left out: the
/// profile names what the caller chose.
fn add_content_type(call: &Call, body: &Body) {
    let Body::Typed(value) = body else { return };
    let has_type = js::invoke(&call.headers, "has", &["content-type".into()]).is_ok_and(|has| has.is_truthy());
    if !has_type && !safelist::is_safelisted_header("content-type", value) {
        let _ = js::invoke(&call.headers, "set", &["content-type".into(), value.as_str().into()]);
    }
}

/// Name and value of each header, lower case and sorted. The values are for a glance, not to be kept.
fn pairs(headers: &JsValue) -> Vec<(String, String)> {
    let text = |pair: &Array, index| pair.get(index).as_string().unwrap_or_default();
    Array::from(headers).iter().map(|pair| Array::from(&pair)).map(|pair| (text(&pair, 0), text(&pair, 1))).collect()
}

/// The URL as `fetch` resolves it; an error is the text and what is wrong with it.
fn resolve(input: &JsValue) -> Result<JsValue, (String, String)> {
    let text = if is_request(input) {
        js::text(input, "url")
    } else {
        js::stringify(input).map_err(|thrown| (String::new(), threw("toString", &thrown)))?
    };
    let base = js::peek(&js::global("document"), "baseURI");
    match js::construct("URL", &[text.as_str().into(), base]) {
        Ok(url) => Ok(url),
        Err(_) => Err((text.clone(), js::concat(&["the URL does not parse: ", &mask::unparsed(&text)]))),
    }
}

/// A `Request` of any frame.
pub fn is_request(value: &JsValue) -> bool {
    value.is_object() && js::class(value) == "Request"
}

/// The caller's signal: `init`'s, `null` included, else the `Request`'s.
pub fn signal(call: &Call) -> Option<Object> {
    member(call, "signal").ok().and_then(|signal| signal.dyn_into().ok())
}

fn threw(name: &str, thrown: &JsValue) -> String {
    // The page's own code speaks here, and may say anything.
    let message: String = js::message(thrown).chars().take(80).collect();
    js::concat(&["reading `", name, "` of the arguments throws: ", &mask::unparsed(&message)])
}
