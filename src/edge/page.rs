//! What the page knows for certain about itself.

use wasm_bindgen::JsValue;

use super::capture::Call;
use super::{js, timing};
use crate::gate::{self, CallOutcome, Facts, Permission, Violation};
use crate::request::Engine;

/// Gathers the facts behind a call that ended at `ended`.
pub async fn facts(page: &JsValue, call: &Call, outcome: CallOutcome, ended: f64) -> Facts {
    let navigator = js::global("navigator");
    let engine = engine();
    let violation = match outcome {
        CallOutcome::Failed(_) => violation_of_call(page, call, engine, ended).await,
        _ => None,
    };
    Facts {
        engine,
        online: !js::peek(&navigator, "onLine").is_falsy() || js::peek(&navigator, "onLine").is_undefined(),
        secure_page: js::text(&js::global("location"), "protocol") == "https:",
        violation,
        sent: outcome != CallOutcome::NotSent,
        call: outcome,
        worker_controlled: js::peek(&js::peek(&navigator, "serviceWorker"), "controller").is_object(),
        cross_origin_isolated: js::global("crossOriginIsolated").is_truthy(),
        native_fetch: !js::peek(page, "wrapped").is_truthy(),
        local_network: local_network(&navigator, call.request.target.host()).await,
    }
}

/// The engine, by CSS that only one of them knows: DevTools can change the user agent, and not this.
pub fn engine() -> Engine {
    let supports = |property: &str, value: &str| {
        js::invoke(&js::global("CSS"), "supports", &[property.into(), value.into()]).is_ok_and(|yes| yes.is_truthy())
    };
    if supports("-moz-orient", "inline") {
        Engine::Firefox
    } else if supports("-webkit-nbsp-mode", "space") {
        Engine::WebKit
    } else if supports("app-region", "drag") || supports("-webkit-app-region", "drag") {
        Engine::Chromium
    } else {
        Engine::Other
    }
}

/// A `securitypolicyviolation` about the call. Chromium and Firefox tell after the rejection, so this waits; an entry in
/// Resource Timing shows that no policy stopped it, and ends the wait.
async fn violation_of_call(page: &JsValue, call: &Call, engine: Engine, ended: f64) -> Option<Violation> {
    let mut waited = 0;
    loop {
        let found = violation(page, &call.url, ended - 1000.0);
        let is_final = engine == Engine::WebKit || waited >= 50 || timing::has_entry(page, &call.url, ended);
        if found.is_some() || (is_final && waited > 0) {
            return found;
        }
        let _ = js::settle(js::sleep(5).into()).await;
        waited += 5;
    }
}

/// The latest violation about this URL since a time; one that stopped it before one that was only reported.
pub fn violation(page: &JsValue, url: &str, since: f64) -> Option<Violation> {
    let events = js_sys::Array::from(&js::peek(page, "violations"));
    let is_about = |event: &JsValue| {
        js::number(event, "at").is_some_and(|at| at >= since)
            && matches!(js::text(event, "directive").as_str(), "connect-src" | "default-src")
            && names_url(&js::text(event, "blocked"), url)
    };
    let about = events.iter().filter(is_about).map(|event| Violation {
        directive: js::text(&event, "directive"),
        enforced: js::text(&event, "disposition") == "enforce",
    });
    about.max_by_key(|violation| violation.enforced)
}

/// `blockedURI` is the URL, without fragment and user info, or only its origin.
fn names_url(blocked: &str, url: &str) -> bool {
    let url = without_user(url);
    blocked == url
        || (!blocked.is_empty() && blocked.bytes().filter(|byte| *byte == b'/').count() <= 3 && {
            let origin = blocked.trim_end_matches('/');
            url.strip_prefix(origin).is_some_and(|rest| rest.starts_with('/'))
        })
}

fn without_user(url: &str) -> String {
    let mut parts = url.splitn(4, '/');
    let mut next = || parts.next().unwrap_or_default();
    let (scheme, _, authority, path) = (next(), next(), next(), next());
    js::concat(&[scheme, "//", authority.rsplit('@').next().unwrap_or_default(), "/", path])
}

/// State of the permission that a call to this host would need.
async fn local_network(navigator: &JsValue, host: &str) -> Permission {
    let first = if gate::is_loopback(host) { "loopback-network" } else { "local-network" };
    for name in [first, "local-network-access"] {
        let descriptor = js_sys::Object::new();
        js::set(&descriptor, "name", name);
        let Ok(asked) = js::invoke(&js::peek(navigator, "permissions"), "query", &[descriptor.into()]) else {
            continue;
        };
        let Ok(status) = js::settle(asked).await else { continue };
        return match js::text(&status, "state").as_str() {
            "granted" => Permission::Granted,
            "prompt" => Permission::Prompt,
            "denied" => Permission::Denied,
            _ => Permission::Unknown,
        };
    }
    Permission::Unknown
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_violation_is_matched_by_url_or_origin() {
        let url = "https://u:p@a.test:8443/x/y?q";
        for (blocked, is_named) in [
            ("https://a.test:8443/x/y?q", true),
            ("https://a.test:8443", true),
            ("https://a.test:8443/", true),
            ("https://a.test:84", false),
            ("https://a.test:8443/other", false),
            ("inline", false),
            ("", false),
        ] {
            assert_eq!(names_url(blocked, url), is_named, "{blocked}");
        }
    }

    #[wasm_bindgen_test]
    fn an_enforced_violation_wins_over_a_reported_one() {
        let page = js_sys::JSON::parse(
            r#"{"violations": [
                {"at": 10, "blocked": "https://a.test/x", "directive": "connect-src", "disposition": "enforce"},
                {"at": 20, "blocked": "https://a.test/x", "directive": "connect-src", "disposition": "report"},
                {"at": 20, "blocked": "https://a.test/x", "directive": "img-src", "disposition": "enforce"}]}"#,
        )
        .unwrap_or_default();
        let enforced = |since| violation(&page, "https://a.test/x", since).map(|violation| violation.enforced);
        assert_eq!((enforced(0.0), enforced(15.0), enforced(30.0)), (Some(true), Some(false), None));
    }
}
