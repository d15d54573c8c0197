//! The proxy of webpack-dev-server.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "webpack",
    name: "webpack-dev-server's proxy",
    language: "javascript",
    file: "webpack.config.js",
    code: include_str!("../templates/webpack.js"),
    pitfalls: &[
        Pitfall {
            causes: &[],
            says: "This is for development only: the built page has no such proxy. In production the API sends the CORS headers, or page and API are \
                   served from one origin.",
        },
        Pitfall {
            causes: &[],
            says: "The proxy sees only calls to the page's own origin: fetch('/items'), not fetch('http://…/items'), in the base URL of an HTTP client too.",
        },
        Pitfall {
            causes: &[],
            says: "Since webpack-dev-server 5, proxy is an array: an object does not start. The configuration is read at the start only: restart after \
                   a change.",
        },
        Pitfall {
            causes: &["preflight-status", "error-response-without-cors"],
            says: "changeOrigin changes the header Host, not Origin. The line headers: { origin } does, for an API that answers other origins with 403. \
                   A 504 comes from the proxy: the API does not run there.",
        },
        Pitfall {
            causes: &["redirect-without-cors", "redirect-target-without-cors", "preflight-redirect"],
            says: "A redirect to the API's full address leads the page away from the proxy. Call the address that it leads to, or set \
                   autoRewrite: true beside target.",
        },
    ],
    ran: "webpack-dev-server 5.2.7, webpack 5.112.2",
    docs: "https://webpack.js.org/configuration/dev-server/#devserverproxy",
    likely: Likely { hosts: &[], ports: &[], pages: &[8080], headers: &[] },
};
