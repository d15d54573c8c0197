//! Amazon CloudFront: a response headers policy, and a function that answers preflights.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "cloudfront",
    name: "Amazon CloudFront",
    language: "yaml",
    file: "template.yaml",
    code: include_str!("../templates/cloudfront.yaml"),
    pitfalls: &[
        Pitfall {
            causes: &["origin-mismatch", "stale-cached-response", "missing-allow-origin"],
            says: "Where the origin server sends the headers instead, Origin has to be in the cache key (a cache policy with the header \
                   Origin, and an origin request policy that forwards it). Otherwise everyone gets the copy that was made for one origin. \
                   After a change, invalidate /*.",
        },
        Pitfall {
            causes: &["preflight-status"],
            says: "CloudFront answers no preflight by itself. Without the function, the cache behavior has to allow OPTIONS and the \
                   origin server has to answer it 2xx.",
        },
        Pitfall {
            causes: &["missing-allow-origin", "error-response-without-cors"],
            says: "A policy counts only in the cache behaviors it is attached to, and CloudFront takes the first behavior whose path \
                   pattern fits.",
        },
        Pitfall {
            causes: &["multiple-allow-origin"],
            says: "With OriginOverride: true the policy replaces the headers of the origin server. With false, those of the origin server \
                   stay.",
        },
    ],
    ran: "",
    docs: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html",
    likely: Likely { hosts: &["cloudfront.net"], ports: &[], pages: &[], headers: &["cloudfront"] },
};
