//! What makes it likely that the called server is of a certain kind. A guess: it orders the recipes, and nothing else.

use super::{Server, Wanted, named, wanted};
use crate::json;
use crate::prelude::*;
use crate::text;

/// What is known of servers of a kind.
pub struct Likely {
    /// Parts of the called host, all of an entry, with spaces between them.
    pub hosts: &'static [&'static str],
    /// Ports of the called server.
    pub ports: &'static [u16],
    /// Ports of the page.
    pub pages: &'static [u16],
    /// Beginnings of what answers say of their server, lower case.
    pub headers: &'static [&'static str],
}

/// The user chose it.
pub const MOST: u8 = 6;

/// From 0 to [`MOST`], and why.
pub fn strength(server: &'static Server, wanted: &Wanted) -> (u8, Option<String>) {
    let Likely { hosts, ports, pages, headers } = &server.likely;
    let host = wanted.hostname();
    let because = |strength: u8, template: &str, value: &str| (strength, Some(text::fill(template, &[value])));
    let is = |name: &str| named(name).is_some_and(|chosen| chosen.id == server.id);
    if is(&wanted.chosen) {
        return because(MOST, "asked for", "");
    }
    // What stands before another server says nothing of that, and a host may.
    let of_header = if text::is_one_of(server.id, "cloudfront cloudflare envoy haproxy") { 4 } else { 5 };
    for said in &wanted.says {
        if headers.iter().any(|beginning| said.starts_with(beginning)) {
            return because(of_header, "the answer says {}", said);
        }
    }
    let has_all = |words: &str| text::split(words, " ").iter().all(|word| text::contains(host, word));
    if hosts.iter().any(|words| has_all(words)) {
        return because(4, "the host is {}", host);
    }
    // Ports of development: elsewhere they say nothing.
    if crate::gate::is_loopback(host) && ports.contains(&wanted.port()) {
        let mut port = String::new();
        json::push_number(&mut port, wanted.port().into());
        return because(3, "{} is its usual port", &port);
    }
    // Below what the called server shows of itself, above what the page's does.
    if is(&wanted.latest) {
        return because(2, "asked for before", "");
    }
    if let Some(port) = wanted::port(&wanted.origin).filter(|port| pages.contains(port)) {
        let mut digits = String::new();
        json::push_number(&mut digits, port.into());
        return because(1, "the page's port, {}, is its usual one", &digits);
    }
    (0, None)
}

#[cfg(test)]
mod tests {
    use crate::recipes::tests::wanted;
    use crate::recipes::{Wanted, recipes};

    fn first(wanted: &Wanted) -> (&'static str, String) {
        let recipe = recipes(wanted).swap_remove(0);
        (recipe.server.id, recipe.because.unwrap_or_default())
    }

    fn of(origin: &str, url: &str) -> Wanted {
        Wanted { origin: origin.to_string(), url: url.to_string(), ..wanted() }
    }

    #[test]
    fn the_likeliest_server_comes_first() {
        const APP: &str = "https://app.example.com";
        const VITE: &str = "http://localhost:5173";
        for (origin, url, id, because) in [
            (APP, "https://api.example.com/", "express", ""),
            (
                APP,
                "https://x1.execute-api.eu-west-1.amazonaws.com/prod",
                "api-gateway",
                "the host is x1.execute-api.eu-west-1.amazonaws.com",
            ),
            (APP, "https://x.lambda-url.eu-west-1.on.aws/", "lambda-url", "the host is x.lambda-url.eu-west-1.on.aws"),
            (APP, "https://files.s3.eu-west-1.amazonaws.com/a", "s3", "the host is files.s3.eu-west-1.amazonaws.com"),
            (APP, "https://d1.cloudfront.net/", "cloudfront", "the host is d1.cloudfront.net"),
            (APP, "https://a.supabase.co/functions/v1/b", "supabase", "the host is a.supabase.co"),
            (APP, "https://a.b.workers.dev/", "workers", "the host is a.b.workers.dev"),
            (APP, "https://a.vercel.app/api", "vercel", "the host is a.vercel.app"),
            (VITE, "http://localhost:8000/items", "fastapi", "8000 is its usual port"),
            (VITE, "http://127.0.0.1:3000/items", "express", "3000 is its usual port"),
            (VITE, "http://[::1]:8080/items", "spring", "8080 is its usual port"),
            (VITE, "http://localhost/items", "nginx", "80 is its usual port"),
            // A port of development tells nothing of a server elsewhere.
            (APP, "https://api.example.com:8000/", "express", ""),
            (VITE, "https://api.example.com/", "vite", "the page's port, 5173, is its usual one"),
            ("http://localhost:4200", "https://api.example.com/", "angular", "the page's port, 4200, is its usual one"),
            ("http://localhost:3000", "https://api.example.com/", "cra", "the page's port, 3000, is its usual one"),
        ] {
            assert_eq!(first(&of(origin, url)), (id, because.to_string()), "{origin} {url}");
        }
    }

    #[test]
    fn what_is_asked_for_beats_what_an_answer_says_and_that_every_guess() {
        let wanted = of("http://localhost:5173", "https://a.workers.dev/");
        let says = Wanted { says: vec!["nginx".into()], latest: "flask".into(), ..wanted.clone() };
        assert_eq!(first(&says), ("nginx", "the answer says nginx".to_string()));
        // Cloudflare stands before others.
        let before = Wanted { says: vec!["cloudflare".into()], ..wanted.clone() };
        assert_eq!(first(&before).0, "workers");
        let chosen = Wanted { chosen: "Next.js".into(), ..says };
        assert_eq!(first(&chosen), ("nextjs", "asked for".to_string()));
        // What was asked for before says less than the called server, and more than the page.
        let before = Wanted { latest: "flask".into(), ..wanted };
        assert_eq!(first(&before).0, "workers");
        let elsewhere = Wanted { url: "https://api.example.com/".into(), ..before };
        assert_eq!(first(&elsewhere), ("flask", "asked for before".to_string()));
    }
}
