//! The module node:http of Node.js, no framework.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "node",
    name: "Node.js (node:http)",
    language: "javascript",
    file: "server.js",
    code: include_str!("../templates/node.js"),
    pitfalls: &[
        Pitfall {
            causes: &["error-response-without-cors", "missing-allow-origin"],
            says: "Headers that are set where a route answers are missing everywhere else. Set before everything, with res.setHeader(), they are \
                   on every answer, also the 500 of a catch and the 404.",
        },
        Pitfall {
            causes: &["preflight-status", "missing-allow-origin", "method-not-allowed", "header-not-allowed"],
            says: "The preflight is a request of its own, with the method OPTIONS and without the Authorization header. Answer it after its headers \
                   are set and before the authentication looks at it.",
        },
        Pitfall {
            causes: &[
                "wildcard-with-credentials",
                "origin-mismatch",
                "multiple-allow-origin",
                "allow-credentials-not-true",
            ],
            says: "Headers given to res.writeHead(), or set again later, replace those of res.setHeader(): remove every other \
                   Access-Control-Allow-Origin, also in a proxy in front.",
        },
        Pitfall {
            causes: &["multiple-allow-origin"],
            says: "Access-Control-Allow-Origin holds one origin. Two of them, in one line or as an array, are refused: send the one that has asked.",
        },
        Pitfall {
            causes: &["connection-dropped", "connection-refused"],
            says: "An exception that nothing catches, for example in a timer, ends the process: the call gets no answer, and until the next \
                   start every other call is refused. The reason is in the output of the process.",
        },
    ],
    ran: "Node.js 20",
    docs: "https://nodejs.org/api/http.html#responsesetheadername-value",
    likely: Likely { hosts: &[], ports: &[3000, 3001], pages: &[], headers: &[] },
};
