//! The CORS configuration of an Amazon S3 bucket.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "s3",
    name: "Amazon S3",
    language: "json",
    file: "cors.json",
    code: include_str!("../templates/s3.json"),
    pitfalls: &[
        Pitfall {
            causes: &[],
            says: "It goes into the console under Permissions, Cross-origin resource sharing (CORS). The command aws s3api \
                   put-bucket-cors takes it as {\"CORSRules\": [...]}.",
        },
        Pitfall {
            causes: &["stale-cached-response", "missing-allow-origin"],
            says: "S3 sends the headers, and Vary: Origin, only where the request has an Origin. A copy that an <img> or a link without \
                   crossorigin has left in a cache has neither and is used again: put crossorigin on all of them, and let a CDN keep \
                   Origin in its cache key.",
        },
        Pitfall {
            causes: &["preflight-status"],
            says: "S3 answers a preflight 403 where one rule does not cover all of it: the origin, the method and each header. The body \
                   says which case it is: CORS is not enabled, or the request is not allowed.",
        },
        Pitfall {
            causes: &["preflight-redirect"],
            says: "The global address of a bucket in another region redirects. Call BUCKET.s3.REGION.amazonaws.com.",
        },
        Pitfall {
            causes: &["preflight-status", "method-not-allowed"],
            says: "S3 knows GET, PUT, POST, DELETE and HEAD. It refuses a rule with any other method.",
        },
    ],
    ran: "",
    docs: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html",
    likely: Likely {
        hosts: &["s3. amazonaws.com", "s3- amazonaws.com"],
        ports: &[],
        pages: &[],
        headers: &["amazons3"],
    },
};
