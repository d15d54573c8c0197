//! What a recipe is written for.

use crate::prelude::*;
use crate::text;

/// A request, as far as a server's configuration looks at it.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Origin of the page.
    pub origin: String,
    /// Method.
    pub method: String,
    /// Names of the request headers that need permission, lower case.
    pub headers: Vec<String>,
    /// Credentials are included.
    pub credentials: bool,
    /// A preflight precedes it.
    pub preflight: bool,
    /// Response headers that script reads.
    pub exposed: Vec<String>,
    /// Seconds that a preflight's answer may be kept.
    pub max_age: Option<u32>,
    /// The URL that is called.
    pub url: String,
    /// Codes of the causes that remain.
    pub causes: Vec<String>,
    /// What the answers say of the server, lower case: `Server`, `X-Powered-By` and their like.
    pub says: Vec<String>,
    /// The server that the user asks for.
    pub chosen: String,
    /// The one that the user asked for last.
    pub latest: String,
}

impl Wanted {
    /// The value that cannot stand in any language as it is, if there is one.
    pub fn odd(&self) -> Option<&str> {
        let is_address = |text: &str| {
            text::contains(text, "://") && text::all(text, |byte| is_of_name(byte) || text::is_any_of(byte, ".:/[]"))
        };
        let addresses = [self.origin.as_str(), self.api()];
        let mut names = vec![self.method.as_str()];
        for name in self.headers.iter().chain(&self.exposed) {
            names.push(name);
        }
        let odd = addresses.into_iter().find(|text| !is_address(text));
        // What begins with a dash would be an option in a command.
        let is_name =
            |name: &str| name.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) && text::all(name, is_of_name);
        odd.or_else(|| names.into_iter().find(|name| !is_name(name)))
    }

    /// The origin that is called.
    pub fn api(&self) -> &str {
        let scheme = self.url.len() - self.after_scheme().len();
        match self.after_scheme() {
            "" => "",
            _ => self.url.get(..scheme + self.host().len()).unwrap_or_default(),
        }
    }

    /// Its host, with the port if it is not the scheme's own.
    pub fn host(&self) -> &str {
        text::until(self.after_scheme(), "/?#\\")
    }

    /// Its host without the port.
    pub fn hostname(&self) -> &str {
        hostname(self.host())
    }

    /// Its port, the scheme's own if it names none.
    pub fn port(&self) -> u16 {
        port(self.host()).unwrap_or(if self.url.starts_with("https:") { 443 } else { 80 })
    }

    /// First segment of the path, with its slash.
    pub fn path(&self) -> &str {
        let rest = self.after_scheme().get(self.host().len()..).unwrap_or_default();
        let segment = text::until(rest.get(1..).unwrap_or_default(), "/?#\\");
        match rest.starts_with('/') && text::all(segment, is_of_name) {
            true => rest.get(..=segment.len()).unwrap_or("/"),
            false => "/",
        }
    }

    /// The whole path, or its first segment if it has parts that are not plain.
    pub fn route(&self) -> &str {
        let rest = self.after_scheme().get(self.host().len()..).unwrap_or_default();
        let path = text::until(rest, "?#");
        match text::all(path, |byte| is_of_name(byte) || text::is_any_of(byte, "/.")) {
            true if !path.is_empty() => path,
            _ => self.path(),
        }
    }

    fn after_scheme(&self) -> &str {
        text::split_once(&self.url, "://").map_or("", |(_, rest)| rest)
    }
}

/// A host without its port.
pub(super) fn hostname(host: &str) -> &str {
    match text::rsplit_once(host, b':') {
        Some((name, port)) if text::all(port, |byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// A port, if an origin or a host names one.
pub(super) fn port(host: &str) -> Option<u16> {
    text::number(host.get(hostname(host).len() + 1..).unwrap_or_default())
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || text::is_any_of(byte, "-_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(url: &str) -> Wanted {
        let text = |text: &str| text.to_string();
        Wanted { origin: text("http://localhost:5173"), method: text("GET"), url: text(url), ..Wanted::default() }
    }

    #[test]
    fn a_url_is_taken_apart() {
        for (url, api, hostname, path) in [
            ("https://api.example.com/v1/items?a=…", "https://api.example.com", "api.example.com", "/v1"),
            ("http://[::1]:8000", "http://[::1]:8000", "[::1]", "/"),
            ("http://[::1]/", "http://[::1]", "[::1]", "/"),
            ("http://a.example:81?q", "http://a.example:81", "a.example", "/"),
            ("https://a.example/it's/b", "https://a.example", "a.example", "/"),
        ] {
            let wanted = wanted(url);
            assert_eq!((wanted.api(), wanted.hostname(), wanted.path()), (api, hostname, path), "{url}");
            assert_eq!(wanted.odd(), None, "{url}");
        }
        assert_eq!(
            (port("http://localhost:5173"), port("https://a.example"), port("[::1]:80")),
            (Some(5173), None, Some(80))
        );
    }

    #[test]
    fn what_would_end_a_text_in_some_language_is_not_plain() {
        let plain = wanted("https://a.example/");
        for odd in
            ["http://a'+b", "http://a\"b", "http://a`b", "http://a$b", "http://a b", "http://a\nb", "http://é", ""]
        {
            assert_eq!(Wanted { origin: odd.to_string(), ..plain.clone() }.odd(), Some(odd));
            assert_eq!(Wanted { headers: vec![odd.to_string()], ..plain.clone() }.odd(), Some(odd));
            assert_eq!(Wanted { exposed: vec![odd.to_string()], ..plain.clone() }.odd(), Some(odd));
            assert_eq!(Wanted { method: odd.to_string(), ..plain.clone() }.odd(), Some(odd));
        }
        for odd in ["-a", "--b"] {
            assert_eq!(Wanted { headers: vec![odd.to_string()], ..plain.clone() }.odd(), Some(odd));
        }
        assert_eq!(Wanted { origin: "null".to_string(), ..plain.clone() }.odd(), Some("null"));
        for (url, odd) in [("https://a'b/", "https://a'b"), ("nonsense", ""), ("", "")] {
            assert_eq!(wanted(url).odd(), Some(odd));
        }
    }
}
