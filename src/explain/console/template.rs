//! Templates of messages, and how one is found in a text.
//!
//! A template's letters match in either case; its spaces, and those and the quotes and marks of the text, do not count. `'` asks for a
//! quote at that place. `{x}` is a field, see [`Field`]. Nothing here knows what a message means.

use super::glyphs::{Filler, Page, filler};
use crate::prelude::*;
use crate::text;

/// What a template captures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Capture {
    /// The letter between the braces.
    pub(super) field: Field,
    pub(super) begin: usize,
    pub(super) end: usize,
}

/// `u` or `U`: the URL (`U`: one that looks so), `r`: the URL before, `o`: origin, `m`: method, `h`: header, `v`: value,
/// `s`: status, `a`: address space, `e`: name of an error, `t`: a token of no interest, `k`: some words of no interest, `n`: a value of
/// no interest, `i`: the URL, if one stands there.
pub(super) type Field = u8;

/// Words between two parts of a message are not longer than this.
const MOST_WORDS: usize = 60;
const MOST_VALUE: usize = 300;
/// No URL that anybody pastes is longer.
pub(super) const LONGEST: usize = 8192;

/// The end of the template that begins here, if it does.
pub(super) fn find(
    page: &Page<'_>,
    at: usize,
    pattern: &str,
    captures: &mut Vec<Capture>,
    is_inside: bool,
) -> Option<usize> {
    let (letters, rest) = match text::split_once(pattern, "{") {
        Some((letters, rest)) => (letters, Some(rest)),
        None => (pattern, None),
    };
    let after = literal(page, at, letters, is_inside)?;
    let Some((field, rest)) = rest.and_then(|rest| text::split_once(rest, "}")) else { return Some(after) };
    let field = *field.as_bytes().first()?;
    for (begin, end, next) in spans(page, after, field) {
        captures.push(Capture { field, begin, end });
        // As deep as the template has fields.
        if let Some(end) = find(page, next, rest, captures, true) {
            return Some(end);
        }
        captures.pop();
    }
    None
}

/// The end of these letters, if they stand here.
pub(super) fn literal(page: &Page<'_>, at: usize, letters: &str, is_inside: bool) -> Option<usize> {
    let mut at = at;
    let mut is_inside = is_inside;
    let mut fillers = 0;
    let mut letters = letters.bytes();
    let mut letter = letters.next();
    while let Some(wanted) = letter {
        if wanted == b' ' {
            letter = letters.next();
            continue;
        }
        if wanted == b'\'' {
            let (after, quoted, _) = page.skip(at);
            at = if quoted { after } else { return None };
            letter = letters.next();
            continue;
        }
        let byte = *page.text.as_bytes().get(at)?;
        let rest = || page.from(at);
        if byte.eq_ignore_ascii_case(&wanted) {
            at += 1;
        } else if let Some(length) = wide(wanted, byte, rest) {
            at += length;
        } else if is_inside && fillers < 32 && (byte >= 0x80 || !byte.is_ascii_alphanumeric()) {
            // Also what ends the token before.
            let length = match filler(rest()) {
                Some((length, _)) => length,
                None if text::is_any_of(byte, ".,:;)]!") && fillers < 4 => 1,
                None => return None,
            };
            at += length;
            fillers += 1;
            continue;
        } else {
            return None;
        }
        is_inside = true;
        fillers = 0;
        letter = letters.next();
    }
    Some(at)
}

/// Punctuation of full width.
fn wide<'a>(wanted: u8, byte: u8, rest: impl Fn() -> &'a str) -> Option<usize> {
    if byte < 0x80 {
        return None;
    }
    let same = match wanted {
        b'(' => "（",
        b')' => "）",
        b':' => "：",
        b',' => "，",
        b'.' => "。",
        _ => return None,
    };
    rest().starts_with(same).then_some(same.len())
}

/// Where a field may begin and end, and where the text goes on; the likeliest first.
fn spans(page: &Page<'_>, at: usize, field: Field) -> Vec<(usize, usize, usize)> {
    match field {
        b'k' => words(page, at),
        b'v' | b'n' => values(page, at),
        b'i' => {
            let mut found = tokens(page, at, b'U');
            found.push((at, at, at));
            found
        }
        b's' => run(page, at, |byte| byte.is_ascii_digit(), 3, 3),
        b'm' => run(page, at, |byte| byte.is_ascii_alphabetic() || byte == b'-', 1, 32),
        b'a' => run(page, at, |byte| byte.is_ascii_alphabetic(), 2, 16),
        b'h' => run(page, at, crate::fetch::is_token_byte, 1, 128),
        b'e' => run(page, at, |byte| byte.is_ascii_alphanumeric() || text::is_any_of(byte, "_.\\"), 3, 128),
        _ => tokens(page, at, field),
    }
}

/// A run of such bytes, of such a length.
fn run(page: &Page<'_>, at: usize, is: fn(u8) -> bool, least: usize, most: usize) -> Vec<(usize, usize, usize)> {
    let (begin, _, _) = page.skip(at);
    let rest = page.from(begin);
    let is = |byte: u8| is(byte) && !text::is_any_of(byte, "'`*|");
    let length = rest.bytes().take(most + 1).position(|byte| !is(byte)).unwrap_or(rest.len().min(most + 1));
    if length < least || length > most { Vec::new() } else { vec![(begin, begin + length, begin + length)] }
}

/// Every end of a short stretch of words.
fn words(page: &Page<'_>, at: usize) -> Vec<(usize, usize, usize)> {
    let mut ends = Vec::new();
    for (offset, c) in page.after(at, MOST_WORDS).char_indices() {
        if !c.is_ascii_alphanumeric() || offset == 0 {
            ends.push((at, at + offset, at + offset));
        }
    }
    ends
}

/// A token: between quotes, if they close, or up to the next space.
fn tokens(page: &Page<'_>, at: usize, field: Field) -> Vec<(usize, usize, usize)> {
    let (mut begin, quoted, is_wide) = page.skip(at);
    let mut found = Vec::new();
    let is_link = page.from(begin).starts_with('[');
    if is_link {
        begin += 1;
    }
    if quoted && let Some(quote) = page.next_quote(begin).filter(|quote| quote - begin < LONGEST) {
        let inner = text::trim(page.slice(begin, quote), " ");
        let inner = inner.strip_suffix("\u{a0}").or(inner.strip_suffix("\u{202f}")).unwrap_or(inner);
        let end = begin + inner.len();
        let inner = unwrapped(page.before(begin, 1), inner);
        if end > begin && (end == quote || is_wide) {
            found.push((begin, begin + inner.len(), quote));
        }
    }
    let end = page.token_end(begin);
    if end - begin > LONGEST {
        return found;
    }
    let mut trimmed = begin + trim_end(page.slice(begin, end)).len();
    let mut next = trimmed;
    if is_link && let Some((inner, _)) = text::split_once(page.slice(begin, end), "]") {
        trimmed = begin + inner.len();
        next = end;
    }
    if trimmed > begin && found.is_empty() | (trimmed != found.first().map_or(0, |found| found.1)) {
        found.push((begin, trimmed, next));
    }
    found.retain(|(begin, end, _)| field != b'U' || looks_like_url(page.slice(*begin, *end)));
    found
}

/// Without the marks that closed around it: `<...>`, `*...*`, `[...](...)`.
fn unwrapped<'a>(before: &str, inner: &'a str) -> &'a str {
    let closed = match before {
        "<" => inner.strip_suffix(">"),
        "*" => inner.strip_suffix("*"),
        "[" => text::split_once(inner, "]").map(|(link, _)| link),
        _ => None,
    };
    closed.unwrap_or(inner)
}

/// A value: between quotes, or what stands there up to the next part of the message.
fn values(page: &Page<'_>, at: usize) -> Vec<(usize, usize, usize)> {
    let mut begin = at;
    while let Some((length, kind)) = filler(page.from(begin)) {
        begin += length;
        if kind == Filler::Quote {
            break;
        }
    }
    let rest = page.after(begin, MOST_VALUE);
    let mut ends = Vec::new();
    let mut spaces = Vec::new();
    for (offset, c) in rest.char_indices() {
        let end = begin + offset;
        match filler(page.from(end)) {
            Some((_, Filler::Quote)) if ends.len() < 8 => ends.push((begin, end, end)),
            Some((_, Filler::Space)) if c != '\n' => spaces.push((begin, end, end)),
            _ => {}
        }
    }
    // A closing quote that is not there: up to a space.
    ends.append(&mut spaces);
    ends.push((begin, begin + rest.len(), begin + rest.len()));
    ends
}

/// What follows a URL in a sentence is no part of it.
pub(super) fn trim_end(token: &str) -> &str {
    let mut token = token;
    while let Some(last) = token.chars().next_back() {
        let closes = match last {
            ')' => !text::contains(token, "("),
            ']' => !text::contains(token, "["),
            '}' => !text::contains(token, "{"),
            '_' => token.starts_with('_'),
            _ => matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '*'),
        };
        if !closes || token.ends_with("...") || token.ends_with("://*") || token.ends_with(":*") {
            break;
        }
        token = token.get(..token.len() - last.len_utf8()).unwrap_or_default();
    }
    token
}

/// It has a scheme, or is a host with a port or a path.
pub(super) fn looks_like_url(token: &str) -> bool {
    let plain = text::trim(token, "<>[](){}");
    text::contains(plain, "://")
        || ["file:", "data:", "blob:", "localhost", "www."].iter().any(|begin| plain.starts_with(begin))
        || plain.contains('.') && plain.contains('/')
}
