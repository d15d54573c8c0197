//! Express 5 with the package cors.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "express",
    name: "Express",
    language: "javascript",
    file: "app.js",
    code: include_str!("../templates/express.js"),
    pitfalls: &[
        Pitfall {
            causes: &["missing-allow-origin", "error-response-without-cors", "preflight-status"],
            says: "Express runs middleware in the order of the file. After the routes, cors() is never reached; after the authentication, \
                   the preflight is answered 401 first; after a body parser or a rate limiter, their 413 and 429 have no headers.",
        },
        Pitfall {
            causes: &["preflight-status", "error-response-without-cors"],
            says: "An origin function that calls callback(new Error('Not allowed by CORS')) makes every such answer a 500 without headers. \
                   Give a list of origins, or call callback(null, false).",
        },
        Pitfall {
            causes: &["connection-refused"],
            says: "Express 5 stops at the start with \"Missing parameter name\" at app.options('*', cors()). app.use(cors(...)) answers every \
                   preflight by itself: remove that line, or write app.options('/{*splat}', cors(...)).",
        },
        Pitfall {
            causes: &["corp"],
            says: "helmet() sends Cross-Origin-Resource-Policy: same-origin, which blocks images, scripts and calls with mode 'no-cors' from other \
                   sites, whatever cors() says. Where they may load: helmet({ crossOriginResourcePolicy: { policy: 'cross-origin' } }).",
        },
        Pitfall {
            causes: &["missing-allow-origin", "origin-mismatch"],
            says: "The browser sends its origin without a path and without a slash at the end: cors() compares the whole string, so \
                   'https://app.example.com/' matches nothing.",
        },
        Pitfall {
            causes: &["method-not-allowed", "header-not-allowed"],
            says: "Each list in the options of cors() is complete: a method or a header that is not in it is refused.",
        },
        Pitfall {
            causes: &[
                "multiple-allow-origin",
                "wildcard-with-credentials",
                "origin-mismatch",
                "allow-credentials-not-true",
            ],
            says: "Remove every other cors() and every line that sets Access-Control-Allow-Origin: an earlier cors() answers the preflight \
                   with its own values, a later res.set() replaces this value, res.append() or a proxy in front sends it twice.",
        },
    ],
    ran: "Express 5.3.0, cors 2.8.6",
    docs: "https://expressjs.com/en/resources/middleware/cors.html",
    likely: Likely { hosts: &[], ports: &[3000, 3001, 4000], pages: &[], headers: &["express"] },
};
