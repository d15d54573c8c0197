//! `<link rel=prefetch>` in a credentialless frame: tells an error status from any other, and executes nothing.
//!
//! It goes out without `Origin` and, in that frame, without cookies and beside the page's cache. Measured in Chromium: `load` for
//! 2xx and 304, `error` for 4xx and 5xx, for what a resource policy withholds, and for no answer; a redirect counts by where it
//! ends (32 of 32 behaviours, also under `default-src 'none'`). It carries `Sec-Purpose: prefetch`, so a server may answer it
//! unlike the call. Firefox gives `load` for everything, WebKit knows no prefetch, and their frames cannot do without cookies.

use super::{Outcome, Outcomes, Send};
use crate::browser::{self, Call, Passed, Stop, Why};
use crate::prelude::*;
use crate::request::{Engine, Mode, Request};
use crate::world::{Failure, World};

/// Chromium's alone.
pub fn send(request: &Request, engine: Engine) -> Option<Send> {
    (engine == Engine::Chromium && request.is_cross_origin()).then_some(Send::Prefetch)
}

/// What the page sees of it in a world.
pub fn predict(world: &World, request: &Request, engine: Engine) -> Outcomes {
    let headers = ["sec-purpose".to_string()];
    match browser::run(world, request, engine, &Call { headers: &headers, ..Call::get(Mode::NoCors) }) {
        Ok(Passed::Opaque(status) | Passed::Readable(status)) if status < 400 => Outcomes::of(&[Outcome::Loaded]),
        Err(Stop { why: Why::Network(Failure::Hang | Failure::Asked), .. }) => Outcomes::of(&[Outcome::TimedOut]),
        _ => Outcomes::of(&[Outcome::NotLoaded]),
    }
}

/// What the page may see of it if it gets any HTTP answer, or none to this one request.
pub fn anything() -> Outcomes {
    Outcomes::of(&[Outcome::Loaded, Outcome::NotLoaded, Outcome::TimedOut])
}
