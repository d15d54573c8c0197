//! Explaining a paste, fed in pieces.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::js;
use crate::causes::Phase;
use crate::explain::about::Diagnosed;
use crate::explain::{self, About, Explainer};
use crate::prelude::*;
use crate::request::{Api, Credentials, Engine, Mode, Redirect};
use crate::text;

/// One paste.
#[wasm_bindgen]
pub struct Paste(Explainer);

#[wasm_bindgen]
impl Paste {
    /// Takes what `about.js` made of the option `about`.
    #[wasm_bindgen(constructor)]
    pub fn new(about: &JsValue) -> Paste {
        Paste(Explainer::new(read(about)))
    }

    /// The next bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.0.feed(bytes);
    }

    /// The Explanation.
    pub fn finish(self) -> String {
        explain::json(&self.0.finish())
    }
}

fn read(about: &JsValue) -> About {
    let given = |name: &str| Some(js::text(about, name)).filter(|text| !text.is_empty());
    let read = About {
        url: given("url"),
        origin: given("origin"),
        method: given("method"),
        unsafe_headers: None,
        forces_preflight: js::is(about, "forced"),
        credentials: given("credentials").map(|mode| match mode.as_str() {
            "include" => Credentials::Include,
            "omit" => Credentials::Omit,
            _ => Credentials::SameOrigin,
        }),
        mode: given("mode").map(|mode| match mode.as_str() {
            "no-cors" => Mode::NoCors,
            "same-origin" => Mode::SameOrigin,
            _ => Mode::Cors,
        }),
        redirect: match js::text(about, "redirect").as_str() {
            "error" => Redirect::Error,
            "manual" => Redirect::Manual,
            _ => Redirect::Follow,
        },
        api: match js::text(about, "api").as_str() {
            "xhr" => Api::Xhr,
            "event-source" => Api::EventSource,
            "element" => Api::Element,
            _ => Api::Fetch,
        },
        engine: match js::text(about, "engine").as_str() {
            "chromium" => Some(Engine::Chromium),
            "firefox" => Some(Engine::Firefox),
            "webkit" => Some(Engine::WebKit),
            _ => None,
        },
        diagnosed: diagnosed(about),
    };
    match given("pairs") {
        Some(lines) => read.with_headers(&pairs(&lines)),
        None if js::is(about, "names") => About { unsafe_headers: Some(names(&js::text(about, "names"))), ..read },
        None => read,
    }
}

/// Name and value, a line each.
fn pairs(lines: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for line in text::split(lines, "\n") {
        if let Some((name, value)) = text::split_once(line, ":") {
            pairs.push((name.to_string(), value.to_string()));
        }
    }
    pairs
}

fn names(list: &str) -> Vec<String> {
    let mut names = Vec::new();
    for name in text::split(list, " ") {
        if !name.is_empty() {
            names.push(name.to_string());
        }
    }
    names
}

/// Codes, each with its phase behind a slash, between spaces.
fn diagnosed(about: &JsValue) -> Option<Diagnosed> {
    let verdict = js::text(about, "verdict");
    if verdict.is_empty() {
        return None;
    }
    let mut causes = Vec::new();
    for item in names(&js::text(about, "causes")) {
        let (code, phase) = text::split_once(&item, "/").unwrap_or((&item, ""));
        let phase = match phase {
            "preflight" => Some(Phase::Preflight),
            "response" => Some(Phase::Response),
            _ => None,
        };
        causes.push((code.to_string(), phase));
    }
    Some(Diagnosed { verdict, causes, report: js::text(about, "report") })
}
