//! Traefik 3: the headers middleware.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "traefik",
    name: "Traefik",
    language: "yaml",
    file: "dynamic.yaml",
    code: include_str!("../templates/traefik.yaml"),
    pitfalls: &[
        Pitfall {
            causes: &["missing-allow-origin", "preflight-status"],
            says: "A middleware that no router names does nothing. From a label of a container it is cors@file: \
                   traefik.http.routers.NAME.middlewares=cors@file.",
        },
        Pitfall {
            causes: &["preflight-status", "error-response-without-cors"],
            says: "Middlewares run in the order of the router's list: this one comes before basicAuth, forwardAuth and rate limits.",
        },
        Pitfall {
            causes: &["preflight-redirect"],
            says: "A redirect of the entry point, or a redirectScheme middleware before this one, redirects the preflight too. Call the \
                   https address.",
        },
        Pitfall {
            causes: &["stale-cached-response"],
            says: "addVaryHeader: true sends Vary: Origin. Without it a cache mixes the answers of several origins up.",
        },
    ],
    ran: "",
    docs: "https://doc.traefik.io/traefik/middlewares/http/headers/",
    likely: Likely { hosts: &[], ports: &[], pages: &[], headers: &[] },
};
