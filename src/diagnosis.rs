//! The answer: plain data in the shape of the public API, drawn from what stands at the end of a session.

use crate::advice;
use crate::causes::{self, Cause, Fault, Standing};
use crate::gate::{CallOutcome, Certain, Facts};
use crate::hints;
use crate::hypothesis::Assumptions;
use crate::infer::{self, Inference};
use crate::prelude::*;
use crate::report;
use crate::request::{Engine, Request};
use crate::text;
use crate::words;

/// `homepage` of Cargo.toml, where each cause has a page.
pub const HOMEPAGE: &str = env!("CARGO_PKG_HOMEPAGE");

/// How much is certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// One cause explains all that was seen.
    Settled,
    /// Several do.
    Family,
    /// None does.
    Unknown,
    /// The same request passes now.
    NotReproduced,
    /// The call did not fail.
    NoFailure,
}

impl Verdict {
    /// In a Diagnosis.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Settled => "settled",
            Verdict::Family => "family",
            Verdict::Unknown => "unknown",
            Verdict::NotReproduced => "not-reproduced",
            Verdict::NoFailure => "no-failure",
        }
    }
}

/// What whycors says about a call.
#[derive(Debug, Clone)]
pub struct Diagnosis {
    /// How much is certain.
    pub verdict: Verdict,
    /// Every cause that explains all that was seen, most frequent first.
    pub causes: Vec<Remaining>,
    /// The one name of what remains, if it has one.
    pub family: Option<&'static str>,
    /// One sentence, no markup.
    pub summary: String,
    /// The call, without secrets.
    pub request: Profile,
    /// Every page fact and probe.
    pub saw: Vec<Observation>,
    /// What did not fail, or not yet.
    pub hints: Vec<Hint>,
    /// What mends it.
    pub fix: advice::Fix,
    /// Commands that settle what remains.
    pub check: Vec<advice::Check>,
    /// The engine.
    pub engine: &'static str,
    /// Milliseconds from the failure to the diagnosis.
    pub duration: u32,
    /// The whole as plain text, as printed.
    pub report: String,
    /// Of this shape.
    pub version: u8,
}

/// A cause that stands.
#[derive(Debug, Clone)]
pub struct Remaining {
    /// Its code.
    pub code: &'static str,
    /// The exchange, if only one of the two remains.
    pub phase: Option<&'static str>,
    /// What happened, in one line.
    pub title: &'static str,
    /// What would have to be odd about the server for it.
    pub detail: Option<String>,
    /// Its page.
    pub docs: String,
}

/// The call as a Diagnosis shows it: never a header value, never a body.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Masked.
    pub url: String,
    /// Method.
    pub method: String,
    /// Origin of the page.
    pub origin: String,
    /// What the page made it with.
    pub api: &'static str,
    /// Credentials mode.
    pub credentials: &'static str,
    /// Mode.
    pub mode: &'static str,
    /// False if whycors only probed around it.
    pub sent: bool,
    /// Where in the page's scripts it was made.
    pub called_at: Option<String>,
    /// Names of the headers that need permission.
    pub unsafe_headers: Vec<String>,
    /// A preflight precedes it.
    pub preflight: bool,
    /// And why.
    pub preflight_because: Vec<String>,
}

/// What an observation is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A fact of the page.
    Page,
    /// The call itself.
    Call,
    /// A request of ours.
    Probe,
}

impl Kind {
    /// In a Diagnosis.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Page => "page",
            Kind::Call => "call",
            Kind::Probe => "probe",
        }
    }
}

/// What was done, what came back, what it ruled out.
#[derive(Debug, Clone)]
pub struct Observation {
    /// Unique within a diagnosis.
    pub id: String,
    /// Of what.
    pub kind: Kind,
    /// What was done.
    pub did: String,
    /// What came back.
    pub saw: String,
    /// The codes that no longer stand.
    pub ruled_out: Vec<&'static str>,
    /// The codes that stand, but no longer without an odd server.
    pub unlikely: Vec<&'static str>,
    /// Why it was not asked.
    pub skipped: Option<String>,
    /// Milliseconds it took.
    pub ms: Option<u32>,
}

/// Something worth knowing that is not the cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// Its code.
    pub code: &'static str,
    /// In one line.
    pub title: &'static str,
    /// For this call.
    pub detail: String,
    /// Its page.
    pub docs: String,
}

/// Header lines in the order in which they are printed; an object in JavaScript.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeaderLines(pub Vec<(&'static str, String)>);

/// What a session saw.
pub struct Seen {
    /// In order.
    pub saw: Vec<Observation>,
    /// A request like the call was answered readably.
    pub passes_now: bool,
    /// Some request was answered over HTTP, for all that script was told.
    pub answered: bool,
    /// A request that follows no redirect was redirected, and passed.
    pub redirects: bool,
}

/// Draws the conclusion.
pub fn conclude(
    request: Request,
    facts: &Facts,
    certain: Option<Certain>,
    inference: &Inference,
    seen: Seen,
    duration: u32,
) -> Diagnosis {
    let mut standing: Vec<(&'static Cause, Assumptions)> = Vec::new();
    match (&certain, &facts.call) {
        (Some(certain), _) => {
            for cause in causes::ordered() {
                if cause.code == certain.code {
                    standing.push((cause, Assumptions::default()));
                }
            }
        }
        (None, CallOutcome::Succeeded(_)) => {}
        _ => standing = inference.standing(),
    }
    let causes = remaining(&standing, &request, facts.engine);
    let verdict = match causes.as_slice() {
        _ if matches!(facts.call, CallOutcome::Succeeded(_)) => Verdict::NoFailure,
        [] => Verdict::Unknown,
        _ if seen.passes_now && standing.iter().all(|(cause, _)| matches!(cause.fault, Fault::Gone)) => {
            Verdict::NotReproduced
        }
        [_] => Verdict::Settled,
        _ => Verdict::Family,
    };
    let family = if verdict == Verdict::Family { infer::family(&standing) } else { None };
    let mut diagnosis = Diagnosis {
        verdict,
        family,
        summary: words::summary(verdict, &standing, &request, facts, seen.answered, seen.redirects),
        hints: hints::hints(&hints::About {
            request: &request,
            facts,
            standing: &standing,
            verdict,
            redirects: seen.redirects,
        }),
        fix: advice::fix(&request, &standing, verdict),
        check: advice::check(&request, &standing, verdict),
        causes,
        engine: facts.engine.name(),
        saw: seen.saw,
        duration,
        report: String::new(),
        version: 1,
        request: profile(request, facts),
    };
    diagnosis.report = report::report(&diagnosis);
    diagnosis
}

/// The page of a code.
pub fn docs(code: &str) -> String {
    text::concat(&[HOMEPAGE, "causes/", code, ".html"])
}

/// One entry a code: where both phases remain, the phase is not known.
fn remaining(standing: Standing<'_>, request: &Request, engine: Engine) -> Vec<Remaining> {
    let mut causes: Vec<Remaining> = Vec::new();
    for (cause, _) in standing {
        if causes.iter().any(|known| known.code == cause.code) {
            continue;
        }
        let mut same = 0;
        let mut simplest: Option<Assumptions> = None;
        for (other, assumes) in standing {
            if other.code == cause.code {
                same += 1;
                if simplest.is_none_or(|known| assumes.count() < known.count()) {
                    simplest = Some(*assumes);
                }
            }
        }
        causes.push(Remaining {
            code: cause.code,
            phase: if same == 1 { cause.phase.map(|phase| phase.name()) } else { None },
            title: if same == 1 { cause.title } else { words::title_of_both_phases(cause) },
            detail: words::assumption(simplest.unwrap_or_default(), request, engine),
            docs: docs(cause.code),
        });
    }
    causes
}

fn profile(request: Request, facts: &Facts) -> Profile {
    let mut because = Vec::new();
    for reason in request.preflight_because() {
        because.push(reason.words());
    }
    Profile {
        preflight: !because.is_empty(),
        preflight_because: because,
        api: request.api.name(),
        credentials: request.credentials.name(),
        mode: request.mode.name(),
        sent: facts.sent,
        called_at: facts.called_at.clone(),
        origin: request.origin.as_str().to_string(),
        url: request.url,
        method: request.method,
        unsafe_headers: request.unsafe_headers,
    }
}
