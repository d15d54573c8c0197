//! Fastify 5 with the plugin @fastify/cors.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "fastify",
    name: "Fastify",
    language: "javascript",
    file: "server.js",
    code: include_str!("../templates/fastify.js"),
    pitfalls: &[
        Pitfall {
            causes: &["method-not-allowed"],
            says: "Without the option methods, @fastify/cors 11 allows GET, HEAD and POST only: name PUT, PATCH and DELETE.",
        },
        Pitfall {
            causes: &["preflight-status"],
            says: "Hooks run in the order of registration, and the preflight has no Authorization header: an onRequest hook for the \
                   authentication that is registered before @fastify/cors answers it 401. So does one where cors has a later hook as its option.",
        },
        Pitfall {
            causes: &["missing-allow-origin", "error-response-without-cors", "preflight-status"],
            says: "Registered inside another plugin, @fastify/cors covers the routes of that plugin only, and neither the other routes nor \
                   the 404 page. Register it on the root instance.",
        },
        Pitfall {
            causes: &["preflight-status", "error-response-without-cors"],
            says: "An origin function that calls callback(new Error(...)) makes every such answer a 500 without headers. Give a list of \
                   origins, or call callback(null, false).",
        },
        Pitfall {
            causes: &["missing-allow-origin"],
            says: "What is written to reply.raw, as for server-sent events, leaves without the headers of the plugins: pass \
                   reply.getHeaders() to reply.raw.writeHead(), or send a stream with reply.send().",
        },
        Pitfall {
            causes: &["error-response-without-cors"],
            says: "A URL that does not decode, such as /%g1, is answered 400 before any hook, so without headers: encode what goes into the URL.",
        },
        Pitfall {
            causes: &["missing-allow-origin", "origin-mismatch"],
            says: "The whole origin is compared, as the browser sends it: with scheme and port, without a slash at the end.",
        },
        Pitfall {
            causes: &["connection-refused"],
            says: "With @fastify/cors registered twice Fastify does not start: The decorator 'corsPreflightEnabled' has already been added. \
                   Register it once.",
        },
        Pitfall {
            causes: &["multiple-allow-origin", "wildcard-with-credentials", "origin-mismatch"],
            says: "Remove every other line that sets Access-Control-Allow-Origin: a reply.header() in a hook or a handler replaces the value of \
                   @fastify/cors, and a proxy in front sends a second one.",
        },
        Pitfall {
            causes: &["corp"],
            says: "@fastify/helmet sends Cross-Origin-Resource-Policy: same-origin, which blocks images, scripts and calls with mode 'no-cors' from \
                   other sites, whatever the CORS headers say. Where they may load: fastify.register(helmet, \
                   { crossOriginResourcePolicy: { policy: 'cross-origin' } }).",
        },
    ],
    ran: "Fastify 5.12.8, @fastify/cors 11.4.3",
    docs: "https://github.com/fastify/fastify-cors",
    likely: Likely { hosts: &[], ports: &[3000], pages: &[], headers: &[] },
};
