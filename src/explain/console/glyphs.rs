//! What a text looks like after it went through consoles, mails and markup: quotes of any kind, escapes, wrapped lines.
//!
//! The text is not rewritten: readers step over what is no part of a message, so that a quote of it is what was pasted.

use crate::prelude::*;
use crate::text;
use core::cell::Cell;

/// What a reader may step over between two letters of a message.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Filler {
    /// Of any width, line ends with them.
    Space,
    /// Of any kind.
    Quote,
    /// Markup, or nothing to be seen.
    Mark,
}

/// A text, and what was last found in it: so that no stretch is searched twice.
pub(super) struct Page<'a> {
    pub(super) text: &'a str,
    token: Cell<(usize, usize)>,
    quote: Cell<(usize, usize)>,
}

impl<'a> Page<'a> {
    pub(super) fn new(text: &'a str) -> Page<'a> {
        Page { text, token: Cell::new((1, 0)), quote: Cell::new((1, 0)) }
    }

    /// The text between two places; empty if they are none.
    pub(super) fn slice(&self, begin: usize, end: usize) -> &'a str {
        self.text.get(begin..end).unwrap_or_default()
    }

    /// The text from a place on.
    pub(super) fn from(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    /// At most so many bytes before a place.
    pub(super) fn before(&self, at: usize, most: usize) -> &'a str {
        let mut begin = at.saturating_sub(most);
        while !self.text.is_char_boundary(begin) {
            begin += 1;
        }
        self.slice(begin, at)
    }

    /// At most so many bytes from a place on.
    pub(super) fn after(&self, at: usize, most: usize) -> &'a str {
        let mut end = self.text.len().min(at.saturating_add(most));
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        self.slice(at, end)
    }

    /// The end of the token that begins here: no space, quote or bracket of markup is in it.
    pub(super) fn token_end(&self, at: usize) -> usize {
        search(&self.token, at, || {
            let end = self.end_where(at, ends_token);
            // `https://api.example/?q=<INSERT TEXT>`
            let is_placeholder = end > at && self.from(end).starts_with("<") && tag(self.from(end)).is_none();
            let inner = text::until(self.after(end, 40), ">\n");
            match is_placeholder && self.from(end + inner.len()).starts_with(">") {
                true => self.end_where(end + inner.len() + 1, ends_token),
                false => end,
            }
        })
    }

    /// The next quote from here on in this line.
    pub(super) fn next_quote(&self, at: usize) -> Option<usize> {
        let is_end = |rest: &str| rest.starts_with("\n") || matches!(filler(rest), Some((_, Filler::Quote)));
        let end = search(&self.quote, at, || self.end_where(at, is_end));
        matches!(filler(self.from(end)), Some((_, Filler::Quote))).then_some(end)
    }

    /// Past spaces, quotes and marks; whether a quote was among them, and whether that quote is a guillemet.
    pub(super) fn skip(&self, at: usize) -> (usize, bool, bool) {
        let (mut at, mut quoted, mut wide) = (at, false, false);
        for _ in 0..24 {
            let rest = self.from(at);
            let Some((length, kind)) = filler(rest) else { break };
            quoted |= kind == Filler::Quote;
            wide |= rest.starts_with("«");
            at += length;
        }
        (at, quoted, wide)
    }

    fn end_where(&self, at: usize, is_end: impl Fn(&str) -> bool) -> usize {
        let mut end = at;
        for (offset, c) in self.from(at).char_indices() {
            end = at + offset;
            if (!c.is_ascii_alphanumeric()) && is_end(self.from(end)) {
                return end;
            }
            end += c.len_utf8();
        }
        end
    }
}

/// The end that is known for a place in the stretch searched last, or a new one.
fn search(known: &Cell<(usize, usize)>, at: usize, find: impl Fn() -> usize) -> usize {
    let (begin, end) = known.get();
    if begin <= at && at <= end {
        return end;
    }
    let end = find();
    known.set((at, end));
    end
}

const QUOTES: &[&str] = &[
    "&#39;", "&#039;", "&#x27;", "&quot;", "&#34;", "&apos;", "&#96;", "&lsquo;", "&rsquo;", "&ldquo;", "&rdquo;",
    "&laquo;", "&raquo;",
];
const SPACES: &[&str] = &["&nbsp;", "&#160;", "\\n", "\\r", "\\t"];
const MARKS: &[&str] = &["&gt;", "&lt;"];
const TAGS: &str = "a b i p br em li td tr tt ul ol h1 h2 h3 h4 div pre kbd code font samp span strong blockquote";

/// What to step over at the begin of this text, and how long it is.
pub(super) fn filler(rest: &str) -> Option<(usize, Filler)> {
    let first = *rest.as_bytes().first()?;
    let one = |kind| Some((1, kind));
    match first {
        b' ' | b'\t' | b'\n' | b'\r' => Some((blank(rest), Filler::Space)),
        b'\'' | b'"' | b'`' => one(Filler::Quote),
        b'*' | b'>' | b'|' => one(Filler::Mark),
        b'<' => Some((tag(rest).unwrap_or(1), Filler::Mark)),
        b'\\' => Some(starting(rest, SPACES).map_or((1, Filler::Mark), |length| (length, Filler::Space))),
        b'&' => {
            let any = |list, kind| starting(rest, list).map(|length| (length, kind));
            any(QUOTES, Filler::Quote).or(any(MARKS, Filler::Mark)).or(any(SPACES, Filler::Space))
        }
        0x80.. => {
            let c = rest.chars().next()?;
            let kind = match c {
                '´' | '«' | '»' | '\u{2018}'..='\u{201f}' | '‹' | '›' | '「'..='』' | '＇' | '＂' => {
                    Filler::Quote
                }
                '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{3000}' => Filler::Space,
                _ if is_unseen(c) => Filler::Mark,
                _ => return None,
            };
            Some((c.len_utf8(), kind))
        }
        _ => None,
    }
}

/// A quote is the last but for spaces and marks.
pub(super) fn ends_in_quote(before: &str) -> bool {
    let mut is_quoted = false;
    let mut rest = before;
    while let Some(c) = rest.chars().next() {
        let (length, kind) = filler(rest).unwrap_or((c.len_utf8(), Filler::Mark));
        let is_filler = filler(rest).is_some();
        is_quoted = is_filler && (is_quoted || kind == Filler::Quote);
        rest = rest.get(length..).unwrap_or_default();
    }
    is_quoted
}

/// Removes what markup adds to a value: escapes, entities, what cannot be seen.
pub(super) fn clean(value: &str) -> String {
    let mut plain = String::new();
    let mut rest = value;
    while let Some(c) = rest.chars().next() {
        let escaped = c == '\\' && rest.chars().nth(1).is_some_and(|next| next.is_ascii_punctuation());
        let entity = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&quot;", "\"")];
        let known = entity.into_iter().find(|(name, _)| c == '&' && rest.starts_with(name));
        let (taken, put) = match known {
            Some((name, plain)) => (name.len(), plain),
            None if escaped || is_unseen(c) => (c.len_utf8(), ""),
            None => (c.len_utf8(), rest.get(..c.len_utf8()).unwrap_or_default()),
        };
        plain.push_str(put);
        rest = rest.get(taken..).unwrap_or_default();
        if escaped && let Some(next) = rest.chars().next() {
            plain.push(next);
            rest = rest.get(next.len_utf8()..).unwrap_or_default();
        }
    }
    plain
}

/// In lower case as far as it is ASCII, with single blanks: what stems are looked for in.
pub(super) fn flat(text: &str) -> String {
    let mut flat = String::new();
    for c in text.chars() {
        let is_blank = matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{a0}' | '\u{202f}' | '\u{3000}');
        if !is_blank {
            flat.push(c.to_ascii_lowercase());
        } else if !flat.ends_with(" ") {
            flat.push(' ');
        }
    }
    flat
}

fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// A wrapped line goes on behind its indent, and behind the marks of a comment or quotation.
fn blank(rest: &str) -> usize {
    let mut length = 0;
    let mut wrapped = false;
    for byte in rest.bytes().take(256) {
        wrapped |= byte == b'\n';
        if !byte.is_ascii_whitespace() {
            break;
        }
        length += 1;
    }
    let next = rest.get(length..).unwrap_or_default();
    match wrapped {
        true if next.starts_with("//") => length + 2,
        true if next.starts_with('#') => length + 1,
        _ => length,
    }
}

/// The length of a tag of HTML that says how a text looks; other things between angle brackets are placeholders.
fn tag(rest: &str) -> Option<usize> {
    let inner = text::until(rest.get(1..)?, ">");
    let name = text::until(text::trim(inner, "/"), " /\n");
    let is_tag = inner.len() < 200 && text::is_one_of(&name.to_ascii_lowercase(), TAGS) && rest.len() > inner.len() + 1;
    is_tag.then_some(inner.len() + 2)
}

fn starting(rest: &str, parts: &[&str]) -> Option<usize> {
    parts.iter().find(|part| rest.starts_with(**part)).map(|part| part.len())
}

/// Hangul follows an URL without a space; of other letters none end one.
fn ends_token(rest: &str) -> bool {
    let Some(c) = rest.chars().next() else { return true };
    match c {
        '\\' | '*' | '|' => false,
        '&' => {
            matches!(filler(rest), Some((_, Filler::Quote | Filler::Space)))
                || rest.starts_with("&gt;")
                || rest.starts_with("&lt;")
        }
        '，' | '。' | '（' | '）' | '；' | '、' | '：' | '\u{ac00}'..='\u{d7a3}' => true,
        _ => filler(rest).is_some(),
    }
}
