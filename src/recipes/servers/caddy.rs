//! Caddy, in front of an application or with files.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "caddy",
    name: "Caddy",
    language: "caddyfile",
    file: "Caddyfile",
    code: include_str!("../templates/caddy.Caddyfile"),
    pitfalls: &[
        Pitfall {
            causes: &["error-response-without-cors"],
            says: "What header_down adds, and what a header block with defer adds, is missing from the 502 that Caddy itself sends when the application is down. A header block without defer is on it.",
        },
        Pitfall {
            causes: &["multiple-allow-origin", "allow-credentials-not-true", "wildcard-with-credentials"],
            says: "Caddy adds what the application sends to what header sets: header_down takes the application's lines away, in each reverse_proxy. An older header block with defer comes last and has to go.",
        },
        Pitfall {
            causes: &["preflight-status"],
            says: "Caddy sorts its directives: handle, basic_auth (basicauth before 2.8) and forward_auth come before respond, wherever they stand. Put the respond line first into the handle, handle_path or route block of the API, and give the other two a matcher that says not method OPTIONS.",
        },
        Pitfall {
            causes: &["preflight-redirect"],
            says: "A redir comes before respond, wherever it stands, and redirects preflights: call the URL that it leads to, or give it a matcher that says not method OPTIONS.",
        },
    ],
    ran: "Caddy 2.6.2",
    docs: "https://caddyserver.com/docs/caddyfile/directives/header",
    likely: Likely { hosts: &[], ports: &[80, 443], pages: &[], headers: &["caddy"] },
};
