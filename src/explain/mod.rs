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
mod evidence;
mod found;
pub mod har;
pub mod join;
mod json;
pub mod judge;
pub mod mask;
mod mended;
pub mod named;
mod printed;
mod refusals;
mod servers;
mod told;
pub mod transcript;
mod unlike;
pub mod url;
mod warnings;

pub use about::About;
pub use found::{Explanation, Finding, Verdict};
pub use json::explanation as json;
pub use warnings::ALL as WARNINGS;

pub(crate) use found::Read;

use crate::prelude::*;
use crate::text;

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
    let evidence = evidence::Evidence {
        said: console::read(&mask::without_secret_headers(text)),
        teller: console::mentions_failure(text),
        exchanges: transcript.exchanges,
        calls: transcript.calls,
        ..evidence::Evidence::default()
    };
    found::explanation(&evidence, about)
}

/// Takes a paste in pieces of any size: a HAR of many megabytes is read as it comes.
#[derive(Debug, Default)]
pub struct Explainer {
    about: About,
    /// Of what begins as a HAR does, so much as is kept for the case that it is none.
    bytes: Vec<u8>,
    har: Option<har::Reader>,
    is_text: bool,
    is_long: bool,
}

/// What begins as JSON and is none is a text, up to this many bytes.
const KEPT: usize = 1 << 20;

impl Explainer {
    /// Begins a paste about this call.
    pub fn new(about: About) -> Explainer {
        Explainer { about, ..Explainer::default() }
    }

    /// The next bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        if let Some(reader) = &mut self.har {
            reader.feed(bytes);
            self.is_long |= self.bytes.len() + bytes.len() > KEPT;
            if !self.is_long {
                self.bytes.extend_from_slice(bytes);
            }
            return;
        }
        self.bytes.extend_from_slice(bytes);
        if self.is_text {
            return;
        }
        match har::is_har(&self.bytes) {
            Some(true) => {
                let mut reader = har::Reader::about(self.about.url.as_deref());
                reader.feed(&self.bytes);
                self.har = Some(reader);
            }
            is_har => self.is_text = is_har.is_some(),
        }
    }

    /// What it says.
    pub fn finish(self) -> Explanation {
        let Some(reader) = self.har else { return explain(&decoded(&self.bytes), &self.about) };
        let problem = match reader.finish() {
            Ok(har) => return found::explanation(&evidence::Evidence::of_har(har), &self.about),
            Err(problem) => problem,
        };
        if !self.is_long {
            let as_text = explain(&decoded(&self.bytes), &self.about);
            if !as_text.findings.is_empty() {
                return as_text;
            }
        }
        let problem = Some(text::fill("Read as a HAR: {}.", &[&problem]));
        found::explanation(&evidence::Evidence { problem, ..evidence::Evidence::default() }, &self.about)
    }
}

/// UTF-8, or UTF-16 with its mark, as PowerShell writes files.
fn decoded(bytes: &[u8]) -> String {
    let unit = match bytes {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => return String::from_utf8_lossy(bytes).into_owned(),
    };
    let mut text = String::new();
    let units = bytes.get(2..).unwrap_or_default().chunks_exact(2).map(|pair| match pair {
        [one, two] => unit([*one, *two]),
        _ => 0,
    });
    for letter in char::decode_utf16(units) {
        text.push(letter.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    text
}
