//! JavaScript by name: small helpers in place of js-sys and web-sys, which bring more into the bundle than is called.

use crate::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Reflect, catch)]
    fn get(object: &JsValue, name: &str) -> Result<JsValue, JsValue>;
}

/// `object[name]` where `undefined`, `null` and a throwing getter are as good as an object without it.
pub fn peek(object: &JsValue, name: &str) -> JsValue {
    // Reflect.get refuses what is no object.
    get(object, name).unwrap_or(JsValue::UNDEFINED)
}

/// A string property; empty if it is not a string.
pub fn text(object: &JsValue, name: &str) -> String {
    peek(object, name).as_string().unwrap_or_default()
}

/// A number property.
#[cfg(any(feature = "diagnose", feature = "recipes"))]
pub fn number(object: &JsValue, name: &str) -> Option<f64> {
    peek(object, name).as_f64()
}

/// Whether a property counts as true.
pub fn is(object: &JsValue, name: &str) -> bool {
    peek(object, name).is_truthy()
}
