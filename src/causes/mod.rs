//! The catalogue: one value per cause.
//!
//! A cause is its code, its words, and the *fault* that it puts into a correct world. [`crate::hypothesis`] builds the
//! worlds, [`crate::infer`] keeps the causes whose worlds explain what was seen. To add a cause, add its value to the list of
//! its file, and a row to `tests/scenarios.toml`.

mod network;
mod page;
pub(crate) mod preflight;
pub(crate) mod redirect;
pub(crate) mod response;

use crate::browser::{Stop, Why};
use crate::fetch::Refusal;
use crate::gate::Facts;
use crate::hypothesis::Assumptions;
use crate::request::Request;
use crate::world::{Failure, Reply, Rule};

/// Which exchange a cause happened in, where the catalogue has both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// The preflight.
    Preflight,
    /// The actual response.
    Response,
}

impl Phase {
    /// As a Diagnosis writes it.
    pub fn name(self) -> &'static str {
        match self {
            Phase::Preflight => "preflight",
            Phase::Response => "response",
        }
    }
}

/// Where the fix goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    /// The server's configuration.
    Server,
    /// The page that made the call.
    Page,
    /// The user's browser or its extensions.
    Browser,
    /// The network, the name, the certificate.
    Network,
}

/// A reason why a cross-origin request fails.
pub struct Cause {
    /// Public, never renamed.
    pub code: &'static str,
    /// The exchange, where the code has both.
    pub phase: Option<Phase>,
    /// What happened, in one line, present tense.
    pub title: &'static str,
    /// What mends it, in one or two sentences; empty where the header lines say it all.
    pub step: &'static str,
    /// The header lines of a correct answer mend it: among many causes its own step says nothing new.
    pub mended_by_headers: bool,
    /// Where the fix goes.
    pub place: Where,
    /// This request can meet it at all.
    pub applies: fn(&Request, &Facts) -> bool,
    /// What it breaks.
    pub fault: Fault,
}

impl Cause {
    /// The call failed, and the same request would pass now.
    pub fn is_past(&self) -> bool {
        matches!(self.code, "intermittent" | "stale-cached-response" | "integrity-mismatch")
    }
}

/// The causes that stand, each with the assumptions of its plainest world, in the order of verdicts.
pub type Standing<'a> = &'a [(&'static Cause, Assumptions)];

/// What a cause breaks in a correct world.
pub enum Fault {
    /// The answer to the preflight.
    Preflight {
        /// Each way to break it.
        replies: fn(&Request) -> Vec<Reply>,
        /// Also worlds in which only a preflight that names one of the headers, or the method, is answered so: a strict
        /// middleware does not say which of them it refuses.
        strict: bool,
        /// What is wrong is a value that one setting puts on every answer: other answers without the fault are odd.
        even: bool,
    },
    /// The answer to the call.
    Response {
        /// Each way to break it.
        replies: fn(&Request) -> Vec<Reply>,
        /// Also worlds in which requests unlike the call are answered correctly.
        only_the_call: bool,
    },
    /// The way on from the call's URL.
    Redirect {
        /// The rules for the URL and for its target, for each way to break it.
        ways: fn(&Request) -> Vec<Vec<Rule>>,
        /// Also worlds in which requests unlike the call are answered otherwise.
        only_the_call: bool,
    },
    /// No HTTP answer to anything, in one of these ways; also at the end of a redirect.
    Network(&'static [Failure]),
    /// No HTTP answer at some point of the way: everything, preflights, or requests like the call.
    Silence {
        /// In each of these ways.
        ways: &'static [Failure],
        /// Also worlds in which requests unlike the call are answered correctly.
        only_the_call: bool,
    },
    /// No network.
    Offline,
    /// Something inside the browser stops every request to this address, in one of these ways.
    Browser(&'static [Failure]),
    /// The answer was another one a moment ago.
    Gone,
    /// Known for certain before any probe, or not at all: see [`crate::gate`].
    Certain,
}

/// The cause that a stop is the fault of: its code, and its phase where the catalogue has both. `None` if the browser itself
/// stopped the request, which several causes have in common.
pub fn of(stop: &Stop) -> Option<(&'static str, Option<Phase>)> {
    let phase = if stop.in_preflight { Phase::Preflight } else { Phase::Response };
    let code = match &stop.why {
        Why::Network(Failure::Denied) | Why::RedirectImpossible => return None,
        Why::Network(Failure::Refused) => "connection-refused",
        Why::Network(Failure::Dns) => "dns-failure",
        Why::Network(Failure::Tls) => "tls-failure",
        Why::Network(Failure::Reset | Failure::Empty | Failure::Garbage) => "connection-dropped",
        Why::Network(Failure::Hang) => "no-response",
        Why::Network(Failure::Blocked | Failure::BlockedLate) => "blocked-by-client",
        Why::Offline => "offline",
        Why::RedirectCredentials => "redirect-with-credentials",
        Why::RedirectMode => "redirect-mode-error",
        Why::RedirectCount => "too-many-redirects",
        Why::ResourcePolicy => "corp",
        Why::SameOriginMode => "same-origin-mode",
        Why::Refused(_) if stop.hops > 0 => "redirect-target-without-cors",
        Why::Refused(_) if !stop.in_preflight && (300..400).contains(&stop.status) => "redirect-without-cors",
        Why::Refused(refusal) => {
            let code = match refusal {
                Refusal::AllowOriginMissing if !stop.in_preflight && stop.status >= 400 => {
                    "error-response-without-cors"
                }
                Refusal::AllowOriginMissing => "missing-allow-origin",
                Refusal::AllowOriginMultiple => "multiple-allow-origin",
                Refusal::AllowOriginInvalid => "invalid-allow-origin",
                Refusal::AllowOriginMismatch => "origin-mismatch",
                Refusal::WildcardWithCredentials => "wildcard-with-credentials",
                Refusal::AllowCredentialsNotTrue => "allow-credentials-not-true",
                Refusal::PreflightStatus(_) => "preflight-status",
                Refusal::PreflightRedirect => "preflight-redirect",
                Refusal::InvalidAllowMethods => "invalid-allow-methods",
                Refusal::InvalidAllowHeaders => "invalid-allow-headers",
                Refusal::MethodNotAllowed => "method-not-allowed",
                Refusal::HeaderNotAllowed(_) => "header-not-allowed",
            };
            let has_phases = all().any(|cause| cause.code == code && cause.phase.is_some());
            return Some((code, has_phases.then_some(phase)));
        }
    };
    Some((code, None))
}

/// Every cause: within a table most frequent first, in the order in which verdicts list what remains.
pub fn all() -> impl Iterator<Item = &'static Cause> {
    [response::CAUSES, preflight::CAUSES, redirect::CAUSES, network::CAUSES, page::CAUSES].into_iter().flatten()
}

/// The causes in the order of verdicts.
pub fn ordered() -> Vec<&'static Cause> {
    let mut ordered = Vec::new();
    for code in ORDER {
        for cause in all() {
            if cause.code == code {
                ordered.push(cause);
            }
        }
    }
    ordered
}

/// The codes by hit rate, table after table.
const ORDER: [&str; 39] = [
    "missing-allow-origin",
    "error-response-without-cors",
    "preflight-status",
    "origin-mismatch",
    "header-not-allowed",
    "wildcard-with-credentials",
    "allow-credentials-not-true",
    "multiple-allow-origin",
    "method-not-allowed",
    "preflight-redirect",
    "invalid-allow-origin",
    "invalid-allow-methods",
    "invalid-allow-headers",
    "redirect-without-cors",
    "redirect-target-without-cors",
    "redirect-with-credentials",
    "redirect-mode-error",
    "too-many-redirects",
    "connection-refused",
    "dns-failure",
    "tls-failure",
    "connection-dropped",
    "no-response",
    "offline",
    "blocked-by-client",
    "local-network-access",
    "mixed-content",
    "csp-connect-src",
    "corp",
    "stale-cached-response",
    "service-worker",
    "intermittent",
    "aborted",
    "timed-out",
    "integrity-mismatch",
    "invalid-request",
    "unsupported-scheme",
    "bad-port",
    "same-origin-mode",
];

/// What page script cannot tell apart has one name: family and members, smallest first.
pub const FAMILIES: [(&str, &[&str]); 5] = [
    ("credentials-not-allowed", &["wildcard-with-credentials", "allow-credentials-not-true"]),
    (
        "origin-not-allowed",
        &["missing-allow-origin", "origin-mismatch", "multiple-allow-origin", "invalid-allow-origin"],
    ),
    ("unreachable", &["connection-refused", "dns-failure", "tls-failure", "connection-dropped", "blocked-by-client"]),
    (
        "answer-not-readable",
        &[
            "missing-allow-origin",
            "origin-mismatch",
            "multiple-allow-origin",
            "invalid-allow-origin",
            "redirect-without-cors",
            "error-response-without-cors",
        ],
    ),
    (
        "preflight-refused",
        &[
            "preflight-status",
            "preflight-redirect",
            "missing-allow-origin",
            "origin-mismatch",
            "multiple-allow-origin",
            "invalid-allow-origin",
            "wildcard-with-credentials",
            "allow-credentials-not-true",
            "method-not-allowed",
            "header-not-allowed",
            "invalid-allow-methods",
            "invalid-allow-headers",
        ],
    ),
];
