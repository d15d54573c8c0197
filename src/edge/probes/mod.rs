//! Sends one probe and says what the page saw. One file a kind.

mod event_source;
mod fetch;

use std::cell::Cell;

use js_sys::Promise;
use wasm_bindgen::JsValue;

use super::capture::Call;
use super::{js, page};
use crate::probe::{Outcome, Probe, Send};
use crate::request::Engine;

pub use fetch::{failure, send_call};

/// Why a probe says nothing where the page's own policy stopped it.
pub const PAGE_CSP: &str = "page CSP";

/// What every probe of a diagnosis shares.
pub struct Prober<'a> {
    /// The wrapper's page object: the pristine fetch, violations, timings.
    pub page: &'a JsValue,
    /// The call to find the cause of.
    pub call: &'a Call,
    /// By feature test.
    pub engine: Engine,
    /// Time limit of a probe in ms.
    pub timeout: u32,
    /// A 401 or 429 was seen: the server counts attempts, so nothing is sent with credentials any more.
    pub refused: Cell<bool>,
}

/// What came of a probe.
pub enum Seen {
    /// The page saw this.
    Outcome(Outcome),
    /// It was not sent, or says nothing, because...
    Skipped(&'static str),
}

/// Sends a probe; the milliseconds it took come along.
pub async fn send(prober: &Prober<'_>, probe: &Probe) -> (Seen, u32) {
    let started = js::now();
    let seen = match &probe.send {
        _ if probe.is_credentialed() && prober.refused.get() => Seen::Skipped("the server answered 401 or 429"),
        Send::EventSource => event_source::send(prober).await,
        Send::Fetch { .. } => fetch::send(prober, probe).await,
    };
    let is_stopped = match seen {
        Seen::Outcome(outcome) => outcome.is_failure() || outcome == Outcome::Closed,
        Seen::Skipped(_) => false,
    };
    let ended = js::now();
    let seen = if is_stopped && is_stopped_by_policy(prober, started).await { Seen::Skipped(PAGE_CSP) } else { seen };
    (seen, (ended - started) as u32)
}

/// The page's own policy stopped the probe. The event comes up to a few milliseconds after the failure.
async fn is_stopped_by_policy(prober: &Prober<'_>, started: f64) -> bool {
    let is_enforced =
        || page::violation(prober.page, &prober.call.url, started).is_some_and(|violation| violation.enforced);
    if !is_enforced() {
        let _ = js::settle(js::sleep(5).into()).await;
    }
    is_enforced()
}

/// Awaits a promise of anything but `undefined` for at most some milliseconds; `None` when they have passed.
async fn within(ms: u32, promise: JsValue) -> Option<Result<JsValue, JsValue>> {
    let both = js_sys::Array::of2(&promise, &js::sleep(ms));
    match js::settle(Promise::race(&both).into()).await {
        Ok(first) if first.is_undefined() => None,
        settled => Some(settled),
    }
}
