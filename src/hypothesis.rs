//! Worlds that could be behind a failure: each cause's fault, and what else may be odd about the server.
//!
//! A server is assumed to be a function of the request: its method, path, `Origin`, cookies, and the headers that are not
//! safelisted (HEAD being GET without the body, RFC 9110, 9.3.2). Nothing more is assumed of requests unlike the call: in an
//! *open* world they may get any HTTP answer, so what they got rules out nothing that concerns the call alone. What breaks
//! a connection is assumed to strike every request, every preflight, or the call with or without its `Origin`, there or at
//! the target of a redirect.
//!
//! Not among them: a redirect that cannot be followed (to what is not HTTP, or with a streamed body). The catalogue has no name for
//! it, and the verdict then names what looks like it.
//!
//! Among all these worlds the *plain* ones come first in a verdict: servers that treat the probes as they treat the call. The others
//! are marked with what they assume:
//!
//! - [`Assumption::Route`]: requests unlike the call (without its headers, its cookies, its method) are answered differently;
//! - [`Assumption::Strict`]: preflights are refused only because of the method or a header they name;
//! - [`Assumption::Uneven`]: preflights carry another `Access-Control-Allow-Origin` than responses;
//! - [`Assumption::Target`]: what fails is the target of a redirect;
//! - [`Assumption::Error`]: the answer has an error status as well;
//! - [`Assumption::Policy`]: answers carry `Cross-Origin-Resource-Policy: same-origin`, as with helmet.

use crate::causes::{Cause, Family, Fault, page, preflight, redirect, response};
use crate::elsewhere::Elsewhere;
use crate::gate;
use crate::prelude::*;
use crate::request::{PreflightReason, Request};
use crate::world::{Answer, Failure, Reply, Rule, Sender, When, World};

/// Something odd about a world beside the fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assumption {
    /// Requests unlike the call are answered differently.
    Route = 1,
    /// A preflight is refused because of one thing it names.
    Strict = 2,
    /// Preflights and responses do not carry the same `Access-Control-Allow-Origin`.
    Uneven = 4,
    /// `Cross-Origin-Resource-Policy` on the answers.
    Policy = 8,
    /// The fault is where a redirect leads to.
    Target = 16,
    /// What is wrong is an error answer at that.
    Error = 32,
}

/// A set of assumptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Assumptions(u8);

impl Assumptions {
    /// With one more.
    pub fn and(self, assumption: Assumption) -> Assumptions {
        Assumptions(self.0 | assumption as u8)
    }

    /// It is among them.
    pub fn contain(self, assumption: Assumption) -> bool {
        self.0 & assumption as u8 != 0
    }

    /// Without one.
    pub fn without(self, assumption: Assumption) -> Assumptions {
        Assumptions(self.0 & !(assumption as u8))
    }

    /// How odd the server is. A resource policy is not: helmet sends it by default.
    pub fn oddity(self) -> u32 {
        (self.0 & !(Assumption::Policy as u8)).count_ones()
    }

    /// To prefer the plainer of two worlds.
    pub fn count(self) -> u32 {
        self.0.count_ones()
    }
}

/// A world that a cause could have made.
#[derive(Debug, Clone)]
pub struct Hypothesis {
    /// What the call meets; and the probes too, unless the world is open.
    pub world: World,
    /// Requests unlike the call may meet anything.
    pub is_open: bool,
    /// What is odd about it beside the fault.
    pub assumes: Assumptions,
    /// The call met another world than the probes do: its own failure tells nothing about this one.
    pub call_is_past: bool,
}

impl Hypothesis {
    fn new(world: World, assumes: Assumptions) -> Hypothesis {
        Hypothesis { world, is_open: false, assumes, call_is_past: false }
    }

    fn open(world: World) -> Hypothesis {
        let assumes = Assumptions::default().and(Assumption::Route);
        Hypothesis { world, is_open: true, assumes, call_is_past: false }
    }

    /// The same world with `Cross-Origin-Resource-Policy: same-origin` on every answer: it may come with any fault, and only
    /// requests in no-cors mode notice.
    pub fn with_resource_policy(&self) -> Hypothesis {
        let mut changed = self.clone();
        for rule in &mut changed.world.rules {
            if let Reply::Answer(answer) = &mut rule.reply {
                *answer =
                    core::mem::replace(answer, Answer::new(0)).with("Cross-Origin-Resource-Policy", "same-origin");
            }
        }
        changed.assumes = self.assumes.and(Assumption::Policy);
        changed
    }
}

/// Every world that this cause could have made for this request, simplest first within a way to break it.
pub fn worlds(cause: &Cause, request: &Request) -> Vec<Hypothesis> {
    let mut found = Vec::new();
    let none = Assumptions::default();
    match &cause.fault {
        Fault::Certain => {}
        Fault::Offline => found.push(Hypothesis::new(World { offline: true, ..World::default() }, none)),
        Fault::Browser(ways) => {
            for failure in *ways {
                found.push(Hypothesis::new(everything_fails(*failure), none));
            }
        }
        Fault::Worker => {
            found.push(Hypothesis::new(everything_fails(Failure::Worker), none));
            let mut opaque = everything_fails(Failure::WorkerOpaque);
            let when = When { origin: Some(Sender::None), ..When::default() };
            opaque.rules.insert(0, Rule { when, reply: Answer::new(200).into() });
            found.push(Hypothesis::new(opaque, none));
        }
        Fault::Network(ways) => {
            for failure in *ways {
                if can_happen(request, *failure) {
                    found.push(Hypothesis::new(everything_fails(*failure), none));
                }
                push_behind_a_redirect(&mut found, request, *failure);
            }
        }
        Fault::Silence(ways) => {
            for failure in *ways {
                found.push(Hypothesis::new(everything_fails(*failure), none));
                push_behind_a_redirect(&mut found, request, *failure);
                let always = vec![Rule::always(Reply::Fails(*failure))];
                found.push(Hypothesis::open(behind_preflight(request, always)));
            }
        }
        Fault::EmbedderPolicy => {
            let mut ways = vec![page::abroad(request, Answer::new(200)), page::abroad(request, response::correct())];
            for location in ["{self}/target", "{other}/target"] {
                let hop = Answer::new(302).with("Location", location);
                let hop = hop.with("Cross-Origin-Resource-Policy", "cross-origin");
                ways.push(redirect::to(hop, Answer::new(200)));
            }
            for rules in ways {
                let world = World { embedder_policy: true, ..behind_preflight(request, rules) };
                found.push(Hypothesis::new(world.clone(), none));
                found.push(Hypothesis::open(world));
            }
        }
        Fault::Redirect(ways) => {
            for rules in ways(request) {
                let first = found.len();
                push_closed_and_open(&mut found, behind_preflight(request, rules));
                // The redirect is the fault, and where it leads is another.
                if cause.families.contains(&Family::AnswerNotReadable) && has_error(&found[first].world) {
                    found[first].assumes = Assumptions::default().and(Assumption::Error);
                }
            }
        }
        Fault::Response { replies, alone } => {
            for reply in replies(request) {
                // A header is forgotten in a handler; with or without a cookie a handler is the same.
                let is_error = matches!(&reply, Reply::Answer(answer) if answer.status >= 400);
                if *alone && (is_error || !request.is_repeatable()) {
                    let mut rests = vec![response::correct(), response::named()];
                    if errs_without(request) {
                        rests.push(response::correct().status(404));
                    }
                    for rest in rests {
                        let world = behind_preflight(request, only_the_call(request, &reply, rest));
                        found.push(Hypothesis::new(world, none));
                    }
                }
                if let Reply::Answer(answer) = &reply
                    && answer.status < 400
                {
                    let error = vec![Rule::always(answer.clone().status(404).into())];
                    let assumes = Assumptions::default().and(Assumption::Error);
                    found.push(Hypothesis::new(behind_preflight(request, error), assumes));
                }
                let always = vec![Rule::always(reply)];
                push_closed_and_open(&mut found, behind_preflight(request, always));
            }
        }
        Fault::Preflight { replies, strict, even } => {
            for reply in replies(request) {
                refused_preflights(&mut found, request, &reply, *strict, *even);
            }
        }
        Fault::Gone | Fault::TurnedDown | Fault::Late => {
            for rest in [Elsewhere::Correct, Elsewhere::ReadableError] {
                push_closed_and_open(&mut found, behind_preflight(request, rest.rules()));
            }
            for hypothesis in &mut found {
                hypothesis.call_is_past = true;
            }
        }
    }
    found
}

/// Only a name has to resolve, and only https has a certificate. Of a redirect's target neither is known.
#[inline(never)]
fn can_happen(request: &Request, failure: Failure) -> bool {
    match failure {
        Failure::Dns => gate::is_resolved_name(request.target.host()),
        Failure::Tls | Failure::ClientCertificate => request.scheme == "https",
        _ => true,
    }
}

fn everything_fails(failure: Failure) -> World {
    World { rules: vec![Rule::always(Reply::Fails(failure))], ..World::default() }
}

fn has_error(world: &World) -> bool {
    world.rules.iter().any(|rule| matches!(&rule.reply, Reply::Answer(answer) if answer.status >= 400))
}

/// Where a redirect that passes leads into the void.
fn push_behind_a_redirect(found: &mut Vec<Hypothesis>, request: &Request, failure: Failure) {
    let first = found.len();
    for location in ["{self}/target", "{other}/target"] {
        push_closed_and_open(found, behind_preflight(request, redirect::to_failure(redirect::hop(location), failure)));
    }
    for hypothesis in found.iter_mut().skip(first) {
        hypothesis.assumes = hypothesis.assumes.and(Assumption::Target);
    }
}

fn push_closed_and_open(found: &mut Vec<Hypothesis>, world: World) {
    found.push(Hypothesis::new(world.clone(), Assumptions::default()));
    found.push(Hypothesis::open(world));
}

/// Rules for actual requests behind a preflight that passes; also at the target of a redirect, unless the rules say otherwise.
#[inline(never)]
fn behind_preflight(request: &Request, mut rules: Vec<Rule>) -> World {
    if request.forces_preflight == Some(PreflightReason::StreamBody) {
        // A streamed body survives no other redirect.
        for rule in &mut rules {
            if let Reply::Answer(Answer { status: status @ (302 | 307), .. }) = &mut rule.reply {
                *status = 303;
            }
        }
    }
    let pass = |when| Rule { when, reply: preflight::correct(request).into() };
    rules.insert(0, pass(When { path: Some("".into()), ..is_preflight() }));
    rules.push(pass(is_preflight()));
    World { rules, ..World::default() }
}

/// The reply for requests like the call, and the rest for any other.
fn only_the_call(request: &Request, reply: &Reply, rest: Answer) -> Vec<Rule> {
    let mut conditions = Vec::new();
    if request.is_repeatable() {
        for name in &request.unsafe_headers {
            conditions.push(When { header: Some(name.clone().into()), ..When::default() });
        }
        if request.carries_cookies() {
            conditions.push(When { cookies: Some(true), ..When::default() });
        }
    } else {
        conditions.push(When { method: Some(request.method.clone().into()), ..When::default() });
    }
    let mut rules = Vec::new();
    for when in conditions {
        rules.push(Rule { when, reply: reply.clone() });
    }
    rules.push(Rule::always(rest.into()));
    rules
}

/// A GET in the place of the call meets an error without anything being odd: another method has no route, or a token is missing.
fn errs_without(request: &Request) -> bool {
    !request.is_repeatable() || !request.unsafe_headers.is_empty()
}

fn is_preflight() -> When {
    When { preflight: Some(true), ..When::default() }
}

/// The preflight is answered so; nobody knows what the call would have got, so anything goes for the requests around it.
fn refused_preflights(found: &mut Vec<Hypothesis>, request: &Request, reply: &Reply, strict: bool, even: bool) {
    let mut scopes = vec![(is_preflight(), Assumptions::default())];
    if strict {
        let because = Assumptions::default().and(Assumption::Strict);
        if !request.is_repeatable() {
            scopes.push((When { method: Some(request.method.clone().into()), ..is_preflight() }, because));
        }
        for name in &request.unsafe_headers {
            scopes.push((When { header: Some(name.clone().into()), ..is_preflight() }, because));
        }
    }
    for (scope, assumes) in scopes {
        for plain in Elsewhere::all() {
            // Where nothing answers, preflights get no answer either.
            let other_preflights = match plain {
                Elsewhere::Hang => Reply::Fails(Failure::Hang),
                _ => preflight::correct(request).into(),
            };
            let mut rules = vec![
                Rule { when: scope.clone(), reply: reply.clone() },
                Rule { when: is_preflight(), reply: other_preflights },
            ];
            rules.append(&mut plain.rules());
            let mut assumes = assumes;
            if plain == Elsewhere::ReadableError && !errs_without(request) {
                assumes = assumes.and(Assumption::Route);
            }
            if even && plain.is_allowed() {
                assumes = assumes.and(Assumption::Uneven);
            }
            found.push(Hypothesis::new(World { rules, ..World::default() }, assumes));
        }
    }
    let always = vec![Rule::always(reply.clone())];
    found.push(Hypothesis::open(World { rules: always, ..World::default() }));
}
