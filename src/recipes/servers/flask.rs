//! Flask with Flask-CORS.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "flask",
    name: "Flask",
    language: "python",
    file: "app.py",
    code: include_str!("../templates/flask.py"),
    pitfalls: &[
        Pitfall {
            causes: &[],
            says: "Delete every @cross_origin(), a second CORS(app), and every line in a view or an after_request hook that sets these headers: they win over CORS(app, ...), so the call still fails or other origins get in. @cross_origin() covers neither exceptions nor a 404 either.",
        },
        Pitfall {
            causes: &["preflight-status"],
            says: "A before_request hook that authenticates runs for the preflight too and answers 401. Hooks run in the order of \
                   the file: answer_preflight has to stand above it.",
        },
        Pitfall {
            causes: &["error-response-without-cors"],
            says: "In debug mode, Werkzeug's debugger answers an unhandled error outside Flask-CORS, without headers. With \
                   PROPAGATE_EXCEPTIONS = False it is a plain 500 with headers, and the traceback is in the terminal.",
        },
        Pitfall {
            causes: &["missing-allow-origin", "error-response-without-cors", "redirect-without-cors"],
            says: "With resources={'/api/*': ...} the paths that do not match get no headers. An origin with a slash at the end \
                   or without its scheme never matches.",
        },
        Pitfall {
            causes: &["preflight-status", "error-response-without-cors", "missing-allow-origin"],
            says: "macOS uses port 5000 for its AirPlay Receiver, so another program may answer there. Start Flask with --port \
                   5001 and call that.",
        },
    ],
    ran: "Flask 3.1.3, Flask-CORS 6.0.5",
    docs: "https://flask-cors.readthedocs.io/en/latest/api.html",
    likely: Likely { hosts: &["pythonanywhere.com"], ports: &[5000], pages: &[], headers: &["werkzeug", "gunicorn"] },
};
