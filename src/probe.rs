//! The probes: safe requests whose outcome tells causes apart.

use crate::request::{Credentials, Mode, Redirect};

/// What a page sees of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "table", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Outcome {
    /// A response that script may read, status 2xx or 3xx.
    Readable,
    /// A response that script may read, status 4xx or 5xx.
    ReadableError,
    /// An opaque response: some HTTP server answered.
    Opaque,
    /// A redirect that passed the CORS check and was not followed.
    OpaqueRedirect,
    /// The one TypeError that says nothing.
    Failed,
    /// The same, and Resource Timing shows a duration of exactly 0: no actual request was on its way (Firefox).
    FailedEarly,
    /// The same, and Resource Timing shows a duration above 0: the actual request went out (Firefox).
    FailedLate,
    /// An EventSource that opened.
    Open,
    /// An EventSource whose `readyState` is 2 at its first error: an HTTP answer arrived, or the browser blocked it.
    Closed,
    /// An EventSource whose `readyState` is 0 at its first error: the transport failed.
    Reconnecting,
    /// No outcome within the time limit.
    TimedOut,
}

/// What to send. Every probe is a GET (or, repeating a HEAD, a HEAD) without a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// Which of the probes; unique within a diagnosis.
    pub id: String,
    /// How it is sent.
    pub send: Send,
}

/// How a probe is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Send {
    /// `fetch` with `cache: 'no-store'`.
    Fetch {
        /// `GET`, or `HEAD` when the call was one.
        method: &'static str,
        /// Mode.
        mode: Mode,
        /// Credentials mode.
        credentials: Credentials,
        /// Redirect mode.
        redirect: Redirect,
        /// Lower-case names of the headers that go along.
        headers: Vec<String>,
        /// The headers carry the caller's values; otherwise the value `whycors`.
        caller_values: bool,
    },
    /// `new EventSource(url)`, closed at its first event.
    EventSource,
}
