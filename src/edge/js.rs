//! JavaScript by name: small helpers in place of web-sys, whose typed imports each add glue to the bundle.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// `object[name]`; `undefined` on `undefined` and `null`. An error is whatever the getter threw.
pub fn get(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    if object.is_undefined() || object.is_null() {
        return Ok(JsValue::UNDEFINED);
    }
    // Reflect.get refuses primitives, and nothing read here is one.
    Reflect::get(object, &name.into())
}

/// `object[name]` where a throwing getter is as good as `undefined`.
pub fn peek(object: &JsValue, name: &str) -> JsValue {
    get(object, name).unwrap_or(JsValue::UNDEFINED)
}

/// A string property; empty if it is not a string.
pub fn text(object: &JsValue, name: &str) -> String {
    peek(object, name).as_string().unwrap_or_default()
}

/// A number property.
pub fn number(object: &JsValue, name: &str) -> Option<f64> {
    peek(object, name).as_f64()
}

/// `object[name] = value` on an object of our own.
pub fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    // Fails on frozen objects only.
    let _ = Reflect::set(object, &name.into(), &value.into());
}

/// A global: `window`'s property of that name.
pub fn global(name: &str) -> JsValue {
    peek(&js_sys::global(), name)
}

/// `new Name(...arguments)`
pub fn construct(name: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let class: Function = global(name).dyn_into()?;
    Reflect::construct(&class, &arguments.iter().collect::<Array>())
}

/// `object[name](...arguments)`
pub fn invoke(object: &JsValue, name: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = get(object, name)?.dyn_into()?;
    method.apply(object, &arguments.iter().collect::<Array>())
}

/// `String(value)`; an error is whatever the object's `toString` threw.
pub fn stringify(value: &JsValue) -> Result<String, JsValue> {
    if let Some(text) = value.as_string() {
        return Ok(text);
    }
    let text = invoke(&js_sys::global(), "String", std::slice::from_ref(value))?;
    Ok(text.as_string().unwrap_or_default())
}

/// The class as `Object.prototype.toString` names it, which also knows objects of other frames: `Request`, `Blob`...
pub fn class(value: &JsValue) -> String {
    let Ok(object) = get(&global("Object"), "prototype") else { return String::new() };
    let tag = peek(&object, "toString").dyn_into::<Function>().and_then(|function| function.call0(value));
    let tag = tag.ok().and_then(|tag| tag.as_string()).unwrap_or_default();
    tag.strip_prefix("[object ").and_then(|tag| tag.strip_suffix(']')).unwrap_or_default().to_string()
}

/// The `message` of a thrown error, or the thrown thing as text.
pub fn message(thrown: &JsValue) -> String {
    match peek(thrown, "message").as_string() {
        Some(message) => message,
        None => stringify(thrown).unwrap_or_default(),
    }
}

/// One text of several. The standard library's `concat` and `join` are two kilobytes of special cases.
pub fn concat(parts: &[&str]) -> String {
    let mut text = String::new();
    parts.iter().for_each(|part| text.push_str(part));
    text
}

/// `text.contains(part)` for an occasional short text; the standard library's is three kilobytes of two-way search.
pub fn contains(text: &str, part: &str) -> bool {
    !part.is_empty() && text.as_bytes().windows(part.len()).any(|window| window == part.as_bytes())
}

/// Awaits a value that may be a promise.
pub async fn settle(value: JsValue) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::resolve(&value)).await
}

/// Resolves with `undefined` after some milliseconds.
pub fn sleep(ms: u32) -> Promise {
    Promise::new(&mut |resolve, _| {
        let _ = invoke(&js_sys::global(), "setTimeout", &[resolve.into(), ms.into()]);
    })
}

/// `performance.now()`
pub fn now() -> f64 {
    invoke(&global("performance"), "now", &[]).ok().and_then(|now| now.as_f64()).unwrap_or(0.0)
}
