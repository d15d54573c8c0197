//! SvelteKit: the handle hook in front of its server routes.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "sveltekit",
    name: "SvelteKit",
    language: "javascript",
    file: "src/hooks.server.js",
    code: include_str!("../templates/sveltekit.js"),
    pitfalls: &[
        Pitfall {
            causes: &["preflight-status"],
            says: "A +server.js without an OPTIONS export answers a preflight 405. The hook answers it first; with sequence(...) it comes \
                   before the one that checks the login.",
        },
        Pitfall {
            causes: &["missing-allow-origin"],
            says: "The hook runs for server routes and pages, not for files that an adapter serves as they are (static, prerendered).",
        },
        Pitfall {
            causes: &["error-response-without-cors"],
            says: "SvelteKit refuses form posts from other sites with 403 by itself: list the origin in csrf.trustedOrigins of \
                   svelte.config.js.",
        },
    ],
    ran: "",
    docs: "https://svelte.dev/docs/kit/hooks",
    likely: Likely { hosts: &[], ports: &[5173], pages: &[], headers: &[] },
};
