//! A call as `capture.js` read it -> the call's profile.
//!
//! Header values stay in a JavaScript `Headers`; the profile has their names.

use wasm_bindgen::JsValue;

use super::js;
use crate::prelude::*;
use crate::request::{Api, Credentials, Mode, PreflightReason, Redirect, Request};
use crate::safelist;
use crate::text;
use crate::unusable;

/// A call and what only the page may know of it.
pub struct Call {
    /// The profile.
    pub request: Request,
    /// Why no request can be constructed.
    pub invalid: Option<String>,
}

/// Takes what `capture.js` made of `{ input, init }`.
pub fn call(read: &JsValue) -> Call {
    let mut request = Request::new(&js::text(read, "page"), &js::text(read, "target"), &js::text(read, "shown"));
    let method = js::text(read, "method");
    if !method.is_empty() {
        request.method = safelist::normalize_method(&method);
    }
    request.credentials = match js::text(read, "credentials").as_str() {
        "include" => Credentials::Include,
        "omit" => Credentials::Omit,
        _ => Credentials::SameOrigin,
    };
    request.mode = match js::text(read, "mode").as_str() {
        "no-cors" => Mode::NoCors,
        // `new Request(request, init)` turns a navigation's mode into this one.
        "same-origin" | "navigate" => Mode::SameOrigin,
        _ => Mode::Cors,
    };
    request.redirect = match js::text(read, "redirect").as_str() {
        "manual" => Redirect::Manual,
        "error" => Redirect::Error,
        _ => Redirect::Follow,
    };
    request.integrity = js::is(read, "integrity");
    request.api = match js::text(read, "api").as_str() {
        "xhr" => Api::Xhr,
        "event-source" => Api::EventSource,
        "element" => Api::Element,
        _ => Api::Fetch,
    };
    if js::is(read, "upload") {
        request.forces_preflight = Some(PreflightReason::UploadListener);
    }
    if js::is(read, "streams") {
        request.forces_preflight = Some(PreflightReason::StreamBody);
    }
    let request = request.with_headers(&pairs(read));
    let unusable = unusable::reason(&method, request.mode, js::is(read, "body"));
    Call { invalid: invalid(read, unusable, &request.url), request }
}

/// Name and value of each header, lower case and sorted. The values are for a glance, not to be kept. A body's type is a header
/// of the call if the caller set none; a safelisted one changes nothing, and is left out: the profile names what the caller chose.
fn pairs(read: &JsValue) -> Vec<(String, String)> {
    let lines = js::text(read, "pairs");
    let mut pairs: Vec<(String, String)> = Vec::new();
    for line in text::split(&lines, "\n") {
        if let Some((name, value)) = text::split_once(line, ":") {
            pairs.push((name.to_string(), value.to_string()));
        }
    }
    let kind = js::text(read, "type");
    if !kind.is_empty()
        && !safelist::is_safelisted_header("content-type", &kind)
        && !pairs.iter().any(|(name, _)| name == "content-type")
    {
        pairs.push(("content-type".to_string(), kind));
    }
    pairs
}

/// Why there is no such request, without its secrets.
fn invalid(read: &JsValue, unusable: Option<String>, shown: &str) -> Option<String> {
    let said = js::text(read, "said");
    Some(match js::text(read, "problem").as_str() {
        "" => return None,
        "found" => said,
        "refused" => unusable.unwrap_or_else(|| text::concat(&["the browser says: ", &said])),
        "parse" => text::concat(&["the URL does not parse: ", shown]),
        member => text::concat(&["reading `", member, "` of the arguments throws: ", &said]),
    })
}
