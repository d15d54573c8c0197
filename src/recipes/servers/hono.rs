//! Hono with its middleware hono/cors, on Node.js.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "hono",
    name: "Hono",
    language: "typescript",
    file: "src/index.ts",
    code: include_str!("../templates/hono.ts"),
    pitfalls: &[
        Pitfall {
            causes: &["missing-allow-origin", "preflight-status", "error-response-without-cors"],
            says: "Hono runs middleware in the order of the file: after the routes, cors() is not reached; after the authentication, the \
                   preflight is answered 401 first; what throws before cors() is answered without headers.",
        },
        Pitfall {
            causes: &["missing-allow-origin", "preflight-status", "error-response-without-cors"],
            says: "app.use('/items', cors()) covers only this path, not /items/1 and not the 404 and 500 elsewhere. '*' covers everything below the app's basePath.",
        },
        Pitfall {
            causes: &["error-response-without-cors"],
            says: "Only what is an Error reaches app.onError with the headers of cors(): use throw new HTTPException(...), not a string or a plain \
                   object. In onError return the answer, c.json(...) for example: setting c.res to undefined removes the headers.",
        },
        Pitfall {
            causes: &["missing-allow-origin"],
            says: "cors() compares the whole origin, as the browser sends it: with scheme and port, without a slash at the end.",
        },
        Pitfall {
            causes: &["multiple-allow-origin", "wildcard-with-credentials", "origin-mismatch"],
            says: "Remove every other cors() and every line that sets Access-Control-Allow-Origin: an earlier cors() answers the preflight \
                   with its own values, c.header() in a handler replaces this value, { append: true } there or a proxy in front sends it twice.",
        },
        Pitfall {
            causes: &["corp"],
            says: "secureHeaders() sends Cross-Origin-Resource-Policy: same-origin, which blocks images, scripts and calls with mode 'no-cors' from \
                   other sites, whatever the CORS headers say. Where they may load: secureHeaders({ crossOriginResourcePolicy: 'cross-origin' }).",
        },
    ],
    ran: "Hono 4.13.19, @hono/node-server 2.1.8",
    docs: "https://hono.dev/docs/middleware/builtin/cors",
    likely: Likely { hosts: &[], ports: &[3000], pages: &[], headers: &["hono"] },
};
