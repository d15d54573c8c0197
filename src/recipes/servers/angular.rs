//! The proxy of the Angular dev server: development only.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "angular",
    name: "Angular dev server",
    language: "json",
    file: "src/proxy.conf.json",
    code: include_str!("../templates/angular.json"),
    pitfalls: &[
        Pitfall {
            causes: &[],
            says: "For development only: ng build takes nothing of it, in production the API sends the headers or stands behind the same \
                   origin.",
        },
        Pitfall {
            causes: &[],
            says: "angular.json names the file: under serve, options, \"proxyConfig\": \"src/proxy.conf.json\". Restart ng serve, and \
                   call the path alone, fetch('/items') (fetch('/api/…') where the recipe says /api), in place of the whole address.",
        },
        Pitfall {
            causes: &["missing-allow-origin", "same-origin-mode"],
            says: "A call with the whole address of the API goes past the proxy. So does a redirect of the API to its own address.",
        },
        Pitfall {
            causes: &["tls-failure", "error-response-without-cors"],
            says: "For an API with a certificate of its own making, add \"secure\": false.",
        },
    ],
    ran: "",
    docs: "https://angular.dev/tools/cli/serve#proxying-to-a-backend-server",
    likely: Likely { hosts: &[], ports: &[], pages: &[4200], headers: &[] },
};
