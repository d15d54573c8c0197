//! `new WebSocket(url)` where nothing answers: its close code tells a failed TLS handshake from no connection.
//!
//! Measured in Firefox: 1015 for a certificate that nobody trusts, an old TLS version and a server without TLS (9 of 9), 1006 for a
//! refused, reset or closed connection (9 of 9). Chromium and WebKit say 1006 always. A handshake that succeeds could carry cookies:
//! it is asked only where no other probe was answered.

use super::{Outcome, Outcomes, Send};
use crate::browser::{self, Call, Stop, Why};
use crate::request::{Engine, Mode, Request};
use crate::world::{Failure, World};

/// Firefox's alone.
pub fn send(request: &Request, engine: Engine) -> Option<Send> {
    let is_secret = request.scheme == "https" && request.is_cross_origin();
    (engine == Engine::Firefox && is_secret).then_some(Send::WebSocket)
}

/// What the page sees of it in a world.
pub fn predict(world: &World, request: &Request, engine: Engine) -> Outcomes {
    use Outcome::*;
    match browser::run(world, request, engine, &Call::get(Mode::NoCors)) {
        Err(Stop { why: Why::Network(Failure::Tls), hops: 0, .. }) => Outcomes::of(&[Distrusted]),
        Err(Stop { why: Why::Network(Failure::Hang | Failure::Asked), hops: 0, .. }) => Outcomes::of(&[TimedOut]),
        Err(Stop {
            why: Why::Network(Failure::ClientCertificate | Failure::Reset | Failure::Empty | Failure::Garbage),
            hops: 0,
            ..
        }) => anything(),
        Err(Stop { why: Why::Network(_) | Why::Offline, hops: 0, .. }) => Outcomes::of(&[Failed]),
        _ => anything(),
    }
}

/// What the page may see of it if it gets any HTTP answer, or none to this one request. A server that speaks HTTP/2 alone ends the
/// handshake of a WebSocket, which asks for HTTP/1.1.
pub fn anything() -> Outcomes {
    Outcomes::of(&[Outcome::Open, Outcome::Failed, Outcome::Distrusted, Outcome::TimedOut])
}
