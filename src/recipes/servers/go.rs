//! Go with net/http.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "go",
    name: "Go net/http",
    language: "go",
    file: "main.go",
    code: include_str!("../templates/go.go"),
    pitfalls: &[
        Pitfall {
            causes: &["preflight-status"],
            says: "A router answers OPTIONS with 405 before any handler or middleware of a route runs, and an authentication around withCORS answers 401: withCORS is outermost, around the whole mux.",
        },
        Pitfall {
            causes: &["preflight-redirect"],
            says: "http.ServeMux with a route /items/ redirects /items to it before any handler runs. withCORS around the whole mux answers the preflight first; then call /items/ itself: the 301 makes a GET of a POST.",
        },
        Pitfall {
            causes: &["error-response-without-cors", "missing-allow-origin"],
            says: "Headers that a handler sets after WriteHeader or after its first Write are lost, and those that it sets at its end are missing from its errors and from the mux's 404: withCORS around the whole mux sets them first.",
        },
        Pitfall {
            causes: &["multiple-allow-origin", "wildcard-with-credentials", "origin-mismatch"],
            says: "A handler's own Header().Add puts a second value beside that of withCORS, and its Header().Set replaces it: the older lines have to go.",
        },
        Pitfall {
            causes: &["connection-dropped"],
            says: "Where a handler panics, net/http closes the connection without an answer: a recover inside withCORS, around the mux, can answer 500.",
        },
    ],
    ran: "Go 1.19.8",
    docs: "https://pkg.go.dev/net/http",
    likely: Likely { hosts: &[], ports: &[8080], pages: &[], headers: &[] },
};
