//! What answers say of the server that gave them: the names of products, without versions.

use crate::explain::call::{Exchange, Reply};
use crate::prelude::*;
use crate::text;

/// Header lines that only one product sends, and its name.
const MARKS: [(&str, &str); 4] = [
    ("x-amz-cf-id", "cloudfront"),
    ("apigw-requestid", "api-gateway"),
    ("x-amz-apigw-id", "api-gateway"),
    ("x-vercel-id", "vercel"),
];

/// A name longer than this is none.
const LONGEST: usize = 24;

/// Lower case, each once, in the order in which they come.
pub(crate) fn servers(exchanges: &[Exchange]) -> Vec<String> {
    let mut servers: Vec<String> = Vec::new();
    for exchange in exchanges {
        let Reply::Answer { headers, .. } = &exchange.reply else { continue };
        for (name, value) in headers {
            let name = name.to_ascii_lowercase();
            let product = match name.as_str() {
                "server" | "x-powered-by" => product(value),
                _ => MARKS.iter().find(|(mark, _)| *mark == name).map(|(_, product)| product.to_string()),
            };
            if let Some(product) = product.filter(|product| !servers.contains(product)) {
                servers.push(product);
            }
        }
    }
    servers
}

/// The name of the first product ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110.html#name-server)), with a second word where that
/// is no comment: `Phusion Passenger`.
fn product(value: &str) -> Option<String> {
    let name = text::trim(text::until(value, "/(;,"), " ").to_ascii_lowercase();
    let is_name = text::all(&name, |byte| byte.is_ascii_alphanumeric() || text::is_any_of(byte, " -._"));
    Some(name).filter(|name| is_name && !name.is_empty() && name.len() <= LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_named_without_versions_and_nothing_else_is() {
        for (value, name) in [
            ("nginx/1.22.1", Some("nginx")),
            ("Apache/2.4.71 (Debian)", Some("apache")),
            ("Werkzeug/3.1 Python/3.11", Some("werkzeug")),
            ("Next.js", Some("next.js")),
            ("ASP.NET", Some("asp.net")),
            ("Phusion Passenger(R) 6", Some("phusion passenger")),
            ("", None),
            ("a\u{1b}[31m", None),
            ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0", None),
        ] {
            assert_eq!(product(value).as_deref(), name, "{value}");
        }
    }
}
