//! The CORS protocol refused the preflight.

use super::Family::{CredentialsNotAllowed, OriginNotAllowed, PreflightRefused};
use super::{Cause, Fault, Phase, Standard, Where, refusal};
use crate::fetch::Refusal;
use crate::prelude::*;
use crate::request::Request;
use crate::safelist;
use crate::text;
use crate::world::{Answer, Reply};

const PREFLIGHT: Cause = Cause {
    code: "",
    phase: Some(Phase::Preflight),
    rate: 0,
    title: "",
    step: "",
    mended_by_headers: true,
    place: Where::Server,
    families: &[PreflightRefused],
    standard: Standard::at("https://fetch.spec.whatwg.org/#cors-preflight-fetch"),
    applies: |request, _| request.has_preflight(),
    fault: Fault::Certain,
    stops: |_| false,
};

/// The file's part of the catalogue.
pub const CAUSES: &[Cause] = &[
    Cause {
        code: "missing-allow-origin",
        rate: 260,
        title: "the answer to the preflight has no Access-Control-Allow-Origin header",
        families: &[OriginNotAllowed, PreflightRefused],
        fault: Fault::Preflight { replies: |_| vec![Answer::new(204).into()], strict: true, even: false },
        stops: |stop| refusal(stop, Phase::Preflight) == Some(&Refusal::AllowOriginMissing),
        ..PREFLIGHT
    },
    Cause {
        code: "preflight-status",
        phase: None,
        rate: 110,
        title: "the preflight (OPTIONS) is answered with an error status",
        step: "Answer OPTIONS with 204 before authentication and routing: a preflight never carries cookies or Authorization.",
        mended_by_headers: false,
        fault: Fault::Preflight {
            replies: |request| vec![Answer::new(405).into(), correct(request).status(401).into()],
            strict: true,
            even: false,
        },
        stops: |stop| matches!(refusal(stop, Phase::Preflight), Some(Refusal::PreflightStatus(_))),
        ..PREFLIGHT
    },
    Cause {
        code: "origin-mismatch",
        rate: 100,
        title: "Access-Control-Allow-Origin of the preflight names another origin",
        families: &[OriginNotAllowed, PreflightRefused],
        fault: Fault::Preflight {
            replies: |request| allow_origin(request, "https://other.example"),
            strict: false,
            even: true,
        },
        stops: |stop| refusal(stop, Phase::Preflight) == Some(&Refusal::AllowOriginMismatch),
        ..PREFLIGHT
    },
    Cause {
        code: "header-not-allowed",
        phase: None,
        rate: 50,
        title: "Access-Control-Allow-Headers does not list a header of the call",
        step: "List each header by name; * does not cover Authorization, and covers nothing when credentials are included.",
        applies: |request, _| !request.unsafe_headers.is_empty(),
        fault: Fault::Preflight { replies: some_headers, strict: false, even: false },
        stops: |stop| matches!(refusal(stop, Phase::Preflight), Some(Refusal::HeaderNotAllowed(_))),
        ..PREFLIGHT
    },
    Cause {
        code: "wildcard-with-credentials",
        rate: 20,
        title: "Access-Control-Allow-Origin of the preflight is * while the call includes credentials",
        step: "Send the exact origin instead of *, or drop credentials: 'include' if the API needs no cookies.",
        families: &[CredentialsNotAllowed, PreflightRefused],
        applies: |request, _| request.is_credentialed() && request.has_preflight(),
        fault: Fault::Preflight {
            replies: |request| with_and_without_lists(allow_origin(request, "*")),
            strict: false,
            even: false,
        },
        stops: |stop| refusal(stop, Phase::Preflight) == Some(&Refusal::WildcardWithCredentials),
        ..PREFLIGHT
    },
    Cause {
        code: "allow-credentials-not-true",
        rate: 20,
        title: "Access-Control-Allow-Credentials of the preflight is not true while the call includes credentials",
        step: "Send Access-Control-Allow-Credentials: true (lower case) on the preflight too.",
        families: &[CredentialsNotAllowed, PreflightRefused],
        applies: |request, _| request.is_credentialed() && request.has_preflight(),
        fault: Fault::Preflight {
            replies: |request| {
                with_and_without_lists(vec![correct(request).without("Access-Control-Allow-Credentials").into()])
            },
            strict: false,
            even: false,
        },
        stops: |stop| refusal(stop, Phase::Preflight) == Some(&Refusal::AllowCredentialsNotTrue),
        ..PREFLIGHT
    },
    Cause {
        code: "multiple-allow-origin",
        rate: 15,
        title: "Access-Control-Allow-Origin of the preflight holds several values",
        step: "If the header is there twice, two layers add it (often a proxy and the application): let only one of them do it.",
        mended_by_headers: false,
        families: &[OriginNotAllowed, PreflightRefused],
        fault: Fault::Preflight {
            replies: |request| allow_origin(request, "{page}, {page}"),
            strict: false,
            even: true,
        },
        stops: |stop| refusal(stop, Phase::Preflight) == Some(&Refusal::AllowOriginMultiple),
        ..PREFLIGHT
    },
    Cause {
        code: "method-not-allowed",
        phase: None,
        rate: 10,
        title: "Access-Control-Allow-Methods does not list the method",
        step: "List the method in upper case, as the call sends it; * covers nothing when credentials are included.",
        applies: |request, _| request.has_preflight() && !safelist::is_safelisted_method(&request.method),
        fault: Fault::Preflight {
            replies: |request| {
                let list = |list: &'static str| correct(request).with("Access-Control-Allow-Methods", list).into();
                let mut replies = vec![list("GET, POST")];
                if request.is_credentialed() {
                    replies.push(list("*"));
                }
                with_and_without_lists(replies)
            },
            strict: false,
            even: false,
        },
        stops: |stop| refusal(stop, Phase::Preflight) == Some(&Refusal::MethodNotAllowed),
        ..PREFLIGHT
    },
    Cause {
        code: "preflight-redirect",
        phase: None,
        rate: 10,
        title: "the preflight (OPTIONS) is answered with a redirect",
        step: "Call the final URL (scheme, host, trailing slash), and answer OPTIONS before anything redirects, login included.",
        mended_by_headers: false,
        fault: Fault::Preflight {
            replies: |request| vec![correct(request).status(301).with("Location", "{self}/target").into()],
            strict: true,
            even: false,
        },
        stops: |stop| refusal(stop, Phase::Preflight) == Some(&Refusal::PreflightRedirect),
        ..PREFLIGHT
    },
    Cause {
        code: "invalid-allow-origin",
        rate: 5,
        title: "Access-Control-Allow-Origin of the preflight is not an origin",
        step: "An origin is scheme, host and port: https://app.example.com, without a slash or a path.",
        families: &[OriginNotAllowed, PreflightRefused],
        fault: Fault::Preflight { replies: |request| allow_origin(request, "true"), strict: false, even: true },
        stops: |stop| refusal(stop, Phase::Preflight) == Some(&Refusal::AllowOriginInvalid),
        ..PREFLIGHT
    },
    Cause {
        code: "invalid-allow-methods",
        phase: None,
        rate: 1,
        title: "Access-Control-Allow-Methods does not parse",
        step: "Separate the methods with commas.",
        fault: Fault::Preflight {
            replies: |request| vec![correct(request).with("Access-Control-Allow-Methods", "GET; PUT").into()],
            strict: false,
            even: false,
        },
        stops: |stop| refusal(stop, Phase::Preflight) == Some(&Refusal::InvalidAllowMethods),
        ..PREFLIGHT
    },
    Cause {
        code: "invalid-allow-headers",
        phase: None,
        rate: 1,
        title: "Access-Control-Allow-Headers does not parse",
        step: "Separate the header names with commas.",
        fault: Fault::Preflight {
            replies: |request| vec![correct(request).with("Access-Control-Allow-Headers", "a b").into()],
            strict: false,
            even: false,
        },
        stops: |stop| refusal(stop, Phase::Preflight) == Some(&Refusal::InvalidAllowHeaders),
        ..PREFLIGHT
    },
];

/// A preflight answer that lets this call, and every probe around it, through.
pub(crate) fn correct(request: &Request) -> Answer {
    Answer::new(204)
        .with("Access-Control-Allow-Origin", "{origin}")
        .with("Access-Control-Allow-Credentials", "true")
        .with("Access-Control-Allow-Methods", request.method.clone())
        .with("Access-Control-Allow-Headers", "{headers}")
}

fn allow_origin(request: &Request, value: &'static str) -> Vec<Reply> {
    vec![correct(request).with("Access-Control-Allow-Origin", value).into()]
}

/// The same answers, and the same with a second fault: no list of methods and headers.
fn with_and_without_lists(mut replies: Vec<Reply>) -> Vec<Reply> {
    for index in 0..replies.len() {
        let mut bare = replies[index].clone();
        if let Reply::Answer(answer) = &mut bare {
            answer.drop("Access-Control-Allow-Methods");
            answer.drop("Access-Control-Allow-Headers");
        }
        replies.push(bare);
    }
    replies
}

/// Lists that leave out one header, or all, or hide behind a wildcard that does not cover them.
fn some_headers(request: &Request) -> Vec<Reply> {
    let names = &request.unsafe_headers;
    let mut replies = Vec::new();
    let mut list = |list: String| replies.push(correct(request).with("Access-Control-Allow-Headers", list).into());
    list(String::new());
    list("*".to_string());
    list("*, authorization".to_string());
    if names.len() > 1 {
        for left_out in names {
            list(text::join(&text::only(names, &|name| name != left_out), ","));
        }
    }
    // One listed and the others not: beyond three headers these stand for every mixture.
    if names.len() > 2 {
        for name in names {
            list(name.clone());
        }
    }
    replies
}
