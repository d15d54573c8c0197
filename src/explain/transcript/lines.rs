//! Lines of a text, and what a line of HTTP looks like.

use crate::fetch::is_token_byte;
use crate::prelude::*;
use crate::text;

/// Headers: name and value in order.
pub(super) type Headers = Vec<(String, String)>;

/// The line that begins at an offset, without its end, and where the next begins. A stray CR belongs to the end: Windows tools
/// write two.
pub(super) fn line(text: &str, at: usize) -> (&str, usize) {
    let rest = text.get(at..).unwrap_or_default();
    let line = text::until(rest, "\n");
    let next = text.len().min(at + line.len() + 1);
    (text::trim(line, "\r"), next)
}

/// How many bytes of white space a line begins with.
pub(super) fn indent(line: &str) -> usize {
    line.bytes().take_while(|byte| text::is_any_of(*byte, " \t")).count()
}

/// Nothing but white space.
pub(super) fn is_blank(line: &str) -> bool {
    indent(line) == line.len()
}

/// Status and reason of a status line.
pub(super) fn status_line(line: &str) -> Option<(u16, &str)> {
    let rest = line.strip_prefix("HTTP/")?;
    let version = text::until(rest, " ");
    let is_version = |byte: u8| byte.is_ascii_digit() || byte == b'.';
    if version.is_empty() || version.len() > 3 || !text::all(version, is_version) {
        return None;
    }
    let rest = text::trim(rest.get(version.len()..)?, " \t");
    let code = text::until(rest, " ");
    let status = text::number(code).filter(|status| code.len() == 3 && *status >= 100)?;
    Some((status, text::trim(rest.get(3..)?, " ")))
}

/// Method, target and version of a request line.
pub(super) fn request_line(line: &str) -> Option<(&str, &str, &str)> {
    if !line.as_bytes().first()?.is_ascii_uppercase() {
        return None;
    }
    let method = text::until(line, " ");
    let (target, protocol) = text::rsplit_once(line.get(method.len() + 1..)?, b' ')?;
    let version = protocol.strip_prefix("HTTP/")?;
    let is_target = !target.is_empty() && !text::any(target, |byte| byte == b' ');
    let is_method = text::all(method, |byte| byte.is_ascii_uppercase() || byte == b'-');
    (is_target && is_method && version.len() <= 3).then_some((method, target, version))
}

/// Name and value of a header line. `https://...` is none.
pub(super) fn header_line(line: &str) -> Option<(&str, &str)> {
    let name = text::until(line, ":");
    let value = line.get(name.len() + 1..)?;
    if name.is_empty() || name.len() > 128 || !text::all(name, is_token_byte) || value.starts_with("//") {
        return None;
    }
    Some((name, text::trim(value, " \t")))
}

/// A header as it is kept.
pub(super) fn owned((name, value): (&str, &str)) -> (String, String) {
    (name.into(), value.into())
}

/// The header line is kept in the list; a folded one continues the one before (RFC 9112, 5.2).
pub(super) fn fold(headers: &mut Headers, line: &str) {
    if let Some((_, value)) = headers.last_mut() {
        if !value.is_empty() {
            value.push(' ');
        }
        value.push_str(text::trim(line, " \t"));
    }
}

/// A header's value; the name in any case.
pub(super) fn value<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// Scheme, authority (with what stands before an `@`) and the rest of an absolute URL of HTTP.
pub(super) fn url_parts(url: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = text::split_once(text::until(url, " "), "://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let authority = text::until(rest, "/?#");
    (!authority.is_empty()).then_some((scheme, authority, rest.get(authority.len()..)?))
}

/// The origin of an absolute URL, as written.
pub(super) fn origin(url: &str) -> Option<String> {
    let (scheme, authority, _) = url_parts(url)?;
    let host = text::rsplit_once(authority, b'@').map_or(authority, |(_, host)| host);
    Some(text::fill("{}://{}", &[scheme, host]))
}

/// The page's origin by `Referer`, where there is no `Origin`.
pub(super) fn origin_by_referrer(headers: &[(String, String)]) -> Option<String> {
    match value(headers, "origin") {
        Some(_) => None,
        None => origin(value(headers, "referer")?),
    }
}

/// Where a `Location` leads to.
pub(super) fn resolve(base: &str, location: &str) -> Option<String> {
    if url_parts(location).is_some() {
        return Some(location.into());
    }
    let (scheme, authority, rest) = url_parts(base)?;
    if location.starts_with("//") {
        return Some(text::fill("{}:{}", &[scheme, location]));
    }
    // Another scheme, or a relative path, which is rare: not resolved here.
    location.starts_with('/').then(|| text::fill("{}://{}{}", &[scheme, authority, location])).or_else(|| {
        let path = text::until(rest, "?#");
        let (folder, _) = text::rsplit_once(path, b'/').unwrap_or_default();
        let is_plain = !text::any(text::until(location, "/?#"), |byte| byte == b':' || byte == b'.');
        is_plain.then(|| text::fill("{}://{}{}/{}", &[scheme, authority, folder, location]))
    })
}
