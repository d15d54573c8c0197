//! A HEAD by XMLHttpRequest with an upload listener of ours, which forces a preflight that names no header: tells whether preflights
//! are answered well at all from whether one of the call's headers is refused. Not a GET: an XMLHttpRequest has no cache mode, and the
//! answer would stay in the page's cache.
//!
//! Measured: Firefox and WebKit send the preflight, Chromium does not (32 of 32 behaviours each). In Firefox a `duration` of exactly 0
//! tells that the preflight was refused.

use super::{Outcome, Outcomes, Send, fetch};
use crate::browser::{self, Call};
use crate::request::{Credentials, Engine, Mode, Request};
use crate::world::World;

/// Where a preflight may be what fails.
pub fn send(request: &Request, engine: Engine) -> Option<Send> {
    (matches!(engine, Engine::Firefox | Engine::WebKit) && request.has_preflight()).then_some(Send::BarePreflight)
}

/// What the page sees of it in a world.
pub fn predict(world: &World, request: &Request, engine: Engine) -> Outcomes {
    let call =
        Call { method: "HEAD", use_preflight: true, credentials: Credentials::SameOrigin, ..Call::get(Mode::Cors) };
    fetch::seen(engine, &browser::run(world, request, engine, &call))
}

/// What the page may see of it if it gets any HTTP answer, or none to this one request.
pub fn anything(engine: Engine) -> Outcomes {
    use Outcome::*;
    match engine {
        Engine::Firefox => Outcomes::of(&[Readable, ReadableError, FailedEarly, FailedLate, TimedOut]),
        _ => Outcomes::of(&[Readable, ReadableError, Failed, TimedOut]),
    }
}
