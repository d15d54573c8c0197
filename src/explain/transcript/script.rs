//! A call of `fetch` in script: "Copy as fetch", or written by hand.
//!
//! Literals are read; what is computed is not known and stays `${...}`.

use crate::explain::call::Call;
use crate::explain::transcript::javascript::{Token, Tokens, is_of_word};
use crate::explain::transcript::lines::{self, Headers};
use crate::prelude::*;
use crate::request::{Credentials, Mode};
use crate::text;

/// Stands for what is computed.
const HOLE: &str = "${...}";

/// Reads the call that begins in the line at an offset, and the offset of the line behind it. A body may hold scripts: there it
/// counts only at the beginning of a line and with a URL.
pub(super) fn read(text: &str, at: usize, is_body: bool, fuel: &mut usize) -> Option<(Call, usize)> {
    let (line, after) = lines::line(text, at);
    let mut from = 0;
    while let Some((before, rest)) = line.get(from..).and_then(|rest| text::split_once(rest, "fetch(")) {
        let begin = from + before.len() + 6;
        let before = line.get(..from + before.len()).unwrap_or_default();
        let is_first = before.is_empty() || before == "await ";
        if *fuel > 0 && is_call(before) && (!is_body || (is_first && rest.starts_with("\"http"))) {
            let mut tokens = Tokens::new(text, at + begin);
            let call = arguments(&mut tokens);
            match call {
                Some(call) if call != Call::default() => {
                    let (_, next) = lines::line(text, tokens.at.max(at));
                    return Some((call, next.max(after)));
                }
                _ => *fuel = fuel.saturating_sub(tokens.at - at),
            }
        }
        from = begin;
    }
    None
}

/// What stands before `fetch(` makes it the browser's own.
fn is_call(before: &str) -> bool {
    match before.bytes().last() {
        Some(b'.') => ["window.", "globalThis.", "self."].iter().any(|owner| before.ends_with(owner)),
        Some(byte) => !is_of_word(byte) && byte != b'"' && byte != b'\'' && !before.ends_with("function "),
        None => true,
    }
}

/// Both arguments, and the parenthesis that closes them; `None` if they are none of a call.
fn arguments(tokens: &mut Tokens<'_>) -> Option<Call> {
    let mut call = Call::default();
    let url = match value(tokens)? {
        Value::Text(url) => Some(url),
        Value::Unknown => None,
        Value::Object(_) => return None,
    };
    call.url = url.filter(|url| lines::url_parts(url).is_some());
    match tokens.next()? {
        Token::Mark(b')') => {
            if call.url.is_some() {
                call.method = Some("GET".into());
            }
            return Some(call);
        }
        Token::Mark(b',') => {}
        _ => return None,
    }
    match tokens.next()? {
        Token::Mark(b'{') => init(tokens, &mut call)?,
        token => {
            tokens.hand_back(token);
            if let Value::Unknown = value(tokens)? {
                // `fetch(url, options)`
            }
        }
    }
    // A trailing comma, or a cast: what follows is not of interest.
    match tokens.next() {
        Some(Token::Mark(b',')) => tokens.next().map(|_| call),
        _ => Some(call),
    }
}

/// The dictionary of the second argument, behind its brace.
fn init(tokens: &mut Tokens<'_>, call: &mut Call) -> Option<()> {
    let mut is_whole = true;
    let mut referrer = None;
    members(tokens, |key, value| match (key, value) {
        ("method", Value::Text(method)) => call.method = Some(method),
        ("method" | "...", _) => is_whole = false,
        ("headers", Value::Object(headers)) => call.headers = Some(headers),
        ("credentials", Value::Text(word)) => call.credentials = credentials(&word),
        ("mode", Value::Text(word)) => call.mode = mode(&word),
        ("referrer", Value::Text(url)) => referrer = Some(url),
        _ => {}
    })?;
    if call.method.is_none() && is_whole {
        call.method = Some("GET".into());
    }
    let headers = call.headers.as_deref().unwrap_or_default();
    call.origin = match referrer {
        Some(url) if lines::value(headers, "origin").is_none() => lines::origin(&url),
        _ => lines::origin_by_referrer(headers),
    };
    Some(())
}

/// A value, as far as it is known.
enum Value {
    Text(String),
    /// Of strings, and of what was computed, as a hole.
    Object(Headers),
    Unknown,
}

/// Names and values of an object whose brace has been read. Objects in objects are read as one of strings.
fn members(tokens: &mut Tokens<'_>, mut found: impl FnMut(&str, Value)) -> Option<()> {
    loop {
        let key = match tokens.next()? {
            Token::Mark(b'}') => return Some(()),
            Token::Mark(b',') => continue,
            Token::Text(key) | Token::Word(key) => key,
            // `...others`, `[name]: value`
            Token::Mark(_) => {
                skip(tokens)?;
                found("...", Value::Unknown);
                continue;
            }
        };
        match tokens.next()? {
            Token::Mark(b':') => {
                let value = value(tokens)?;
                found(&key, value);
            }
            // `method,`, or a function.
            token => {
                tokens.hand_back(token);
                skip(tokens)?;
                found(&key, Value::Unknown);
            }
        }
    }
}

/// A value, up to the mark behind it.
fn value(tokens: &mut Tokens<'_>) -> Option<Value> {
    let first = match tokens.next()? {
        Token::Word(word) if word == "new" => {
            // `new Headers({...})`, `new URL("...")`
            let (_, open) = (tokens.next()?, tokens.next()?);
            if open != Token::Mark(b'(') {
                return skip(tokens).map(|_| Value::Unknown);
            }
            let inner = value_in(tokens)?;
            let is_closed = tokens.next()? == Token::Mark(b')');
            return match skip(tokens)? {
                0 if is_closed => Some(inner),
                _ => Some(Value::Unknown),
            };
        }
        token => token,
    };
    tokens.hand_back(first);
    value_in(tokens)
}

fn value_in(tokens: &mut Tokens<'_>) -> Option<Value> {
    match tokens.next()? {
        Token::Text(literal) => match skip(tokens)? {
            0 => Some(Value::Text(literal)),
            // `"https://a.example/" + id`
            _ => Some(Value::Text(text::concat(&[&literal, HOLE]))),
        },
        Token::Mark(b'{') => {
            let mut object = Headers::new();
            flat(tokens, &mut object)?;
            skip(tokens)?;
            Some(Value::Object(object))
        }
        token => {
            tokens.hand_back(token);
            skip(tokens)?;
            Some(Value::Unknown)
        }
    }
}

/// Names and values of an object of strings.
fn flat(tokens: &mut Tokens<'_>, object: &mut Headers) -> Option<()> {
    loop {
        let key = match tokens.next()? {
            Token::Mark(b'}') => return Some(()),
            Token::Mark(b',') => continue,
            Token::Text(key) | Token::Word(key) => key,
            Token::Mark(_) => {
                skip(tokens)?;
                continue;
            }
        };
        match tokens.next()? {
            Token::Mark(b':') => match tokens.next()? {
                Token::Text(literal) => {
                    let hole = if skip(tokens)? == 0 { "" } else { HOLE };
                    object.push((key, text::concat(&[&literal, hole])));
                }
                Token::Word(number) if text::all(&number, |byte| byte.is_ascii_digit()) => {
                    skip(tokens)?;
                    object.push((key, number));
                }
                token => {
                    tokens.hand_back(token);
                    skip(tokens)?;
                    object.push((key, HOLE.into()));
                }
            },
            token => {
                tokens.hand_back(token);
                skip(tokens)?;
                object.push((key, HOLE.into()));
            }
        }
    }
}

/// Skips to the comma or the bracket that ends a value, which is the next token then; how many tokens it skipped.
fn skip(tokens: &mut Tokens<'_>) -> Option<usize> {
    let mut depth = 0_usize;
    let mut skipped = 0;
    loop {
        let token = tokens.next()?;
        match token {
            Token::Mark(b',') if depth == 0 => break tokens.hand_back(token),
            Token::Mark(b'(' | b'[' | b'{') => depth += 1,
            Token::Mark(b')' | b']' | b'}') if depth == 0 => break tokens.hand_back(token),
            Token::Mark(b')' | b']' | b'}') => depth -= 1,
            _ => {}
        }
        skipped += 1;
    }
    Some(skipped)
}

fn credentials(word: &str) -> Option<Credentials> {
    [Credentials::Omit, Credentials::SameOrigin, Credentials::Include].into_iter().find(|known| known.name() == word)
}

fn mode(word: &str) -> Option<Mode> {
    [Mode::Cors, Mode::NoCors, Mode::SameOrigin].into_iter().find(|known| known.name() == word)
}
