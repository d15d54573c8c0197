//! Koa with the package @koa/cors.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "koa",
    name: "Koa",
    language: "javascript",
    file: "app.js",
    code: include_str!("../templates/koa.js"),
    pitfalls: &[
        Pitfall {
            causes: &["error-response-without-cors"],
            says: "When an error is thrown, Koa removes every header before it answers. cors() puts its own back, unless it is given \
                   keepHeadersOnError: false, or what is thrown is no Error. Headers set with ctx.set() are lost.",
        },
        Pitfall {
            causes: &["missing-allow-origin", "preflight-status", "error-response-without-cors"],
            says: "Koa runs middleware in the order of the file: after the router, cors() is not reached; after the authentication, the \
                   preflight is answered 401 first; what throws before cors() is answered without headers.",
        },
        Pitfall {
            causes: &["multiple-allow-origin"],
            says: "The option origin takes a string or a function. With an array each of its origins is sent, which no browser accepts.",
        },
        Pitfall {
            causes: &["preflight-status", "error-response-without-cors"],
            says: "Where the function for origin throws, the answer has no headers. Return '' for an origin that is not allowed.",
        },
        Pitfall {
            causes: &["connection-dropped"],
            says: "Where a stream given as ctx.body fails, a missing file for example, Koa closes the connection without an answer. Open it \
                   first, then set ctx.body.",
        },
        Pitfall {
            causes: &["multiple-allow-origin", "wildcard-with-credentials", "origin-mismatch"],
            says: "Remove every other cors() and every line that sets Access-Control-Allow-Origin: an earlier cors() answers the preflight \
                   with its own values, a later ctx.set() replaces this value, ctx.append() or a proxy in front sends it twice.",
        },
        Pitfall {
            causes: &["corp"],
            says: "helmet() sends Cross-Origin-Resource-Policy: same-origin, which blocks images, scripts and calls with mode 'no-cors' from \
                   other sites, whatever the CORS headers say. Where they may load: helmet({ crossOriginResourcePolicy: { policy: 'cross-origin' } }).",
        },
    ],
    ran: "Koa 3.3.0, @koa/cors 5.0.0",
    docs: "https://github.com/koajs/cors",
    likely: Likely { hosts: &[], ports: &[3000], pages: &[], headers: &["koa"] },
};
