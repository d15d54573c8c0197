//! Header lines without a heading: whose are they?

use crate::explain::transcript::lines::Headers;
use crate::explain::transcript::names::{self, Side};
use crate::prelude::*;
use crate::text;

/// Who sent which of the lines, from the one of this index on. One list may follow the other; where they are mixed, all are a request's that should not have those
/// of a response.
pub(super) fn sides(bare: Headers, begin: usize) -> (Headers, Headers) {
    let (mut request, mut response) = (Headers::new(), Headers::new());
    let (mut first, mut now, mut turns, mut answers) = (None, Side::Response, 0, 0);
    let mut sided = Vec::new();
    for header in bare.into_iter().skip(begin) {
        if let Some(side @ (Side::Request | Side::Response)) = names::side(&header.0) {
            turns += usize::from(first.is_some() && side != now);
            answers += usize::from(side == Side::Response);
            first = first.or(Some(side));
            now = side;
        }
        sided.push((now, header));
    }
    let is_request = turns > 1 || (first == Some(Side::Request) && answers < 2);
    for (side, header) in sided {
        match side {
            Side::Response if !is_request && (turns > 0 || first != Some(Side::Request)) => response.push(header),
            _ => request.push(header),
        }
    }
    (request, response)
}

/// They are headers of an answer: one of the CORS protocol, or so many known ones, and not all of everyday words.
pub(super) fn has_response(headers: &[(String, String)], least: usize) -> bool {
    let mut known = 0;
    let mut is_strong = least < 2;
    for (name, value) in headers {
        if names::is_cors(name) && !is_sentence(value) {
            // Without a heading a value in quotes is a configuration's.
            return least < 2 || !value.starts_with(['"', '\'', '`']);
        }
        if names::side(name).is_some_and(|side| side != Side::Request) {
            known += 1;
            is_strong |= text::any(name, |byte| byte == b'-') || name.eq_ignore_ascii_case("etag");
        }
    }
    known >= least && is_strong
}

/// Words that a space alone separates: no list of the protocol has them.
fn is_sentence(value: &str) -> bool {
    let mut before = b',';
    for byte in value.bytes() {
        if byte == b' ' && before != b',' {
            return true;
        }
        before = if byte == b' ' { before } else { byte };
    }
    false
}
