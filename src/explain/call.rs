//! What the sources of an exchange have in common: what was asked, what came back.

use crate::prelude::*;
use crate::request::{Credentials, Mode};
use crate::world::Failure;

/// What is known of a request; what is not known is `None`. It holds header values, secrets among them: none of it is printed
/// but through [`crate::explain`]'s masks.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Absolute, as written.
    pub url: Option<String>,
    /// As written, not normalised.
    pub method: Option<String>,
    /// Name and value, in order, as written: without those that the source is known to leave out.
    pub headers: Option<Vec<(String, String)>>,
    /// Credentials mode, where the source names it ("Copy as fetch").
    pub credentials: Option<Credentials>,
    /// Mode, where the source names it.
    pub mode: Option<Mode>,
    /// The page's origin, where something other than an `Origin` header tells it (a page of a HAR, a `referrer`).
    pub origin: Option<String>,
}

/// A request and what it got.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    /// The request; all `None` where the text has the answer only.
    pub call: Call,
    /// What it got.
    pub reply: Reply,
}

/// What a request got.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// An HTTP answer.
    Answer {
        /// Status code; `None` where a text has header lines without a status line.
        status: Option<u16>,
        /// Name and value in order, repeats kept. Not UTF-8: replaced.
        headers: Vec<(String, String)>,
    },
    /// An HTTP answer of which the text has the status only: nothing is known of its headers.
    Status(u16),
    /// More redirects than were followed; the answers before it may be in the text.
    TooManyRedirects,
    /// No HTTP answer, and why, as far as the source knows; `None` if it only knows that there was none.
    Fails(Option<Failure>),
}

impl Reply {
    /// There was an HTTP answer.
    pub(crate) fn is_answer(&self) -> bool {
        matches!(self, Reply::Answer { .. })
    }
}

impl Default for Call {
    // Not derived: that would be written out at each of a dozen places.
    #[inline(never)]
    fn default() -> Call {
        Call { url: None, method: None, headers: None, credentials: None, mode: None, origin: None }
    }
}

impl Call {
    /// The value of a header, if the headers are known and have it; the name in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let headers = self.headers.as_ref()?;
        headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}
