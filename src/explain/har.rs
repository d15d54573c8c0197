//! A HAR 1.2 (HTTP Archive), read as it comes.

use crate::explain::call::Exchange;
use crate::prelude::*;

/// Takes a HAR in pieces of any size.
#[derive(Debug, Default)]
pub struct Reader {}

impl Reader {
    /// The next bytes.
    pub fn feed(&mut self, _bytes: &[u8]) {}

    /// What it held, or a sentence that says what is wrong with it.
    pub fn finish(self) -> Result<Vec<Exchange>, String> {
        Ok(Vec::new())
    }
}
