//! What kind of body a call has, by its class; the body itself is never read.

use wasm_bindgen::JsValue;

use super::js;

/// A body, as far as the CORS protocol cares.
pub enum Body {
    /// There is none.
    Absent,
    /// Bytes without a type.
    Untyped,
    /// It implies this `Content-Type`.
    Typed(String),
    /// A stream: it forces a preflight.
    Stream,
}

/// Looks at `init.body`.
pub fn of(body: &JsValue) -> Body {
    if body.is_undefined() || body.is_null() {
        return Body::Absent;
    }
    let typed = |value: &str| Body::Typed(value.to_string());
    if !body.is_object() {
        return typed("text/plain;charset=UTF-8");
    }
    // https://fetch.spec.whatwg.org/#concept-bodyinit-extract
    match js::class(body).as_str() {
        "Blob" | "File" => match js::text(body, "type") {
            value if value.is_empty() => Body::Untyped,
            value => Body::Typed(value),
        },
        "URLSearchParams" => typed("application/x-www-form-urlencoded;charset=UTF-8"),
        "FormData" => typed("multipart/form-data; boundary=x"),
        "ReadableStream" => Body::Stream,
        "ArrayBuffer" | "SharedArrayBuffer" | "DataView" => Body::Untyped,
        class if class.ends_with("Array") && class != "Array" => Body::Untyped,
        _ => typed("text/plain;charset=UTF-8"),
    }
}

/// Its length in bytes, or a little less (a string's characters).
pub fn length(body: &JsValue) -> f64 {
    if let Some(text) = body.as_string() {
        return text.len() as f64;
    }
    js::number(body, "size").or_else(|| js::number(body, "byteLength")).unwrap_or(0.0)
}
