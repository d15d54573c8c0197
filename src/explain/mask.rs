//! What of a paste may be shown again: user info, tokens, keys, cookies and what authorises are masked.
//!
//! A Diagnosis masks every query value of the page's own calls; a paste is shown to whoever pasted it, and a query such as
//! `?page=2` is how they know their line again. So a value stays that is short and plain, under a name that promises no secret.

use crate::prelude::*;
use crate::text;

const MASK: &str = "…";

/// What holds gaps is no URL, and shown as a text up to here.
const MOST_OF_URL: usize = 2000;

/// The text with its secrets masked, and cut after so many characters.
pub fn text(shown: &str, most: usize) -> String {
    let mut out = String::new();
    let mut hides_rest = false;
    let mut begin = 0;
    let end = shown.char_indices().nth(most).map_or(shown.len(), |(at, _)| at);
    // A word that is cut could lose what gives it away: whole words only, as far as there are any.
    let head = shown.get(..end).unwrap_or_default();
    let kept = if end == shown.len() { head } else { text::rsplit_once(head, b' ').map_or("", |(words, _)| words) };
    for (at, byte) in kept.bytes().enumerate() {
        if is_gap(byte) {
            push(&mut out, kept.get(begin..at).unwrap_or_default(), &mut hides_rest);
            hides_rest &= byte != b'\n';
            if !hides_rest || !out.ends_with(MASK) {
                out.push(byte.into());
            }
            begin = at + 1;
        }
    }
    push(&mut out, kept.get(begin..).unwrap_or_default(), &mut hides_rest);
    if kept.len() < shown.len() {
        out.push_str(MASK);
    }
    out
}

/// The text without the values of its header lines that are nobody's business, for whatever looks for something else in it.
pub(crate) fn without_secret_headers(whole: &str) -> String {
    let mut out = String::new();
    for (index, line) in text::split(whole, "\n").iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let name = text::until(line, ":");
        let word = text::rsplit_once(text::trim(name, " \t'\""), b' ').map_or(name, |(_, word)| word);
        let word = text::trim(word, " \t'\"<>-");
        // `Status code:` and its like are no header lines.
        let is_header =
            text::contains(word, "-") || text::is_one_of(&word.to_ascii_lowercase(), "cookie authorization dpop");
        match name.len() < line.len() && is_header && is_secret_header(word) {
            true => {
                out.push_str(name);
                out.push_str(": ");
                out.push_str(MASK);
            }
            false => out.push_str(line),
        }
    }
    out
}

/// A URL with its secrets masked, without fragment.
pub fn url(shown: &str) -> String {
    if text::any(shown, is_gap) {
        return text(shown, MOST_OF_URL);
    }
    let shown = text::until(shown, "#");
    let (address, query) = match text::split_once(shown, "?") {
        Some((address, query)) => (address, Some(query)),
        None => (shown, None),
    };
    let (scheme, rest) = match address.strip_prefix("//") {
        // Relative to a scheme.
        Some(rest) => ("//", rest),
        None => text::split_once(address, "://").unwrap_or(("", address)),
    };
    let authority = text::until(rest, "/");
    let mut out = String::new();
    out.push_str(scheme);
    if !scheme.is_empty() && scheme != "//" {
        out.push_str("://");
    }
    match text::rsplit_once(authority, b'@') {
        Some((_, host)) if !scheme.is_empty() => out.push_str(host),
        Some((user, host)) if text::contains(user, ":") => {
            out.push_str(MASK);
            out.push('@');
            out.push_str(host);
        }
        // What is no port, nor stands for one, is the beginning of user info that was cut off.
        None if text::rsplit_once(authority, b':').is_some_and(|(_, port)| port.len() > 5 && !port.ends_with(']')) => {
            out.push_str(MASK);
        }
        _ => out.push_str(authority),
    }
    for (index, segment) in text::split(rest.get(authority.len()..).unwrap_or_default(), "/").iter().enumerate() {
        if index > 0 {
            out.push('/');
        }
        push_segment(&mut out, segment);
    }
    for (index, pair) in query.map(|query| text::split(query, "&")).unwrap_or_default().iter().enumerate() {
        out.push(if index == 0 { '?' } else { '&' });
        push_pair(&mut out, pair);
    }
    out
}

/// A word of a text. What follows the name of a header that holds a secret is masked to the end of its line.
fn push(out: &mut String, word: &str, hides_rest: &mut bool) {
    if word.is_empty() {
        return;
    }
    if *hides_rest {
        if !out.ends_with(MASK) {
            out.push_str(MASK);
        }
        return;
    }
    let name = text::trim(word, ":,-").to_ascii_lowercase();
    *hides_rest = (word.ends_with(':') && is_secret_header(&name)) || name == "bearer";
    if text::contains(word, "://") || (text::contains(word, "?") && text::contains(word, "=")) {
        out.push_str(&url(word));
    } else {
        push_segment(out, word);
    }
}

/// Headers whose value is nobody's business.
pub fn is_secret_header(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    text::is_one_of(&name, "cookie set-cookie authorization proxy-authorization www-authenticate dpop")
        || is_secret_name(&name)
}

/// Names of parameters and headers that promise a secret.
fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    const PARTS: [&str; 21] = [
        "key",
        "token",
        "secret",
        "pass",
        "pwd",
        "auth",
        "sig",
        "session",
        "credential",
        "code",
        "jwt",
        "otp",
        "nonce",
        "email",
        "state",
        "hash",
        "assertion",
        "bearer",
        "csrf",
        "xsrf",
        "ticket",
    ];
    PARTS.iter().any(|part| text::contains(&name, part)) || text::is_one_of(&name, "sid pw pin user login sas se sp")
}

fn push_pair(out: &mut String, pair: &str) {
    let Some((name, value)) = text::split_once(pair, "=") else { return push_segment(out, pair) };
    push_segment(out, name);
    out.push('=');
    if value.is_empty() || (is_plain(value) && !is_secret_name(name)) {
        out.push_str(value);
    } else {
        out.push_str(MASK);
    }
}

/// A number of few digits, or a short word or two of letters: nothing that would have to be kept.
fn is_plain(value: &str) -> bool {
    let is_number = value.len() <= 6 && text::all(value, |byte| byte.is_ascii_digit() || text::is_any_of(byte, ".-"));
    let is_word = value.len() <= 24
        && text::split(value, ",+_-./ ")
            .iter()
            .all(|word| word.len() <= 14 && text::all(word, |byte| byte.is_ascii_alphabetic()))
        && !mixes_cases(value);
    is_number || is_word || value == MASK
}

/// Capitals amid small letters, as tokens have them and words do not.
fn mixes_cases(value: &str) -> bool {
    let mut last_is_small = false;
    let mut changes = 0;
    for byte in value.bytes() {
        changes += usize::from(last_is_small && byte.is_ascii_uppercase());
        last_is_small = byte.is_ascii_lowercase();
    }
    changes > 1
}

/// A path segment or a word; of `;name=value` parameters (`;jsessionid=`) the value is masked.
fn push_segment(out: &mut String, segment: &str) {
    // User info of a URL within the path, as proxies take it.
    let segment = match text::rsplit_once(segment, b'@') {
        Some((user, host)) if text::contains(user, ":") => {
            out.push_str(MASK);
            out.push('@');
            host
        }
        _ => segment,
    };
    for (index, part) in text::split(segment, ";").iter().enumerate() {
        if index > 0 {
            out.push(';');
        }
        match text::split_once(part, "=") {
            Some((name, _)) if index > 0 || is_secret_name(name) => {
                out.push_str(name);
                out.push('=');
                out.push_str(MASK);
            }
            _ => push_bare(out, part),
        }
    }
}

/// A word without the marks around it.
fn push_bare(out: &mut String, part: &str) {
    let bare = text::trim(part, "'\"`()[]{}<>,.:!");
    if !is_token(bare) {
        return out.push_str(part);
    }
    let (before, after) = text::split_once(part, bare).unwrap_or_default();
    out.push_str(before);
    out.push_str(MASK);
    out.push_str(after);
}

/// A JWT, or 32 and more characters of hex or base64, or a nonce. Words joined by dashes are a title, not a token.
fn is_token(word: &str) -> bool {
    let is_long =
        word.len() >= 32 && text::all(word, |byte| byte.is_ascii_alphanumeric() || text::is_any_of(byte, "+/=_.~:%-"));
    is_key(word)
        || (word.starts_with("eyJ") && word.len() > 15)
        || word.starts_with("nonce-")
        || (is_long && !is_title(word))
}

/// A key as services hand them out: `sk_live_...`, or digits amid small and capital letters.
fn is_key(word: &str) -> bool {
    let count = |is: fn(u8) -> bool| word.bytes().filter(|byte| is(*byte)).count();
    let is_mixed = count(|byte| byte.is_ascii_uppercase()) > 1 && count(|byte| byte.is_ascii_lowercase()) > 1;
    let is_bare = text::all(word, |byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    let is_long = word.len() >= 16 && is_bare;
    is_long
        && ((count(|byte| byte.is_ascii_digit()) > 2 && is_mixed) || word.starts_with("sk_") || word.starts_with("pk_"))
        || (word.len() >= 20 && is_bare && runs_of_capitals(word) > 2)
}

/// Runs of two and more, which words seldom have.
fn runs_of_capitals(word: &str) -> usize {
    let mut runs = 0;
    let mut length = 0;
    for byte in word.bytes() {
        length = if byte.is_ascii_uppercase() { length + 1 } else { 0 };
        runs += usize::from(length == 2);
    }
    runs
}

/// Words of letters or of digits, joined by dashes: `a-title-of-some-length`, `Access-Control-Allow-Credentials-2024`.
fn is_title(word: &str) -> bool {
    let words = text::split(word, "-_./:");
    words.len() > 2
        && words.iter().all(|word| {
            word.len() <= 20
                && (text::all(word, |byte| byte.is_ascii_alphabetic()) || text::all(word, |byte| byte.is_ascii_digit()))
        })
}

fn is_gap(byte: u8) -> bool {
    text::is_any_of(byte, " \t\n\r'\"`<>|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_keeps_what_is_plain_and_promises_no_secret() {
        for (shown, expected) in [
            ("https://a.example/x?page=2&q=london", "https://a.example/x?page=2&q=london"),
            ("https://a.example/x?appid=3fa85f6457174562", "https://a.example/x?appid=…"),
            ("https://a.example/x?api_key=abc&token=t&page=1#frag", "https://a.example/x?api_key=…&token=…&page=1"),
            ("https://me:pw@a.example/x", "https://a.example/x"),
            ("https://a.example/x;jsessionid=1A?user=ann", "https://a.example/x;jsessionid=…?user=…"),
            ("https://a.example/eyJhbGciOiJIUzI1NiJ9.e30.abc/x", "https://a.example/…/x"),
            ("/x?access_token=abc", "/x?access_token=…"),
            ("https://a.example/x?q=aBcDeFgH", "https://a.example/x?q=…"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("//me:pw@a.example/x", "//a.example/x"),
            ("https://me:password", "https://…"),
            ("e:password@a.example/", "…@a.example/"),
            ("http://[2001:db8::1:2:3:12345]/x", "http://[2001:db8::1:2:3:12345]/x"),
            ("http://host:port/x", "http://host:port/x"),
            ("https://proxy.example/https://me:pw@a.example/x", "https://proxy.example/https://…@a.example/x"),
            ("https://a\nhttps://me:pw@a.example/", "https://a\nhttps://a.example/"),
            ("https://a.example/x?bearer=abc&xsrf=abc&x-ticket=abc", "https://a.example/x?bearer=…&xsrf=…&x-ticket=…"),
            (
                "https://hooks.example/services/T012ABCDEF/abcdEFGHijklMNOPqrstUVWX",
                "https://hooks.example/services/T012ABCDEF/…",
            ),
            ("https://a.example/sk_live_51HxYz12345/customers", "https://a.example/…/customers"),
            ("https://a.example/getUserDetails/AllOfThem", "https://a.example/getUserDetails/AllOfThem"),
        ] {
            assert_eq!(url(shown), expected);
        }
    }

    #[test]
    fn header_lines_lose_their_secrets() {
        for (whole, expected) in [
            ("a\nCookie: a=b\nVary: x", "a\nCookie: …\nVary: x"),
            ("> authorization: Basic x\n", "> authorization: …\n"),
            ("curl -H 'X-Api-Key: x'", "curl -H 'X-Api-Key: …"),
            ("policy: Request header field cookie: x", "policy: Request header field cookie: x"),
            ("cookie", "cookie"),
            ("not successful. Status code: 404", "not successful. Status code: 404"),
        ] {
            assert_eq!(without_secret_headers(whole), expected);
        }
    }

    #[test]
    fn a_text_keeps_its_words_and_loses_its_secrets() {
        for (shown, expected) in [
            ("Authorization: Bearer abc def\nVary: Origin", "Authorization: …\nVary: Origin"),
            ("at 'https://a.example/?key=17' from", "at 'https://a.example/?key=…' from"),
            ("cookie: a=b; c=d", "cookie: …"),
            ("header 'X-Api-Key' is", "header 'X-Api-Key' is"),
            ("Request header field authorization is not allowed", "Request header field authorization is not allowed"),
            ("0123456789abcdef0123456789abcdef0123", "…"),
            ("'Access-Control-Allow-Credentials' header", "'Access-Control-Allow-Credentials' header"),
            ("script-src 'nonce-r4nd0m'", "script-src '…'"),
        ] {
            assert_eq!(text(shown, 300), expected);
        }
        assert_eq!(text("one two three", 9), "one two…");
        assert_eq!(text("ééé", 2), "…");
    }
}
