//! A diagnosis under way, without IO: it says which probes to send next and is told what they saw.
//!
//! The promises about probes that concern their number and order are kept here: the budget, one credentialed probe at most
//! and none after an error answer, nothing sent to a more public page's local network without permission.

use crate::diagnosis::{self, Diagnosis, Kind, Observation};
use crate::gate::{self, CallOutcome, Certain, Facts, Permission};
use crate::infer::Inference;
use crate::prelude::*;
use crate::probe::{self, Outcome, Probe, Send};
use crate::request::Request;
use crate::text;
use crate::words;
use crate::world::World;

/// What the caller may change about probing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Probe calls per diagnosis.
    pub budget: usize,
    /// GET probes of a call that must not be repeated may carry its credentials and header values.
    pub as_caller: bool,
    /// Milliseconds per probe.
    pub timeout_ms: u32,
    /// Probes that would open a permission prompt are allowed.
    pub local_network: bool,
    /// Nobody asked for this diagnosis.
    pub automatic: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { budget: 8, as_caller: false, timeout_ms: 5000, local_network: false, automatic: false }
    }
}

/// A whole diagnosis in a world: what whycors says there if the model is right. `None` if the call does not fail in it.
pub fn play(world: &World, request: &Request, mut facts: Facts, options: Options) -> Option<Diagnosis> {
    facts.call = CallOutcome::Failed(Outcome::Failed);
    if gate::gate(request, &facts).is_none() {
        let call = probe::predict_call(world, request, facts.engine).0.iter().next()?;
        if call.is_readable() || matches!(call, Outcome::Opaque | Outcome::OpaqueRedirect) {
            return None;
        }
        facts.call = CallOutcome::Failed(call);
    }
    let engine = facts.engine;
    let mut session = Session::new(request.clone(), facts, options);
    loop {
        let round = session.round();
        if round.is_empty() {
            return Some(session.finish(0));
        }
        for probe in round {
            let seen = probe::predict(world, request, engine, &probe).iter().next()?;
            session.saw(&probe.id, seen, 0);
        }
    }
}

/// A diagnosis under way.
///
/// ```
/// use whycors::{gate::{CallOutcome, Facts}, probe::Outcome, request::{Engine, Request}, session::{Options, Session}};
/// let call = Request::new("http://localhost:5173", "http://localhost:3000", "http://localhost:3000/items");
/// let mut session = Session::new(call, Facts::new(Engine::Chromium, CallOutcome::Failed(Outcome::Failed)), Options::default());
/// loop {
///     let round = session.round();
///     if round.is_empty() { break }
///     for probe in round {
///         let outcome = match probe.id.as_str() {
///             "event-source" => Outcome::Reconnecting,
///             "prefetch" => Outcome::NotLoaded,
///             _ => Outcome::Failed,
///         };
///         session.saw(&probe.id, outcome, 3);
///     }
/// }
/// assert_eq!(session.finish(9).family.as_deref(), Some("unreachable"));
/// ```
#[derive(Clone)]
pub struct Session {
    request: Request,
    facts: Facts,
    options: Options,
    certain: Option<Certain>,
    probes: Vec<Probe>,
    /// By probe: asked already, answered or not.
    asked: Vec<bool>,
    inference: Inference,
    saw: Vec<Observation>,
    errors_seen: bool,
    zeros: Zeros,
    /// A probe that asks what the call asked was answered readably: the call would pass now.
    passes_now: bool,
    /// Some request was answered over HTTP.
    answered: bool,
    /// A request that follows no redirect was redirected, and passed.
    redirects: bool,
    /// Round trips so far, where nothing is redirected.
    trips: u32,
    /// For all that is known, a connection can be made.
    connects: bool,
}

/// Round trips that a diagnosis may take for a call without a preflight, and for one with: whoever waits for it does something
/// else after a second.
const TRIPS: (u32, u32) = (3, 5);

/// The probes that the promises allow next: none twice, one with credentials at most and none after an error answer.
pub fn allowed(probes: &[Probe], asked: &[bool], errors_seen: bool) -> Vec<usize> {
    let had_credentialed = probes.iter().zip(asked).any(|(probe, asked)| *asked && probe.is_credentialed());
    let credentialed_allowed = !had_credentialed && !errors_seen;
    let mut allowed = Vec::new();
    for (index, (probe, asked)) in probes.iter().zip(asked).enumerate() {
        if !asked && (credentialed_allowed || !probe.is_credentialed()) {
            allowed.push(index);
        }
    }
    allowed
}

/// Durations of exactly 0 in Firefox's Resource Timing, of failed requests that no preflight precedes.
///
/// They mean that nothing was sent, but Firefox counts in milliseconds: of requests that did go out to a server that answers
/// at once, 1 to 9 in 100 show 0 as well (measured on loopback). One alone therefore tells nothing, several agreeing do. Behind a
/// preflight the duration includes it, and 0 is exact (0 of 300).
#[derive(Debug, Clone, Default)]
struct Zeros {
    /// Requests in CORS mode that showed 0.
    seen: usize,
    /// A request that showed more.
    contradicted: bool,
    /// The no-cors probe that showed 0, until the others of its round are known.
    waiting: Option<(usize, u32)>,
}

impl Session {
    /// Starts from what the page knows already.
    pub fn new(request: Request, mut facts: Facts, options: Options) -> Session {
        let mut zeros = Zeros::default();
        if let CallOutcome::Failed(outcome) = &mut facts.call {
            *outcome = zeros.trust(*outcome, !request.preflight_because().is_empty());
        }
        let certain = gate::gate(&request, &facts);
        let is_open = certain.is_none() && !matches!(facts.call, CallOutcome::Succeeded(_));
        let mut probes = if is_open { probe::all(&request, facts.engine, options.as_caller) } else { Vec::new() };
        // Whether the page's service worker answers in a frame too is not known.
        probes.retain(|probe| !(facts.worker_controlled && probe.is_framed()));
        let inference = Inference::new(&request, &facts, &probes);
        let saw = words::page_observations(&request, &facts, certain.as_ref());
        let asked = vec![false; probes.len()];
        Session {
            request,
            facts,
            options,
            certain,
            probes,
            asked,
            inference,
            saw,
            errors_seen: false,
            zeros,
            passes_now: false,
            answered: false,
            redirects: false,
            trips: 0,
            connects: true,
        }
    }

    /// The next round of independent probes; empty when no probe that is allowed could tell the rest apart.
    pub fn round(&mut self) -> Vec<Probe> {
        self.settle_zero();
        if self.certain.is_some() || self.would_prompt() || self.is_left_alone() {
            return Vec::new();
        }
        let left = self.options.budget.saturating_sub(self.asked.iter().filter(|asked| **asked).count());
        let mut allowed = allowed(&self.probes, &self.asked, self.errors_seen);
        // To whoever answers it could carry cookies.
        allowed.retain(|index| !self.connects || self.probes[*index].send != Send::WebSocket);
        // Of a same-origin call only one thing is asked unasked: whether a redirect leads it away.
        if self.options.automatic && !self.request.is_cross_origin() && !self.redirects {
            allowed.retain(|index| self.probes[*index].id == "manual");
        }
        let most = if self.request.has_preflight() { TRIPS.1 } else { TRIPS.0 };
        let trips = most.saturating_sub(self.trips);
        allowed.retain(|index| self.trips_of(*index) <= trips);
        let fits = |round: &[usize], probe: usize| {
            round.len() < left
                && !(self.probes[probe].is_credentialed()
                    && round.iter().any(|other| self.probes[*other].is_credentialed()))
        };
        let mut round = self.inference.next(&allowed, fits);
        if round.is_empty() && self.inference.is_only_past() {
            // That the call passes now is claimed only if it was seen to.
            let repeats = |index: &&usize| left > 0 && self.repeats(&self.probes[**index]);
            round.extend(allowed.iter().find(repeats));
        }
        self.trips += round.iter().map(|index| self.trips_of(*index)).max().unwrap_or(0);
        let mut probes = Vec::new();
        for index in round {
            self.asked[index] = true;
            probes.push(self.probes[index].clone());
        }
        probes
    }

    /// What a probe of the last round saw, and how many milliseconds it took. Unknown ids are ignored.
    pub fn saw(&mut self, id: &str, outcome: Outcome, ms: u32) {
        let Some(index) = self.probes.iter().position(|probe| probe.id == id) else { return };
        let probe = &self.probes[index];
        if probe.is_no_cors() && outcome == Outcome::FailedEarly {
            self.zeros.waiting = Some((index, ms));
            return;
        }
        self.errors_seen |= outcome == Outcome::ReadableError;
        self.answered |= outcome.is_answer();
        self.redirects |= outcome == Outcome::OpaqueRedirect;
        if matches!(outcome, Outcome::OpaqueRedirect | Outcome::Left) {
            self.inference.redirects();
        }
        self.passes_now |= self.repeats(probe) && outcome.is_passed();
        let outcome = self.zeros.trust(outcome, probe.is_preflighted(&self.request));
        self.keep(index, outcome, ms);
    }

    /// All of a round is known: a duration of 0 stands if no other request contradicts it.
    fn settle_zero(&mut self) {
        if let Some((index, ms)) = self.zeros.waiting.take() {
            let agrees = self.zeros.seen > 0 && !self.zeros.contradicted;
            self.connects = !agrees;
            self.keep(index, if agrees { Outcome::FailedEarly } else { Outcome::Failed }, ms);
        }
    }

    fn keep(&mut self, index: usize, outcome: Outcome, ms: u32) {
        // A server that let the call fail and a probe wait is slow, or answers one at a time: that rules out nothing.
        let may_hang = !matches!(self.facts.call, CallOutcome::Failed(call) if call != Outcome::TimedOut);
        // And a browser that does not prefetch lets wait as well.
        let may_hang = may_hang && self.probes[index].send != Send::Prefetch;
        let tells = may_hang || outcome != Outcome::TimedOut;
        let (ruled_out, unlikely) = if tells { self.inference.keep(index, outcome) } else { (Vec::new(), Vec::new()) };
        let (did, saw) = words::probe(&self.probes[index], outcome);
        self.saw.push(Observation {
            id: self.probes[index].id.clone(),
            kind: Kind::Probe,
            did,
            saw,
            ruled_out,
            unlikely,
            skipped: None,
            ms: Some(ms),
        });
    }

    /// A probe could not be sent, and why.
    pub fn skipped(&mut self, id: &str, why: &str) {
        let Some(probe) = self.probes.iter().find(|probe| probe.id == id) else { return };
        self.saw.push(Observation {
            id: id.to_string(),
            kind: Kind::Probe,
            did: words::did(probe),
            saw: String::new(),
            ruled_out: Vec::new(),
            unlikely: Vec::new(),
            skipped: Some(why.to_string()),
            ms: None,
        });
    }

    /// The page's policy stopped a probe of ours. That is certain to stop the call only if the call was not sent (one that was
    /// would have been reported), and if the probe followed no redirect: the policy may forbid where that leads.
    pub fn violated(&mut self, id: &str, directive: &str) {
        let is_direct = self.probes.iter().any(|probe| probe.id == id && probe.is_direct());
        if self.facts.call != CallOutcome::NotSent || !is_direct {
            return;
        }
        self.certain.get_or_insert(Certain {
            code: "csp-connect-src",
            saw: text::concat(&["The page's ", directive, " directive stopped a probe to this address."]),
        });
    }

    /// The last observation, for progress.
    pub fn latest(&self) -> Option<&Observation> {
        self.saw.last()
    }

    /// What stands. Native tools only, which weigh the choice of probes.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn inference(&self) -> &Inference {
        &self.inference
    }

    /// Closes the diagnosis, `duration` milliseconds after the failure.
    pub fn finish(mut self, duration: u32) -> Diagnosis {
        self.settle_zero();
        if self.would_prompt() && self.certain.is_none() {
            self.saw.push(words::not_asked_to_avoid_a_prompt());
        }
        let seen = diagnosis::Seen {
            saw: self.saw,
            passes_now: self.passes_now,
            // A service worker may have answered in the server's place.
            answered: self.answered && !self.facts.worker_controlled,
            redirects: self.redirects,
        };
        diagnosis::conclude(self.request, &self.facts, self.certain, &self.inference, seen, duration)
    }

    fn trips_of(&self, probe: usize) -> u32 {
        if self.probes[probe].is_preflighted(&self.request) { 2 } else { 1 }
    }

    /// If this probe passes, the call would pass now.
    pub fn repeats(&self, probe: &Probe) -> bool {
        // A preflight that was forced is not repeated; it passed if the actual request went out.
        let is_late = self.facts.call == CallOutcome::Failed(Outcome::FailedLate);
        probe.repeats(&self.request) && (is_late || self.request.forces_preflight.is_none())
    }

    /// A same-origin call that no redirect leads away has nothing to do with CORS.
    fn is_left_alone(&self) -> bool {
        let is_asked = self.asked.contains(&true);
        self.options.automatic && !self.request.is_cross_origin() && is_asked && !self.redirects
    }

    /// A request of ours could open a permission prompt: the page is more public than the address it calls.
    fn would_prompt(&self) -> bool {
        self.facts.local_network == Permission::Prompt
            && !self.options.local_network
            && gate::is_local(self.request.target.host())
            && gate::may_be_more_public(&self.request, &self.facts)
    }
}

impl Zeros {
    /// What a failure in CORS mode may be taken for.
    fn trust(&mut self, outcome: Outcome, is_preflighted: bool) -> Outcome {
        if is_preflighted {
            return outcome;
        }
        self.seen += usize::from(outcome == Outcome::FailedEarly);
        self.contradicted |= outcome == Outcome::FailedLate;
        if outcome == Outcome::FailedEarly { Outcome::Failed } else { outcome }
    }
}
