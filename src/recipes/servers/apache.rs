//! Apache HTTP Server, in front of an application or with files.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "apache",
    name: "Apache",
    language: "apache",
    file: "/etc/apache2/sites-available/000-default.conf",
    code: include_str!("../templates/apache.conf"),
    pitfalls: &[
        Pitfall {
            causes: &["error-response-without-cors"],
            says: "A Header line without always adds nothing to the error pages that Apache itself sends, such as 401, 404 and 503.",
        },
        Pitfall {
            causes: &["multiple-allow-origin", "allow-credentials-not-true"],
            says: "Header set and Header always set write two lists, and both are sent: neither replaces what the other holds or what the application sends. The lines with unset empty both.",
        },
        Pitfall {
            causes: &["preflight-status"],
            says: "A preflight that reaches Apache's authentication or the application is asked for credentials, which it never carries. In a <Directory> or .htaccess mod_rewrite comes after authentication, so its lines stand in the <VirtualHost>.",
        },
        Pitfall {
            causes: &["preflight-status", "missing-allow-origin"],
            says: "In a .htaccess, leave out the two lines of <Location>, and name the methods other than OPTIONS in the authentication: <LimitExcept OPTIONS> around its Require.",
        },
        Pitfall {
            causes: &["preflight-redirect"],
            says: "The first RewriteRule that fits answers: the one for OPTIONS stands before those that redirect to https or to another path.",
        },
        Pitfall {
            causes: &["invalid-allow-origin"],
            says: "A variable that is not set is written as (null): each Header line with %{CORS_ORIGIN}e has env=CORS_ORIGIN at its end.",
        },
    ],
    ran: "Apache 2.4.71",
    docs: "https://httpd.apache.org/docs/2.4/mod/mod_headers.html",
    likely: Likely { hosts: &[], ports: &[80, 443], pages: &[], headers: &["apache"] },
};
