//! `cargo xtask test`: everything the project promises, part by part.
//!
//! The last line is `N passed, N failed`. A part in which nothing ran has failed.

use std::io::Write;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use clap::ValueEnum;

use crate::process::{Printed, capture, cargo};
use crate::setup::{self, Need};
use crate::tally::Tally;
use crate::{edge_tests, size};

/// What to test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Format, lints, documentation, native tests, the edge in Chromium, the size
    Unit,
}

type Run = fn() -> Result<Tally>;

const PARTS: &[(Part, &str, Run)] = &[
    (Part::Unit, "format", format),
    (Part::Unit, "lints", lints),
    (Part::Unit, "lints of the edge", lints_of_the_edge),
    (Part::Unit, "documentation", documentation),
    (Part::Unit, "native tests", native_tests),
    (Part::Unit, "tests of the edge", edge_tests::run_all),
    (Part::Unit, "size", size),
];

/// Runs the wanted part, or all of them.
pub fn command(only: Option<Part>) -> Result<ExitCode> {
    setup::ensure(&[setup::TO_BUILD, &[Need::Chromium]].concat())?;
    let mut sum = Tally::default();
    for (_, name, run) in PARTS
        .iter()
        .filter(|(part, ..)| only.is_none_or(|only| only == *part))
    {
        let tally = timed(name, *run);
        sum.passed += tally.passed;
        sum.failed += tally.failed;
    }
    let sum = sum.ran();
    println!("{} passed, {} failed", sum.passed, sum.failed);
    Ok(if sum.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn timed(name: &str, run: Run) -> Tally {
    print!("{name} ... ");
    // So that one can see what is being waited for; a closed pipe is no reason to stop testing.
    let _ = std::io::stdout().flush();
    let start = Instant::now();
    let tally = Tally::of(run());
    println!(
        "{} passed, {} failed ({} s)",
        tally.passed,
        tally.failed,
        start.elapsed().as_secs()
    );
    if tally.failed > 0 {
        println!("{}", tally.details.trim_end());
    }
    tally
}

fn format() -> Result<Tally> {
    Ok(Tally::check(capture(
        cargo().args(["fmt", "--all", "--check", "--", "--color=never"]),
    )?))
}

fn lints() -> Result<Tally> {
    clippy(&["--workspace", "--all-features"])
}

fn lints_of_the_edge() -> Result<Tally> {
    clippy(&["--package", "whycors", "--target", "wasm32-unknown-unknown"])
}

fn clippy(what: &[&str]) -> Result<Tally> {
    let printed = capture(
        cargo()
            .args(["clippy", "--quiet", "--all-targets"])
            .args(what)
            .args(["--", "--deny", "warnings"]),
    )?;
    Ok(Tally::check(printed))
}

fn documentation() -> Result<Tally> {
    let printed = capture(
        cargo()
            .args(["doc", "--quiet", "--no-deps", "--package", "whycors"])
            .env("RUSTDOCFLAGS", "--deny warnings"),
    )?;
    Ok(Tally::check(printed))
}

fn native_tests() -> Result<Tally> {
    Ok(Tally::tests(capture(cargo().args([
        "test",
        "--workspace",
        "--no-fail-fast",
    ]))?))
}

fn size() -> Result<Tally> {
    let report = size::report()?;
    Ok(Tally::check(Printed {
        success: report.over.is_empty(),
        text: report.text,
    }))
}
