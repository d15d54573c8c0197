//! The profile of a call: all that the CORS protocol looks at, and nothing secret.
//!
//! Header *values* decide whether a header is safelisted; they are looked at once, in
//! [`crate::safelist`], and not kept.

use crate::prelude::*;
use crate::{safelist, text};

/// The engine whose behaviour is predicted. Version differences are not modelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "table", derive(serde::Deserialize), serde(rename_all = "lowercase"))]
pub enum Engine {
    /// Chrome, Edge, Opera, Electron.
    Chromium,
    /// Firefox.
    Firefox,
    /// Safari, every browser on iOS, WebKitGTK.
    WebKit,
    /// None of the three: only what the Fetch standard promises is predicted.
    Other,
}

impl Engine {
    /// The name in a Diagnosis.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Chromium => "chromium",
            Engine::Firefox => "firefox",
            Engine::WebKit => "webkit",
            Engine::Other => "other",
        }
    }
}

/// A request's [credentials mode](https://fetch.spec.whatwg.org/#concept-request-credentials-mode).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "table", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Credentials {
    /// Never sent.
    Omit,
    /// Sent to the page's own origin only.
    #[default]
    SameOrigin,
    /// Sent to every origin.
    Include,
}

impl Credentials {
    /// As script writes it.
    pub fn name(self) -> &'static str {
        match self {
            Credentials::Omit => "omit",
            Credentials::SameOrigin => "same-origin",
            Credentials::Include => "include",
        }
    }
}

/// A request's [mode](https://fetch.spec.whatwg.org/#concept-request-mode).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "table", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Mode {
    /// The CORS protocol decides.
    #[default]
    Cors,
    /// The answer is opaque; the CORS protocol does not apply.
    NoCors,
    /// Another origin is a network error.
    SameOrigin,
}

impl Mode {
    /// As script writes it.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Cors => "cors",
            Mode::NoCors => "no-cors",
            Mode::SameOrigin => "same-origin",
        }
    }
}

/// A request's [redirect mode](https://fetch.spec.whatwg.org/#concept-request-redirect-mode).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "table", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Redirect {
    /// Redirects are followed.
    #[default]
    Follow,
    /// A redirect is a network error.
    Error,
    /// A redirect is an opaque-redirect filtered response.
    Manual,
}

impl Redirect {
    /// As script writes it.
    pub fn name(self) -> &'static str {
        match self {
            Redirect::Follow => "follow",
            Redirect::Error => "error",
            Redirect::Manual => "manual",
        }
    }
}

/// What the caller used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "table", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Api {
    /// `fetch()`
    #[default]
    Fetch,
    /// `XMLHttpRequest`
    Xhr,
    /// `EventSource`
    EventSource,
    /// An element that fetches with CORS: `<img crossorigin>`, `<script type=module>` and their like.
    Element,
}

impl Api {
    /// In a Diagnosis.
    pub fn name(self) -> &'static str {
        match self {
            Api::Fetch => "fetch",
            Api::Xhr => "xhr",
            Api::EventSource => "event-source",
            Api::Element => "element",
        }
    }
}

/// A serialised origin, or `null`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// Takes an origin as `location.origin` and `URL.origin` serialise it; anything else is `null`.
    pub fn new(serialised: &str) -> Origin {
        Origin(if text::contains(serialised, "://") { serialised } else { "null" }.to_string())
    }

    /// As the `Origin` header carries it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// An [opaque origin](https://html.spec.whatwg.org/#concept-origin-opaque): `file:`, a sandboxed frame, `data:`.
    pub fn is_opaque(&self) -> bool {
        self.0 == "null"
    }

    /// Scheme, without the colon; empty if opaque.
    pub fn scheme(&self) -> &str {
        text::split_once(&self.0, "://").map_or("", |(scheme, _)| scheme)
    }

    /// Host without port, IPv6 in brackets; empty if opaque.
    pub fn host(&self) -> &str {
        self.host_and_port().0
    }

    /// The port, with the scheme's default filled in; `None` if opaque or unknown.
    pub fn port(&self) -> Option<u16> {
        match (self.host_and_port().1, self.scheme()) {
            ("", "http" | "ws") => Some(80),
            ("", "https" | "wss") => Some(443),
            ("", "ftp") => Some(21),
            (port, _) => text::number(port),
        }
    }

    /// The port as written; empty if it is the scheme's default.
    fn host_and_port(&self) -> (&str, &str) {
        let rest = text::split_once(&self.0, "://").map_or("", |(_, rest)| rest);
        match text::rsplit_once(rest, b':') {
            Some((host, port)) if text::all(port, |byte| byte.is_ascii_digit()) => (host, port),
            _ => (rest, ""),
        }
    }
}

/// The profile of a call. Holds header names, never a header value, a cookie or a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The URL as reports show it: user info, query values and fragment masked.
    pub url: String,
    /// Scheme of the URL, without the colon.
    pub scheme: String,
    /// Origin of the URL.
    pub target: Origin,
    /// Origin of the page.
    pub origin: Origin,
    /// Method, [normalised](https://fetch.spec.whatwg.org/#concept-method-normalize).
    pub method: String,
    /// Names of the headers the caller set, lower case, sorted, forbidden ones left out.
    pub headers: Vec<String>,
    /// The [CORS-unsafe request-header names](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names) among them.
    pub unsafe_headers: Vec<String>,
    /// Credentials mode.
    pub credentials: Credentials,
    /// Mode.
    pub mode: Mode,
    /// Redirect mode.
    pub redirect: Redirect,
    /// What the caller used.
    pub api: Api,
    /// An upload listener was registered, or the body is a stream: either forces a preflight. Never both: only an XMLHttpRequest
    /// has listeners, and only `fetch` takes a stream.
    pub forces_preflight: Option<PreflightReason>,
    /// The call names an integrity digest.
    pub integrity: bool,
}

/// Why a call is preceded by a preflight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PreflightReason {
    /// The method is not CORS-safelisted.
    Method(String),
    /// A header is not CORS-safelisted.
    Header(String),
    /// An upload listener is registered on the XMLHttpRequest.
    UploadListener,
    /// The body is a stream.
    StreamBody,
}

impl PreflightReason {
    /// As a Diagnosis writes it.
    pub fn words(&self) -> String {
        match self {
            PreflightReason::Method(method) => text::concat(&["method ", method]),
            PreflightReason::Header(name) => text::concat(&["header ", name]),
            PreflightReason::UploadListener => "upload listener".to_string(),
            PreflightReason::StreamBody => "streamed body".to_string(),
        }
    }
}

impl Request {
    /// A GET without headers and credentials, from the origin `page` to `url` of the origin `target`.
    ///
    /// ```
    /// use whycors::Request;
    /// let call = Request::new("http://localhost:5173", "https://api.example.com", "https://api.example.com/items");
    /// assert!(call.is_cross_origin() && call.preflight_because().is_empty());
    /// ```
    pub fn new(page: &str, target: &str, url: &str) -> Request {
        Request {
            url: url.to_string(),
            scheme: text::split_once(url, ":").map_or("", |(scheme, _)| scheme).to_ascii_lowercase(),
            target: Origin::new(target),
            origin: Origin::new(page),
            method: "GET".to_string(),
            headers: Vec::new(),
            unsafe_headers: Vec::new(),
            credentials: Credentials::SameOrigin,
            mode: Mode::Cors,
            redirect: Redirect::Follow,
            api: Api::Fetch,
            forces_preflight: None,
            integrity: false,
        }
    }

    /// Sets the headers from name and value, as far as the mode sends them; the values are looked at and dropped.
    pub fn with_headers(mut self, headers: &[(String, String)]) -> Request {
        (self.headers, self.unsafe_headers) = match self.mode {
            Mode::NoCors => (safelist::no_cors_names(headers), Vec::new()),
            _ => (safelist::sent_names(headers), safelist::unsafe_names(headers)),
        };
        self
    }

    /// The page's origin and the URL's differ, or one of them is opaque.
    pub fn is_cross_origin(&self) -> bool {
        self.origin.is_opaque() || self.target.is_opaque() || self.origin != self.target
    }

    /// Cookies, client certificates and HTTP authentication travel with the call.
    pub fn is_credentialed(&self) -> bool {
        self.credentials == Credentials::Include
    }

    /// Cookies travel with it: to every origin, or home.
    pub fn carries_cookies(&self) -> bool {
        self.is_credentialed() || (self.credentials == Credentials::SameOrigin && !self.is_cross_origin())
    }

    /// The call was a GET or HEAD, so repeating it changes nothing (RFC 9110, 9.2.1).
    pub fn is_repeatable(&self) -> bool {
        self.method == "GET" || self.method == "HEAD"
    }

    /// A preflight precedes the call.
    pub fn has_preflight(&self) -> bool {
        let is_unsafe = !safelist::is_safelisted_method(&self.method) || !self.unsafe_headers.is_empty();
        self.mode == Mode::Cors && self.is_cross_origin() && (is_unsafe || self.forces_preflight.is_some())
    }

    /// Why the call is preceded by a preflight, every reason of it; empty if it is not. The method comes first, then the headers
    /// in the order in which `Access-Control-Request-Headers` names them, then what forces it.
    pub fn preflight_because(&self) -> Vec<PreflightReason> {
        let mut reasons = Vec::new();
        if self.mode != Mode::Cors || !self.is_cross_origin() {
            return reasons;
        }
        if !safelist::is_safelisted_method(&self.method) {
            reasons.push(PreflightReason::Method(self.method.clone()));
        }
        for name in &self.unsafe_headers {
            reasons.push(PreflightReason::Header(name.clone()));
        }
        if let Some(reason) = &self.forces_preflight {
            reasons.push(reason.clone());
        }
        reasons
    }
}
