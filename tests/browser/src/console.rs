//! The lines that a developer reads in an engine's console, from what the engine tells of it.
//!
//! Not in them: file names and line numbers at their sides, stacks, and what Firefox's own list of requests puts between them.

use http::StatusCode;
use lab::Origins;
use serde_json::Value;

/// Chromium, from the events of the DevTools protocol.
pub fn chromium(events: &[Value]) -> Vec<String> {
    let line = |event: &Value| match event["method"].as_str()? {
        "Log.entryAdded" => {
            let entry = &event["params"]["entry"];
            let text = entry["text"].as_str()?;
            let request = (entry["source"] == "network" && entry["level"] == "error")
                .then(|| failed_request(&entry["networkRequestId"], events));
            Some(request.flatten().unwrap_or_else(|| text.to_string()))
        }
        "Runtime.exceptionThrown" => {
            let details = &event["params"]["exceptionDetails"];
            Some(format!("{} {}", details["text"].as_str()?, details["exception"]["description"].as_str()?))
        }
        _ => None,
    };
    events.iter().filter_map(line).collect()
}

/// What DevTools show instead of `Failed to load resource`, as they know the request: `GET URL net::ERR_FAILED 200 (OK)`.
fn failed_request(id: &Value, events: &[Value]) -> Option<String> {
    let with = |method: &'static str| {
        let of_request = events.iter().filter(move |event| event["method"] == method);
        of_request.map(|event| &event["params"]).filter(|parameters| parameters["requestId"] == *id)
    };
    // Each hop of a redirect is sent anew, and has a head of its own if it was answered.
    let hops = with("Network.requestWillBeSent").count();
    let request = &with("Network.requestWillBeSent").next_back()?["request"];
    let mut line = format!("{} {}", request["method"].as_str()?, request["url"].as_str()?);
    if let Some(failed) = with("Network.loadingFailed").next_back() {
        line = format!("{line} {}", failed["errorText"].as_str()?);
    }
    let head = with("Network.responseReceivedExtraInfo").nth(hops.saturating_sub(1));
    if let Some(status) = head
        .and_then(|head| head["statusCode"].as_u64())
        .and_then(|status| StatusCode::from_u16(status.try_into().ok()?).ok())
    {
        line = format!("{line} {} ({})", status.as_u16(), status.canonical_reason().unwrap_or_default());
    }
    Some(line)
}

/// Firefox, from what `page/firefox-console.js` returns.
pub fn firefox(errors: &[Value]) -> Vec<String> {
    let line = |error: &Value| {
        let text = error["errorMessage"].as_str()?;
        // On its way from the page's process an error loses that it was a promise's; nothing in these pages throws else.
        let is_script = error["category"] == "content javascript";
        Some(if is_script { format!("Uncaught (in promise) {text}") } else { text.to_string() })
    };
    errors.iter().filter_map(line).collect()
}

/// WebKit, from the messages of its inspector.
pub fn webkit(messages: &[Value]) -> Vec<String> {
    let own = messages.iter().filter(|message| message["source"] != "console-api");
    own.filter_map(|message| message["text"].as_str()).map(str::to_string).collect()
}

/// A line with the placeholders of the recorded file in the place of what another lab has otherwise; `file` is the URL of its page
/// on disk.
pub fn with_placeholders(text: &str, origins: &Origins, file: &str) -> String {
    // What follows is a stack.
    let line = text.lines().next().unwrap_or_default().trim_end();
    let named = [
        ("{page}", &origins.page),
        ("{page_https}", &origins.page_https),
        ("{page_public}", &origins.page_public),
        ("{api}", &origins.api),
        ("{api_https}", &origins.api_https),
        ("{api_h2}", &origins.api_h2),
        ("{other}", &origins.other),
        ("{closed}", &origins.closed),
    ];
    let others = [
        ("{file}", file.to_string()),
        ("{127.0.0.1}", origins.api.replace("localhost", "127.0.0.1")),
        ("{api_address}", origins.api.replace("http://localhost", "127.0.0.1")),
        ("{user@other}", origins.other.replace("://", "://user:pass@")),
    ];
    let mut all: Vec<(&str, String)> = named.map(|(name, origin)| (name, origin.clone())).to_vec();
    all.extend(others);
    // A port may begin as another does.
    all.sort_by_key(|(_, origin)| std::cmp::Reverse(origin.len()));
    all.iter().fold(line.to_string(), |line, (name, origin)| line.replace(origin, name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn event(method: &str, parameters: Value) -> Value {
        json!({ "method": method, "params": parameters })
    }

    fn sent(url: &str) -> Value {
        event("Network.requestWillBeSent", json!({ "requestId": "1", "request": { "method": "PUT", "url": url } }))
    }

    fn answered(status: u16) -> Value {
        event("Network.responseReceivedExtraInfo", json!({ "requestId": "1", "statusCode": status }))
    }

    fn failed(error: &str) -> [Value; 2] {
        let entry = json!({ "source": "network", "level": "error", "text": format!("Failed to load resource: {error}"),
                            "networkRequestId": "1" });
        [
            event("Network.loadingFailed", json!({ "requestId": "1", "errorText": error })),
            event("Log.entryAdded", json!({ "entry": entry })),
        ]
    }

    #[test]
    fn devtools_name_the_request_its_error_and_the_status_of_its_last_hop() {
        let answer = [&[sent("http://a/"), answered(500)][..], &failed("net::ERR_FAILED")].concat();
        assert_eq!(chromium(&answer), ["PUT http://a/ net::ERR_FAILED 500 (Internal Server Error)"]);
        let redirect = [&[sent("http://a/"), answered(302), sent("http://b/")][..], &failed("net::ERR_X")].concat();
        assert_eq!(chromium(&redirect), ["PUT http://b/ net::ERR_X"]);
        assert_eq!(chromium(&failed("net::ERR_X")), ["Failed to load resource: net::ERR_X"]);
    }

    #[test]
    fn an_error_that_nobody_catches_is_a_line() {
        let details = json!({ "text": "Uncaught (in promise)", "exception": { "description": "TypeError: no" } });
        let thrown = event("Runtime.exceptionThrown", json!({ "exceptionDetails": details }));
        assert_eq!(chromium(&[thrown]), ["Uncaught (in promise) TypeError: no"]);
        let errors = [
            json!({ "category": "CORSMissingAllowOrigin2", "errorMessage": "Blocked" }),
            json!({ "category": "content javascript", "errorMessage": "TypeError: no" }),
        ];
        assert_eq!(firefox(&errors), ["Blocked", "Uncaught (in promise) TypeError: no"]);
    }

    #[test]
    fn what_the_page_itself_prints_is_no_line() {
        assert_eq!(chromium(&[event("Runtime.consoleAPICalled", json!({}))]), [""; 0]);
        let printed = json!({ "source": "console-api", "text": "mine" });
        assert_eq!(webkit(&[printed, json!({ "source": "security", "text": "Origin" })]), ["Origin"]);
    }

    #[test]
    fn an_origin_becomes_its_placeholder_whatever_its_port_begins_with() {
        let mut origins = Origins::fixed();
        origins.page = "http://localhost:820".to_string();
        let placed = |text: &str| with_placeholders(text, &origins, "file:///tmp/x/page.html");
        assert_eq!(placed("http://localhost:8200/s from 'http://localhost:820'"), "{api}/s from '{page}'");
        assert_eq!(placed("http://127.0.0.1:8200/ (127.0.0.1:8200)"), "{127.0.0.1}/ ({api_address})");
        assert_eq!(placed("http://user:pass@localhost:8300/"), "{user@other}/");
        assert_eq!(placed("file:///tmp/x/page.html\n  at stack"), "{file}");
    }
}
