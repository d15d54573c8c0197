//! An AWS Lambda function URL with AWS SAM.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "lambda-url",
    name: "AWS Lambda function URL",
    language: "yaml",
    file: "template.yaml",
    code: include_str!("../templates/lambda-url.yaml"),
    pitfalls: &[
        Pitfall {
            causes: &["multiple-allow-origin"],
            says: "Lambda adds these headers to those of the function: a function that sends Access-Control-Allow-Origin too makes two. \
                   Remove it from the code, also from a framework inside.",
        },
        Pitfall {
            causes: &["preflight-status", "method-not-allowed"],
            says: "AllowMethods takes GET, PUT, HEAD, POST, PATCH, DELETE or *. OPTIONS is refused there: Lambda answers preflights by \
                   itself.",
        },
        Pitfall {
            causes: &[],
            says: "With AuthType: AWS_IAM an unsigned call is answered 403. NONE lets everyone call; the function checks its callers \
                   itself.",
        },
    ],
    ran: "",
    docs: "https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html",
    likely: Likely { hosts: &["lambda-url on.aws"], ports: &[], pages: &[], headers: &[] },
};
