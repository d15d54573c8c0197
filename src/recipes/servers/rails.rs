//! Ruby on Rails with the gem rack-cors.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "rails",
    name: "Ruby on Rails",
    language: "ruby",
    file: "config/initializers/cors.rb",
    code: include_str!("../templates/rails.rb"),
    pitfalls: &[
        Pitfall {
            causes: &["preflight-status", "preflight-redirect", "missing-allow-origin", "error-response-without-cors"],
            says: "Rack::Cors has to be the first middleware: before Warden, Rack::Cache and the redirect to https. bin/rails middleware \
                   prints the order; a later insert_before 0 elsewhere takes the first place.",
        },
        Pitfall {
            causes: &["missing-allow-origin", "method-not-allowed", "header-not-allowed"],
            says: "A preflight that fits no resource line gets an answer without the headers. With debug: true as an option of \
                   Rack::Cors, the header X-Rack-CORS says what did not fit: the path, the method or a header.",
        },
        Pitfall {
            causes: &["missing-allow-origin"],
            says: "An origin has its scheme and its port, and no slash at the end.",
        },
        Pitfall {
            causes: &["stale-cached-response"],
            says: "A cache in front (Rack::Cache, a CDN) may hold answers from before, without the headers: Rack::Cors comes before \
                   Rack::Cache, and the CDN is emptied once.",
        },
        Pitfall {
            causes: &["origin-mismatch", "multiple-allow-origin", "wildcard-with-credentials"],
            says: "A header that the application sets itself wins over that of rack-cors: remove Access-Control-Allow-Origin from \
                   controllers and from config.action_dispatch.default_headers.",
        },
    ],
    ran: "",
    docs: "https://github.com/cyu/rack-cors",
    likely: Likely { hosts: &[], ports: &[3000], pages: &[], headers: &["phusion passenger"] },
};
