//! What a pasted text says: a console line of any engine, what `curl` printed, response headers, a HAR.
//!
//! [`console`] reads what an engine said, [`transcript`] and [`har`] what went over the wire; on the latter [`judge`] runs the
//! algorithms of [`crate::fetch`], but each check for itself, so that every mistake is found at once. Nothing of a header's value
//! leaves that is not of the CORS protocol.

pub mod call;
pub mod console;
pub mod har;
pub mod transcript;
