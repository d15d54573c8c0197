//! The EventSource probe. It never executes what it gets, and is closed at its first event.

use js_sys::{Object, Promise};
use wasm_bindgen::{JsCast, JsValue};

use super::{PAGE_CSP, Prober, Seen, within};
use crate::edge::js;
use crate::probe::Outcome;

/// Opens an EventSource without credentials.
pub async fn send(prober: &Prober<'_>) -> Seen {
    let source = match js::construct("EventSource", &[prober.call.url.as_str().into()]) {
        Ok(source) => source,
        // WebKit throws a SecurityError under a policy that forbids the address.
        Err(_) if js::global("EventSource").is_undefined() => return Seen::Skipped("no EventSource"),
        Err(_) => return Seen::Skipped(PAGE_CSP),
    };
    let first = Promise::new(&mut |resolve, _| {
        let source: &Object = source.unchecked_ref();
        js::set(source, "onopen", resolve.clone());
        js::set(source, "onerror", resolve);
    });
    let event = within(prober.timeout, first.into()).await;
    // Before `close()`, which sets it to 2.
    let state = js::number(&source, "readyState");
    let _ = js::invoke(&source, "close", &[]);
    Seen::Outcome(match event {
        None => Outcome::TimedOut,
        Some(Ok(event)) if is_open(&event) => Outcome::Open,
        Some(_) if state == Some(2.0) => Outcome::Closed,
        Some(_) => Outcome::Reconnecting,
    })
}

fn is_open(event: &JsValue) -> bool {
    js::text(event, "type") == "open"
}
