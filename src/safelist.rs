//! Which methods and request headers the Fetch standard lets pass without a preflight, and which it never sends.
//!
//! <https://fetch.spec.whatwg.org/#cors-safelisted-request-header>, as of the commit that [`crate::fetch`] names. Values are
//! [normalised](https://fetch.spec.whatwg.org/#concept-header-value-normalize), as a `Headers` object holds them.

use crate::prelude::*;
use crate::text;

/// A [CORS-safelisted method](https://fetch.spec.whatwg.org/#cors-safelisted-method).
pub fn is_safelisted_method(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "POST")
}

/// [Normalises](https://fetch.spec.whatwg.org/#concept-method-normalize) a method; `patch` stays `patch`.
///
/// ```
/// assert_eq!(whycors::safelist::normalize_method("get"), "GET");
/// assert_eq!(whycors::safelist::normalize_method("patch"), "patch");
/// ```
pub fn normalize_method(method: &str) -> String {
    let upper = method.to_ascii_uppercase();
    if text::is_one_of(&upper, "DELETE GET HEAD OPTIONS POST PUT") { upper } else { method.to_string() }
}

/// A [forbidden method](https://fetch.spec.whatwg.org/#forbidden-method).
pub fn is_forbidden_method(method: &str) -> bool {
    text::is_one_of(&method.to_ascii_uppercase(), "CONNECT TRACE TRACK")
}

/// A [CORS-safelisted request-header](https://fetch.spec.whatwg.org/#cors-safelisted-request-header).
///
/// ```
/// use whycors::safelist::is_safelisted_header;
/// assert!(is_safelisted_header("Content-Type", "text/plain; charset=utf-8"));
/// assert!(!is_safelisted_header("Content-Type", "application/json"));
/// ```
pub fn is_safelisted_header(name: &str, value: &str) -> bool {
    // "If value's length is greater than 128, then return false."
    if length(value) > 128 {
        return false;
    }
    match name.to_ascii_lowercase().as_str() {
        // "If value contains a CORS-unsafe request-header byte, then return false."
        "accept" => !text::any(value, is_unsafe_byte),
        // "If value contains a byte that is not in the range 0x30 (0) to 0x39 (9), inclusive, is not in the range 0x41
        // (A) to 0x5A (Z), inclusive, is not in the range 0x61 (a) to 0x7A (z), inclusive, and is not 0x20 (SP),
        // 0x2A (*), 0x2C (,), 0x2D (-), 0x2E (.), 0x3B (;), or 0x3D (=), then return false."
        "accept-language" | "content-language" => {
            text::all(value, |byte| byte.is_ascii_alphanumeric() || text::is_any_of(byte, " *,-.;="))
        }
        // "If value contains a CORS-unsafe request-header byte, then return false. Let mimeType be the result of parsing
        // the result of isomorphic decoding value. If mimeType is failure, then return false. If mimeType's essence is
        // not [one of three], then return false."
        "content-type" => {
            !text::any(value, is_unsafe_byte)
                && text::is_one_of(
                    &mime_essence(value),
                    "application/x-www-form-urlencoded multipart/form-data text/plain",
                )
        }
        "range" => is_simple_range(value),
        _ => false,
    }
}

/// A [no-CORS-safelisted request-header](https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header): the only ones of a
/// caller that mode `no-cors` sends. `Range` is not among them, it is left to privileged APIs.
pub fn is_no_cors_safelisted_header(name: &str, value: &str) -> bool {
    // "If name is not a no-CORS-safelisted request-header name, then return false." They are those of the safelist but one.
    // "Return whether (name, value) is a CORS-safelisted request-header."
    !name.eq_ignore_ascii_case("range") && is_safelisted_header(name, value)
}

/// Length in bytes. Script's header values are isomorphically decoded: up to U+00FF one byte each, but two of Rust's.
fn length(value: &str) -> usize {
    value.bytes().filter(|byte| byte & 0xC0 != 0x80).count()
}

/// A [CORS-unsafe request-header byte](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte).
fn is_unsafe_byte(byte: u8) -> bool {
    // "byte is less than 0x20 and is not 0x09 HT; byte is 0x22, 0x28, 0x29, 0x3A, 0x3C, 0x3E, 0x3F, 0x40, 0x5B, 0x5C,
    // 0x5D, 0x7B, 0x7D, or 0x7F"
    (byte < 0x20 && byte != 0x09) || text::is_any_of(byte, "\"():<>?@[\\]{}\x7f")
}

/// The [essence](https://mimesniff.spec.whatwg.org/#mime-type-essence) of a MIME type, lower case. What does not parse has none
/// of the three that matter: whatever follows a semicolon is parameters, and these never make the parser fail.
fn mime_essence(value: &str) -> String {
    let essence = text::trim(text::until(value, ";"), " \t\n\r");
    essence.to_ascii_lowercase()
}

/// "Let rangeValue be the result of parsing a single range header value given value and false. If rangeValue is failure,
/// then return false. If rangeValue\[0\] is null, then return false."
fn is_simple_range(value: &str) -> bool {
    let Some((first, last)) = value.strip_prefix("bytes=").and_then(|range| text::split_once(range, "-")) else {
        return false;
    };
    let is_digits = |text: &str| text::all(text, |byte| byte.is_ascii_digit());
    if first.is_empty() || !is_digits(first) || !is_digits(last) {
        return false;
    }
    last.is_empty() || decimal(first) <= decimal(last)
}

/// Digits as something comparable at any length: no number type is wide enough for 120 digits.
fn decimal(digits: &str) -> (usize, &str) {
    let mut rest = digits;
    while let Some(shorter) = rest.strip_prefix('0') {
        rest = shorter;
    }
    (rest.len(), rest)
}

/// A [forbidden request-header](https://fetch.spec.whatwg.org/#forbidden-request-header): the browser drops it silently.
pub fn is_forbidden_header(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    text::is_one_of(&name, FORBIDDEN)
        || name.starts_with("proxy-")
        || name.starts_with("sec-")
        || (text::is_one_of(&name, "x-http-method x-http-method-override x-method-override")
            && names_forbidden_method(value))
}

/// Forbidden whatever their value.
const FORBIDDEN: &str = "accept-charset accept-encoding access-control-request-headers access-control-request-method \
connection content-length cookie cookie2 date dnt expect host keep-alive origin referer set-cookie te trailer \
transfer-encoding upgrade via";

/// "Let parsedValues be the result of getting, decoding, and splitting value. For each method of parsedValues: if the
/// isomorphic encoding of method is a forbidden method, then return true."
fn names_forbidden_method(value: &str) -> bool {
    // A comma within a quoted string splits nothing. What is cut there is skipped, not joined: no method has quotes.
    let mut is_quoted = false;
    text::split(value, ",").iter().any(|item| {
        let is_whole = !is_quoted;
        let mut is_escaped = false;
        for byte in item.bytes() {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' => is_escaped = is_quoted,
                b'"' => is_quoted = !is_quoted,
                _ => {}
            }
        }
        is_whole && is_forbidden_method(text::trim(item, " \t"))
    })
}

/// Names of the headers that are sent, lower case and sorted: all but the forbidden ones.
pub fn sent_names(headers: &[(String, String)]) -> Vec<String> {
    names(headers, false)
}

/// Names of the headers that are sent in mode `no-cors`, where a `Headers` object silently
/// [drops](https://fetch.spec.whatwg.org/#concept-headers-append) all others.
pub fn no_cors_names(headers: &[(String, String)]) -> Vec<String> {
    names(headers, true)
}

fn names(headers: &[(String, String)], is_no_cors: bool) -> Vec<String> {
    let mut names = Vec::new();
    for (name, value) in headers {
        let is_sent = match is_no_cors {
            true => is_no_cors_safelisted_header(name, value),
            false => !is_forbidden_header(name, value),
        };
        if is_sent {
            insert(&mut names, name);
        }
    }
    names
}

/// The [CORS-unsafe request-header names](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names), sorted.
pub fn unsafe_names(headers: &[(String, String)]) -> Vec<String> {
    let mut names = Vec::new();
    let mut safelist_value_size = 0;
    for (name, value) in headers {
        if is_forbidden_header(name, value) {
            continue;
        }
        // "If header is not a CORS-safelisted request-header, then append header's name to unsafeNames. Otherwise, append
        // header's name to potentiallyUnsafeNames and increase safelistValueSize by header's value's length."
        match is_safelisted_header(name, value) {
            true => safelist_value_size += length(value),
            false => insert(&mut names, name),
        }
    }
    // "If safelistValueSize is greater than 1024, then for each name of potentiallyUnsafeNames, append name to unsafeNames."
    // "Return the result of convert header names to a sorted-lowercase set with unsafeNames."
    if safelist_value_size > 1024 { sent_names(headers) } else { names }
}

/// Keeps names in lower case, in order, each once. A handful of names: inserting one by one costs the core less than a sort.
fn insert(names: &mut Vec<String>, name: &str) {
    let name = name.to_ascii_lowercase();
    let at = names.iter().position(|known| *known >= name).unwrap_or(names.len());
    if names.get(at) != Some(&name) {
        names.insert(at, name);
    }
}
