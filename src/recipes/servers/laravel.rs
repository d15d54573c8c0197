//! Laravel 11 and later: its own HandleCors middleware.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "laravel",
    name: "Laravel",
    language: "php",
    file: "config/cors.php",
    code: include_str!("../templates/laravel.php"),
    pitfalls: &[
        Pitfall {
            causes: &["missing-allow-origin", "preflight-status"],
            says: "A path that no entry of 'paths' covers gets no headers, and its preflight goes to the routes. With cookies of Sanctum, \
                   'sanctum/csrf-cookie' belongs into the list too.",
        },
        Pitfall {
            causes: &[
                "missing-allow-origin",
                "origin-mismatch",
                "header-not-allowed",
                "method-not-allowed",
                "allow-credentials-not-true",
            ],
            says: "A cached configuration keeps the old values: run php artisan config:clear, or config:cache once more. Octane and queue \
                   workers are restarted.",
        },
        Pitfall {
            causes: &["origin-mismatch"],
            says: "An origin has its scheme and its port, and no slash at the end. A single origin is sent as it stands in the file, to \
                   everyone.",
        },
        Pitfall {
            causes: &["multiple-allow-origin"],
            says: "Remove every other place that sends the headers: header() in public/index.php, lines in .htaccess or nginx, a \
                   middleware of your own, the package fruitcake/laravel-cors.",
        },
        Pitfall {
            causes: &["redirect-without-cors", "redirect-target-without-cors"],
            says: "The auth middleware redirects a caller without a login to the login page, unless the call says Accept: \
                   application/json.",
        },
    ],
    ran: "",
    docs: "https://laravel.com/docs/routing#cors",
    likely: Likely { hosts: &[], ports: &[8000], pages: &[], headers: &[] },
};
