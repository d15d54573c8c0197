//! What `curl` printed, response headers as developer tools copy them, and copied requests.

use crate::explain::call::{Call, Exchange};
use crate::prelude::*;

/// What the text holds, in its order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Transcript {
    /// Answers, each with what is known of its request.
    pub exchanges: Vec<Exchange>,
    /// Requests that the text has no answer to: "Copy as fetch", "Copy as cURL".
    pub calls: Vec<Call>,
}

/// Reads a text.
pub fn read(_text: &str) -> Transcript {
    Transcript::default()
}
