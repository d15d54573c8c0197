//! The proxy of Create React App: development only.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "cra",
    name: "Create React App dev server",
    language: "javascript",
    file: "src/setupProxy.js",
    code: include_str!("../templates/cra.js"),
    pitfalls: &[
        Pitfall {
            causes: &[],
            says: "For development only: npm run build takes nothing of it, in production the API sends the headers or stands behind the \
                   same origin.",
        },
        Pitfall {
            causes: &[],
            says: "Restart npm start, and call the path alone, fetch('/items') (fetch('/api/…') where the recipe says /api), in place of the whole address. Without this file, \
                   \"proxy\": \"http://localhost:8080\" in package.json does the same for every unknown path.",
        },
        Pitfall {
            causes: &["missing-allow-origin"],
            says: "A call with the whole address of the API goes past the proxy. So does a redirect of the API to its own address.",
        },
    ],
    ran: "",
    docs: "https://create-react-app.dev/docs/proxying-api-requests-in-development/",
    likely: Likely { hosts: &[], ports: &[], pages: &[3000], headers: &[] },
};
