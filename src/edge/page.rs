//! What the page knows for certain about itself.

use wasm_bindgen::JsValue;

use super::capture::Call;
use super::js;
use crate::gate::{CallOutcome, Facts, Permission, Violation};
use crate::probe::Outcome;
use crate::request::Engine;

/// Takes the facts as `probes.js` gathered them.
pub fn facts(page: &JsValue, failed: &Call) -> Facts {
    let outcome = Outcome::named(&js::text(page, "outcome")).unwrap_or(Outcome::Failed);
    let call = match js::text(page, "kind").as_str() {
        "succeeded" => CallOutcome::Succeeded(outcome),
        "aborted" => CallOutcome::Aborted,
        "timed-out" => CallOutcome::TimedOut,
        "not-sent" => CallOutcome::NotSent,
        "invalid" => CallOutcome::Invalid(match &failed.invalid {
            Some(message) => message.clone(),
            None => js::text(page, "said"),
        }),
        _ => CallOutcome::Failed(outcome),
    };
    let violation = js::peek(page, "violation");
    Facts {
        engine: engine(&js::text(page, "engine")),
        online: js::is(page, "online"),
        page_scheme: js::text(page, "scheme"),
        page_host: js::text(page, "host"),
        violation: violation.is_object().then(|| Violation {
            directive: js::text(&violation, "effectiveDirective"),
            enforced: js::text(&violation, "disposition") == "enforce",
        }),
        sent: call != CallOutcome::NotSent,
        call,
        fetch_is_wrapped: js::is(page, "wrapped"),
        worker_controlled: js::is(page, "worker"),
        worker_failed: js::is(page, "workerFailed"),
        embedder_reported: js::is(page, "embedderReported"),
        called_at: Some(js::text(page, "calledAt")).filter(|place| !place.is_empty()),
        local_network: match js::text(page, "permission").as_str() {
            "granted" => Permission::Granted,
            "prompt" => Permission::Prompt,
            "denied" => Permission::Denied,
            _ => Permission::Unknown,
        },
    }
}

/// The engine of this name.
pub fn engine(name: &str) -> Engine {
    match name {
        "firefox" => Engine::Firefox,
        "webkit" => Engine::WebKit,
        "chromium" => Engine::Chromium,
        _ => Engine::Other,
    }
}
