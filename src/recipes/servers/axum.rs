//! axum with the CorsLayer of tower-http.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "axum",
    name: "axum with tower-http",
    language: "rust",
    file: "src/main.rs",
    code: include_str!("../templates/axum.rs"),
    pitfalls: &[
        Pitfall {
            causes: &["missing-allow-origin", "error-response-without-cors"],
            says: "Router::layer covers only the routes that stand above it. A route that is added or merged below a CorsLayer has no headers.",
        },
        Pitfall {
            causes: &["preflight-status", "error-response-without-cors"],
            says: "The last .layer(...) is the outermost (in a ServiceBuilder: the first). Authentication, timeouts and limits below the CorsLayer \
                   in the file answer before it, a preflight with 401.",
        },
        Pitfall {
            causes: &["error-response-without-cors", "preflight-status"],
            says: "route_layer leaves the fallback out: a 404 then has no headers. layer covers it.",
        },
        Pitfall {
            causes: &["connection-dropped", "error-response-without-cors"],
            says: "A panic in a handler closes the connection without an answer. CatchPanicLayer makes it a 500, which has headers only where the \
                   CorsLayer comes after it in the file.",
        },
        Pitfall {
            causes: &["wildcard-with-credentials", "allow-credentials-not-true"],
            says: "CorsLayer::permissive() answers * without credentials, so it never fits a call with credentials.",
        },
        Pitfall {
            causes: &["connection-refused", "wildcard-with-credentials"],
            says: "allow_credentials(true) together with Any (origin, methods, headers or exposed headers) panics at the start with \"Invalid CORS \
                   configuration: Cannot combine\". List the values instead.",
        },
        Pitfall {
            causes: &["method-not-allowed", "header-not-allowed"],
            says: "CorsLayer::new() allows nothing by itself: each method stands in allow_methods, each request header in allow_headers, and a \
                   second call of the same function replaces the first.",
        },
        Pitfall {
            causes: &["origin-mismatch", "missing-allow-origin"],
            says: "A single HeaderValue in allow_origin is sent to every page, whatever its origin; an array is compared with the request. The \
                   browser sends its origin without a path and without a slash at the end.",
        },
        Pitfall {
            causes: &["multiple-allow-origin", "origin-mismatch"],
            says: "Remove an older CorsLayer and handlers that set the headers: below this layer their values remain for every origin that it \
                   refuses. A proxy in front that adds the header makes two.",
        },
    ],
    ran: "axum 0.8.9, tower-http 0.7.1",
    docs: "https://docs.rs/tower-http/latest/tower_http/cors/index.html",
    likely: Likely { hosts: &[], ports: &[3000], pages: &[], headers: &[] },
};
