//! The calls that a page makes, and what it sees of their answers.

use serde::Deserialize;
use serde_json::Value;

use crate::target::Call;

/// The call with everything that a preflight and credentials are about.
pub(crate) fn full() -> Call {
    let headers = [("authorization", "Bearer good"), ("content-type", "application/json")];
    Call {
        method: Some("PUT".into()),
        path: Some("/items/1".into()),
        headers: headers.map(|(name, value)| (name.to_string(), value.to_string())).into(),
        credentials: Some("include".into()),
        mode: None,
    }
}

pub(crate) fn simple() -> Call {
    Call { path: Some("/items".into()), ..Call::default() }
}

/// What a page sees.
#[derive(Debug, Deserialize)]
pub(crate) struct Answer {
    pub(crate) status: Option<u16>,
    #[serde(default)]
    pub(crate) read: bool,
    pub(crate) failed: Option<String>,
}

impl Answer {
    /// In a few words.
    pub(crate) fn said(&self) -> String {
        self.failed.clone().unwrap_or_else(|| format!("status {}", self.status.unwrap_or_default()))
    }
}

pub(crate) fn path(call: &Call) -> &str {
    call.path.as_deref().unwrap_or("/items")
}

pub(crate) fn method(call: &Call) -> &str {
    call.method.as_deref().unwrap_or("GET")
}

/// The causes that a Diagnosis names.
pub(crate) fn codes(diagnosis: &Value) -> Vec<String> {
    let causes = diagnosis["causes"].as_array().cloned().unwrap_or_default();
    causes.iter().filter_map(|cause| cause["code"].as_str()).map(str::to_string).collect()
}
