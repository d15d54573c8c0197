//! What Internet Explorer and Edge Legacy say: numbered, translated messages.

use super::Means::*;
use super::join::Kind;
use super::reader::Reader;
use super::template::trim_end;
use super::{Fields, Template, means, says};
use crate::prelude::*;
use crate::text;

pub(super) const TEMPLATES: &[Template] = &[
    means("sec71", Numbered),
    means("script7002", WinInet),
    means("network error 0x", WinInet),
    says("csp14312: resource violated directive 'connect-src{n} in content-security-policy: {U}", &["csp-connect-src"]),
    says("csp14312: resource violated directive 'connect-src", &["csp-connect-src"]),
    // The same messages without their number.
    says("origin {o} not found in access-control-allow-origin header", &["missing-allow-origin", "origin-mismatch"]),
    says("request header {h} was not present in the access-control-allow-headers list", &["header-not-allowed"]),
    says("request method {m} was not present in the access-control-allow-methods list", &["method-not-allowed"]),
    says("redirect was blocked for cors request", &["redirect-without-cors", "preflight-redirect"]),
    says("multiple access-control-allow-origin headers are not allowed", &["multiple-allow-origin"]),
];

/// `SEC7120: Origin https://page.example not found in Access-Control-Allow-Origin header.`
pub(super) fn message(reader: &mut Reader<'_>, at: usize, end: usize) -> Option<usize> {
    let number = reader.page.after(end, 2);
    let line = text::until(reader.page.after(end, 400), "\n");
    let mut fields = Fields::default();
    let words = text::split(line, " ,;()'\"\t");
    let is_listed = |word: &str| word.starts_with("Access-Control-");
    let url = words.iter().find(|word| text::contains(word, "://")).map(|word| trim_end(word));
    match number {
        "18" | "19" => reader.numbered = url.map(str::to_string),
        "20" => fields.origin = url.or(words.iter().find(|word| **word == "null").copied()).map(str::to_string),
        "23" => {
            let is_header = |word: &&str| text::contains(word, "-") && !is_listed(word);
            fn plain(word: &str) -> &str {
                let ascii = word.bytes().position(|byte| byte >= 0x80).and_then(|end| word.get(..end));
                trim_end(ascii.unwrap_or(word))
            }
            let after = text::split_once(line, "header ").map(|(_, rest)| text::until(rest, " "));
            fields.header = after.or(words.iter().copied().map(plain).find(is_header)).map(str::to_string);
        }
        "24" => {
            let is_method =
                |word: &&str| word.len() > 2 && text::all(word, |byte| byte.is_ascii_uppercase()) && *word != "CORS";
            fields.method = words.iter().copied().find(is_method).map(str::to_string);
        }
        "11" | "17" => fields.url = url.map(str::to_string),
        _ => {}
    }
    let causes = numbered(number)?;
    if fields.url.is_none() {
        fields.url = reader.numbered.clone();
    }
    let end = end + line.len();
    reader.say(Kind::Causes(causes, None), fields, at, end);
    Some(end)
}

/// What the last two digits after `SEC71` mean; `None` for those that only tell what is going on.
fn numbered(number: &str) -> Option<&'static [&'static str]> {
    Some(match number {
        "11" => &["mixed-content"],
        "17" => &["local-network-access"],
        "20" => &["missing-allow-origin", "origin-mismatch"],
        "21" => &["wildcard-with-credentials"],
        "22" | "29" => &["allow-credentials-not-true"],
        "23" => &["header-not-allowed"],
        "24" => &["method-not-allowed"],
        "26" => &["preflight-redirect"],
        "27" => &["redirect-without-cors", "redirect-target-without-cors"],
        "28" => &["multiple-allow-origin"],
        _ => return None,
    })
}

/// What an error of WinINet or URLMon means, in hexadecimal without zeros before it. `80070005` only says that access is denied.
pub(super) fn wininet(code: &str) -> Option<&'static [&'static str]> {
    Some(match code {
        "2ee2" | "80072ee2" => &["no-response"],
        "2ee7" | "80072ee7" | "800c0005" => &["dns-failure"],
        "2efd" | "80072efd" | "800c0004" => &["connection-refused"],
        "2efe" | "2eff" | "80072efe" | "80072eff" | "2f78" | "80072f78" => &["connection-dropped"],
        "2f05" | "2f06" | "2f0d" | "2f7d" | "2f8f" | "80072f05" | "80072f06" | "80072f0d" | "80072f7d" | "80072f8f"
        | "800c0019" => &["tls-failure"],
        _ => return None,
    })
}
