//! Next.js with its file proxy.ts.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "nextjs",
    name: "Next.js",
    language: "typescript",
    file: "proxy.ts",
    code: include_str!("../templates/nextjs.ts"),
    pitfalls: &[
        Pitfall {
            causes: &["redirect-without-cors", "preflight-redirect"],
            says: "Next.js redirects /items/ to /items before proxy.ts runs, so without headers. Call the URL without the slash \
                   at the end, or set skipTrailingSlashRedirect: true in next.config, which serves both.",
        },
        Pitfall {
            causes: &[],
            says: "Is there a middleware.ts? Move what it does into proxy.ts and delete it: with both, Next.js 16 answers no request. Up to Next.js 15 the file is middleware.ts and the function middleware.",
        },
        Pitfall {
            causes: &["missing-allow-origin", "error-response-without-cors"],
            says: "proxy.ts stands beside the folder app: in src, if app is there. Elsewhere it is ignored without a word, and so \
                   is every path that its matcher leaves out.",
        },
        Pitfall {
            causes: &["origin-mismatch", "multiple-allow-origin", "wildcard-with-credentials", "missing-allow-origin"],
            says: "headers() in next.config sends one fixed value: it cannot answer each of several origins with its own, and a \
                   list of them is refused. Delete it, as it answers the origins that proxy.ts does not allow.",
        },
        Pitfall {
            causes: &["missing-allow-origin", "error-response-without-cors"],
            says: "Headers in a route handler are on what it returns: not on a 404, not on the 500 when it throws. An OPTIONS of \
                   its own covers the preflight only, so the answer itself needs them too. Delete them there: they still answer the origins that proxy.ts does not allow.",
        },
        Pitfall {
            causes: &["preflight-status"],
            says: "An authentication in proxy.ts answers the preflight 401, as that carries no credentials. The preflight has to \
                   be answered before it.",
        },
    ],
    ran: "Next.js 16.4.5",
    docs: "https://nextjs.org/docs/app/api-reference/file-conventions/proxy#cors",
    likely: Likely { hosts: &[], ports: &[3000], pages: &[], headers: &["next.js"] },
};
