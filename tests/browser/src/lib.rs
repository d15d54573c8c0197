//! Runs the table of scenarios in Chromium, Firefox and WebKit, and judges what they and whycors show.

mod accuracy;
mod bench;
mod blocker;
mod commands;
mod conformance;
mod engines;
mod judge;
mod least;
mod libraries;
mod lifecycles;
mod pages;
mod printed;
mod promises;
mod rows;

mod trips;
mod truth;
mod verdict;

pub use accuracy::{Accuracy, Trips, accuracy};
pub use bench::{Bench, Effort, Figure, PrintedBench, Spread, bench};
pub use commands::CHROMIUM_ARGUMENTS;
pub use conformance::{Conformance, FAMILIES, conformance, held_nowhere, run_family};
pub use engines::{Browser, Certificates, ENGINES, Engine};
pub use judge::{Failure, judge, judge_soundly};
pub use libraries::{LIBRARIES, LIBRARIES_WORKED, check_libraries, library_rows};
pub use lifecycles::{check_lifecycles, lifecycle_rows};
pub use pages::{Check, WRAPPER, check_pages};
pub use printed::Printed;
pub use rows::{Rejection, Run, certificates_for, play, run_rows, run_rows_under};
pub use trips::DELAY;
pub use truth::Truth;
