//! Runs every recipe against the real server software, in a real browser.
//!
//! A folder of `targets` is a project as the software's own tutorial starts one, with slots where a recipe goes, and the
//! misconfigurations that people make of it. Each fails in the browser, with its cause in the Diagnosis; then the recipe goes in, exactly
//! as it is printed, and the same call passes.

mod asked;
mod calls;
mod parameters;
mod place;
mod play;
mod read;
mod server;
mod target;
mod tools;

pub use place::files;
pub use play::{Stage, play};
pub use read::{Reading, read};
pub use target::{Target, targets};
