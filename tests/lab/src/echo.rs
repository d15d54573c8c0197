//! `/lab/echo`, at every origin: answers as the URL wants it, or with what was asked.

use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use crate::State;
use crate::http::{Answer, Message};
use crate::origins::Site;
use crate::play;

pub const PATH: &str = "/lab/echo";

/// The query, JSON. A length that is not the body's keeps the client waiting, with `Connection: close` it is cut off.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    status: u16,
    /// What a preflight is answered with; it has the same headers.
    preflight: u16,
    headers: Vec<(String, String)>,
    /// Without it, the request as JSON.
    body: Option<String>,
    /// Milliseconds.
    delay: u64,
    /// The name under which `/lab/log` knows the request.
    log: Option<String>,
}

impl Default for Wanted {
    fn default() -> Wanted {
        Wanted { status: 200, preflight: 204, headers: Vec::new(), body: None, delay: 0, log: None }
    }
}

/// What was wanted, after the time that it takes.
pub async fn answer(message: &Message, site: Site, state: &State) -> Answer {
    let wanted = match wanted(&message.query) {
        Ok(wanted) => wanted,
        Err(error) => return Answer { status: 400, headers: Vec::new(), body: error.to_string().into_bytes() },
    };
    let is_preflight = message.method == "OPTIONS" && message.header("access-control-request-method").is_some();
    let status = if is_preflight { wanted.preflight } else { wanted.status };
    if let Some(name) = &wanted.log {
        state.log.add(play::received(message, site, name, status.to_string()));
    }
    tokio::time::sleep(Duration::from_millis(wanted.delay)).await;
    let body = wanted.body.unwrap_or_else(|| {
        let body = String::from_utf8_lossy(&message.body);
        json!({ "method": message.method, "headers": message.headers, "body": body }).to_string()
    });
    Answer { status, headers: wanted.headers, body: body.into_bytes() }
}

fn wanted(query: &str) -> serde_json::Result<Wanted> {
    if query.is_empty() { Ok(Wanted::default()) } else { serde_json::from_slice(&decoded(query)) }
}

/// Without its percent-encoding.
fn decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match hex.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    bytes
}
