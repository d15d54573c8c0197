//! The CORS protocol refused the response.

use super::{Cause, Fault, Phase, Where};
use crate::request::Request;
use crate::world::{Answer, Reply};

const RESPONSE: Cause = Cause {
    code: "",
    phase: Some(Phase::Response),
    title: "",
    step: "",
    mended_by_headers: true,
    place: Where::Server,
    applies: |request, _| request.is_cross_origin() && request.mode == crate::request::Mode::Cors,
    fault: Fault::Certain,
};

/// The file's part of the catalogue.
pub const CAUSES: &[Cause] = &[
    Cause {
        code: "missing-allow-origin",
        title: "the response has no Access-Control-Allow-Origin header",
        fault: Fault::Response { replies: |_| vec![Answer::new(200).into()], only_the_call: true },
        ..RESPONSE
    },
    Cause {
        code: "error-response-without-cors",
        mended_by_headers: false,
        phase: None,
        title: "the server answers with an error status (4xx or 5xx) that carries no CORS headers",
        step: "Look up this request in the server's log: its error status is the real fault, the CORS message only hides it. \
               Send the CORS headers on error answers too.",
        fault: Fault::Response { replies: |_| vec![Answer::new(500).into()], only_the_call: true },
        ..RESPONSE
    },
    Cause {
        code: "origin-mismatch",
        title: "Access-Control-Allow-Origin names another origin",
        fault: Fault::Response { replies: |_| allow_origin("https://other.example"), only_the_call: false },
        ..RESPONSE
    },
    Cause {
        code: "wildcard-with-credentials",
        title: "Access-Control-Allow-Origin is * while the call includes credentials",
        step: "Send the exact origin instead of *, or drop credentials: 'include' if the API needs no cookies.",
        applies: |request, _| {
            request.is_cross_origin() && request.is_credentialed() && request.mode == crate::request::Mode::Cors
        },
        fault: Fault::Response { replies: |_| allow_origin("*"), only_the_call: true },
        ..RESPONSE
    },
    Cause {
        code: "allow-credentials-not-true",
        title: "Access-Control-Allow-Credentials is not true while the call includes credentials",
        step: "Send Access-Control-Allow-Credentials: true (lower case), or drop credentials: 'include' if the API needs no cookies.",
        applies: |request, _| {
            request.is_cross_origin() && request.is_credentialed() && request.mode == crate::request::Mode::Cors
        },
        fault: Fault::Response { replies: |_| allow_origin("{origin}"), only_the_call: true },
        ..RESPONSE
    },
    Cause {
        code: "multiple-allow-origin",
        mended_by_headers: false,
        title: "Access-Control-Allow-Origin holds several values",
        step: "Two layers add the header (often a proxy and the application): let only one of them do it.",
        fault: Fault::Response { replies: |_| allow_origin("{page}, {page}"), only_the_call: false },
        ..RESPONSE
    },
    Cause {
        code: "invalid-allow-origin",
        title: "Access-Control-Allow-Origin is not an origin",
        step: "An origin is scheme, host and port: https://app.example.com, without a slash or a path.",
        fault: Fault::Response { replies: |_| allow_origin("true"), only_the_call: false },
        ..RESPONSE
    },
];

fn allow_origin(value: &'static str) -> Vec<Reply> {
    vec![Answer::new(200).with("Access-Control-Allow-Origin", value).into()]
}

/// A response that lets this call through.
pub(crate) fn correct(_: &Request) -> Answer {
    Answer::new(200).with("Access-Control-Allow-Origin", "{origin}").with("Access-Control-Allow-Credentials", "true")
}
