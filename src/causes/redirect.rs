//! A redirect on the way.

use super::Family::AnswerNotReadable;
use super::response::correct;
use super::{Cause, Fault, Phase, Standard, Where, refusal};
use crate::browser::Why;
use crate::fetch;
use crate::prelude::*;
use crate::request::{Engine, Mode, Redirect};
use crate::world::{Answer, Failure, Reply, Rule, When};

const REDIRECT: Cause = Cause {
    code: "",
    phase: None,
    rate: 0,
    title: "",
    step: "",
    mended_by_headers: false,
    place: Where::Server,
    families: &[],
    standard: Standard::at("https://fetch.spec.whatwg.org/#http-redirect-fetch"),
    applies: |request, _| request.mode == Mode::Cors && request.redirect == Redirect::Follow,
    fault: Fault::Certain,
    stops: |_| false,
};

/// The file's part of the catalogue.
pub const CAUSES: &[Cause] = &[
    Cause {
        code: "redirect-without-cors",
        title: "the answer is a redirect that carries no CORS headers",
        step: "If it redirects: call the final URL directly (https, trailing slash, valid login). CORS headers on the redirect are enough only if what it leads to passes too, after another origin with Origin: null.",
        families: &[AnswerNotReadable],
        standard: Standard::at("https://fetch.spec.whatwg.org/#concept-cors-check"),
        applies: |request, _| request.mode == Mode::Cors && request.is_cross_origin(),
        fault: Fault::Redirect(|_| {
            let bare = |location| Answer::new(302).with("Location", location);
            let mut ways = Vec::new();
            for location in ["{self}/target", "{other}/target"] {
                ways.push(to(bare(location), correct()));
                ways.push(to(bare(location), correct().status(404)));
                // A no-cors request follows the redirect, perhaps to an address where nothing answers.
                ways.push(to_failure(bare(location), Failure::Reset));
                ways.push(to_failure(bare(location), Failure::Hang));
            }
            ways
        }),
        stops: |stop| refusal(stop, Phase::Response).is_some() && fetch::is_redirect_status(stop.status),
        ..REDIRECT
    },
    Cause {
        code: "redirect-target-without-cors",
        title: "a redirect passes, and its target does not allow this origin",
        step: "Call the final URL directly. After a redirect to another origin the browser sends Origin: null, which the target would have to allow.",
        fault: Fault::Redirect(|_| {
            let elsewhere = Answer::new(200).with("Access-Control-Allow-Origin", "{page}");
            let mut ways = vec![
                to(hop("{other}/target"), elsewhere),
                to(hop("{other}/target"), Answer::new(200)),
                to(hop("{self}/target"), Answer::new(200)),
                to(hop("{other}/target"), Answer::new(404)),
                to(hop("{self}/target"), Answer::new(404)),
            ];
            // The method stays, and the target's preflight is refused.
            let mut refused = to(hop("{other}/target").status(307), Answer::new(200));
            let preflight = When { preflight: Some(true), path: Some("/target".into()), ..When::default() };
            refused.push(Rule { when: preflight, reply: Answer::new(405).into() });
            ways.push(refused);
            ways
        }),
        stops: |stop| matches!(stop.why, Why::Refused(_)) && stop.hops > 0,
        ..REDIRECT
    },
    Cause {
        code: "redirect-with-credentials",
        title: "the redirect's Location holds a user name or password",
        step: "If Location holds user:password@: remove it.",
        // Chromium holds to it in every mode.
        applies: |request, facts| {
            request.redirect == Redirect::Follow && (request.mode == Mode::Cors || facts.engine == Engine::Chromium)
        },
        fault: Fault::Redirect(|_| {
            let hop = hop("{user@other}/target");
            vec![to(hop.clone(), correct()), to_failure(hop, Failure::Reset)]
        }),
        stops: |stop| stop.why == Why::RedirectCredentials,
        ..REDIRECT
    },
    Cause {
        code: "redirect-mode-error",
        title: "the answer is a redirect, and the call says redirect: 'error'",
        step: "Call the final URL, or let the call follow redirects.",
        place: Where::Page,
        standard: Standard::at("https://fetch.spec.whatwg.org/#concept-http-fetch"),
        applies: |request, _| request.redirect == Redirect::Error,
        // The call follows no redirect, and probes that do may meet anything.
        fault: Fault::Redirect(|_| {
            let mut ways = vec![to(hop("{self}/target"), hop("{self}/target"))];
            for target in [correct(), correct().status(404), Answer::new(200)] {
                ways.push(to(hop("{self}/target"), target.clone()));
                ways.push(to(hop("{other}/target"), target));
            }
            ways.push(to_failure(hop("{other}/target"), Failure::Reset));
            ways.push(to_failure(hop("{other}/target"), Failure::Hang));
            ways
        }),
        stops: |stop| stop.why == Why::RedirectMode,
        ..REDIRECT
    },
    Cause {
        code: "too-many-redirects",
        title: "the redirects never end",
        step: "If the redirects never end: follow them with curl -iL; two rules send the request to each other.",
        applies: |request, _| request.redirect == Redirect::Follow,
        fault: Fault::Redirect(|_| {
            vec![to(hop("{self}/target"), hop("{self}/target")), to(hop("{other}/target"), hop("{other}/target"))]
        }),
        stops: |stop| stop.why == Why::RedirectCount,
        ..REDIRECT
    },
];

/// A redirect that the CORS check lets pass.
pub(crate) fn hop(location: &'static str) -> Answer {
    correct().status(302).with("Location", location)
}

/// The call's URL redirects, its target answers.
pub(crate) fn to(hop: Answer, target: Answer) -> Vec<Rule> {
    let at = |path| When { preflight: Some(false), path: Some(path), ..When::default() };
    vec![Rule { when: at("".into()), reply: hop.into() }, Rule { when: at("/target".into()), reply: target.into() }]
}

/// Rules for a target that fails.
pub(crate) fn to_failure(hop: Answer, failure: Failure) -> Vec<Rule> {
    let mut rules = to(hop, Answer::new(200));
    if let Some(last) = rules.last_mut() {
        last.reply = Reply::Fails(failure);
        last.when.preflight = None;
    }
    rules
}
