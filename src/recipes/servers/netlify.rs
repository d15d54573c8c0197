//! Netlify: an edge function in front of functions, files and proxied paths.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "netlify",
    name: "Netlify",
    language: "javascript",
    file: "netlify/edge-functions/cors.js",
    code: include_str!("../templates/netlify.js"),
    pitfalls: &[
        Pitfall {
            causes: &["missing-allow-origin", "error-response-without-cors"],
            says: "Headers from _headers or netlify.toml are only on files that Netlify serves itself: not on functions, not on proxied \
                   paths, and they can name one origin only.",
        },
        Pitfall {
            causes: &["preflight-status", "preflight-redirect"],
            says: "A protected deploy preview answers with its login page, 401 or a redirect. Call a deploy without that protection.",
        },
        Pitfall {
            causes: &["preflight-status"],
            says: "A function has to answer OPTIONS as well. The edge function answers it first.",
        },
        Pitfall {
            causes: &["multiple-allow-origin", "origin-mismatch"],
            says: "set replaces a header of the function below. Remove headers of your own that are added after the edge function.",
        },
    ],
    ran: "",
    docs: "https://docs.netlify.com/build/edge-functions/api/",
    likely: Likely { hosts: &["netlify.app"], ports: &[], pages: &[], headers: &["netlify"] },
};
