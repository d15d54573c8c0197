//! Cloud Functions for Firebase, second generation.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "firebase",
    name: "Firebase Cloud Functions",
    language: "javascript",
    file: "functions/index.js",
    code: include_str!("../templates/firebase.js"),
    pitfalls: &[
        Pitfall {
            causes: &["preflight-status", "error-response-without-cors"],
            says: "A 403 that never reaches the function comes from IAM: the function needs invoker: 'public' (the role Cloud Run Invoker \
                   for allUsers). A preflight carries no login, so nothing else lets it through.",
        },
        Pitfall {
            causes: &["missing-allow-origin"],
            says: "onRequest sends no headers by itself. A wrong name or region of the function is answered 404 without \
                   them too.",
        },
        Pitfall {
            causes: &["multiple-allow-origin", "origin-mismatch"],
            says: "Use the option or the package, not both, and no response.set('Access-Control-Allow-Origin') beside it.",
        },
    ],
    ran: "",
    docs: "https://firebase.google.com/docs/functions/http-events",
    likely: Likely {
        hosts: &["cloudfunctions.net", "run.app"],
        ports: &[5001],
        pages: &[],
        headers: &["google frontend"],
    },
};
