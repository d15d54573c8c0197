//! Worlds that could be behind a failure: each cause's fault, and what else may be odd about the server.
//!
//! A server is assumed to be a function of the request. Beyond the fault itself a world may differ from a correct one in five
//! ways, each an *assumption* that a verdict names when a cause stands only because of it:
//!
//! - [`Assumption::Route`]: requests unlike the call (without its headers, its cookies, its method) are answered differently;
//! - [`Assumption::Strict`]: preflights are refused only because of the method or a header they name;
//! - [`Assumption::Uneven`]: preflights carry another `Access-Control-Allow-Origin` than responses;
//! - [`Assumption::Target`]: what fails is the target of a redirect;
//! - [`Assumption::Policy`]: answers carry `Cross-Origin-Resource-Policy: same-origin`, as with helmet.

use crate::causes::{Cause, Fault, preflight, redirect, response};
use crate::gate;
use crate::request::Request;
use crate::world::{Answer, Failure, Reply, Rule, Text, When, World};

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
    /// The world.
    pub world: World,
    /// What is odd about it beside the fault.
    pub assumes: Assumptions,
    /// The call met another world than the probes do: its own failure tells nothing about this one.
    pub call_is_past: bool,
}

impl Hypothesis {
    /// The same world with `Cross-Origin-Resource-Policy: same-origin` on every answer: it may come with any fault, and only
    /// requests in no-cors mode notice.
    pub fn with_resource_policy(&self) -> Hypothesis {
        let mut changed = self.clone();
        for rule in &mut changed.world.rules {
            if let Reply::Answer(answer) = &mut rule.reply {
                *answer = std::mem::replace(answer, Answer::new(0)).with("Cross-Origin-Resource-Policy", "same-origin");
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
        Fault::Offline => push(&mut found, World { rules: Vec::new(), offline: true }, none),
        Fault::Browser(ways) => {
            for way in *ways {
                push(&mut found, everything_fails(*way), none);
            }
        }
        Fault::Network(ways) => {
            for failure in *ways {
                if can_happen(request, *failure) {
                    push(&mut found, everything_fails(*failure), none);
                }
                let rules = redirect::into_the_void(request, *failure);
                push_behind_preflight(&mut found, request, rules, none.and(Assumption::Target));
            }
        }
        Fault::Silence { ways, only_the_call } => {
            for failure in *ways {
                push(&mut found, everything_fails(*failure), none);
                answers_to_the_call(&mut found, request, &Reply::Fails(*failure), *only_the_call);
            }
        }
        Fault::Redirect { ways, only_the_call } => {
            for rules in ways(request) {
                push_behind_preflight(&mut found, request, rules.clone(), none);
                if !*only_the_call {
                    continue;
                }
                for rest in Elsewhere::OTHERS {
                    let mut all = only_like_the_call(request, &rules);
                    all.append(&mut rest.rules(request));
                    push_behind_preflight(&mut found, request, all, none.and(Assumption::Route));
                }
            }
        }
        Fault::Response { replies, only_the_call } => {
            for reply in replies(request) {
                answers_to_the_call(&mut found, request, &reply, *only_the_call);
            }
        }
        Fault::Preflight { replies, strict, even } => {
            for reply in replies(request) {
                refused_preflights(&mut found, request, &reply, *strict, *even);
            }
        }
        Fault::Gone => {
            for rest in [Elsewhere::Correct, Elsewhere::ReadableError] {
                push_behind_preflight(&mut found, request, rest.rules(request), none);
            }
            for hypothesis in &mut found {
                hypothesis.call_is_past = true;
            }
        }
    }
    found
}

/// What requests get that the fault does not reach. Not among it: a connection that breaks. A host where every request of ours
/// breaks off is unreachable, and not a server that spares the one request that we may not repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Elsewhere {
    Correct,
    NoCors,
    Error,
    ReadableError,
    Wildcard,
    Redirect,
    RedirectAway,
    RedirectLoop,
    RedirectNowhere,
    Hang,
}

impl Elsewhere {
    const OTHERS: [Elsewhere; 10] = [
        Elsewhere::Correct,
        Elsewhere::NoCors,
        Elsewhere::Error,
        Elsewhere::ReadableError,
        Elsewhere::Wildcard,
        Elsewhere::Redirect,
        Elsewhere::RedirectAway,
        Elsewhere::RedirectLoop,
        Elsewhere::RedirectNowhere,
        Elsewhere::Hang,
    ];

    /// What the headers' or cookies' presence may change the answer to.
    const LIKE: [Elsewhere; 5] =
        [Elsewhere::Correct, Elsewhere::NoCors, Elsewhere::Error, Elsewhere::ReadableError, Elsewhere::Wildcard];

    /// Its `Access-Control-Allow-Origin` is right.
    fn is_allowed(self) -> bool {
        matches!(
            self,
            Elsewhere::Correct
                | Elsewhere::ReadableError
                | Elsewhere::Wildcard
                | Elsewhere::RedirectAway
                | Elsewhere::RedirectLoop
        )
    }

    fn rules(self, request: &Request) -> Vec<Rule> {
        let mut rules = Vec::new();
        let target = match self {
            Elsewhere::Redirect | Elsewhere::RedirectAway => Some(Answer::new(200).into()),
            Elsewhere::RedirectNowhere => Some(Reply::Fails(Failure::Reset)),
            _ => None,
        };
        if let Some(reply) = target {
            rules.push(Rule { when: When { path: Some("/target".into()), ..When::default() }, reply });
        }
        let passes = !matches!(self, Elsewhere::Wildcard) && self.is_allowed();
        let mut answer = if passes { response::correct(request) } else { Answer::new(200) };
        let header = match self {
            Elsewhere::Wildcard => Some(("Access-Control-Allow-Origin", "*")),
            Elsewhere::Redirect | Elsewhere::RedirectNowhere => Some(("Location", "{self}/target")),
            Elsewhere::RedirectAway => Some(("Location", "{other}/target")),
            Elsewhere::RedirectLoop => Some(("Location", "{self}")),
            _ => None,
        };
        if let Some((name, value)) = header {
            answer = answer.with(name, value);
        }
        answer.status = match self {
            Elsewhere::Error | Elsewhere::ReadableError => 404,
            Elsewhere::Correct | Elsewhere::NoCors | Elsewhere::Wildcard | Elsewhere::Hang => 200,
            _ => 302,
        };
        let reply = if self == Elsewhere::Hang { Reply::Fails(Failure::Hang) } else { answer.into() };
        rules.push(Rule { when: When::default(), reply });
        rules
    }
}

#[inline(never)]
/// Only a name has to resolve, and only https has a certificate. Of a redirect's target neither is known.
fn can_happen(request: &Request, failure: Failure) -> bool {
    match failure {
        Failure::Dns => gate::is_resolved_name(request.target.host()),
        Failure::Tls => request.scheme == "https",
        _ => true,
    }
}

fn push(found: &mut Vec<Hypothesis>, world: World, assumes: Assumptions) {
    found.push(Hypothesis { world, assumes, call_is_past: false });
}

fn everything_fails(failure: Failure) -> World {
    World { rules: vec![Rule { when: When::default(), reply: Reply::Fails(failure) }], offline: false }
}

/// Rules for actual requests behind a preflight that passes.
#[inline(never)]
fn push_behind_preflight(found: &mut Vec<Hypothesis>, request: &Request, mut rules: Vec<Rule>, assumes: Assumptions) {
    rules.insert(0, Rule { when: is_preflight(), reply: preflight::correct(request).into() });
    push(found, World { rules, offline: false }, assumes);
}

fn is_preflight() -> When {
    When { preflight: Some(true), ..When::default() }
}

/// The call is answered so; what is unlike it may be answered otherwise.
fn answers_to_the_call(found: &mut Vec<Hypothesis>, request: &Request, reply: &Reply, only_the_call: bool) {
    let none = Assumptions::default();
    let always = [Rule { when: When::default(), reply: reply.clone() }];
    push_behind_preflight(found, request, always.to_vec(), none);
    for rest in Elsewhere::OTHERS {
        // Another method may well be healthy; a healthy answer without the caller's headers needs a fault that depends on them.
        let is_healthy = matches!(rest, Elsewhere::Correct | Elsewhere::Wildcard);
        if is_healthy && !only_the_call && request.is_repeatable() {
            continue;
        }
        let mut rules = only_like_the_call(request, &always);
        if rules.is_empty() {
            return;
        }
        rules.append(&mut rest.rules(request));
        push_behind_preflight(found, request, rules, none.and(Assumption::Route));
    }
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
        for like in Elsewhere::LIKE {
            for plain in Elsewhere::OTHERS {
                let is_uniform = like == plain;
                // Where nothing answers, preflights get no answer either.
                let other_preflights = match plain {
                    Elsewhere::Hang => Reply::Fails(Failure::Hang),
                    _ => preflight::correct(request).into(),
                };
                let mut rules = vec![
                    Rule { when: scope.clone(), reply: reply.clone() },
                    Rule { when: is_preflight(), reply: other_preflights },
                ];
                if !is_uniform {
                    let with_details = details_of_the_call(request);
                    if with_details.is_empty() && like != Elsewhere::Correct {
                        continue;
                    }
                    push_scoped(&mut rules, &like.rules(request), &with_details);
                }
                rules.append(&mut plain.rules(request));
                let is_route = !is_uniform || like == Elsewhere::ReadableError;
                let is_uneven = even && (like.is_allowed() || plain.is_allowed());
                let assumes = if is_route { assumes.and(Assumption::Route) } else { assumes };
                let assumes = if is_uneven { assumes.and(Assumption::Uneven) } else { assumes };
                push(found, World { rules, offline: false }, assumes);
            }
        }
    }
}

/// What sets the call apart from a plain GET of the same URL: one condition each.
fn details_of_the_call(request: &Request) -> Vec<When> {
    let mut conditions = Vec::new();
    for name in &request.unsafe_headers {
        conditions.push(When { header: Some(Text::from(name.clone())), ..When::default() });
    }
    if request.is_credentialed() {
        conditions.push(When { cookies: Some(true), ..When::default() });
    }
    conditions
}

/// The rules, for requests like the call only; empty if every probe is like the call.
fn only_like_the_call(request: &Request, rules: &[Rule]) -> Vec<Rule> {
    let conditions = match request.is_repeatable() {
        true => details_of_the_call(request),
        false => vec![When { method: Some(request.method.clone().into()), ..When::default() }],
    };
    let mut scoped = Vec::new();
    push_scoped(&mut scoped, rules, &conditions);
    scoped
}

/// The rules again for each of these conditions.
fn push_scoped(all: &mut Vec<Rule>, rules: &[Rule], conditions: &[When]) {
    for condition in conditions {
        for Rule { when, reply } in rules {
            let when = When { preflight: when.preflight, path: when.path.clone(), ..condition.clone() };
            all.push(Rule { when, reply: reply.clone() });
        }
    }
}
