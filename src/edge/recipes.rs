//! Recipes for what mends a call: see `recipes.js`.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::js;
use crate::json::Object;
use crate::prelude::*;
use crate::recipes::{self, Wanted};
use crate::text;

/// `recipes`, the likeliest first; `section`, the end of a report; `first`, the first of them as text; `problem`, a sentence about what
/// was asked.
#[wasm_bindgen]
pub fn recipes(asked: &JsValue) -> String {
    let mut object = Object::default();
    let wanted = wanted(asked);
    let problem = recipes::problem(&wanted);
    let list = recipes::recipes(&wanted);
    object.put("recipes", &recipes::json(&list));
    object.text("section", &recipes::section(&list, problem.as_deref()));
    object.text("first", &recipes::first(&list));
    object.text_if("problem", problem.as_deref());
    object.end()
}

fn wanted(asked: &JsValue) -> Wanted {
    let text = |name| js::text(asked, name);
    let list = |name| {
        let mut list = Vec::new();
        for item in text::split(&text(name), "\n") {
            if !item.is_empty() {
                list.push(item.to_ascii_lowercase());
            }
        }
        list
    };
    Wanted {
        origin: text("origin"),
        method: text("method"),
        headers: list("headers"),
        credentials: js::is(asked, "credentials"),
        preflight: js::is(asked, "preflight"),
        exposed: list("exposed"),
        max_age: js::number(asked, "maxAge").map(|seconds| seconds as u32),
        url: text("url"),
        causes: list("causes"),
        says: list("says"),
        chosen: text("chosen"),
        latest: text("latest"),
    }
}
