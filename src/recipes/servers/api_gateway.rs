//! Amazon API Gateway with AWS SAM: an HTTP API, or a REST API.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "api-gateway",
    name: "Amazon API Gateway",
    language: "yaml",
    file: "template.yaml",
    code: include_str!("../templates/api-gateway.yaml"),
    pitfalls: &[
        Pitfall {
            causes: &["error-response-without-cors"],
            says: "A REST API answers a refused token, a missing route, a throttled call or a timeout itself, without the headers: \
                   GatewayResponses DEFAULT_4XX and DEFAULT_5XX add them. Deploy the stage afterwards.",
        },
        Pitfall {
            causes: &["missing-allow-origin"],
            says: "Cors of a REST API is for preflights. With a proxy integration, the function has to send Access-Control-Allow-Origin \
                   with each answer, also with its errors.",
        },
        Pitfall {
            causes: &["preflight-status"],
            says: "An authorizer must not cover OPTIONS. In a REST API with a default authorizer: AddDefaultAuthorizerToCorsPreflight: \
                   false. In an HTTP API with an authorizer at $default: a route OPTIONS /{proxy+} without it.",
        },
        Pitfall {
            causes: &["missing-allow-origin", "origin-mismatch", "allow-credentials-not-true"],
            says: "With CorsConfiguration an HTTP API ignores the CORS headers of the integration: set everything here. Without it, \
                   everything comes from the integration.",
        },
        Pitfall {
            causes: &["origin-mismatch"],
            says: "Cors and GatewayResponses of a REST API hold one fixed origin. For several, let the function answer OPTIONS too, from \
                   its own list.",
        },
    ],
    ran: "",
    docs: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html",
    likely: Likely { hosts: &["execute-api amazonaws.com"], ports: &[], pages: &[], headers: &[] },
};
