//! The probes: safe requests whose outcome tells causes apart. A file a kind: when it is sent, what the page sees of it in a world,
//! and what was measured.

mod bare_preflight;
mod event_source;
mod fetch;
mod frame;
mod null_origin;
mod prefetch;
mod websocket;

pub use crate::outcome::{Outcome, Outcomes};

use crate::browser::{self, Call, Stop};
use crate::prelude::*;
use crate::request::{Api, Credentials, Engine, Mode, Redirect, Request};
use crate::safelist;
use crate::text;
use crate::world::World;

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
    /// `<link rel=prefetch>` in a credentialless frame.
    Prefetch,
    /// `fetch` in a frame whose policy allows the called origin alone.
    Frame,
    /// `fetch` from a frame without an origin.
    NullOrigin,
    /// An XMLHttpRequest with an upload listener.
    BarePreflight,
    /// `new WebSocket(url)`
    WebSocket,
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

/// Every probe that the promises allow for this call and that tells something in this engine, cheapest first. Which of them are
/// sent is [`crate::session`]'s choice.
pub fn all(request: &Request, engine: Engine, as_caller: bool) -> Vec<Probe> {
    let mut probes = Vec::new();
    let bare = |mode, redirect| Some(fetch::bare(request, as_caller, mode, redirect));
    for (id, send) in [
        ("no-cors", bare(Mode::NoCors, Redirect::Follow)),
        ("simple", bare(Mode::Cors, Redirect::Follow)),
        ("event-source", event_source::send(request)),
        ("manual", bare(Mode::Cors, Redirect::Manual)),
        ("frame", frame::send(request, engine)),
        ("prefetch", prefetch::send(request, engine)),
        ("null-origin", null_origin::send(request, engine)),
        ("bare-preflight", bare_preflight::send(request, engine)),
        ("websocket", websocket::send(request, engine)),
    ] {
        if let Some(send) = send {
            push(&mut probes, id, send);
        }
    }
    fetch::ladder(&mut probes, request, as_caller);
    // A page without an origin cannot use a frame: its own are out of its reach.
    probes.retain(|probe| !(probe.is_framed() && request.origin.is_opaque()));
    probes
}

#[inline(never)]
fn push(probes: &mut Vec<Probe>, id: &str, send: Send) {
    probes.push(Probe { id: id.to_string(), send });
}

impl Probe {
    /// Which of the page's senders sends it.
    pub fn kind(&self) -> &'static str {
        match self.send {
            Send::Fetch { .. } => "fetch",
            Send::EventSource => "event-source",
            Send::Prefetch => "prefetch",
            Send::Frame => "frame",
            Send::NullOrigin => "null-origin",
            Send::BarePreflight => "bare-preflight",
            Send::WebSocket => "websocket",
        }
    }

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
            Send::BarePreflight => true,
            _ => false,
        }
    }

    /// It is sent from a frame of its own.
    pub fn is_framed(&self) -> bool {
        matches!(self.send, Send::Frame | Send::Prefetch | Send::NullOrigin | Send::BarePreflight)
    }

    /// It is the no-cors `fetch`.
    pub fn is_no_cors(&self) -> bool {
        matches!(self.send, Send::Fetch { mode: Mode::NoCors, .. })
    }

    /// The CORS protocol does not apply to it, a resource policy does.
    pub fn meets_resource_policy(&self, engine: Engine) -> bool {
        match self.send {
            Send::Frame => frame::mode(engine) == Mode::NoCors,
            Send::Prefetch => true,
            _ => self.is_no_cors(),
        }
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
    match &probe.send {
        Send::Fetch { .. } => fetch::seen(engine, &fetch::run(world, request, engine, &probe.send)),
        Send::EventSource => event_source::predict(world, request, engine),
        Send::Prefetch => prefetch::predict(world, request, engine),
        Send::Frame => frame::predict(world, request, engine),
        Send::NullOrigin => null_origin::predict(world, request, engine),
        Send::BarePreflight => bare_preflight::predict(world, request, engine),
        Send::WebSocket => websocket::predict(world, request, engine),
    }
}

/// The same of a `fetch` where only the answer to its preflight is known.
pub fn predict_preflight(world: &World, request: &Request, engine: Engine, probe: &Probe) -> Outcomes {
    match fetch::run(world, request, engine, &probe.send) {
        Err(stop) if stop.in_preflight && stop.hops == 0 => fetch::seen(engine, &Err(stop)),
        _ => anything(engine, probe, request).without(Outcome::FailedEarly),
    }
}

/// What the page may see of a probe that gets any HTTP answer, or none to this one request.
pub fn anything(engine: Engine, probe: &Probe, request: &Request) -> Outcomes {
    let outcomes = match &probe.send {
        Send::Fetch { .. } => fetch::anything(request, engine, &probe.send),
        Send::EventSource => event_source::anything(engine),
        Send::Prefetch => prefetch::anything(),
        Send::Frame => frame::anything(engine),
        Send::NullOrigin => null_origin::anything(),
        Send::BarePreflight => bare_preflight::anything(engine),
        Send::WebSocket => websocket::anything(),
    };
    let is_refused_early = engine == Engine::Firefox && probe.is_preflighted(request);
    if is_refused_early { outcomes.and(Outcome::FailedEarly) } else { outcomes }
}

/// What the page sees of the call itself, and what stops it there.
pub fn predict_call(world: &World, request: &Request, engine: Engine) -> (Outcomes, Option<Stop>) {
    let result = browser::run(world, request, engine, &Call::of(request));
    let seen = match request.api {
        Api::EventSource => event_source::seen(engine, &result),
        // Of an element's request no timing is read.
        Api::Element => fetch::seen(Engine::Chromium, &result),
        _ => fetch::seen(engine, &result),
    };
    (seen, result.err())
}
