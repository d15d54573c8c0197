//! What the page does in a row: the call, and the page it is made from.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use whycors::request::{Api, Credentials, Mode, Redirect};

/// What the page does.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Call {
    /// As given to fetch; GET if absent.
    pub method: Option<String>,
    /// As given to fetch.
    pub headers: BTreeMap<String, String>,
    /// As given to fetch.
    pub credentials: Option<Credentials>,
    /// As given to fetch.
    pub mode: Option<Mode>,
    /// As given to fetch.
    pub redirect: Option<Redirect>,
    /// `json`, `text` or none.
    pub body: Option<Body>,
    /// The page it is made from.
    pub page: Page,
    /// The API's scheme.
    pub api: Scheme,
    /// `fetch` or `xhr`.
    pub using: Api,
    /// A whole URL instead of the row's own; may hold the placeholders of the table.
    pub url: Option<String>,
}

/// A call's body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// A small JSON document; the row sets the Content-Type.
    Json,
    /// A line of text; the browser sets the Content-Type.
    Text,
}

/// The page a call is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Page {
    /// Over http, without a policy.
    #[default]
    Http,
    /// Over https.
    Https,
    /// Over http, with `Content-Security-Policy: connect-src 'self'`.
    Csp,
    /// Over http, with `Cross-Origin-Embedder-Policy: require-corp`.
    Coep,
}

/// The scheme of the API's origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// Plain.
    #[default]
    Http,
    /// With a certificate nobody trusts.
    Https,
}

impl Call {
    /// The method, [normalised](https://fetch.spec.whatwg.org/#concept-method-normalize).
    pub fn method(&self) -> String {
        let method = self.method.as_deref().unwrap_or("GET");
        let upper = method.to_ascii_uppercase();
        let known = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"].contains(&upper.as_str());
        if known { upper } else { method.to_string() }
    }

    /// The second argument of `fetch`: only what the row says.
    pub fn init(&self) -> Value {
        let credentials = self.credentials.map(|credentials| match credentials {
            Credentials::Omit => "omit",
            Credentials::SameOrigin => "same-origin",
            Credentials::Include => "include",
        });
        let mode = self.mode.map(|mode| match mode {
            Mode::Cors => "cors",
            Mode::NoCors => "no-cors",
            Mode::SameOrigin => "same-origin",
        });
        let redirect = self.redirect.map(|redirect| match redirect {
            Redirect::Follow => "follow",
            Redirect::Error => "error",
            Redirect::Manual => "manual",
        });
        let said = [
            ("method", self.method.as_deref()),
            ("credentials", credentials),
            ("mode", mode),
            ("redirect", redirect),
            ("body", self.body.map(Body::text)),
        ];
        let mut init: Map<String, Value> =
            said.into_iter().filter_map(|(name, value)| Some((name.to_string(), json!(value?)))).collect();
        if !self.headers.is_empty() {
            init.insert("headers".to_string(), json!(self.headers));
        }
        Value::Object(init)
    }
}

impl Body {
    /// What is sent.
    pub fn text(self) -> &'static str {
        match self {
            Body::Json => r#"{"name":"marked-secret-body"}"#,
            Body::Text => "marked-secret-body",
        }
    }
}
