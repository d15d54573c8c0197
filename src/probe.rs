//! The probes: safe requests whose outcome tells causes apart.

pub use crate::outcome::{Outcome, Outcomes};

use crate::browser::{self, Call, Passed, Stop, Why};
use crate::prelude::*;
use crate::request::{Credentials, Engine, Mode, Redirect, Request};
use crate::safelist;
use crate::text;
use crate::world::{Failure, World};

/// What to send. Every probe is a GET (or, repeating a HEAD, a HEAD) without a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// Which of the probes; unique within a diagnosis.
    pub id: String,
    /// How it is sent.
    pub send: Send,
}

/// How a probe is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Send {
    /// `fetch` with `cache: 'no-store'`.
    Fetch {
        /// `GET`, or `HEAD` when the call was one.
        method: &'static str,
        /// Mode.
        mode: Mode,
        /// Credentials mode.
        credentials: Credentials,
        /// Redirect mode.
        redirect: Redirect,
        /// Lower-case names of the headers that go along.
        headers: Vec<String>,
        /// The headers carry the caller's values; otherwise the value `whycors`.
        caller_values: bool,
    },
    /// `new EventSource(url)`, closed at its first event.
    EventSource,
}

/// The id of the call itself among the observations.
pub const CALL: &str = "call";

/// Names of headers that carry a secret or change what a request does: never sent with a made-up value.
const NEVER_MADE_UP: [&str; 13] = [
    "authorization",
    "cookie",
    "csrf",
    "xsrf",
    "dpop",
    "signature",
    "digest",
    "idempotency",
    "method-override",
    "http-method",
    "token",
    "api-key",
    "session",
];

/// What a header says when it must not carry the caller's value.
pub const MADE_UP: &str = "whycors";

/// A header of this name may go along with the value `whycors` when the call itself must not be repeated. Names that a
/// made-up value would turn safelisted would ask no preflight, and so tell nothing.
pub fn may_be_made_up(name: &str) -> bool {
    !NEVER_MADE_UP.iter().any(|part| text::contains(name, part)) && !safelist::is_safelisted_header(name, MADE_UP)
}

/// Every probe that the promises allow for this call, cheapest first. Which of them are sent is [`crate::session`]'s choice.
pub fn all(request: &Request, as_caller: bool) -> Vec<Probe> {
    let method = if request.method == "HEAD" { "HEAD" } else { "GET" };
    let fetch = |id: &str, mode, credentials, redirect, headers: &[String]| Probe {
        id: id.to_string(),
        send: Send::Fetch {
            method,
            mode,
            credentials,
            redirect,
            headers: headers.to_vec(),
            caller_values: request.is_repeatable() || as_caller,
        },
    };
    let (omit, include) = (Credentials::Omit, Credentials::Include);
    let none: &[String] = &[];
    let mut probes = vec![
        fetch("no-cors", Mode::NoCors, omit, Redirect::Follow, none),
        fetch("simple", Mode::Cors, omit, Redirect::Follow, none),
        fetch("manual", Mode::Cors, omit, Redirect::Manual, none),
    ];
    // To the page's own origin it would carry cookies.
    if request.is_cross_origin() {
        probes.insert(2, Probe { id: "event-source".to_string(), send: Send::EventSource });
    }
    let values_travel = request.is_repeatable() || as_caller;
    let is_one_time = |name: &str| {
        ["dpop", "idempotency", "method-override", "http-method"].iter().any(|part| text::contains(name, part))
    };
    let may_travel = |name: &str| if values_travel { !is_one_time(name) } else { may_be_made_up(name) };
    let unsafe_headers = text::only(&request.unsafe_headers, &may_travel);
    // A made-up value could turn a safelisted header unsafe: those stay at home then.
    let headers = text::only(if values_travel { &request.headers } else { &unsafe_headers }, &may_travel);
    if unsafe_headers.len() > 1 {
        for name in &unsafe_headers {
            probes.push(fetch(
                &text::concat(&["header:", name]),
                Mode::Cors,
                omit,
                Redirect::Manual,
                core::slice::from_ref(name),
            ));
        }
    }
    if !headers.is_empty() {
        probes.push(fetch("headers", Mode::Cors, omit, Redirect::Manual, &headers));
    }
    if request.is_credentialed() && values_travel {
        probes.push(fetch("credentials", Mode::Cors, include, Redirect::Follow, none));
        if !headers.is_empty() {
            probes.push(fetch("credentials-headers", Mode::Cors, include, Redirect::Manual, &headers));
        }
    }
    probes
}

impl Probe {
    /// Cookies may travel with it.
    pub fn is_credentialed(&self) -> bool {
        matches!(self.send, Send::Fetch { credentials: Credentials::Include, .. })
    }

    /// It follows no redirect.
    pub fn is_direct(&self) -> bool {
        matches!(self.send, Send::Fetch { redirect: Redirect::Manual, .. })
    }

    /// A preflight precedes it.
    pub fn is_preflighted(&self, request: &Request) -> bool {
        match &self.send {
            Send::Fetch { mode: Mode::Cors, headers, .. } => {
                headers.iter().any(|name| request.unsafe_headers.contains(name))
            }
            _ => false,
        }
    }

    /// The CORS protocol does not apply to it, a resource policy does.
    pub fn is_no_cors(&self) -> bool {
        matches!(self.send, Send::Fetch { mode: Mode::NoCors, .. })
    }

    /// Its actual request is the call's: same method, mode, headers and credentials. A preflight that was forced it does without.
    pub fn repeats(&self, request: &Request) -> bool {
        match &self.send {
            Send::Fetch { method, mode, credentials, redirect, headers, caller_values } => {
                *method == request.method
                    && *mode == request.mode
                    && *headers == request.headers
                    && (*credentials == Credentials::Include) == request.carries_cookies()
                    && (*caller_values || headers.is_empty())
                    && (*redirect == Redirect::Manual || request.redirect == Redirect::Follow)
            }
            _ => false,
        }
    }
}

/// What the page sees of a probe in a world.
pub fn predict(world: &World, request: &Request, engine: Engine, probe: &Probe) -> Outcomes {
    let result = run(world, request, engine, probe);
    match &probe.send {
        Send::Fetch { .. } => seen_by_fetch(engine, &result),
        Send::EventSource => seen_by_event_source(engine, result),
    }
}

/// Runs a probe through a world.
fn run(world: &World, request: &Request, engine: Engine, probe: &Probe) -> Result<Passed, Stop> {
    match &probe.send {
        Send::Fetch { method, mode, credentials, redirect, headers, .. } => {
            let unsafe_headers = text::only(headers, &|name| text::has(&request.unsafe_headers, name));
            let call = Call {
                method,
                headers,
                unsafe_headers: &unsafe_headers,
                mode: *mode,
                credentials: *credentials,
                redirect: *redirect,
                use_preflight: false,
            };
            browser::run(world, request, engine, &call)
        }
        Send::EventSource => {
            let accept = ["accept".to_string()];
            let call = Call {
                method: "GET",
                headers: &accept,
                unsafe_headers: &[],
                mode: Mode::Cors,
                credentials: Credentials::SameOrigin,
                redirect: Redirect::Follow,
                use_preflight: false,
            };
            browser::run(world, request, engine, &call)
        }
    }
}

/// The same where only the answer to its preflight is known.
pub fn predict_preflight(world: &World, request: &Request, engine: Engine, probe: &Probe) -> Outcomes {
    match run(world, request, engine, probe) {
        Err(stop) if stop.in_preflight && stop.hops == 0 => seen_by_fetch(engine, &Err(stop)),
        _ => anything(engine, probe, request).without(Outcome::FailedEarly),
    }
}

/// What the page may see of a probe that gets any HTTP answer, or none to this one request.
pub fn anything(engine: Engine, probe: &Probe, request: &Request) -> Outcomes {
    use Outcome::*;
    let failed = if engine == Engine::Firefox { FailedLate } else { Failed };
    let mut outcomes = match &probe.send {
        Send::EventSource if engine == Engine::Firefox => Outcomes::of(&[Open, Closed, TimedOut]),
        Send::EventSource => Outcomes::of(&[Open, Closed, Reconnecting, TimedOut]),
        Send::Fetch { mode: Mode::NoCors, .. } if request.is_cross_origin() => {
            Outcomes::of(&[Opaque, failed, TimedOut])
        }
        Send::Fetch { mode: Mode::NoCors, .. } => Outcomes::of(&[Opaque, Readable, ReadableError, failed, TimedOut]),
        Send::Fetch { redirect: Redirect::Manual, .. } => {
            Outcomes::of(&[Readable, ReadableError, OpaqueRedirect, failed, TimedOut])
        }
        Send::Fetch { .. } => Outcomes::of(&[Readable, ReadableError, failed, TimedOut]),
    };
    if engine == Engine::Firefox && probe.is_preflighted(request) {
        outcomes = outcomes.and(FailedEarly);
    }
    outcomes
}

/// What the page sees of the call itself, and what stops it there.
pub fn predict_call(world: &World, request: &Request, engine: Engine) -> (Outcomes, Option<Stop>) {
    let result = browser::run(world, request, engine, &Call::of(request));
    (seen_by_fetch(engine, &result), result.err())
}

fn seen_by_fetch(engine: Engine, result: &Result<Passed, Stop>) -> Outcomes {
    use Outcome::*;
    match result {
        Ok(Passed::Readable(status)) => Outcomes::of(&[if *status < 400 { Readable } else { ReadableError }]),
        Ok(Passed::Opaque) => Outcomes::of(&[Opaque]),
        Ok(Passed::OpaqueRedirect) => Outcomes::of(&[OpaqueRedirect]),
        Err(Stop { why: Why::Network(Failure::Hang | Failure::Asked), .. }) => Outcomes::of(&[TimedOut]),
        Err(stop) if engine == Engine::Firefox => Outcomes::of(firefox_timing(stop)),
        Err(_) => Outcomes::of(&[Failed]),
    }
}

/// Firefox's Resource Timing `duration` of a failed request: exactly 0 if no actual request went out (SIGNALS: 2,709 of 2,709).
fn firefox_timing(stop: &Stop) -> &'static [Outcome] {
    use Outcome::*;
    match &stop.why {
        // The request before the redirect went out, whatever stops the next one: also a preflight (34 of 34).
        _ if stop.hops > 0 => &[FailedLate],
        _ if stop.in_preflight => &[FailedEarly],
        Why::Network(Failure::Refused | Failure::Dns | Failure::Tls) | Why::Offline => &[FailedEarly],
        // An extension that stops a request early or late does so with every request: two worlds, not one that allows both.
        Why::Network(Failure::Blocked | Failure::Denied | Failure::Worker | Failure::WorkerOpaque) => &[FailedEarly],
        _ => &[FailedLate],
    }
}

fn seen_by_event_source(engine: Engine, result: Result<Passed, Stop>) -> Outcomes {
    use Outcome::*;
    match result {
        Err(Stop { why: Why::Network(Failure::Hang | Failure::Asked), .. }) => Outcomes::of(&[TimedOut]),
        // Opens only for `text/event-stream`, which no world promises.
        Ok(_) => Outcomes::of(&[Open, Closed]),
        Err(_) if engine == Engine::Firefox => Outcomes::of(&[Closed]),
        Err(_) if engine == Engine::Other => Outcomes::of(&[Closed, Reconnecting]),
        Err(Stop { why: Why::RedirectCount, .. }) if engine == Engine::Chromium => Outcomes::of(&[Reconnecting]),
        Err(Stop { why: Why::Network(Failure::Denied), .. }) => Outcomes::of(&[Closed]),
        // Of the three only WebKit tells what the worker answers with.
        Err(Stop { why: Why::Network(Failure::WorkerOpaque), .. }) if engine == Engine::WebKit => {
            Outcomes::of(&[Closed])
        }
        Err(Stop { why: Why::Network(_) | Why::Offline, hops: 0, .. }) => Outcomes::of(&[Reconnecting]),
        // After a redirect: 0 measured on loopback, 2 elsewhere.
        Err(Stop { why: Why::Network(_), .. }) => Outcomes::of(&[Closed, Reconnecting]),
        Err(_) => Outcomes::of(&[Closed]),
    }
}
