//! The catalogue: one value per cause.
//!
//! A cause is its code, its words, and the *fault* that it puts into a correct world. [`crate::hypothesis`] builds the
//! worlds, [`crate::infer`] keeps the causes whose worlds explain what was seen. To add a cause, add its value to the list of
//! its file, and rows to `tests/scenarios.toml`: CONTRIBUTING.md goes through it.

mod network;
pub(crate) mod page;
pub(crate) mod preflight;
pub(crate) mod redirect;
pub(crate) mod response;
#[cfg(not(feature = "diagnose"))]
mod told;

use crate::browser::{Stop, Why};
use crate::fetch::Refusal;
use crate::gate::Facts;
use crate::hypothesis::Assumptions;
use crate::prelude::*;
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

/// What page script cannot tell apart has one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Without credentials the same request would pass.
    CredentialsNotAllowed,
    /// `Access-Control-Allow-Origin` does not name the page.
    OriginNotAllowed,
    /// No HTTP answer to anything.
    Unreachable,
    /// An answer that the page may not read.
    AnswerNotReadable,
    /// An answer to the preflight that stops the call.
    PreflightRefused,
}

impl Family {
    /// Smallest first.
    pub const ALL: [Family; 5] = [
        Family::CredentialsNotAllowed,
        Family::OriginNotAllowed,
        Family::Unreachable,
        Family::AnswerNotReadable,
        Family::PreflightRefused,
    ];

    /// In a Diagnosis.
    pub fn name(self) -> &'static str {
        match self {
            Family::CredentialsNotAllowed => "credentials-not-allowed",
            Family::OriginNotAllowed => "origin-not-allowed",
            Family::Unreachable => "unreachable",
            Family::AnswerNotReadable => "answer-not-readable",
            Family::PreflightRefused => "preflight-refused",
        }
    }
}

/// Where the standard says so. Native tools only: the shipped core prints no link to it.
#[derive(Debug, Clone, Copy)]
pub struct Standard {
    /// The link.
    #[cfg(not(target_arch = "wasm32"))]
    pub link: &'static str,
}

impl Standard {
    #[cfg_attr(target_arch = "wasm32", allow(unused_variables, reason = "see the struct"))]
    pub(crate) const fn at(link: &'static str) -> Standard {
        Standard {
            #[cfg(not(target_arch = "wasm32"))]
            link,
        }
    }
}

/// A reason why a cross-origin request fails.
pub struct Cause {
    /// Public, never renamed.
    pub code: &'static str,
    /// The exchange, where the code has both.
    pub phase: Option<Phase>,
    /// How many of a thousand failures it is, estimated from public threads; 0 where there is no estimate. Verdicts list the
    /// more frequent first.
    pub rate: u16,
    /// What happened, in one line, present tense.
    pub title: &'static str,
    /// What mends it, in one or two sentences; empty where the header lines say it all.
    pub step: &'static str,
    /// The header lines of a correct answer mend it: among many causes its own step says nothing new.
    pub mended_by_headers: bool,
    /// Where the fix goes.
    pub place: Where,
    /// The names of what it cannot be told from.
    pub families: &'static [Family],
    /// What makes it fail.
    pub standard: Standard,
    /// This request can meet it at all.
    pub applies: fn(&Request, &Facts) -> bool,
    /// What it breaks.
    pub fault: Fault,
    /// Knows what it breaks by how the call ends. Of several causes the first of the catalogue has it.
    pub stops: fn(&Stop) -> bool,
}

impl Cause {
    /// Some server answered the call, or would have.
    pub fn needs_an_answer(&self) -> bool {
        use Fault::*;
        matches!(self.fault, Preflight { .. } | Response { .. } | Redirect(_) | EmbedderPolicy | Gone | TurnedDown)
    }

    /// It happens on the way on from a redirect, or may.
    pub fn may_follow_a_redirect(&self) -> bool {
        let is_first = self.families.contains(&Family::AnswerNotReadable);
        matches!(self.fault, Fault::Redirect(_) | Fault::Network(_) | Fault::Silence(_)) && !is_first
    }

    /// The call failed, and the same request would pass now.
    pub fn is_past(&self) -> bool {
        matches!(self.fault, Fault::Gone | Fault::TurnedDown)
    }
}

/// The causes that stand, each with the assumptions of its plainest world, in the order of verdicts.
pub type Standing<'a> = &'a [(&'static Cause, Assumptions)];

/// Those that need no odd server; all, if each does.
pub fn plain(standing: Standing<'_>) -> Vec<(&'static Cause, Assumptions)> {
    let mut plain = standing.to_vec();
    plain.retain(|(_, assumes)| assumes.oddity() == 0);
    if plain.is_empty() { standing.to_vec() } else { plain }
}

/// What a cause breaks in a correct world. Whatever it breaks, it may break it for requests like the call alone.
pub enum Fault {
    /// The answer to the preflight.
    Preflight {
        /// Each way to break it.
        replies: fn(&Request) -> Vec<Reply>,
        /// Its nuisance: only a preflight that names one of the headers, or the method, is answered so. A strict middleware does
        /// not say which of them it refuses.
        strict: bool,
        /// What is wrong is a value that one setting puts on every answer: other answers without the fault are odd.
        even: bool,
    },
    /// The answer to the call.
    Response {
        /// Each way to break it.
        replies: fn(&Request) -> Vec<Reply>,
        /// Its nuisance: the call alone is answered so, by a handler of its own.
        alone: bool,
    },
    /// The way on from the call's URL: the rules for the URL and for its target, for each way to break it.
    Redirect(fn(&Request) -> Vec<Vec<Rule>>),
    /// No HTTP answer to anything, in one of these ways; also at the end of a redirect.
    Network(&'static [Failure]),
    /// No HTTP answer at some point of the way, in one of these ways: to anything, to the call, at the end of a redirect.
    Silence(&'static [Failure]),
    /// No network.
    Offline,
    /// Something inside the browser stops every request to this address, in one of these ways.
    Browser(&'static [Failure]),
    /// The page's service worker answers everything with an error, or what asks for CORS with an opaque response.
    Worker,
    /// The page loads without CORS only what a `Cross-Origin-Resource-Policy` header allows.
    EmbedderPolicy,
    /// The answer was another one a moment ago.
    Gone,
    /// The answer passes, and the call itself turns it down.
    TurnedDown,
    /// The answer passes, and comes after the call's own limit.
    Late,
    /// Known for certain before any probe, or not at all: see [`crate::gate`].
    Certain,
}

impl Fault {
    /// The call gets no HTTP answer from the server.
    pub fn is_silent(&self) -> bool {
        use Fault::*;
        matches!(self, Network(_) | Silence(_) | Offline | Browser(_) | Worker)
    }
}

/// The cause that a stop is the doing of: its code, and its phase where the catalogue has both. `None` if the catalogue has none.
pub fn of(stop: &Stop) -> Option<(&'static str, Option<Phase>)> {
    all().find(|cause| (cause.stops)(stop)).map(|cause| (cause.code, cause.phase))
}

/// The step that refused the answer to the first preflight, or to the first actual request.
fn refusal(stop: &Stop, phase: Phase) -> Option<&Refusal> {
    match &stop.why {
        Why::Refused(refusal) if stop.hops == 0 && stop.in_preflight == (phase == Phase::Preflight) => Some(refusal),
        _ => None,
    }
}

/// Every cause, table after table.
pub fn all() -> impl Iterator<Item = &'static Cause> {
    LISTS.into_iter().flatten()
}

#[cfg(feature = "diagnose")]
const LISTS: [&[Cause]; 5] = [response::CAUSES, preflight::CAUSES, redirect::CAUSES, network::CAUSES, page::CAUSES];
#[cfg(not(feature = "diagnose"))]
use told::LISTS;

/// The causes in the order of verdicts: by hit rate where there is one, then table after table.
pub fn ordered() -> Vec<&'static Cause> {
    let mut ordered: Vec<&'static Cause> = Vec::new();
    for cause in all() {
        // One code in two phases stands together.
        let sibling = ordered.iter().rposition(|known| known.code == cause.code).map(|at| at + 1);
        let at = sibling.or(ordered.iter().position(|known| known.rate < cause.rate)).unwrap_or(ordered.len());
        ordered.insert(at, cause);
    }
    ordered
}
