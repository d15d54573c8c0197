//! The CORS configuration of a Google Cloud Storage bucket.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "gcs",
    name: "Google Cloud Storage",
    language: "json",
    file: "cors.json",
    code: include_str!("../templates/gcs.json"),
    pitfalls: &[
        Pitfall {
            causes: &[],
            says: "It is set with gcloud storage buckets update gs://BUCKET --cors-file=cors.json. The console has no form for it.",
        },
        Pitfall {
            causes: &["missing-allow-origin"],
            says: "The setting counts for storage.googleapis.com. The address with a login, storage.cloud.google.com, allows no calls \
                   from other origins.",
        },
        Pitfall {
            causes: &["header-not-allowed"],
            says: "responseHeader is both lists: the request headers that a preflight may ask for, and the response headers that the page \
                   may read.",
        },
        Pitfall {
            causes: &["allow-credentials-not-true"],
            says: "The setting has no member for credentials. Call without them, with a signed URL where the object is private.",
        },
        Pitfall {
            causes: &["stale-cached-response", "header-not-allowed", "method-not-allowed"],
            says: "The browser keeps the answer to an earlier preflight for maxAgeSeconds: a change shows after that time, or in a \
                   private window.",
        },
    ],
    ran: "",
    docs: "https://cloud.google.com/storage/docs/using-cors",
    likely: Likely { hosts: &["storage.googleapis.com"], ports: &[], pages: &[], headers: &["uploadserver"] },
};
