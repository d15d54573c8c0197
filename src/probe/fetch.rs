//! `fetch`: the ladder. A readable GET without credentials and headers is its lowest rung; each further one demands one thing more.
//!
//! Measured: `fetch` in no-cors mode gives an opaque response for every HTTP answer without a resource policy, in every engine. A
//! failure's `duration` in Firefox's Resource Timing is exactly 0 if no actual request went out (2,709 of 2,709).

use super::{Outcome, Outcomes, Probe, Send};
use crate::browser::{self, Call, Passed, Stop, Why};
use crate::prelude::*;
use crate::request::{Credentials, Engine, Mode, Redirect, Request};
use crate::text;
use crate::world::{Failure, World};

/// Without credentials and headers.
pub fn bare(request: &Request, as_caller: bool, mode: Mode, redirect: Redirect) -> Send {
    rung(request, as_caller, mode, Credentials::Omit, redirect, &[])
}

/// The rungs above: each header, all of them, credentials, credentials and all headers.
pub fn ladder(probes: &mut Vec<Probe>, request: &Request, as_caller: bool) {
    let (omit, include) = (Credentials::Omit, Credentials::Include);
    let values_travel = request.is_repeatable() || as_caller;
    let is_one_time = |name: &str| {
        ["dpop", "idempotency", "method-override", "http-method"].iter().any(|part| text::contains(name, part))
    };
    let may_travel = |name: &str| if values_travel { !is_one_time(name) } else { super::may_be_made_up(name) };
    let unsafe_headers = text::only(&request.unsafe_headers, &may_travel);
    // A made-up value could turn a safelisted header unsafe: those stay at home then.
    let headers = text::only(if values_travel { &request.headers } else { &unsafe_headers }, &may_travel);
    let direct =
        |credentials, headers: &[String]| rung(request, as_caller, Mode::Cors, credentials, Redirect::Manual, headers);
    if unsafe_headers.len() > 1 {
        for name in &unsafe_headers {
            super::push(probes, &text::concat(&["header:", name]), direct(omit, core::slice::from_ref(name)));
        }
    }
    if !headers.is_empty() {
        super::push(probes, "headers", direct(omit, &headers));
    }
    if request.is_credentialed() && values_travel {
        super::push(probes, "credentials", rung(request, as_caller, Mode::Cors, include, Redirect::Follow, &[]));
        if !headers.is_empty() {
            super::push(probes, "credentials-headers", direct(include, &headers));
        }
    }
}

fn rung(
    request: &Request,
    as_caller: bool,
    mode: Mode,
    credentials: Credentials,
    redirect: Redirect,
    headers: &[String],
) -> Send {
    Send::Fetch {
        method: if request.method == "HEAD" { "HEAD" } else { "GET" },
        mode,
        credentials,
        redirect,
        headers: headers.to_vec(),
        caller_values: request.is_repeatable() || as_caller,
    }
}

/// Runs it through a world.
pub fn run(world: &World, request: &Request, engine: Engine, send: &Send) -> Result<Passed, Stop> {
    let Send::Fetch { method, mode, credentials, redirect, headers, .. } = send else {
        return browser::run(world, request, engine, &Call::get(Mode::Cors));
    };
    let unsafe_headers = text::only(headers, &|name| text::has(&request.unsafe_headers, name));
    let call = Call {
        method,
        headers,
        unsafe_headers: &unsafe_headers,
        credentials: *credentials,
        redirect: *redirect,
        ..Call::get(*mode)
    };
    browser::run(world, request, engine, &call)
}

/// What the page sees of it.
pub fn seen(engine: Engine, result: &Result<Passed, Stop>) -> Outcomes {
    use Outcome::*;
    match result {
        Ok(Passed::Readable(status)) => Outcomes::of(&[if *status < 400 { Readable } else { ReadableError }]),
        Ok(Passed::Opaque(_)) => Outcomes::of(&[Opaque]),
        Ok(Passed::OpaqueRedirect) => Outcomes::of(&[OpaqueRedirect]),
        Err(Stop { why: Why::Network(Failure::Hang | Failure::Asked), .. }) => Outcomes::of(&[TimedOut]),
        Err(stop) if engine == Engine::Firefox => Outcomes::of(firefox_timing(stop)),
        Err(_) => Outcomes::of(&[Failed]),
    }
}

/// What the page may see of it if it gets any HTTP answer, or none to this one request.
pub fn anything(request: &Request, engine: Engine, send: &Send) -> Outcomes {
    use Outcome::*;
    let failed = if engine == Engine::Firefox { FailedLate } else { Failed };
    match send {
        Send::Fetch { mode: Mode::NoCors, .. } if request.is_cross_origin() => {
            Outcomes::of(&[Opaque, failed, TimedOut])
        }
        Send::Fetch { mode: Mode::NoCors, .. } => Outcomes::of(&[Opaque, Readable, ReadableError, failed, TimedOut]),
        Send::Fetch { redirect: Redirect::Manual, .. } => {
            Outcomes::of(&[Readable, ReadableError, OpaqueRedirect, failed, TimedOut])
        }
        _ => Outcomes::of(&[Readable, ReadableError, failed, TimedOut]),
    }
}

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
