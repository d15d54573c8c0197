//! A redirect on the way.

use super::{Cause, Fault, Where};
use crate::request::{Mode, Redirect, Request};
use crate::world::{Answer, Failure, Reply, Rule, When};

const REDIRECT: Cause = Cause {
    code: "",
    phase: None,
    title: "",
    step: "",
    mended_by_headers: false,
    place: Where::Server,
    applies: |request, _| {
        request.is_cross_origin() && request.mode == Mode::Cors && request.redirect == Redirect::Follow
    },
    fault: Fault::Certain,
};

/// The file's part of the catalogue.
pub const CAUSES: &[Cause] = &[
    Cause {
        code: "redirect-without-cors",
        title: "the answer is a redirect that carries no CORS headers",
        step: "Call the final URL directly (https, trailing slash, valid login), or send the CORS headers on the redirect too.",
        applies: |request, _| request.is_cross_origin() && request.mode == Mode::Cors,
        fault: Fault::Redirect {
            ways: |request| {
                let bare = |location| Answer::new(302).with("Location", location);
                let target = super::response::correct(request);
                // A no-cors request follows the redirect, perhaps to an address where nothing answers.
                let dead = |failure| to_failure(bare("{self}/target"), failure);
                vec![
                    to(bare("{self}/target"), target.clone()),
                    to(bare("{other}/target"), target),
                    dead(Failure::Reset),
                    dead(Failure::Hang),
                ]
            },
            only_the_call: true,
        },
        ..REDIRECT
    },
    Cause {
        code: "redirect-target-without-cors",
        title: "a redirect passes, and its target does not allow this origin",
        step: "Call the final URL directly. After a redirect to another origin the browser sends Origin: null, which the target would have to allow.",
        fault: Fault::Redirect {
            ways: |request| {
                let hop = |location| super::response::correct(request).status(302).with("Location", location);
                let elsewhere = Answer::new(200).with("Access-Control-Allow-Origin", "{page}");
                let bare = Answer::new(200);
                vec![
                    to(hop("{other}/target"), elsewhere),
                    to(hop("{other}/target"), bare.clone()),
                    to(hop("{self}/target"), bare),
                ]
            },
            only_the_call: true,
        },
        ..REDIRECT
    },
    Cause {
        code: "redirect-with-credentials",
        title: "the redirect's Location holds a user name or password",
        step: "Remove user:password@ from the Location header.",
        fault: Fault::Redirect {
            ways: |request| {
                let hop = super::response::correct(request).status(302).with("Location", "{user@other}/target");
                vec![to(hop.clone(), super::response::correct(request)), to_failure(hop, Failure::Reset)]
            },
            only_the_call: false,
        },
        ..REDIRECT
    },
    Cause {
        code: "redirect-mode-error",
        title: "the answer is a redirect, and the call says redirect: 'error'",
        step: "Call the final URL, or let the call follow redirects.",
        place: Where::Page,
        applies: |request, _| request.redirect == Redirect::Error,
        fault: Fault::Redirect {
            ways: |request| {
                let hop = |location| super::response::correct(request).status(302).with("Location", location);
                let target = super::response::correct(request);
                vec![to(hop("{self}/target"), target.clone()), to(hop("{other}/target"), target)]
            },
            only_the_call: false,
        },
        ..REDIRECT
    },
    Cause {
        code: "too-many-redirects",
        title: "the redirects never end",
        step: "Follow the Location headers with curl -IL: two rules send the request to each other.",
        fault: Fault::Redirect {
            ways: |request| {
                let hop = super::response::correct(request).status(302).with("Location", "{self}/target");
                vec![to(hop.clone(), hop)]
            },
            only_the_call: false,
        },
        ..REDIRECT
    },
];

/// The call's URL redirects, its target answers.
fn to(hop: Answer, target: Answer) -> Vec<Rule> {
    let at = |path| When { preflight: Some(false), path: Some(path), ..When::default() };
    vec![Rule { when: at("".into()), reply: hop.into() }, Rule { when: at("/target".into()), reply: target.into() }]
}

/// Rules for a target that fails after a redirect that passes.
pub(crate) fn into_the_void(request: &Request, failure: Failure) -> Vec<Rule> {
    to_failure(super::response::correct(request).status(302).with("Location", "{other}/target"), failure)
}

fn to_failure(hop: Answer, failure: Failure) -> Vec<Rule> {
    let mut rules = to(hop, Answer::new(200));
    if let Some(last) = rules.last_mut() {
        last.reply = Reply::Fails(failure);
        last.when.preflight = None;
    }
    rules
}
