//! Runs the table of scenarios in Chromium, Firefox and WebKit, and judges what they and whycors show.

mod commands;
pub mod engines;

pub use engines::{Browser, Certificates, ENGINES, Engine};
