//! The sentences about what was done and seen, and about what that means. Layout is [`crate::report`]'s.

use crate::causes::{self, Cause, Fault, Standing};
use crate::diagnosis::{Kind, Observation, Verdict};
use crate::gate::{self, CallOutcome, Certain, Facts};
use crate::hypothesis::{Assumption, Assumptions};
use crate::infer;
use crate::prelude::*;
use crate::probe::{CALL, Outcome, Probe, Send};
use crate::request::{Api, Engine, Mode, Request};
use crate::text;

/// What the page knew before any probe.
pub fn page_observations(request: &Request, facts: &Facts, certain: Option<&Certain>) -> Vec<Observation> {
    let fact = |id: &str, kind, did: &str, saw: String| Observation {
        id: id.to_string(),
        kind,
        did: did.to_string(),
        saw,
        ruled_out: Vec::new(),
        unlikely: Vec::new(),
        skipped: None,
        ms: None,
    };
    let mut saw = Vec::new();
    if let Some(certain) = certain {
        saw.push(fact("page", Kind::Page, "looked at the page and the call", certain.saw.clone()));
    }
    let by = match request.api {
        Api::Fetch => "",
        Api::Xhr => " by XMLHttpRequest",
        Api::EventSource => " by EventSource",
        Api::Element => " by an element",
    };
    let how = if facts.sent { " as the page made it" } else { " was not sent" };
    let call = text::concat(&[&request.method, by, how]);
    match &facts.call {
        CallOutcome::Failed(outcome) => {
            saw.push(fact(CALL, Kind::Call, &call, words_of(*outcome).to_string()));
        }
        CallOutcome::TimedOut => saw.push(fact(CALL, Kind::Call, &call, "the caller's time limit passed".to_string())),
        CallOutcome::Succeeded(outcome) => saw.push(fact(CALL, Kind::Call, &call, words_of(*outcome).to_string())),
        CallOutcome::NotSent => {
            let mut not_sent = fact(CALL, Kind::Call, &call, String::new());
            not_sent.skipped = Some("it could change something; `send: true` sends it once".to_string());
            saw.push(not_sent);
        }
        CallOutcome::Aborted | CallOutcome::Invalid(_) => {}
    }
    if facts.worker_controlled {
        let saw_it = "a service worker controls it: it may answer in the server's place".to_string();
        saw.push(fact("worker", Kind::Page, "looked at the page", saw_it));
    }
    if !facts.online {
        let saw_it = match gate::is_loopback(request.target.host()) {
            true => "false, which says nothing about addresses on this machine",
            false => "false",
        };
        saw.push(fact("online", Kind::Page, "read navigator.onLine", saw_it.to_string()));
    }
    if let Some(violation) = facts.violation.as_ref().filter(|violation| !violation.enforced) {
        let saw_it = text::concat(&[&violation.directive, " would forbid this address, but only reports"]);
        saw.push(fact("csp", Kind::Page, "listened for violations of the page's CSP", saw_it));
    }
    saw
}

/// A more public page sends nothing that could open a prompt.
pub fn not_asked_to_avoid_a_prompt() -> Observation {
    Observation {
        id: "local-network".to_string(),
        kind: Kind::Page,
        did: "probes to a local address".to_string(),
        saw: String::new(),
        ruled_out: Vec::new(),
        unlikely: Vec::new(),
        skipped: Some(
            "they would open the browser's local network prompt; `localNetwork: true` allows them".to_string(),
        ),
        ms: None,
    }
}

/// What was done and what came back.
pub fn probe(probe: &Probe, outcome: Outcome) -> (String, String) {
    let saw = match (&probe.send, outcome) {
        (Send::EventSource, Outcome::Closed) => "gave up (readyState 2), as after an HTTP answer",
        (Send::Frame, Outcome::Opaque | Outcome::Readable | Outcome::ReadableError) => "there is none, an answer comes",
        (Send::Frame, Outcome::Failed) => "none was met, the GET failed",
        (Send::WebSocket, Outcome::Open) => "it opened",
        (Send::WebSocket, Outcome::Failed) => "closed with the code 1006, as without a connection",
        (Send::Fetch { mode: Mode::NoCors, .. }, Outcome::FailedEarly) => {
            "failed, and no request was ever sent (Resource Timing duration 0)"
        }
        (_, outcome) => words_of(outcome),
    };
    (did(probe), saw.to_string())
}

/// What a probe does.
pub fn did(probe: &Probe) -> String {
    let (method, mode, redirect, headers) = match &probe.send {
        Send::Fetch { method, mode, redirect, headers, .. } => (method, mode, redirect, headers),
        Send::EventSource => return "opened an EventSource".to_string(),
        Send::Prefetch => return "prefetch, without cookies".to_string(),
        Send::Frame => return "looked for a redirect to another origin, by a GET".to_string(),
        Send::NullOrigin => return "GET with CORS from a frame without an origin (Origin: null)".to_string(),
        Send::BarePreflight => return "HEAD with CORS, after a forced preflight without headers".to_string(),
        Send::WebSocket => return "opened a WebSocket".to_string(),
    };
    let mut words = text::concat(&[method, if *mode == Mode::NoCors { " with mode: 'no-cors'" } else { " with CORS" }]);
    match headers.as_slice() {
        [] => {}
        [_] => words.push_str(" and the header "),
        _ => words.push_str(" and the headers "),
    }
    words.push_str(&text::join(headers, ", "));
    words.push_str(if probe.is_credentialed() { ", with credentials" } else { ", without credentials" });
    if headers.is_empty() && *redirect == crate::request::Redirect::Manual {
        words.push_str(", redirects not followed");
    }
    words
}

fn words_of(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Readable => "a readable answer, CORS passes",
        Outcome::ReadableError => "a readable answer with an error status, CORS passes",
        Outcome::Opaque => "an opaque answer, a server is there and speaks HTTP",
        Outcome::OpaqueRedirect => "a redirect that passes CORS",
        Outcome::Failed => "failed, no reason given",
        Outcome::FailedEarly => "failed before the actual request went out (Resource Timing duration 0)",
        Outcome::FailedLate => "failed after the actual request went out (Resource Timing duration above 0)",
        Outcome::Open => "it opened",
        Outcome::Closed => "gave up (readyState 2)",
        Outcome::Reconnecting => "about to try again (readyState 0), as without an HTTP answer",
        Outcome::Loaded => "loaded, the status is no error",
        Outcome::NotLoaded => "refused: 4xx, 5xx, a resource policy, or no answer",
        Outcome::Left => "there is one",
        Outcome::Distrusted => "the TLS handshake failed (close code 1015)",
        Outcome::TimedOut => "nothing came within the time limit",
    }
}

/// What a cause's world would have to be like, if it is not a plain one.
pub fn assumption(assumes: Assumptions, request: &Request, engine: Engine) -> Option<String> {
    let mut clauses = Vec::new();
    if assumes.contain(Assumption::Strict) {
        clauses.push("the server refuses only preflights that name this method or header".to_string());
    }
    if assumes.contain(Assumption::Route) {
        let unlike = match (request.is_repeatable(), request.unsafe_headers.is_empty(), request.carries_cookies()) {
            (false, ..) => text::concat(&["GET and ", &request.method]),
            (true, false, true) => "requests without the call's headers or cookies".to_string(),
            (true, false, false) => "requests without the call's headers".to_string(),
            (true, true, true) => "requests without cookies".to_string(),
            (true, true, false) if request.mode == Mode::NoCors => "requests with Origin".to_string(),
            (true, true, false) if engine == Engine::Chromium => "requests without Origin, or prefetches,".to_string(),
            (true, true, false) => "requests without Origin".to_string(),
        };
        clauses.push(text::concat(&["the server answers ", &unlike, " differently"]));
    }
    if assumes.contain(Assumption::Uneven) {
        clauses.push("preflights and responses do not carry the same Access-Control-Allow-Origin".to_string());
    }
    if assumes.contain(Assumption::Error) {
        clauses.push("the answer has an error status as well".to_string());
    }
    if assumes.contain(Assumption::Target) {
        clauses.push("it happens where a redirect leads".to_string());
    }
    // A resource policy needs no server that is odd: helmet sends it by default.
    if clauses.is_empty() { None } else { Some(text::concat(&["Only if ", &text::join(&clauses, ", and "), "."])) }
}

/// The title when it is not known which of the two answers it was.
pub fn title_of_both_phases(cause: &Cause) -> &'static str {
    match cause.code {
        "missing-allow-origin" => {
            "the answer to the preflight or the response has no Access-Control-Allow-Origin header"
        }
        "origin-mismatch" => "Access-Control-Allow-Origin of the preflight or the response names another origin",
        "multiple-allow-origin" => "Access-Control-Allow-Origin of the preflight or the response holds several values",
        "invalid-allow-origin" => "Access-Control-Allow-Origin of the preflight or the response is not an origin",
        "wildcard-with-credentials" => "Access-Control-Allow-Origin is * while the call includes credentials",
        "allow-credentials-not-true" => {
            "Access-Control-Allow-Credentials is not true while the call includes credentials"
        }
        _ => cause.title,
    }
}

/// The verdict as one sentence. Where some of what remains needs an odd server, it tells of the rest, and says so.
pub fn summary(
    verdict: Verdict,
    standing: Standing<'_>,
    request: &Request,
    facts: &Facts,
    answered: bool,
    redirects: bool,
) -> String {
    let plain = causes::plain(standing);
    let is_simplest = plain.len() < standing.len();
    let standing: Standing<'_> = &plain;
    let verdict = if is_simplest && plain.len() == 1 { Verdict::Settled } else { verdict };
    let family = if verdict == Verdict::Family { infer::family(standing) } else { None };
    let template = match (verdict, family, standing) {
        (Verdict::NoFailure, ..) => "the call passes CORS: script gets the response (its body was not read).",
        (Verdict::NotReproduced, ..) => "the same request passes now.",
        (Verdict::Unknown, ..) => "nothing in the catalogue explains all that was seen.",
        (Verdict::Settled, _, [(cause, _), ..]) => &text::concat(&[cause.title, "."]),
        (_, Some("origin-not-allowed"), _) => "{server} answers, but its answer does not allow {page}.",
        (_, Some("credentials-not-allowed"), _) => "{server} allows {page} but not with credentials.",
        (_, Some("answer-not-readable"), _) => "{server} answers, but not so that {page} may read it.",
        (_, Some("preflight-refused"), _) => {
            "the preflight (OPTIONS) is refused, so the {method} itself never reaches {server}."
        }
        _ if redirects && standing.iter().all(|(cause, _)| cause.may_follow_a_redirect()) => {
            "{server} redirects the {method} from {page}, and it fails from there on."
        }
        _ => mixed_summary(standing, answered),
    };
    let before = match (facts.sent, is_simplest) {
        (true, false) => "",
        (true, true) => "The simplest explanation: ",
        (false, false) => "Not sent, because a {method} could change something. If it fails: ",
        (false, true) => "Not sent, because a {method} could change something. The simplest explanation if it fails: ",
    };
    let page = match request.origin.is_opaque() {
        true => "this page (origin null)",
        false => request.origin.as_str(),
    };
    let mut sentence = match before {
        "" => capitalised(template),
        before => text::concat(&[before, template]),
    };
    for (placeholder, value) in [("{server}", request.target.as_str()), ("{page}", page), ("{method}", &request.method)]
    {
        sentence = text::replace(&sentence, placeholder, value);
    }
    sentence
}

/// Where no family covers what remains: as much as all of it has in common.
fn mixed_summary(standing: Standing<'_>, answered: bool) -> &'static str {
    let (mut is_silent, mut in_preflight, mut in_response) = (false, false, false);
    // Where no cause stands that silences the whole host, the host answers.
    let mut answers = true;
    for (cause, assumes) in standing {
        match cause.fault {
            Fault::Preflight { .. } => in_preflight = true,
            Fault::Response { .. } | Fault::Redirect(_) | Fault::EmbedderPolicy => in_response = true,
            _ if cause.fault.is_silent() => {
                is_silent = true;
                answers &= matches!(cause.fault, Fault::Silence(_)) && assumes.oddity() > 0;
            }
            _ => {}
        }
    }
    let answered = answered || answers;
    match (is_silent, in_preflight, in_response) {
        (true, false, false) if answered => {
            "{server} answers, but the {method} from {page} ends without an HTTP answer."
        }
        (true, false, false) => "no HTTP answer comes from {server}.",
        (true, true, _) if answered => {
            "{server} answers, but the {method} from {page} stops at its preflight (OPTIONS) or its response, or gets none."
        }
        (true, ..) if answered => "{server} answers, but the {method} from {page} stops at its response, or gets none.",
        (true, ..) => "either no HTTP answer comes from {server}, or one that does not let {page} in.",
        (false, true, true) => {
            "{server} answers, but its answer to the preflight (OPTIONS) or its response stops the {method} from {page}."
        }
        (false, true, false) => "the preflight (OPTIONS) to {server} does not let the {method} from {page} through.",
        (false, false, true) => "{server} answers, but its response stops the {method} from {page}.",
        (false, false, false) => "as far as probes can tell, the same call would pass now: see what remains.",
    }
}

fn capitalised(title: &str) -> String {
    let mut text = title.to_string();
    // Titles begin with ASCII; the tables behind `char::to_uppercase` would be a tenth of the core.
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}
