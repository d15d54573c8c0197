//! Why [`new Request`](https://fetch.spec.whatwg.org/#dom-request) throws, where the arguments say so. The browser is always
//! asked first; its own message differs from engine to engine, and often names no reason.

use crate::fetch::is_token_byte;
use crate::prelude::*;
use crate::request::Mode;
use crate::{safelist, text};

/// The reason, of a request that the browser refuses to construct; `None` if it is another one.
///
/// ```
/// use whycors::{request::Mode, unusable};
/// assert_eq!(unusable::reason("GET", Mode::Cors, true).as_deref(), Some("a GET cannot have a body"));
/// assert_eq!(unusable::reason("PUT", Mode::Cors, true), None);
/// ```
pub fn reason(method: &str, mode: Mode, has_body: bool) -> Option<String> {
    let method = if method.is_empty() { "GET".to_string() } else { safelist::normalize_method(method) };
    // "If method is not a method or method is a forbidden method, then throw a TypeError."
    let why: &[&str] = if !text::all(&method, is_token_byte) {
        &["the method `", &method, "` has a character that no method can have"]
    } else if safelist::is_forbidden_method(&method) {
        &["the method ", &method, " is forbidden to scripts"]
    } else if mode == Mode::NoCors && !safelist::is_safelisted_method(&method) {
        // "If this's request's mode is "no-cors", then: If this's request's method is not a CORS-safelisted method, then throw"
        &["mode: 'no-cors' allows GET, HEAD and POST only, and the method is ", &method]
    } else if has_body && (method == "GET" || method == "HEAD") {
        // "If either init["body"] exists and is non-null or inputBody is non-null, and request's method is `GET` or `HEAD`"
        &["a ", &method, " cannot have a body"]
    } else {
        return None;
    };
    Some(text::concat(why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_names_the_offending_value() {
        for (method, mode, has_body, said) in [
            ("A B", Mode::Cors, false, Some("the method `A B` has a character that no method can have")),
            ("trace", Mode::Cors, false, Some("the method trace is forbidden to scripts")),
            ("CONNECT", Mode::Cors, false, Some("the method CONNECT is forbidden to scripts")),
            ("put", Mode::NoCors, false, Some("mode: 'no-cors' allows GET, HEAD and POST only, and the method is PUT")),
            ("head", Mode::Cors, true, Some("a HEAD cannot have a body")),
            ("", Mode::Cors, true, Some("a GET cannot have a body")),
            ("", Mode::Cors, false, None),
            ("patch", Mode::Cors, true, None),
            ("POST", Mode::NoCors, true, None),
        ] {
            assert_eq!(reason(method, mode, has_body).as_deref(), said, "{method}");
        }
    }
}
