//! What `curl` prints of a row's call, request by request as a browser would send them.

use std::process::Command;

use lab::{Body, Lab, Scenario, Using};
use whycors::explain::url;
use whycors::request::{Mode, PreflightReason, Redirect};
use whycors::safelist;
use whycors::world::{Failure, Reply, Rule};

/// One request and what came back.
#[derive(Debug, Clone)]
pub struct Step {
    pub method: String,
    pub url: String,
    /// Those of the request.
    pub headers: Vec<(String, String)>,
    /// The command, as one would paste it.
    pub command: String,
    /// What it printed, errors included.
    pub output: String,
}

impl Step {
    pub fn status(&self) -> Option<u16> {
        self.output.split_whitespace().nth(1).filter(|_| self.output.starts_with("HTTP/"))?.parse().ok()
    }

    /// Header lines of the answer.
    pub fn answer(&self) -> Vec<(String, String)> {
        let head = self.output.split("\r\n\r\n").next().unwrap_or_default();
        let lines = head.lines().skip(1).filter_map(|line| line.split_once(':'));
        lines.map(|(name, value)| (name.to_string(), value.trim().to_string())).collect()
    }
}

/// The body of the row's call.
fn body(row: &Scenario) -> Option<&'static str> {
    Some(match row.call.body? {
        Body::Json => "{\"a\":1}",
        Body::Text | Body::Stream => "text",
    })
}

/// Plays the row: preflight, request, and the same at whatever a redirect leads to. Nothing is refused here: that is the browser's part.
pub fn play(lab: &Lab, row: &Scenario) -> Vec<Step> {
    lab.begin(&row.id);
    let request = row.request(lab.origins());
    let (mut at, mut method) = (lab.call_url(row), request.method.clone());
    let mut headers: Vec<(String, String)> = row.call.headers.clone().into_iter().collect();
    headers.retain(|(name, value)| !safelist::is_forbidden_header(name, value));
    if row.call.using == Using::EventSource {
        headers.push(("Accept".into(), "text/event-stream".into()));
    }
    let (mut crossed, mut tainted) = (request.is_cross_origin(), request.origin.is_opaque());
    let mut steps: Vec<Step> = Vec::new();
    for _ in 0..=21 {
        let names = safelist::unsafe_names(&headers);
        let origin = if tainted { "null" } else { request.origin.as_str() };
        let is_cors = request.mode == Mode::Cors && crossed;
        let is_forced = request.forces_preflight.is_some();
        if is_cors && (!names.is_empty() || !safelist::is_safelisted_method(&method) || is_forced) {
            let mut asked = vec![
                ("Origin".to_string(), origin.to_string()),
                ("Access-Control-Request-Method".to_string(), method.clone()),
            ];
            if !names.is_empty() {
                asked.push(("Access-Control-Request-Headers".to_string(), names.join(",")));
            }
            steps.push(send(row, "OPTIONS", &at, &asked, None));
        }
        let mut sent = headers.clone();
        if is_cors {
            sent.push(("Origin".into(), origin.into()));
        }
        if request.carries_cookies() && (request.is_credentialed() || !crossed) {
            sent.push(("Cookie".into(), "session=marked-secret-cookie".into()));
        }
        let body = body(row).filter(|_| !matches!(method.as_str(), "GET" | "HEAD"));
        let step = send(row, &method, &at, &sent, body);
        let (status, location) =
            (step.status(), step.answer().into_iter().find(|(name, _)| name.eq_ignore_ascii_case("location")));
        steps.push(step);
        let is_redirect = matches!(status, Some(301 | 302 | 303 | 307 | 308)) && request.redirect == Redirect::Follow;
        let Some((_, location)) = location.filter(|_| is_redirect) else { break };
        let next = url::resolve(&at, &location);
        if url::origin(&next).is_none() || request.forces_preflight == Some(PreflightReason::StreamBody) {
            break;
        }
        if url::origin(&next) != url::origin(&at) {
            tainted |= crossed;
            crossed = crossed || url::origin(&next).as_deref() != Some(request.origin.as_str());
            headers.retain(|(name, _)| !name.eq_ignore_ascii_case("authorization"));
        }
        if (matches!(status, Some(301 | 302)) && method == "POST") || (status == Some(303) && method != "HEAD") {
            method = "GET".into();
            headers.retain(|(name, _)| !name.to_ascii_lowercase().starts_with("content-"));
        }
        at = next;
    }
    steps
}

fn send(row: &Scenario, method: &str, url: &str, headers: &[(String, String)], body: Option<&str>) -> Step {
    let mut words = vec!["-i".to_string()];
    match method {
        "GET" => {}
        "HEAD" => words.push("--head".into()),
        method => words.extend(["-X".into(), method.into()]),
    }
    words.push(url.to_string());
    for (name, value) in headers {
        words.extend(["-H".into(), format!("{name}: {value}")]);
    }
    if let Some(body) = body {
        words.extend(["--data-raw".into(), body.into()]);
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
            words.extend(["-H".into(), "Content-Type: text/plain".into()]);
        }
    }
    let is_untrusted = row.server.iter().any(|rule: &Rule| rule.reply == Reply::Fails(Failure::Tls));
    let mut curl = Command::new("curl");
    curl.args(["-sS", "--max-time", "2", "--noproxy", "*"]).args(&words);
    if !is_untrusted {
        curl.arg("-k");
    }
    let output = curl.output().unwrap_or_else(|error| panic!("curl has to be installed: {error}"));
    let quoted: Vec<String> = words.iter().map(|word| quote(word)).collect();
    Step {
        method: method.to_string(),
        url: url.to_string(),
        headers: headers.to_vec(),
        command: format!("curl {}", quoted.join(" ")),
        output: format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)),
    }
}

fn quote(word: &str) -> String {
    let is_plain =
        !word.is_empty() && word.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_./:".contains(letter));
    if is_plain { word.to_string() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

/// The same as one HAR, as a browser would export it.
pub fn har(steps: &[Step]) -> String {
    let list = |headers: &[(String, String)]| -> Vec<serde_json::Value> {
        headers.iter().map(|(name, value)| serde_json::json!({ "name": name, "value": value })).collect()
    };
    let entries: Vec<serde_json::Value> = steps
        .iter()
        .map(|step| {
            let error = match step.output.split(['(', ')']).nth(1).filter(|_| step.output.starts_with("curl:")) {
                Some("7") => Some("net::ERR_CONNECTION_REFUSED"),
                Some("6") => Some("net::ERR_NAME_NOT_RESOLVED"),
                Some("28") => Some("net::ERR_TIMED_OUT"),
                Some("35" | "60") => Some("net::ERR_CERT_AUTHORITY_INVALID"),
                Some("52") => Some("net::ERR_EMPTY_RESPONSE"),
                Some("56") => Some("net::ERR_CONNECTION_RESET"),
                Some(_) => Some("net::ERR_INVALID_HTTP_RESPONSE"),
                None => None,
            };
            serde_json::json!({
                "startedDateTime": "2026-11-01T10:00:00.000Z",
                "time": 12.5,
                "_resourceType": if step.method == "OPTIONS" { "preflight" } else { "fetch" },
                "request": {
                    "method": step.method, "url": step.url, "httpVersion": "HTTP/1.1", "headers": list(&step.headers),
                    "queryString": [], "cookies": [], "headersSize": -1, "bodySize": 0,
                },
                "response": {
                    "status": step.status().unwrap_or(0), "statusText": "", "httpVersion": "HTTP/1.1",
                    "headers": list(&step.answer()), "cookies": [], "content": { "size": 0, "mimeType": "x-unknown", "text": "{\"a\": \"\\u00e9\"}" },
                    "redirectURL": "", "headersSize": -1, "bodySize": 0, "_error": error,
                },
                "cache": {}, "timings": { "send": 0, "wait": 1, "receive": 0 },
            })
        })
        .collect();
    serde_json::json!({ "log": { "version": "1.2", "creator": { "name": "WebInspector", "version": "537.36" }, "pages": [], "entries": entries } })
        .to_string()
}
