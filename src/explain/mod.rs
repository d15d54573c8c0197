//! What a pasted text says: a console line of any engine, what `curl` printed, response headers, a HAR.
//!
//! [`console`] reads what an engine said, [`transcript`] and [`har`] what went over the wire; on the latter [`judge`] runs the
//! algorithms of [`crate::fetch`], but each check for itself, so that every mistake is found at once. [`join`] holds the result
//! against a Diagnosis. Nothing of a header's value leaves that is not of the CORS protocol, and nothing unmasked.

pub mod about;
pub mod call;
mod chain;
pub mod console;
mod detail;
mod found;
pub mod har;
pub mod join;
mod json;
pub mod judge;
pub mod mask;
pub mod named;
mod printed;
pub mod transcript;
pub mod url;
mod warnings;

pub use about::About;
pub use found::{Explanation, Finding, Verdict};
pub use json::explanation as json;
pub use warnings::ALL as WARNINGS;

pub(crate) use found::Read;

use crate::prelude::*;

/// Reads a text.
///
/// ```
/// use whycors::explain::{About, explain};
/// let line = "Access to fetch at 'https://api.example.com/items' from origin 'http://localhost:5173' has been blocked by CORS \
///             policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.";
/// let explanation = explain(line, &About::default());
/// assert_eq!(explanation.findings[0].code, "missing-allow-origin");
/// ```
pub fn explain(text: &str, about: &About) -> Explanation {
    let transcript = transcript::read(text);
    let evidence = found::Evidence {
        said: console::read(text),
        exchanges: transcript.exchanges,
        calls: transcript.calls,
        problem: None,
    };
    found::explanation(&evidence, about)
}

/// Takes a paste in pieces of any size: a HAR of many megabytes is read as it comes.
#[derive(Debug, Default)]
pub struct Explainer {
    about: About,
    bytes: Vec<u8>,
    har: Option<har::Reader>,
}

impl Explainer {
    /// Begins a paste about this call.
    pub fn new(about: About) -> Explainer {
        Explainer { about, ..Explainer::default() }
    }

    /// The next bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// What it says.
    pub fn finish(self) -> Explanation {
        explain(&String::from_utf8_lossy(&self.bytes), &self.about)
    }
}
