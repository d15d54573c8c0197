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
            says: "Restart npm start, and call the path alone, fetch('/items') in place of the whole address. Without this file, \
                   \"proxy\": \"http://localhost:8080\" in package.json does the same for every unknown path.",
        },
        Pitfall {
            causes: &["missing-allow-origin"],
            says: "A call with the whole address of the API goes past the proxy. So does a redirect of the API to its own address.",
        },
        Pitfall {
            causes: &["error-response-without-cors"],
            says: "Where the API has no path of its own (/), this would take the pages too: use \"proxy\" in package.json.",
        },
    ],
    ran: "",
    docs: "https://create-react-app.dev/docs/proxying-api-requests-in-development/",
    likely: Likely { hosts: &[], ports: &[], pages: &[3000], headers: &[] },
};
