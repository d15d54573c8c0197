//! `new EventSource(url)`, closed at its first event: its `readyState` tells an answer from none.
//!
//! Measured at the first `error`: 2 if an HTTP answer arrived, 0 if the transport failed (Chromium 291 of 291 and 35 of 35, WebKit
//! 392 and 43); Firefox always 2.

use super::{Outcome, Outcomes, Send};
use crate::browser::{self, Call, Passed, Stop, Why};
use crate::prelude::*;
use crate::request::{Credentials, Engine, Mode, Request};
use crate::world::{Failure, World};

/// To the page's own origin it would carry cookies.
pub fn send(request: &Request) -> Option<Send> {
    request.is_cross_origin().then_some(Send::EventSource)
}

/// What the page sees of it in a world.
pub fn predict(world: &World, request: &Request, engine: Engine) -> Outcomes {
    let accept = ["accept".to_string()];
    let call = Call { headers: &accept, credentials: Credentials::SameOrigin, ..Call::get(Mode::Cors) };
    seen(engine, &browser::run(world, request, engine, &call))
}

/// What the page may see of it if it gets any HTTP answer, or none to this one request.
pub fn anything(engine: Engine) -> Outcomes {
    use Outcome::*;
    match engine {
        Engine::Firefox => Outcomes::of(&[Open, Closed, TimedOut]),
        _ => Outcomes::of(&[Open, Closed, Reconnecting, TimedOut]),
    }
}

/// What the page sees of an EventSource that ends so.
pub fn seen(engine: Engine, result: &Result<Passed, Stop>) -> Outcomes {
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
