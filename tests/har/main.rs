//! HARs as the browsers export them, and what is no HAR.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, reason = "a test that cannot be set up has failed")]

mod bounds;
mod grammar;
mod rules;
mod samples;

use whycors::explain::har::{Har, Reader};

const CHROMIUM: &str = include_str!("chromium.har");
const FIREFOX: &str = include_str!("firefox.har");
const WEBKIT: &str = include_str!("webkit.har");

/// The whole text in one piece.
fn read(text: impl AsRef<[u8]>) -> Result<Har, String> {
    let mut reader = Reader::default();
    reader.feed(text.as_ref());
    reader.finish()
}

/// What is wrong with it.
fn wrong(text: impl AsRef<[u8]>) -> String {
    read(text).expect_err("it is wrong")
}

/// A log with these entries, of a page of `https://app.example`.
fn log(entries: &str) -> String {
    format!(r#"{{"log": {{"pages": [{{"id": "p", "title": "https://app.example/"}}], "entries": [{entries}]}}}}"#)
}

/// An entry: members of it, of its request, of its response.
fn entry(more: &str, request: &str, response: &str) -> String {
    format!(
        r#"{{"pageref": "p", {more}"request": {{"method": "GET", "url": "https://api.example/"{request}}}, "response": {{{response}}}}}"#
    )
}

/// Pseudo-random numbers (xorshift).
struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }
}
