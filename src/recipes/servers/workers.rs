//! Cloudflare Workers, in module syntax.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "workers",
    name: "Cloudflare Workers",
    language: "javascript",
    file: "src/index.js",
    code: include_str!("../templates/workers.js"),
    pitfalls: &[
        Pitfall {
            causes: &["error-response-without-cors"],
            says: "An exception that fetch does not catch becomes a 500 of the platform (error 1101) without headers: answer it inside the Worker.",
        },
        Pitfall {
            causes: &["error-response-without-cors", "preflight-status", "preflight-redirect"],
            says: "Challenge pages, WAF blocks, rate limits, Cloudflare Access and Cloudflare's own 5xx pages come before or instead of the Worker, so \
                   they have none of its headers. A challenge says so with the header cf-mitigated. A script cannot solve it: let the API's path \
                   skip that rule.",
        },
        Pitfall {
            causes: &["error-response-without-cors", "missing-allow-origin"],
            says: "A response that comes from fetch() or from a binding has immutable headers, and set() on it throws. Copy it first: \
                   new Response(response.body, response).",
        },
        Pitfall {
            causes: &["preflight-status"],
            says: "A preflight carries neither cookies nor Authorization: answer OPTIONS before the authentication and before the routes.",
        },
        Pitfall {
            causes: &["missing-allow-origin", "error-response-without-cors"],
            says: "The headers of the preflight are not enough: the answer to the call itself has to carry them too, whichever branch makes it.",
        },
        Pitfall {
            causes: &["multiple-allow-origin", "wildcard-with-credentials", "origin-mismatch"],
            says: "headers.append adds a second Access-Control-Allow-Origin to one that the answer already has, set replaces it. Transform Rules that \
                   add the header come after the Worker: remove them.",
        },
    ],
    ran: "workerd 1.20261023.1",
    docs: "https://developers.cloudflare.com/workers/examples/cors-header-proxy/",
    likely: Likely { hosts: &["workers.dev"], ports: &[8787], pages: &[], headers: &[] },
};
