//! What of a URL the checks look at, without a parser for the rest: its origin, and where a `Location` leads.

use crate::prelude::*;
use crate::text;

/// The [origin](https://url.spec.whatwg.org/#concept-url-origin) of an absolute `http` or `https` URL, serialised; `None` of
/// anything else.
pub fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = text::split_once(url, "://")?;
    let scheme = scheme.to_ascii_lowercase();
    let default = match scheme.as_str() {
        "http" => ":80",
        "https" => ":443",
        _ => return None,
    };
    let authority = text::until(rest, "/?#\\");
    let host = text::rsplit_once(authority, b'@').map_or(authority, |(_, host)| host).to_ascii_lowercase();
    let host = host.strip_suffix(default).unwrap_or(&host);
    (!host.is_empty()).then(|| text::fill("{}://{}", &[&scheme, host]))
}

/// It holds a user name or password.
pub fn has_credentials(url: &str) -> bool {
    text::split_once(url, "://").is_some_and(|(_, rest)| text::contains(text::until(rest, "/?#\\"), "@"))
}

/// Where a `Location` leads from an absolute URL, absolute.
pub fn resolve(base: &str, location: &str) -> String {
    let head = text::until(location, "/?#");
    if text::contains(head, ":") {
        return location.to_string();
    }
    let scheme = text::split_once(base, "://").map_or("http", |(scheme, _)| scheme);
    if location.starts_with("//") {
        return text::fill("{}:{}", &[scheme, location]);
    }
    let origin = origin(base).unwrap_or_default();
    if location.starts_with('/') {
        return text::concat(&[&origin, location]);
    }
    let whole = path(base);
    let folder = text::rsplit_once(whole, b'/').map_or("", |(folder, _)| folder);
    match location.bytes().next() {
        Some(b'?') => text::concat(&[&origin, whole, location]),
        _ => text::fill("{}{}/{}", &[&origin, folder, location]),
    }
}

/// The same URL, whatever its fragment; one of them may be masked, and then its masked parts match any.
pub fn is_same(one: &str, other: &str) -> bool {
    let (Some(origin_of_one), Some(origin_of_other)) = (origin(one), origin(other)) else { return false };
    origin_of_one == origin_of_other && fits(one, other)
}

/// Path and query agree where neither is masked.
fn fits(one: &str, other: &str) -> bool {
    let (one, other) = (text::split(after_origin(one), "/?&"), text::split(after_origin(other), "/?&"));
    one.len() == other.len()
        && one.iter().zip(&other).all(|(one, other)| match (masked_head(one), masked_head(other)) {
            (Some(head), _) => other.starts_with(head),
            (_, Some(head)) => one.starts_with(head),
            _ => one == other,
        })
}

/// What stands before the mask, in a part that has one.
fn masked_head(part: &str) -> Option<&str> {
    text::split_once(part, "…").map(|(head, _)| head)
}

/// The path; "/" if there is none.
fn path(url: &str) -> &str {
    let path = text::until(after_origin(url), "?");
    if path.is_empty() { "/" } else { path }
}

/// Path and query, without the fragment.
fn after_origin(url: &str) -> &str {
    let rest = text::split_once(url, "://").map_or(url, |(_, rest)| rest);
    let authority = text::until(rest, "/?#");
    let rest = text::until(rest.get(authority.len()..).unwrap_or_default(), "#");
    if rest.is_empty() { "/" } else { rest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_no_default_port_no_user_and_lower_case() {
        for (url, expected) in [
            ("https://API.example.com:443/a?b#c", Some("https://api.example.com")),
            ("HTTP://u:p@localhost:3000", Some("http://localhost:3000")),
            ("http://[::1]:80/", Some("http://[::1]")),
            ("ftp://a/", None),
            ("/items", None),
            ("https://", None),
        ] {
            assert_eq!(origin(url).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn a_location_is_resolved_against_its_url() {
        for (location, expected) in [
            ("https://b.example/x", "https://b.example/x"),
            ("//b.example/x", "https://b.example/x"),
            ("/x?y", "https://a.example/x?y"),
            ("x", "https://a.example/one/x"),
            ("?z", "https://a.example/one/two?z"),
        ] {
            assert_eq!(resolve("https://a.example/one/two?q=1", location), expected);
        }
        assert_eq!(resolve("https://a.example", "x"), "https://a.example/x");
    }

    #[test]
    fn a_masked_part_is_any() {
        for (one, other, same) in [
            ("https://a.example/x?key=…", "https://A.example:443/x?key=17#top", true),
            ("https://a.example/…/y", "https://a.example/eyJabc/y", true),
            ("https://a.example", "https://a.example/", true),
            ("https://a.example/x?key=…", "https://a.example/x?other=17", false),
            ("https://a.example/x", "https://a.example/x?key=17", false),
            ("http://a.example/x", "https://a.example/x", false),
            ("nonsense", "nonsense", false),
        ] {
            assert_eq!(is_same(one, other), same, "{one} {other}");
            assert_eq!(is_same(other, one), same, "{other} {one}");
        }
    }
}
