//! The proxy of Vite's development server.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "vite",
    name: "Vite's development proxy",
    language: "javascript",
    file: "vite.config.js",
    code: include_str!("../templates/vite.js"),
    pitfalls: &[
        Pitfall {
            causes: &[],
            says: "This is for development only: the built page has no such proxy. In production the API sends the CORS headers, or page and API are \
                   served from one origin.",
        },
        Pitfall {
            causes: &[],
            says: "The proxy sees only calls to the page's own origin: fetch('/items'), not fetch('http://…/items'), in the base URL of an HTTP client too.",
        },
        Pitfall {
            causes: &[],
            says: "Everything whose path begins like that goes to the API. If pages or modules of the app do too, choose a path of its own, like /api, \
                   and take it off with rewrite: (path) => path.replace(/^\\/api/, '').",
        },
        Pitfall {
            causes: &["preflight-status", "error-response-without-cors"],
            says: "changeOrigin changes the header Host, not Origin. The line headers: { origin } does, for an API that answers other origins with 403. \
                   A 502 comes from the proxy: the API does not run there.",
        },
        Pitfall {
            causes: &["redirect-without-cors", "redirect-target-without-cors", "preflight-redirect"],
            says: "A redirect to the API's full address leads the page away from the proxy. Call the address that it leads to, or set \
                   autoRewrite: true beside target.",
        },
    ],
    ran: "Vite 8.3.8",
    docs: "https://vite.dev/config/server-options#server-proxy",
    likely: Likely { hosts: &[], ports: &[], pages: &[5173, 4173], headers: &[] },
};
