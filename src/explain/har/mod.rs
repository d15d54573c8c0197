//! A HAR 1.2 (HTTP Archive), read as it comes: what developer tools export, up to 50 MB of it.
//!
//! It keeps the entries that can matter for CORS, never a body, never a value of a header that may be a secret. It judges
//! nothing, and does not say which entries belong together.
//!
//! What the browsers write, and how they end a call that CORS stopped:
//! - Chromium: status and headers of the answer, beside `"_error": "net::ERR_FAILED"`; the preflight as an entry of its own behind
//!   the call's, with `"_resourceType": "preflight"`; status 0 for a call whose preflight was refused. A page's title is its URL.
//!   `_transferSize` is 0 for all of those, whether from the cache or not. Without "sensitive data", its usual export, it
//!   leaves out `Cookie`, `Set-Cookie` and `Authorization`.
//! - Firefox: nothing tells that an answer was refused; no answer at all is status 0. Its preflights are plain entries. A page's
//!   title may be the document's.
//! - WebKit: `_error` is the sentence of its console; headers may be those of the cache (`_fetchType`), and repeats are one line.

mod draft;
mod entries;
mod json;
pub mod net_error;
mod reader;
mod table;

use crate::explain::call::Exchange;
use crate::prelude::*;
use crate::request::Engine;

pub use reader::Reader;

/// What a HAR held.
#[derive(Debug, Default, PartialEq)]
pub struct Har {
    /// Those that can matter for CORS, in the order of the file, which need not be that in which they began.
    pub entries: Vec<Entry>,
    /// How many there were in all.
    pub seen: u32,
    /// How many more could have mattered: there were too many, or they were too long.
    pub left_out: u32,
    /// The engine that wrote it, if it is one.
    pub engine: Option<Engine>,
}

/// A request and what it got, as a HAR has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What the wire knows of it. [`Call::origin`](crate::explain::call::Call::origin) is that of the document, as far as the
    /// referrer or the page tells; the credentials mode is never known. An answer without any header is one whose headers the
    /// browser did not write down; the headers of a 304 are not those that CORS looked at. The values of headers that may be
    /// secrets are empty.
    pub exchange: Exchange,
    /// Which entry of the file, from 1.
    pub number: u32,
    /// When it began, as written; times of one file compare as texts.
    pub started: Option<String>,
    /// What it was for.
    pub kind: Kind,
    /// Where the answer came from.
    pub source: Source,
    /// What the browser calls its end, as written; [`net_error::meaning`] knows what Chromium's mean. It may stand beside an answer.
    pub error: Option<String>,
    /// Where the answer redirected to, as written.
    pub redirect: Option<String>,
    /// The server's address.
    pub server: Option<String>,
    /// It carried a cookie. Exports "without sensitive data" do not tell.
    pub has_cookies: bool,
}

/// What a request was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A CORS preflight.
    Preflight,
    /// `fetch()`; from other browsers than Chromium, whatever script sent.
    Fetch,
    /// `XMLHttpRequest`
    Xhr,
    /// `EventSource`
    EventSource,
    /// `navigator.sendBeacon()`, `<a ping>`
    Ping,
    /// A WebSocket; CORS does not apply.
    WebSocket,
    /// A navigation, also of a frame; CORS does not apply.
    Document,
    /// A picture.
    Image,
    /// A script.
    Script,
    /// A stylesheet.
    Stylesheet,
    /// A font.
    Font,
    /// Sound or film.
    Media,
    /// Something else, or not told.
    Other,
}

/// Where an answer came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The network, as far as is told.
    Unknown,
    /// A cache of the browser.
    Cache,
    /// A service worker of the page.
    ServiceWorker,
}

/// Whether a text that begins so is to be read as a HAR: it begins as a JSON object with members does. `None`: too short to say.
pub fn is_har(prefix: &[u8]) -> Option<bool> {
    let mut bytes = prefix.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(prefix).trim_ascii_start();
    if let [b'{', rest @ ..] = bytes {
        bytes = rest.trim_ascii_start();
        return bytes.first().map(|byte| matches!(byte, b'"' | b'}'));
    }
    if b"\xEF\xBB\xBF".starts_with(bytes) { None } else { Some(false) }
}
