//! The Fetch standard's CORS algorithms against the facts that Web Platform Tests' tables state: what is safelisted, what is
//! forbidden, what `*` covers, which lists parse, what a redirect changes.
//!
//! Ours are the rows, theirs the facts; the file they come from stands above each table. Where an engine differs from the
//! standard is a row of `tests/scenarios.toml`.

mod checks;
mod redirects;
mod safelist;

/// The page's origin.
const PAGE: &str = "https://app.example.com";

/// Another origin.
const API: &str = "https://api.example.com";

/// An empty list of names.
const NONE: [&str; 0] = [];
