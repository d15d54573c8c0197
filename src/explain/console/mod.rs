//! Console lines.

use crate::causes::Phase;
use crate::prelude::*;

/// One thing that an engine said about a failed request.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The causes that it may mean, most frequent first; one if it says which. Codes of the catalogue. `None` where the line does
    /// not tell the phase, or the code has none.
    pub causes: Vec<(&'static str, Option<Phase>)>,
    /// The part of the text that says so, as pasted.
    pub quote: String,
    /// What it names.
    pub fields: Fields,
}

/// What a line names; what it does not name is `None`. As pasted, not masked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fields {
    /// The URL of the request.
    pub url: Option<String>,
    /// Origin of the page.
    pub origin: Option<String>,
    /// Method.
    pub method: Option<String>,
    /// A request header's name.
    pub header: Option<String>,
    /// The value that was refused.
    pub value: Option<String>,
    /// Status code of the answer.
    pub status: Option<u16>,
    /// `ERR_NAME_NOT_RESOLVED` and its like.
    pub net_error: Option<String>,
    /// The first URL, where a redirect led to `url`.
    pub redirected_from: Option<String>,
    /// `local`, `loopback` and their like.
    pub address_space: Option<String>,
}

/// Everything that the text says, in its order.
pub fn read(_text: &str) -> Vec<Said> {
    Vec::new()
}
