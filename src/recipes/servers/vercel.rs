//! Vercel: Routing Middleware in front of functions and files.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "vercel",
    name: "Vercel",
    language: "javascript",
    file: "middleware.js",
    code: include_str!("../templates/vercel.js"),
    pitfalls: &[
        Pitfall {
            causes: &["missing-allow-origin", "error-response-without-cors", "origin-mismatch"],
            says: "\"headers\" in vercel.json is fixed text: it can name one origin only, and it is not on the errors of a function.",
        },
        Pitfall {
            causes: &["preflight-status", "preflight-redirect", "redirect-without-cors"],
            says: "A preview with Deployment Protection answers 401 or redirects to a login before any code runs. Put the path into the \
                   OPTIONS Allowlist of the project, or call the production address.",
        },
        Pitfall {
            causes: &["preflight-status"],
            says: "A function without an OPTIONS handler answers a preflight 405. The middleware answers it first.",
        },
        Pitfall {
            causes: &["missing-allow-origin"],
            says: "In a Next.js project the file is that of Next.js: see the recipe for Next.js.",
        },
        Pitfall {
            causes: &["multiple-allow-origin", "origin-mismatch"],
            says: "Send the headers in one place: remove them from vercel.json and from the functions.",
        },
    ],
    ran: "",
    docs: "https://vercel.com/kb/guide/how-to-enable-cors",
    likely: Likely { hosts: &["vercel.app"], ports: &[], pages: &[], headers: &["vercel"] },
};
