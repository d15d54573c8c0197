//! AWS Lambda: the headers in the function.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "lambda",
    name: "AWS Lambda behind API Gateway",
    language: "javascript",
    file: "index.mjs",
    code: include_str!("../templates/lambda.mjs"),
    pitfalls: &[
        Pitfall {
            causes: &["preflight-status"],
            says: "OPTIONS has to reach the function: in a REST API as ANY or OPTIONS of the resource, without an authorizer and without \
                   an API key.",
        },
        Pitfall {
            causes: &["error-response-without-cors"],
            says: "A function that throws or runs out of time is answered by the gateway, 502 or 504 without the headers. Catch errors in \
                   the handler, and add GatewayResponses DEFAULT_4XX and DEFAULT_5XX to a REST API.",
        },
        Pitfall {
            causes: &["missing-allow-origin", "origin-mismatch"],
            says: "An HTTP API with a CorsConfiguration ignores these headers: set them there.",
        },
        Pitfall {
            causes: &["multiple-allow-origin"],
            says: "A function URL with a Cors setting sends its own headers beside these: use one of the two. Headers of the same name in \
                   another spelling (access-control-allow-origin) in the function's own code make two as well.",
        },
    ],
    ran: "",
    docs: "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html",
    likely: Likely { hosts: &["execute-api amazonaws.com"], ports: &[], pages: &[], headers: &[] },
};
