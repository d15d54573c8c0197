//! FastAPI and Starlette with Starlette's CORSMiddleware.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "fastapi",
    name: "FastAPI, Starlette",
    language: "python",
    file: "main.py",
    code: include_str!("../templates/fastapi.py"),
    pitfalls: &[
        Pitfall {
            causes: &[],
            says: "Delete every app.add_middleware(CORSMiddleware, ...) and every line that sets Access-Control-Allow-Origin by hand: for the origins that this recipe refuses, their value still goes out. A proxy in front that adds the header makes two values.",
        },
        Pitfall {
            causes: &["error-response-without-cors"],
            says: "app.add_middleware(CORSMiddleware, ...) stands inside the layer that answers an unhandled error, so that 500 \
                   has no CORS headers. Only a CORSMiddleware around the whole app reaches it.",
        },
        Pitfall {
            causes: &["preflight-status"],
            says: "A middleware added later stands further out: an authentication added after CORSMiddleware sees the preflight \
                   first and answers 401. CORSMiddleware has to be the outermost.",
        },
        Pitfall {
            causes: &["preflight-status", "method-not-allowed", "header-not-allowed"],
            says: "CORSMiddleware answers a preflight it does not allow with 400, and the body names the part: origin, method or \
                   headers. Without allow_methods it allows GET only.",
        },
        Pitfall {
            causes: &["preflight-status", "missing-allow-origin"],
            says: "An older wrap, app = CORSMiddleware(app, ...), stands further out and answers preflights first, with its own \
                   origins. Delete it: below it this recipe stops with 'CORSMiddleware' object has no attribute 'build_middleware_stack'.",
        },
    ],
    ran: "FastAPI 0.165.0, Starlette 1.10.0, uvicorn 0.54.0",
    docs: "https://www.starlette.io/middleware/#corsmiddleware-global-enforcement",
    likely: Likely { hosts: &[], ports: &[8000], pages: &[], headers: &["uvicorn"] },
};
