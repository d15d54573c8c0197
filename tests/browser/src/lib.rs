//! Runs the table of scenarios in Chromium, Firefox and WebKit, and judges what they and whycors show.

pub mod accuracy;
mod blocker;
mod commands;
mod engines;
mod judge;
mod pages;
mod promises;
mod rows;
mod truth;
mod verdict;

pub use accuracy::{Accuracy, accuracy};
pub use commands::CHROMIUM_ARGUMENTS;
pub use engines::{Browser, Certificates, ENGINES, Engine};
pub use judge::{Failure, judge, judge_soundly};
pub use pages::{Check, WRAPPER, check_pages};
pub use rows::{Rejection, Run, certificates_for, play, run_rows, run_rows_under};
pub use truth::Truth;
