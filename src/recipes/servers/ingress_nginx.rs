//! Kubernetes ingress-nginx: annotations of the Ingress.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "ingress-nginx",
    name: "Kubernetes ingress-nginx",
    language: "yaml",
    file: "ingress.yaml",
    code: include_str!("../templates/ingress-nginx.yaml"),
    pitfalls: &[
        Pitfall {
            causes: &[],
            says: "ingress-nginx is retired, without security fixes since March 2026: plan the move to a Gateway API controller.",
        },
        Pitfall {
            causes: &["missing-allow-origin"],
            says: "Annotations count only for the paths of this Ingress. Another Ingress of the same host needs its own.",
        },
        Pitfall {
            causes: &["wildcard-with-credentials"],
            says: "Without cors-allow-origin the origin is *, and cors-allow-credentials is \"true\" unless it says otherwise: set both. \
                   An origin that the controller cannot read, one with a path or a slash at the end, turns into * too.",
        },
        Pitfall {
            causes: &["header-not-allowed", "method-not-allowed"],
            says: "Setting cors-allow-headers or cors-allow-methods replaces the default list: name everything the pages send.",
        },
        Pitfall {
            causes: &["preflight-redirect", "redirect-without-cors"],
            says: "With TLS the controller redirects http to https (308). Call the https address.",
        },
        Pitfall {
            causes: &["multiple-allow-origin"],
            says: "A configuration-snippet with add_header Access-Control-Allow-Origin sends a second header: remove it.",
        },
        Pitfall {
            causes: &["stale-cached-response", "origin-mismatch"],
            says: "The annotations send no Vary: Origin. Let the application send it where answers are cached.",
        },
    ],
    ran: "",
    docs: "https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#enable-cors",
    likely: Likely { hosts: &[], ports: &[], pages: &[], headers: &[] },
};
