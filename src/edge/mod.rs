//! The edge: reads the page, sends the probes, hands both to the core. Exists on wasm32 only, and decides nothing.
//!
//! The wrapper (JavaScript) passes a *record* of the call `{ input, init, ended, again }` and its *page* object
//! `{ fetch, wrapped, violations, timings }`: a pristine fetch, whether the page's own was wrapped below whycors, the last
//! `securitypolicyviolation` events and the last Resource Timing entries.

mod body;
mod capture;
mod js;
mod mask;
mod page;
mod probes;
mod timing;
mod unprobed;
mod validity;

#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::task::Poll;

use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::gate::CallOutcome;
use crate::probe::{self, Probe};
use crate::request::{Credentials, Mode};
use crate::session::{Options, Session};
use capture::Call;
use probes::{Prober, Seen};

/// Diagnoses a call and resolves to a plain `Diagnosis`. A record without `ended`, when it failed, is sent first: if it is a GET or HEAD, or
/// `options.send` says so. `options` are DiagnoseOptions.
#[wasm_bindgen]
pub async fn diagnose(record: JsValue, page: JsValue, options: JsValue) -> Result<JsValue, JsValue> {
    let called = js::now();
    let call = capture::call(&record);
    let mut limits = limits(&js::peek(&options, "probes"));
    let unprobed = unprobed::reason(&call);
    if unprobed.is_some() {
        limits.budget = 0;
    }
    let prober = prober(&page, &call, limits.timeout_ms);
    // Asked again, a call that may be repeated is sent anew: the server may have changed.
    let is_again = js::peek(&record, "again").is_truthy();
    let failed_at = js::number(&record, "ended").filter(|_| !(is_again && call.request.is_repeatable()));
    let outcome = match &call.invalid {
        Some(message) => CallOutcome::Invalid(message.clone()),
        None if failed_at.is_some() => probes::failure(&prober, failed_at.unwrap_or(called)).await,
        None if call.request.is_repeatable() || js::peek(&options, "send").is_truthy() => {
            probes::send_call(&prober).await
        }
        None => CallOutcome::NotSent,
    };
    let ended = failed_at.unwrap_or_else(js::now);
    let facts = page::facts(&page, &call, outcome, ended).await;
    let mut session = Session::new(call.request.clone(), facts, limits);
    if let Some(why) = unprobed {
        session.skipped("no-cors", why);
    }
    probe_in_rounds(&prober, &mut session, &options).await;
    let diagnosis = session.finish((js::now() - if is_again { called } else { ended }) as u32);
    Ok(diagnosis.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

/// Sends one probe by its id, whether or not a diagnosis would, and resolves to the outcome's name, or `not-asked`. The id
/// `call` sends the call itself. For tests of the model against real browsers.
#[wasm_bindgen]
pub async fn observe(record: JsValue, page: JsValue, id: String) -> Result<JsValue, JsValue> {
    let call = capture::call(&record);
    let prober = prober(&page, &call, Options::default().timeout_ms);
    if id == probe::CALL {
        return Ok(match probes::send_call(&prober).await {
            CallOutcome::Succeeded(outcome) | CallOutcome::Failed(outcome) => outcome.name(),
            CallOutcome::Aborted => "aborted",
            CallOutcome::TimedOut => "timed-out",
            CallOutcome::Invalid(_) => "invalid",
            CallOutcome::NotSent => "not-asked",
        }
        .into());
    }
    let asked = probe::all(&call.request, false).into_iter().find(|probe| probe.id == id);
    let Some(asked) = asked else { return Ok("not-asked".into()) };
    Ok(match probes::send(&prober, &asked).await.0 {
        Seen::Outcome(outcome) => outcome.name(),
        Seen::Skipped(_) => "not-asked",
    }
    .into())
}

/// What makes two failures the same one: method, URL without query, names of headers, credentials, mode.
#[wasm_bindgen]
pub fn key(record: JsValue) -> String {
    let Call { request, url, .. } = capture::call(&record);
    let credentials = match request.credentials {
        Credentials::Omit => "omit",
        Credentials::SameOrigin => "same-origin",
        Credentials::Include => "include",
    };
    let mode = match request.mode {
        Mode::Cors => "cors",
        Mode::NoCors => "no-cors",
        Mode::SameOrigin => "same-origin",
    };
    let address = url.split('?').next().unwrap_or_default();
    let mut key = js::concat(&[&request.method, " ", address, " ", credentials, " ", mode]);
    for name in &request.headers {
        key = js::concat(&[&key, " ", name]);
    }
    key
}

fn prober<'a>(page: &'a JsValue, call: &'a Call, timeout: u32) -> Prober<'a> {
    Prober { page, call, engine: page::engine(), timeout, refused: Cell::new(false) }
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
    limits.as_caller = js::peek(probes, "asCaller").is_truthy();
    limits.local_network = js::peek(probes, "localNetwork").is_truthy();
    limits
}

/// Sends round after round until the session asks no more, the caller's signal aborts, or the page's policy forbids probes.
async fn probe_in_rounds(prober: &Prober<'_>, session: &mut Session, options: &JsValue) {
    let signal = js::peek(options, "signal");
    let progress = js::peek(options, "onProgress");
    loop {
        let round = session.round();
        if round.is_empty() || js::peek(&signal, "aborted").is_truthy() {
            return;
        }
        let mut may_go_on = true;
        each_as_it_comes(prober, &round, |probe, seen, ms| {
            match seen {
                Seen::Outcome(outcome) => session.saw(&probe.id, outcome, ms),
                Seen::Skipped(why) => {
                    session.skipped(&probe.id, why);
                    // Each further one would be reported to the site as well.
                    if why == probes::PAGE_CSP {
                        may_go_on = false;
                        session.violated("connect-src");
                    }
                }
            }
            if let (Some(latest), Ok(function)) = (session.latest(), progress.clone().dyn_into::<js_sys::Function>()) {
                let latest = latest.serialize(&serde_wasm_bindgen::Serializer::json_compatible());
                let _ = function.call1(&JsValue::UNDEFINED, &latest.unwrap_or_default());
            }
        })
        .await;
        if !may_go_on {
            return;
        }
    }
}

/// Sends probes at once and hands over each outcome when it is there.
async fn each_as_it_comes(prober: &Prober<'_>, round: &[Probe], mut seen: impl FnMut(&Probe, Seen, u32)) {
    let mut sent: Vec<_> = round.iter().map(|probe| Some(Box::pin(probes::send(prober, probe)))).collect();
    std::future::poll_fn(|context| {
        for (slot, probe) in sent.iter_mut().zip(round) {
            let ready = slot.as_mut().map(|future| future.as_mut().poll(context));
            if let Some(Poll::Ready((outcome, ms))) = ready {
                *slot = None;
                seen(probe, outcome, ms);
            }
        }
        if sent.iter().all(Option::is_none) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}
