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
