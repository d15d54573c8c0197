//! PHP without a framework.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "php",
    name: "PHP",
    language: "php",
    file: "index.php",
    code: include_str!("../templates/php.php"),
    pitfalls: &[
        Pitfall {
            causes: &["error-response-without-cors"],
            says: "A fatal error keeps the headers that are set by then: the lines stand before each require that can fail. With a syntax error in the script itself none of it runs.",
        },
        Pitfall {
            causes: &["missing-allow-origin"],
            says: "After the first output header() does nothing but warn. A blank line after a closing ?>, or a byte order mark before <?php, is output.",
        },
        Pitfall {
            causes: &["preflight-status"],
            says: "Without exit the preflight goes on to the authentication and to the routes, which answer 401 or 404: the exit stands before them.",
        },
        Pitfall {
            causes: &["multiple-allow-origin", "wildcard-with-credentials", "origin-mismatch"],
            says: "A later header() of the same name replaces this one, and one with false as its second argument adds a second: older lines have to go, and those of the web server in front of PHP.",
        },
    ],
    ran: "PHP 8.2.36",
    docs: "https://www.php.net/manual/en/function.header.php",
    likely: Likely { hosts: &[], ports: &[8000], pages: &[], headers: &["php"] },
};
