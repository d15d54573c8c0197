//! HAProxy, in front of an application.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "haproxy",
    name: "HAProxy",
    language: "haproxy",
    file: "/etc/haproxy/haproxy.cfg",
    code: include_str!("../templates/haproxy.cfg"),
    pitfalls: &[
        Pitfall {
            causes: &["error-response-without-cors"],
            says: "http-response lines are for the application's answers only. HAProxy's own 401, 403, 502, 503 and 504 have what http-after-response sets.",
        },
        Pitfall {
            causes: &["multiple-allow-origin", "allow-credentials-not-true", "wildcard-with-credentials"],
            says: "add-header puts a second line beside the application's. del-header takes away what the application and the backend section have set; older http-after-response lines of the frontend have to go.",
        },
        Pitfall {
            causes: &["preflight-status", "preflight-redirect"],
            says: "A preflight is asked for credentials, or redirected, by what comes before the return: that is the first of the http-request lines of the frontend, after set-var.",
        },
        Pitfall {
            causes: &["invalid-allow-origin"],
            says: "req.hdr(Origin) and variables of the scope req do not live until the answer, and what they write there is empty or refused: set-var(txn.origin) keeps the origin.",
        },
    ],
    ran: "HAProxy 2.6.12",
    docs: "https://docs.haproxy.org/2.6/configuration.html#4.2-http-after-response",
    likely: Likely { hosts: &[], ports: &[], pages: &[], headers: &["haproxy"] },
};
