//! What the page does in a row: the call, and the page it is made from.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use whycors::request::{Api, Credentials, Mode, PreflightReason, Redirect};

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
    /// As given to fetch.
    pub integrity: Option<String>,
    /// `json`, `text`, `stream` or none.
    pub body: Option<Body>,
    /// What ends the call, if the server does not answer in time.
    pub signal: Option<Signal>,
    /// What the page loads from the call's URL before it.
    pub before: Option<Before>,
    /// The page it is made from.
    pub page: Page,
    /// The API's scheme.
    pub api: Scheme,
    /// The state of the permission that the page needs to call loopback, if it is a public one.
    pub permission: Option<Permission>,
    /// What makes it.
    pub using: Using,
    /// The page listens to the upload of its XMLHttpRequest.
    pub upload_listener: bool,
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
    /// The same as a `ReadableStream`, without a Content-Type.
    Stream,
}

/// A call's signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signal {
    /// An `AbortController` that aborts after 300 ms.
    Aborted,
    /// `AbortSignal.timeout(300)`
    Timeout,
}

/// What a page does with the URL before its call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Before {
    /// Fetches it without CORS and without a cache mode, so that the answer is stored if it may be.
    NoCors,
}

/// A permission's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Permission {
    /// Given.
    Granted,
    /// Refused.
    Denied,
    /// Not asked for yet.
    Prompt,
}

/// What sends the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Using {
    /// `fetch`
    #[default]
    Fetch,
    /// `XMLHttpRequest`
    Xhr,
    /// `new EventSource(url)`
    EventSource,
    /// `new Image()`, which whycors does not see.
    Image,
    /// The same with `crossOrigin`.
    CorsImage,
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
    /// Over http, where another library has wrapped fetch before whycors.
    Wrapped,
    /// Over http, in a sandbox without an origin: `Origin: null`.
    Sandboxed,
    /// Over http, under a service worker that answers calls to rows with `Response.error()`.
    Worker,
    /// Over http, under a service worker that answers calls to rows with an opaque response.
    WorkerOpaque,
    /// Over http, under a service worker that passes calls to rows on.
    WorkerPasses,
    /// Over http, at a port that Chromium is told to take for a public address.
    Public,
    /// Over http, under a policy that allows scripts of its own, WebAssembly and the calls of the table, and nothing else.
    Strict,
    /// A file on disk, opened by its `file:` URL: `Origin: null`.
    File,
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
    /// The same, spoken in HTTP/2 only.
    H2,
}

impl Call {
    /// The method, [normalised](https://fetch.spec.whatwg.org/#concept-method-normalize).
    pub fn method(&self) -> String {
        let method = self.method.as_deref().unwrap_or("GET");
        let upper = method.to_ascii_uppercase();
        let known = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"].contains(&upper.as_str());
        if known { upper } else { method.to_string() }
    }

    /// What forces a preflight besides method and headers.
    pub fn forces_preflight(&self) -> Option<PreflightReason> {
        if self.upload_listener {
            return Some(PreflightReason::UploadListener);
        }
        (self.body == Some(Body::Stream)).then_some(PreflightReason::StreamBody)
    }

    /// The second argument of `fetch`, as far as it is JSON: only what the row says. A stream is its text here.
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
            ("integrity", self.integrity.as_deref()),
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
            Body::Text | Body::Stream => "marked-secret-body",
        }
    }
}

impl Using {
    /// The name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Using::Fetch => "fetch",
            Using::Xhr => "xhr",
            Using::EventSource => "event-source",
            Using::Image => "image",
            Using::CorsImage => "cors-image",
        }
    }

    /// As the model knows it.
    pub fn api(self) -> Api {
        match self {
            Using::Fetch | Using::Image => Api::Fetch,
            Using::Xhr => Api::Xhr,
            Using::EventSource => Api::EventSource,
            Using::CorsImage => Api::Element,
        }
    }
}

impl Permission {
    /// The name in the table, and in `permissions.query`.
    pub fn name(self) -> &'static str {
        match self {
            Permission::Granted => "granted",
            Permission::Denied => "denied",
            Permission::Prompt => "prompt",
        }
    }
}

impl Signal {
    /// The name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Signal::Aborted => "aborted",
            Signal::Timeout => "timeout",
        }
    }
}
