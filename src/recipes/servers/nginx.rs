//! nginx, in front of an application or with files.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "nginx",
    name: "nginx",
    language: "nginx",
    file: "/etc/nginx/conf.d/default.conf",
    code: include_str!("../templates/nginx.conf"),
    pitfalls: &[
        Pitfall {
            causes: &[],
            says: "In this location the add_header and proxy_hide_header lines of the server and http blocks no longer count. Repeat those that it needs, such as Strict-Transport-Security.",
        },
        Pitfall {
            causes: &["missing-allow-origin"],
            says: "A location that has an add_header of its own ignores all those of the server block; an if that has one ignores those of its location. All CORS lines stand in the location that answers.",
        },
        Pitfall {
            causes: &["error-response-without-cors"],
            says: "An add_header without always adds nothing to 4xx and 5xx, nginx's own 502 and 504 included.",
        },
        Pitfall {
            causes: &["error-response-without-cors"],
            says: "An error_page with a path or a @name is answered by that location: put the add_header lines there too.",
        },
        Pitfall {
            causes: &["multiple-allow-origin", "allow-credentials-not-true"],
            says: "Only one layer may send the headers: proxy_hide_header drops the application's (with FastCGI fastcgi_hide_header, with uWSGI uwsgi_hide_header), and an older add_header of the same location has to go.",
        },
        Pitfall {
            causes: &["preflight-status"],
            says: "A preflight that reaches auth_basic, auth_request or the application is asked for credentials, which it never carries: the return stands in the location and comes before all of them. limit_except refuses OPTIONS even before: add OPTIONS to its list.",
        },
        Pitfall {
            causes: &["preflight-redirect"],
            says: "A return or rewrite in the server block comes before any location, and a location /items/ with proxy_pass redirects /items to /items/ (301): call the URL to which the redirect leads.",
        },
    ],
    ran: "nginx 1.22.1",
    docs: "https://nginx.org/en/docs/http/ngx_http_headers_module.html",
    likely: Likely { hosts: &[], ports: &[80, 443], pages: &[], headers: &["nginx", "openresty"] },
};
