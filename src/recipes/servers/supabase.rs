//! Supabase Edge Functions.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "supabase",
    name: "Supabase Edge Functions",
    language: "typescript",
    file: "supabase/functions/<name>/index.ts",
    code: include_str!("../templates/supabase.ts"),
    pitfalls: &[
        Pitfall {
            causes: &["error-response-without-cors"],
            says: "While verify_jwt is on (the default), the platform answers a call without a valid JWT in Authorization 401 before the function \
                   runs, without its headers. The new keys (sb_publishable_...) are no JWTs: they belong in apikey. Send the user's token, or set \
                   verify_jwt = false for the function in supabase/config.toml and check the caller in the function.",
        },
        Pitfall {
            causes: &["preflight-status"],
            says: "The gate of verify_jwt lets OPTIONS pass, so the function has to answer it, before it reads the body or checks the caller.",
        },
        Pitfall {
            causes: &["header-not-allowed"],
            says: "supabase-js sends apikey, authorization, x-client-info and content-type, and functions.invoke() needs all of them in \
                   Access-Control-Allow-Headers. A call with fetch needs only what it sends.",
        },
        Pitfall {
            causes: &["method-not-allowed"],
            says: "The corsHeaders of many examples have no Access-Control-Allow-Methods: GET and POST pass without it, PUT, PATCH and DELETE do not.",
        },
        Pitfall {
            causes: &["wildcard-with-credentials", "multiple-allow-origin", "origin-mismatch"],
            says: "The corsHeaders of supabase-js and withSupabase() say *, which never fits a call with credentials. One place sends the headers: \
                   take them out of the function, and give withSupabase cors: 'disabled'.",
        },
        Pitfall {
            causes: &["error-response-without-cors"],
            says: "An exception in the function becomes a 500 of the platform without headers, and so do a function that does not start and a \
                   limit that it hits (546). The first can be caught, the others show in the logs of the function only.",
        },
        Pitfall {
            causes: &["missing-allow-origin", "error-response-without-cors"],
            says: "The headers of the preflight are not enough: the answer to the call itself has to carry them too, errors included.",
        },
    ],
    ran: "deno 2.9.5",
    docs: "https://supabase.com/docs/guides/functions/cors",
    likely: Likely { hosts: &["supabase.co", "supabase.in"], ports: &[54321], pages: &[], headers: &[] },
};
