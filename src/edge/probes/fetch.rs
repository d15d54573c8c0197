//! The fetch probes, and the call itself where `diagnose` sends it. Bodies are aborted as soon as headers arrive.

use js_sys::{Array, Function, Object};
use wasm_bindgen::{JsCast, JsValue};

use super::{Prober, Seen, within};
use crate::edge::{capture, js, timing};
use crate::gate::CallOutcome;
use crate::probe::{self, Outcome, Probe, Send};
use crate::request::{Credentials, Engine, Mode, Redirect};

/// Sends a fetch probe.
pub async fn send(prober: &Prober<'_>, probe: &Probe) -> Seen {
    let Send::Fetch { method, mode, credentials, redirect, headers, caller_values } = &probe.send else {
        return Seen::Skipped("not a fetch");
    };
    if *caller_values && !headers.is_empty() && *redirect == Redirect::Follow {
        return Seen::Skipped("values of headers must not follow a redirect");
    }
    let init = Object::new();
    js::set(&init, "method", *method);
    js::set(&init, "cache", "no-store");
    js::set(
        &init,
        "mode",
        match mode {
            Mode::Cors => "cors",
            Mode::NoCors => "no-cors",
            Mode::SameOrigin => "same-origin",
        },
    );
    js::set(
        &init,
        "credentials",
        match credentials {
            Credentials::Omit => "omit",
            Credentials::SameOrigin => "same-origin",
            Credentials::Include => "include",
        },
    );
    js::set(
        &init,
        "redirect",
        match redirect {
            Redirect::Follow => "follow",
            Redirect::Error => "error",
            Redirect::Manual => "manual",
        },
    );
    let values = Object::new();
    for name in headers {
        let value = match caller_values {
            true => js::invoke(&prober.call.headers, "get", &[name.as_str().into()]).unwrap_or_default(),
            // The core leaves such names out; this is the last place to notice if it did not.
            false if !probe::may_be_made_up(name) => return Seen::Skipped("a header that must not be made up"),
            false => probe::MADE_UP.into(),
        };
        js::set(&values, name, value);
    }
    js::set(&init, "headers", values);
    // So that each of several probes at once finds its own timing entry.
    let name = match prober.engine {
        Engine::Firefox => js::concat(&[&prober.call.url, timing::PROBE, &probe.id]),
        _ => prober.call.url.clone(),
    };
    match response(prober, name.as_str().into(), init, prober.timeout, JsValue::UNDEFINED).await {
        None => Seen::Outcome(Outcome::TimedOut),
        Some(Ok(response)) => Seen::Outcome(outcome(prober, &response)),
        Some(Err(_)) if prober.engine == Engine::Firefox => {
            Seen::Outcome(timing::outcome_of_failure(prober.page, &name, js::now()).await)
        }
        Some(Err(_)) => Seen::Outcome(Outcome::Failed),
    }
}

/// Sends the call itself, as its caller would.
pub async fn send_call(prober: &Prober<'_>) -> CallOutcome {
    let call = prober.call;
    // A Request keeps all that `init` says, and has its own signal that follows the caller's.
    let request = match js::construct("Request", &[call.input.clone(), call.init.clone()]) {
        Ok(request) => request,
        Err(thrown) => return CallOutcome::Invalid(js::message(&thrown)),
    };
    match response(prober, request, Object::new(), prober.timeout, caller_signal(call)).await {
        None => CallOutcome::Failed(Outcome::TimedOut),
        Some(Ok(response)) => CallOutcome::Succeeded(outcome(prober, &response)),
        Some(Err(_)) => failure(prober, js::now()).await,
    }
}

/// What a call that failed says: aborted by its caller, timed out, or failed.
pub async fn failure(prober: &Prober<'_>, ended: f64) -> CallOutcome {
    let signal = caller_signal(prober.call);
    if js::peek(&signal, "aborted").is_truthy() {
        let is_timeout = js::text(&js::peek(&signal, "reason"), "name") == "TimeoutError";
        return if is_timeout { CallOutcome::TimedOut } else { CallOutcome::Aborted };
    }
    CallOutcome::Failed(match prober.engine {
        Engine::Firefox => timing::outcome_of_failure(prober.page, &prober.call.url, ended).await,
        _ => Outcome::Failed,
    })
}

fn caller_signal(call: &capture::Call) -> JsValue {
    capture::signal(call).map(JsValue::from).unwrap_or_default()
}

/// Calls the pristine fetch; `None` after the time limit.
async fn response(
    prober: &Prober<'_>,
    input: JsValue,
    init: Object,
    timeout: u32,
    signal: JsValue,
) -> Option<Result<JsValue, JsValue>> {
    let controller = js::construct("AbortController", &[]).unwrap_or_default();
    let own = js::peek(&controller, "signal");
    let signals: Array = [own.clone(), signal].into_iter().filter(JsValue::is_object).collect();
    let joined = js::invoke(&js::global("AbortSignal"), "any", &[signals.into()]).unwrap_or(own);
    js::set(&init, "signal", joined);
    let sent = js::peek(prober.page, "fetch")
        .dyn_into::<Function>()
        .and_then(|fetch| fetch.call2(&js_sys::global(), &input, &init));
    let settled = match sent {
        Ok(promise) => within(timeout, promise).await,
        Err(thrown) => Some(Err(thrown)),
    };
    let _ = js::invoke(&controller, "abort", &[]);
    settled
}

fn outcome(prober: &Prober<'_>, response: &JsValue) -> Outcome {
    let status = js::number(response, "status").unwrap_or(0.0);
    if status == 401.0 || status == 429.0 {
        prober.refused.set(true);
    }
    match js::text(response, "type").as_str() {
        "opaque" => Outcome::Opaque,
        "opaqueredirect" => Outcome::OpaqueRedirect,
        _ if status >= 400.0 => Outcome::ReadableError,
        _ => Outcome::Readable,
    }
}
