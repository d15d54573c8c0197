//! Diagnosing: takes what the page's side (`capture.js`, `probes.js`) read and saw, and hands it to the core.

use crate::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::capture::{self, Call};
use super::{js, page};
use crate::gate;
use crate::json::{self, Object};
use crate::probe::{self, Outcome, Probe, Send};
use crate::request::Redirect;
use crate::session::{Options, Session};

/// Why a probe says nothing where the page's own policy stopped it.
const PAGE_CSP: &str = "page CSP";

/// One diagnosis.
#[wasm_bindgen]
pub struct Core {
    call: Call,
    limits: Options,
    session: Option<Session>,
}

#[wasm_bindgen]
impl Core {
    /// Takes a call as `capture.js` read it, and ProbeOptions.
    #[wasm_bindgen(constructor)]
    pub fn new(read: &JsValue, probes: &JsValue) -> Core {
        Core { call: capture::call(read), limits: limits(probes), session: None }
    }

    /// What has to be known to send the call: `timeout`, milliseconds per probe; `repeatable`, it is a GET or HEAD;
    /// `permission`, the name of the one that requests to this host may need.
    pub fn about(&self) -> String {
        let request = &self.call.request;
        let is_loopback = gate::is_loopback(request.target.host());
        let mut about = Object::default();
        about.number("timeout", self.limits.timeout_ms);
        about.truth("repeatable", request.is_repeatable());
        about.text("permission", if is_loopback { "loopback-network" } else { "local-network" });
        about.end()
    }

    /// Begins, from what the page knows by now: see `facts` in `probes.js`.
    pub fn start(&mut self, facts: &JsValue) {
        let unprobed = js::text(facts, "unprobed");
        if !unprobed.is_empty() {
            self.limits.budget = 0;
        }
        self.limits.automatic = js::is(facts, "automatic");
        let facts = page::facts(facts, &self.call);
        let mut session = Session::new(self.call.request.clone(), facts, self.limits);
        if !unprobed.is_empty() {
            session.skipped("no-cors", &unprobed);
        }
        self.session = Some(session);
    }

    /// The probes to send now, at once; none when the diagnosis is over.
    pub fn round(&mut self) -> String {
        json::list(&self.session.as_mut().map(Session::round).unwrap_or_default(), probe_json)
    }

    /// One probe by its id, whether or not a diagnosis would send it in this engine.
    pub fn probe(&self, id: &str, engine: &str) -> String {
        let all = probe::all(&self.call.request, page::engine(engine), false);
        all.iter().find(|probe| probe.id == id).map_or_else(null, probe_json)
    }

    /// What a probe saw, and how many milliseconds it took; or, if that is no outcome, why it was not sent or says nothing.
    /// Returns the observation, for progress.
    pub fn saw(&mut self, id: &str, saw: &str, ms: u32) -> String {
        let Some(session) = &mut self.session else { return null() };
        match Outcome::named(saw) {
            Some(outcome) => session.saw(id, outcome, ms),
            None => session.skipped(id, saw),
        }
        if saw == PAGE_CSP {
            session.violated(id, "connect-src");
        }
        session.latest().map_or_else(null, json::observation)
    }

    /// The Diagnosis, this many milliseconds after the failure.
    pub fn finish(&mut self, duration: u32) -> String {
        self.session.take().map_or_else(null, |session| json::diagnosis(&session.finish(duration)))
    }
}

/// A probe as the page's side sends it: its kind, and of a `fetch` what it takes, the headers' names, and their value if it is not
/// the caller's.
fn probe_json(probe: &Probe) -> String {
    let mut object = Object::default();
    object.text("id", &probe.id);
    object.text("kind", probe.kind());
    if let Send::Fetch { method, mode, credentials, redirect, headers, caller_values } = &probe.send {
        object.text("method", method);
        object.text("mode", mode.name());
        object.text("credentials", credentials.name());
        object.text("redirect", redirect.name());
        object.put("names", &json::texts(headers));
        // The core asks for neither; this is the last place to notice if it did.
        if *caller_values && !headers.is_empty() && *redirect == Redirect::Follow {
            object.text("stop", "values of headers must not follow a redirect");
        }
        if !caller_values {
            object.text("value", probe::MADE_UP);
            if !headers.iter().all(|name| probe::may_be_made_up(name)) {
                object.text("stop", "a header that must not be made up");
            }
        }
    }
    object.end()
}

fn null() -> String {
    "null".to_string()
}

/// Reads ProbeOptions; what is missing or nonsense keeps its default.
fn limits(probes: &JsValue) -> Options {
    let whole = |name| js::number(probes, name).filter(|number| *number >= 0.0 && *number < 1e9);
    let mut limits = Options::default();
    if let Some(budget) = whole("budget") {
        limits.budget = (budget as usize).min(limits.budget);
    }
    if let Some(timeout) = whole("timeout") {
        limits.timeout_ms = timeout as u32;
    }
    limits.as_caller = js::is(probes, "asCaller");
    limits.local_network = js::is(probes, "localNetwork");
    limits
}
