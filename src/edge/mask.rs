//! What of a URL may leave the page: user info, query values, the fragment and tokens in the path are masked.

use wasm_bindgen::JsValue;

use super::js;
use crate::text;

const MASK: &str = "…";

/// The URL as reports show it, from a parsed `URL`.
pub fn url(url: &JsValue) -> String {
    let protocol = js::text(url, "protocol");
    let host = js::text(url, "host");
    if host.is_empty() {
        // `data:` carries a document, `blob:` an id, `file:` a home directory: the scheme says enough.
        return protocol + MASK;
    }
    let mut shown = protocol + "//" + &host;
    let path = js::text(url, "pathname");
    shown.push_str(&mask_path(&path));
    shown + &mask_query(&js::text(url, "search"))
}

/// A text that does not parse as a URL, cut before anything that may be secret.
pub fn unparsed(text: &str) -> String {
    let address = text::until(text, "?#");
    let (scheme, rest) = match text::rsplit_once(address, b'@') {
        Some((user, rest)) => (text::split_once(user, "/").map_or("", |(scheme, _)| scheme), rest),
        None => ("", address),
    };
    let mut shown = String::new();
    if !scheme.is_empty() {
        shown = text::concat(&[scheme, "//"]);
    }
    shown.push_str(&mask_path(rest));
    start(&shown, 200)
}

/// The first characters of a text.
pub fn start(text: &str, count: usize) -> String {
    let mut characters = 0;
    for (index, byte) in text.bytes().enumerate() {
        // In UTF-8 all but the first byte of a character begin with these bits.
        let is_first = byte & 0b1100_0000 != 0b1000_0000;
        if is_first && characters == count {
            return text.get(..index).unwrap_or_default().to_string();
        }
        characters += usize::from(is_first);
    }
    text.to_string()
}

/// An engine's message, unless it quotes the call's URL or the value of a header, as some do.
pub fn message(message: &str, url: &str, values: &[(String, String)]) -> String {
    let quotes = text::contains(message, url) || values.iter().any(|(_, value)| text::contains(message, value));
    if quotes { "its URL or one of its headers is not allowed".to_string() } else { message.to_string() }
}

fn mask_query(search: &str) -> String {
    let Some(query) = search.strip_prefix('?') else { return String::new() };
    let mut shown = String::new();
    for pair in text::split(query, "&") {
        shown.push(if shown.is_empty() { '?' } else { '&' });
        match text::split_once(pair, "=") {
            Some((name, "")) => shown = shown + &mask_token(name) + "=",
            Some((name, _)) => shown = shown + &mask_token(name) + "=" + MASK,
            None => shown.push_str(&mask_token(pair)),
        }
    }
    shown
}

fn mask_path(path: &str) -> String {
    let mut shown = Vec::new();
    for segment in text::split(path, "/") {
        shown.push(mask_segment(segment));
    }
    text::join(&shown, "/")
}

/// A path segment; of `;name=value` parameters (`;jsessionid=`) the value is masked.
fn mask_segment(segment: &str) -> String {
    let mut shown = mask_token(text::until(segment, ";"));
    for parameter in text::split(segment, ";").into_iter().skip(1) {
        shown.push(';');
        match text::split_once(parameter, "=") {
            Some((name, _)) => shown = shown + name + "=" + MASK,
            None => shown.push_str(&mask_token(parameter)),
        }
    }
    shown
}

fn mask_token(text: &str) -> String {
    if looks_like_token(text) { MASK.to_string() } else { text.to_string() }
}

/// A JWT, or 32 and more characters of hex or base64. Words joined by dashes are a title, not a token.
fn looks_like_token(text: &str) -> bool {
    let in_alphabet = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=_-.~:%".contains(&byte);
    if text.starts_with("eyJ") && text.len() >= 16 {
        return true;
    }
    text.len() >= 32 && text.bytes().all(in_alphabet) && !is_title(text)
}

fn is_title(text: &str) -> bool {
    let words = text::split(text, "-_.");
    let is_word = |word: &&str| {
        word.len() <= 20
            && (word.bytes().all(|byte| byte.is_ascii_alphabetic()) || word.bytes().all(|byte| byte.is_ascii_digit()))
    };
    words.len() > 2 && words.iter().all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn nothing_secret_of_a_url_is_shown() {
        for (given, shown) in [
            ("https://api.example.com", "https://api.example.com/"),
            ("https://u:p@api.example.com:8443/a/b?", "https://api.example.com:8443/a/b"),
            ("https://a.test/x?token=abc&empty=&flag#frag", "https://a.test/x?token=…&empty=&flag"),
            ("https://a.test/eyJhbGciOiJIUzI1NiJ9.e30.abc/x", "https://a.test/…/x"),
            ("https://a.test/d41d8cd98f00b204e9800998ecf8427e", "https://a.test/…"),
            ("https://a.test/3fa85f64-5717-4562-b3fc-2c963f66afa6", "https://a.test/…"),
            ("https://a.test/AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA%3D", "https://a.test/…"),
            (
                "https://a.test/how-to-fix-cors-in-10-steps-for-everyone",
                "https://a.test/how-to-fix-cors-in-10-steps-for-everyone",
            ),
            ("https://a.test/list;jsessionid=1A2B;v=2", "https://a.test/list;jsessionid=…;v=…"),
            ("https://a.test/bot110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/send", "https://a.test/…/send"),
            ("https://a.test/?d41d8cd98f00b204e9800998ecf8427e", "https://a.test/?…"),
            ("data:text/html,secret", "data:…"),
            ("http://[::1]:80/v1", "http://[::1]/v1"),
        ] {
            let body = text::concat(&["return new URL('", given, "')"]);
            let parsed = js_sys::Function::new_no_args(&body).call0(&JsValue::UNDEFINED);
            assert_eq!(parsed.map(|parsed| url(&parsed)), Ok(shown.to_string()), "{given}");
        }
    }

    #[wasm_bindgen_test]
    fn a_text_that_is_no_url_is_cut_before_its_secrets() {
        assert_eq!(unparsed("http://u:p@exa mple/x?token=1"), "http://exa mple/x");
        assert_eq!(unparsed("u:p@x"), "x");
        assert_eq!(unparsed("http://[/eyJhbGciOiJIUzI1NiJ9"), "http://[/…");
    }

    #[wasm_bindgen_test]
    fn an_engines_message_quotes_no_url_and_no_header_value() {
        let values = [("x-a".to_string(), "s3cret".to_string())];
        for (said, shown) in [("is bad: http://a/?b", false), ("'s3cret' is bad", false), ("is bad", true)] {
            assert_eq!(message(said, "http://a/?b", &values) == said, shown, "{said}");
        }
    }
}
