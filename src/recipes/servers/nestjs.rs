//! NestJS 12 with app.enableCors, on Express.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "nestjs",
    name: "NestJS",
    language: "typescript",
    file: "src/main.ts",
    code: include_str!("../templates/nestjs.ts"),
    pitfalls: &[
        Pitfall {
            causes: &[
                "wildcard-with-credentials",
                "multiple-allow-origin",
                "origin-mismatch",
                "allow-credentials-not-true",
                "method-not-allowed",
            ],
            says: "Set it once per service: with { cors: true } in NestFactory.create() as well, that one answers the preflight first, with *. A \
                   gateway or proxy in front that adds the headers too, or res.append(), sends them twice.",
        },
        Pitfall {
            causes: &["preflight-status", "error-response-without-cors", "missing-allow-origin"],
            says: "An app.use() before app.enableCors() runs first: an authentication there answers the preflight 401, a rate limit answers 429 \
                   without headers. Guards come later and never see the preflight.",
        },
        Pitfall {
            causes: &["missing-allow-origin", "preflight-status"],
            says: "app.enableCors() after app.listen() comes after the routes and does nothing.",
        },
        Pitfall {
            causes: &["preflight-status", "error-response-without-cors"],
            says: "An origin function that calls callback(new Error(...)) makes every such answer a 500 without headers. Give a list of \
                   origins, or call callback(null, false).",
        },
        Pitfall {
            causes: &["wildcard-with-credentials", "origin-mismatch"],
            says: "@Header() on a handler, or a res.setHeader() there, replaces the value of app.enableCors(): remove what sets \
                   Access-Control-Allow-Origin elsewhere.",
        },
        Pitfall {
            causes: &["missing-allow-origin", "origin-mismatch"],
            says: "The whole origin is compared, as the browser sends it: with scheme and port, without a slash at the end.",
        },
        Pitfall {
            causes: &["method-not-allowed", "header-not-allowed"],
            says: "Each list in the options is complete: a method or a header that is not in it is refused.",
        },
        Pitfall {
            causes: &["corp"],
            says: "helmet() sends Cross-Origin-Resource-Policy: same-origin, which blocks images, scripts and calls with mode 'no-cors' from \
                   other sites, whatever the CORS headers say. Where they may load: helmet({ crossOriginResourcePolicy: { policy: 'cross-origin' } }).",
        },
    ],
    ran: "NestJS 12.5.1, cors 2.8.6",
    docs: "https://docs.nestjs.com/security/cors",
    likely: Likely { hosts: &[], ports: &[3000], pages: &[], headers: &["express"] },
};
