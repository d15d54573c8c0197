//! What the page knows for certain about itself.

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::capture::Call;
use super::{js, mask};
use crate::gate::{CallOutcome, Facts, Permission, Violation};
use crate::probe::Outcome;
use crate::request::Engine;
use crate::text;

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
            None => mask::message(&js::text(page, "said"), &failed.url, &[]),
        }),
        _ => CallOutcome::Failed(outcome),
    };
    let violation = js::peek(page, "violation");
    Facts {
        engine: match js::text(page, "engine").as_str() {
            "firefox" => Engine::Firefox,
            "webkit" => Engine::WebKit,
            "chromium" => Engine::Chromium,
            _ => Engine::Other,
        },
        online: js::is(page, "online"),
        page_scheme: js::text(page, "scheme"),
        page_host: js::text(page, "host"),
        violation: violation
            .is_object()
            .then(|| Violation { directive: js::text(&violation, "directive"), enforced: is_enforced(&violation) }),
        sent: call != CallOutcome::NotSent,
        call,
        fetch_is_wrapped: js::is(page, "wrapped"),
        worker_controlled: js::is(page, "worker"),
        local_network: match js::text(page, "permission").as_str() {
            "granted" => Permission::Granted,
            "prompt" => Permission::Prompt,
            "denied" => Permission::Denied,
            _ => Permission::Unknown,
        },
    }
}

/// The latest of the violations that is about this URL since a time; one that stopped it before one that was only reported.
#[wasm_bindgen]
pub fn violation(violations: &Array, url: &str, since: f64) -> JsValue {
    let mut latest = JsValue::UNDEFINED;
    for index in 0..violations.length() {
        let event = violations.get(index);
        let is_about = js::number(&event, "at").is_some_and(|at| at >= since)
            && matches!(js::text(&event, "directive").as_str(), "connect-src" | "default-src")
            && names_url(&js::text(&event, "blocked"), url);
        if is_about && (is_enforced(&event) || !is_enforced(&latest)) {
            latest = event;
        }
    }
    latest
}

fn is_enforced(violation: &JsValue) -> bool {
    js::text(violation, "disposition") == "enforce"
}

/// `blockedURI` is the URL, without fragment and user info, or only its origin.
fn names_url(blocked: &str, url: &str) -> bool {
    let url = without_user(url);
    blocked == url
        || (!blocked.is_empty() && blocked.bytes().filter(|byte| *byte == b'/').count() <= 3 && {
            let origin = text::trim(blocked, "/");
            url.strip_prefix(origin).is_some_and(|rest| rest.starts_with('/'))
        })
}

fn without_user(url: &str) -> String {
    let (scheme, rest) = text::split_once(url, "//").unwrap_or_default();
    let (authority, path) = text::split_once(rest, "/").unwrap_or((rest, ""));
    let host = text::rsplit_once(authority, b'@').map_or(authority, |(_, host)| host);
    text::concat(&[scheme, "//", host, "/", path])
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
        let events = Array::from(&js::peek(&page, "violations"));
        let enforced = |since| {
            let found = violation(&events, "https://a.test/x", since);
            found.is_object().then(|| is_enforced(&found))
        };
        assert_eq!((enforced(0.0), enforced(15.0), enforced(30.0)), (Some(true), Some(false), None));
    }
}
