//! Cloudflare in front of an origin server: a Snippet, or the same code as a Worker.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "cloudflare",
    name: "Cloudflare in front of an origin server",
    language: "javascript",
    file: "",
    code: include_str!("../templates/cloudflare.js"),
    pitfalls: &[
        Pitfall {
            causes: &[],
            says: "Compare both sides: the curl command to the origin server (with --resolve) and the same without it. Where only the \
                   second lacks the headers, a rule or a cached copy of Cloudflare is at work.",
        },
        Pitfall {
            causes: &["missing-allow-origin", "origin-mismatch", "multiple-allow-origin"],
            says: "A Response Header Transform Rule (Modify Response Header) can strip or replace these headers, and the operation Add \
                   makes a second one beside the server's. Rules run in order, a later one wins.",
        },
        Pitfall {
            causes: &["stale-cached-response", "origin-mismatch", "missing-allow-origin"],
            says: "A cached copy keeps the headers of the day it was made, and a purge by URL does not renew them: send the Origin along \
                   with the purge, or purge everything. Origin is in the default cache key; a custom cache key without it serves one \
                   origin's copy to all.",
        },
        Pitfall {
            causes: &["preflight-status"],
            says: "A Transform Rule changes headers, never a status: the preflight has to be answered 2xx by the origin server, by a \
                   Snippet or by a Worker.",
        },
        Pitfall {
            causes: &["error-response-without-cors", "preflight-status"],
            says: "A challenge or a block by the firewall is answered before this code runs, without the headers: exclude the path of the \
                   API from it. Response Header Transform Rules reach Cloudflare's own error pages too.",
        },
    ],
    ran: "",
    docs: "https://developers.cloudflare.com/cache/cache-security/cors/",
    likely: Likely { hosts: &[], ports: &[], pages: &[], headers: &["cloudflare"] },
};
