//! The CORS protocol refused the response.

use super::Family::{AnswerNotReadable, CredentialsNotAllowed, OriginNotAllowed};
use super::{Cause, Fault, Phase, Standard, Where, refusal};
use crate::browser::Stop;
use crate::fetch::{self, Refusal};
use crate::gate::Facts;
use crate::prelude::*;
use crate::request::{Mode, Request};
use crate::world::{Answer, Reply};

pub(super) const RESPONSE: Cause = Cause {
    code: "",
    phase: Some(Phase::Response),
    rate: 0,
    title: "",
    step: "",
    mended_by_headers: true,
    place: Where::Server,
    families: &[OriginNotAllowed, AnswerNotReadable],
    standard: Standard::at("https://fetch.spec.whatwg.org/#concept-cors-check"),
    applies: is_cors,
    fault: Fault::Certain,
    stops: |_| false,
};

/// The file's part of the catalogue.
pub const CAUSES: &[Cause] = &[
    Cause {
        code: "missing-allow-origin",
        rate: 260,
        title: "the response has no Access-Control-Allow-Origin header",
        fault: Fault::Response { replies: |_| vec![Answer::new(200).into()], alone: true },
        stops: |stop| is_refused(stop, &Refusal::AllowOriginMissing) && stop.status < 400,
        ..RESPONSE
    },
    Cause {
        code: "error-response-without-cors",
        phase: None,
        rate: 120,
        title: "the server answers with an error status (4xx or 5xx) that carries no CORS headers",
        step: "If the status is 4xx or 5xx, that is the real fault, and the CORS message only hides it: look up this request in the server's \
               log. Send the CORS headers on error answers too.",
        mended_by_headers: false,
        families: &[AnswerNotReadable],
        fault: Fault::Response { replies: |_| vec![Answer::new(500).into()], alone: true },
        stops: |stop| is_refused(stop, &Refusal::AllowOriginMissing) && stop.status >= 400,
        ..RESPONSE
    },
    Cause {
        code: "origin-mismatch",
        rate: 100,
        title: "Access-Control-Allow-Origin names another origin",
        fault: Fault::Response { replies: |_| allow_origin("https://other.example"), alone: false },
        stops: |stop| is_refused(stop, &Refusal::AllowOriginMismatch),
        ..RESPONSE
    },
    Cause {
        code: "wildcard-with-credentials",
        rate: 20,
        title: "Access-Control-Allow-Origin is * while the call includes credentials",
        step: "Send the exact origin instead of *, or drop credentials: 'include' if the API needs no cookies.",
        families: &[CredentialsNotAllowed],
        applies: is_credentialed,
        fault: Fault::Response { replies: |_| allow_origin("*"), alone: false },
        stops: |stop| is_refused(stop, &Refusal::WildcardWithCredentials),
        ..RESPONSE
    },
    Cause {
        code: "allow-credentials-not-true",
        rate: 20,
        title: "Access-Control-Allow-Credentials is not true while the call includes credentials",
        step: "Send Access-Control-Allow-Credentials: true (lower case), or drop credentials: 'include' if the API needs no cookies.",
        families: &[CredentialsNotAllowed],
        applies: is_credentialed,
        // For whoever asks, or for this page alone.
        fault: Fault::Response {
            replies: |_| ["{origin}", "{page}"].into_iter().flat_map(allow_origin).collect(),
            alone: false,
        },
        stops: |stop| is_refused(stop, &Refusal::AllowCredentialsNotTrue),
        ..RESPONSE
    },
    Cause {
        code: "multiple-allow-origin",
        rate: 15,
        title: "Access-Control-Allow-Origin holds several values",
        step: "If the header is there twice, two layers add it (often a proxy and the application): let only one of them do it.",
        mended_by_headers: false,
        fault: Fault::Response { replies: |_| allow_origin("{page}, {page}"), alone: false },
        stops: |stop| is_refused(stop, &Refusal::AllowOriginMultiple),
        ..RESPONSE
    },
    Cause {
        code: "invalid-allow-origin",
        rate: 5,
        title: "Access-Control-Allow-Origin is not an origin",
        step: "An origin is scheme, host and port: https://app.example.com, without a slash or a path.",
        fault: Fault::Response { replies: |_| allow_origin("true"), alone: false },
        stops: |stop| is_refused(stop, &Refusal::AllowOriginInvalid),
        ..RESPONSE
    },
];

/// A redirect that is refused is a cause of its own, whatever is wrong with its headers.
fn is_refused(stop: &Stop, step: &Refusal) -> bool {
    refusal(stop, Phase::Response) == Some(step) && !fetch::is_redirect_status(stop.status)
}

fn is_cors(request: &Request, _: &Facts) -> bool {
    request.is_cross_origin() && request.mode == Mode::Cors
}

fn is_credentialed(request: &Request, facts: &Facts) -> bool {
    is_cors(request, facts) && request.is_credentialed()
}

fn allow_origin(value: &'static str) -> Vec<Reply> {
    vec![Answer::new(200).with("Access-Control-Allow-Origin", value).into()]
}

/// A response that lets this page's calls through, and no other's.
pub(crate) fn named() -> Answer {
    correct().with("Access-Control-Allow-Origin", "{page}")
}

/// A response that lets this call through.
pub(crate) fn correct() -> Answer {
    Answer::new(200).with("Access-Control-Allow-Origin", "{origin}").with("Access-Control-Allow-Credentials", "true")
}
