//! Actix Web with the crate actix-cors.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "actix",
    name: "Actix Web with actix-cors",
    language: "rust",
    file: "src/main.rs",
    code: include_str!("../templates/actix.rs"),
    pitfalls: &[
        Pitfall {
            causes: &["preflight-status", "header-not-allowed", "method-not-allowed", "origin-mismatch"],
            says: "actix-cors answers a preflight that it refuses with 400 and one line that says why: the origin, the method or a header is not in \
                   its list. It compares the origin as a whole string, without a path and without a slash at the end.",
        },
        Pitfall {
            causes: &["preflight-status", "error-response-without-cors"],
            says: "The last .wrap(...) is the outermost. Authentication that is wrapped after Cors runs before it and answers the preflight 401.",
        },
        Pitfall {
            causes: &["missing-allow-origin", "method-not-allowed"],
            says: "Cors::default() allows nothing by itself: no origin, no method, no header. Even a GET stands in allowed_methods if it has a \
                   preflight.",
        },
        Pitfall {
            causes: &["missing-allow-origin", "error-response-without-cors"],
            says: "Cors around a scope or a resource covers only that: the 404 of the App has no headers. Wrap the App.",
        },
        Pitfall {
            causes: &["error-response-without-cors"],
            says: "block_on_origin_mismatch(true) answers a foreign origin 400 without headers (before actix-cors 0.7 that was the default). Before \
                   0.7.2 an Err that another middleware returned had no headers either.",
        },
        Pitfall {
            causes: &["connection-dropped"],
            says: "A panic in a handler closes the connection without an answer, so no header can help. Return an Err: Actix Web answers it 500.",
        },
        Pitfall {
            causes: &["allow-credentials-not-true"],
            says: "Without supports_credentials() the header Access-Control-Allow-Credentials is not sent.",
        },
        Pitfall {
            causes: &["multiple-allow-origin", "error-response-without-cors"],
            says: "Remove an older Cors: below this one it still answers origins that this one refuses, or blocks those that it does not know. A \
                   proxy in front that adds the header makes two.",
        },
    ],
    ran: "actix-web 4.18.1, actix-cors 0.7.2",
    docs: "https://docs.rs/actix-cors/latest/actix_cors/struct.Cors.html",
    likely: Likely { hosts: &[], ports: &[8080], pages: &[], headers: &[] },
};
