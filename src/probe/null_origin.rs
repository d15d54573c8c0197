//! `fetch` from a frame without an origin, which says `Origin: null`: tells an `Access-Control-Allow-Origin` that lets every origin
//! in, or null, from one that names an origin.
//!
//! Measured: readable for `*`, `null` and a reflected origin, a TypeError for a fixed one (32 of 32 behaviours, three engines). The
//! frame needs a script of its own: where the page's policy forbids that, it cannot be asked.

use super::{Outcome, Outcomes, Send, fetch};
use crate::browser::{self, Call};
use crate::request::{Engine, Mode, Request};
use crate::world::World;

/// A page without an origin says so anyway.
pub fn send(request: &Request, engine: Engine) -> Option<Send> {
    let is_other = request.mode == Mode::Cors && request.is_cross_origin() && !request.origin.is_opaque();
    (engine != Engine::Other && is_other).then_some(Send::NullOrigin)
}

/// What the page sees of it in a world. Resource Timing would tell the frame, not the page.
pub fn predict(world: &World, request: &Request, engine: Engine) -> Outcomes {
    let call = Call { is_opaque: true, ..Call::get(Mode::Cors) };
    let outcomes = fetch::seen(engine, &browser::run(world, request, engine, &call));
    if outcomes.admit(Outcome::Failed) { Outcomes::of(&[Outcome::Failed]) } else { outcomes }
}

/// What the page may see of it if it gets any HTTP answer, or none to this one request.
pub fn anything() -> Outcomes {
    use Outcome::*;
    Outcomes::of(&[Readable, ReadableError, Failed, TimedOut])
}
