//! What the core uses of the standard library's prelude, for when it is built without.

pub use alloc::string::{String, ToString};
pub use alloc::vec;
pub use alloc::vec::Vec;
