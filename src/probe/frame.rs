//! `fetch` in a frame whose Content Security Policy allows the called origin alone: a violation tells of a redirect to another one.
//!
//! Measured: a violation for each such redirect, never without one (32 of 32 behaviours, three engines), also where the page's own
//! policy forbids everything but the call, for the frame needs no script and no address. In no-cors mode Chromium and WebKit tell
//! of every redirect, in CORS mode of those that pass the CORS check; Firefox asks the policy first and tells of all in either,
//! so that there the request can be the very one that a plain GET is. A policy that allows http also allows https at the
//! default ports: there the frame is not asked.

use super::{Outcome, Outcomes, Send};
use crate::browser::{self, Call, Passed, Stop, Why};
use crate::request::{Engine, Mode, Request};
use crate::text;
use crate::world::{Failure, World};

/// Hosts that a policy can name; not IPv6 addresses.
pub fn send(request: &Request, engine: Engine) -> Option<Send> {
    let is_named = text::all(request.target.host(), |byte| byte.is_ascii_alphanumeric() || text::is_any_of(byte, "-."));
    // That redirect would be told from none only by the words.
    let is_upgradable = request.scheme == "http" && request.target.port() == Some(80);
    let is_telling = engine != Engine::Other && is_named && !is_upgradable;
    (is_telling && request.is_cross_origin()).then_some(Send::Frame)
}

/// The mode of its request.
pub fn mode(engine: Engine) -> Mode {
    if engine == Engine::Firefox { Mode::Cors } else { Mode::NoCors }
}

/// What the page sees of it in a world.
pub fn predict(world: &World, request: &Request, engine: Engine) -> Outcomes {
    use Outcome::*;
    match browser::run(world, request, engine, &Call { stays: true, ..Call::get(mode(engine)) }) {
        Ok(Passed::Opaque(_) | Passed::OpaqueRedirect) => Outcomes::of(&[Opaque]),
        Ok(Passed::Readable(status)) => Outcomes::of(&[if status < 400 { Readable } else { ReadableError }]),
        Err(Stop { why: Why::Policy, .. }) => Outcomes::of(&[Left]),
        Err(Stop { why: Why::Network(Failure::Hang | Failure::Asked), .. }) => Outcomes::of(&[TimedOut]),
        // Chromium asks the policy before it looks at user names; what else comes first was not measured.
        Err(Stop { why: Why::RedirectCredentials | Why::RedirectImpossible, .. }) => Outcomes::of(&[Left, Failed]),
        Err(_) => Outcomes::of(&[Failed]),
    }
}

/// What the page may see of it if it gets any HTTP answer, or none to this one request.
pub fn anything(engine: Engine) -> Outcomes {
    use Outcome::*;
    match mode(engine) {
        Mode::Cors => Outcomes::of(&[Readable, ReadableError, Left, Failed, TimedOut]),
        _ => Outcomes::of(&[Opaque, Left, Failed, TimedOut]),
    }
}
