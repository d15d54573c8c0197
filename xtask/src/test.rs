//! `cargo xtask test`: everything the project promises, part by part.
//!
//! The last line is `N passed, N failed`. A part in which nothing ran has failed.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, ensure};
use browser::{ENGINES, Engine};
use clap::ValueEnum;
use lab::{Page, Scenario};

use crate::process::{Printed, capture, cargo};
use crate::rows::Manner;
use crate::setup::{self, Need};
use crate::tally::Tally;
use crate::{edge_tests, libraries, optimum, predictions, recipes, rows, sample, size};

/// What to test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Format, lints, documentation, native tests, the choice of probes, the edge in Chromium, the size
    Unit,
    /// Every recipe against the real server, in a browser: it fails without, and passes with it
    Recipes,
    /// Every row of the table in real engines, a sample of them from a page with a strict policy, what consoles say of
    /// them, what pages live through, the conformance of the patched functions, and whycors together with libraries
    Browser,
}

/// Runs the wanted part, or all of them; the engines are those of the browser part.
pub fn command(only: Option<Part>, targets: &[String], engines: &[Engine], all: bool) -> Result<ExitCode> {
    ensure!(
        targets.is_empty() || only == Some(Part::Recipes),
        "{targets:?}: only `test recipes` takes names, of targets"
    );
    let browser = engines.first().copied().unwrap_or(Engine::Chromium);
    let engines = rows::wanted(engines);
    let wanted = |part| only.is_none_or(|only| only == part);
    let mut needs = setup::TO_BUILD.to_vec();
    if wanted(Part::Unit) {
        needs.extend([Need::Chromium, Need::Curl]);
    }
    if wanted(Part::Browser) {
        needs.extend(rows::needs(&engines));
        needs.push(Need::Libraries);
    }
    let targets = match wanted(Part::Recipes) {
        true if all || only.is_some() => recipes::chosen(targets)?,
        true => recipes::sampled()?,
        false => recipes::Choice::default(),
    };
    if !targets.is_empty() {
        needs.extend(rows::needs(&[browser]));
    }
    // All of it now: a missing browser is better known before half an hour of tests than after.
    setup::ensure(&needs)?;
    recipes::ensure(&targets)?;

    let mut tallies = Vec::new();
    if wanted(Part::Unit) {
        tallies.extend(UNIT.iter().map(|(name, run)| timed(name, run)));
        let worlds = if all { ALL_WORLDS } else { LANDING_WORLDS };
        tallies.push(timed(&format!("{worlds} generated worlds"), || generated(worlds)));
    }
    if !targets.is_empty() {
        tallies.extend(recipes::play(&targets, browser, |name, run| timed(name, run))?);
    }
    if wanted(Part::Browser) {
        let mut conformances = Vec::new();
        // Rows can be left to other engines only if these run as well.
        let is_alone = engines.len() < ENGINES.len();
        for engine in engines {
            let name = engine.name();
            tallies.push(timed(&format!("pages in {name}"), || Ok(Tally::checks(&rows::pages(engine)?))));
            tallies.push(timed(&format!("lifecycles in {name}"), || Ok(Tally::checks(&rows::lifecycles(engine)?))));
            tallies.push(timed(&format!("conformance in {name}"), || {
                let found = rows::conformance(engine)?;
                let tally = Tally::checks(&found.checks);
                conformances.push(found);
                Ok(tally)
            }));
            tallies.push(timed(&format!("libraries in {name}"), || Ok(Tally::checks(&libraries::check(engine)?))));
            tallies.push(timed(&format!("table in {name}"), || table(engine, all || is_alone)));
            tallies.push(timed(&format!("under a strict policy in {name}"), || strict(engine, all)));
            tallies.push(timed(&format!("consoles in {name}"), || consoles(engine, all || is_alone)));
        }
        if conformances.len() == ENGINES.len() {
            let held = browser::held_nowhere(&conformances);
            tallies.push(timed("checks of conformance", || Ok(Tally::checks(std::slice::from_ref(&held)))));
        }
    }
    let passed: usize = tallies.iter().map(|tally| tally.passed).sum();
    let failed: usize = tallies.iter().map(|tally| tally.failed).sum();
    println!("{passed} passed, {failed} failed");
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

type Run = fn() -> Result<Tally>;

const UNIT: &[(&str, Run)] = &[
    ("format", format),
    ("lints", lints),
    ("lints of the edge", lints_of_the_edge),
    ("documentation", documentation),
    ("native tests", native_tests),
    ("choice of probes", optimum::test),
    ("tests of the edge", edge_tests::run_all),
    ("size", size),
];

/// Worlds that a landing run generates, from the seed that `tests/generated.rs` pins.
const LANDING_WORLDS: u64 = 200_000;
const ALL_WORLDS: u64 = 1_000_000;

fn timed(name: &str, run: impl FnOnce() -> Result<Tally>) -> Tally {
    // A line of its own: cargo may have to say something before the result is there.
    println!("{name} ...");
    let start = Instant::now();
    let tally = Tally::of(run());
    println!("{name}: {} passed, {} failed ({} s)", tally.passed, tally.failed, start.elapsed().as_secs());
    if tally.failed > 0 {
        println!("{}", tally.details.trim_end());
    }
    tally
}

fn format() -> Result<Tally> {
    Ok(Tally::check(capture(cargo().args(["fmt", "--all", "--check", "--", "--color=never"]))?))
}

fn lints() -> Result<Tally> {
    clippy(&["--workspace", "--all-features"])
}

fn lints_of_the_edge() -> Result<Tally> {
    clippy(&["--package", "whycors", "--target", "wasm32-unknown-unknown"])
}

fn clippy(what: &[&str]) -> Result<Tally> {
    let printed =
        capture(cargo().args(["clippy", "--quiet", "--all-targets"]).args(what).args(["--", "--deny", "warnings"]))?;
    Ok(Tally::check(printed))
}

fn documentation() -> Result<Tally> {
    let printed = capture(
        cargo().args(["doc", "--quiet", "--no-deps", "--package", "whycors"]).env("RUSTDOCFLAGS", "--deny warnings"),
    )?;
    Ok(Tally::check(printed))
}

fn native_tests() -> Result<Tally> {
    Ok(Tally::tests(capture(cargo().args(["test", "--quiet", "--workspace", "--no-fail-fast"]))?))
}

fn generated(worlds: u64) -> Result<Tally> {
    let mut test = cargo();
    test.args(["test", "--quiet", "--package", "whycors", "--test", "generated"]);
    Ok(Tally::tests(capture(test.env("WHYCORS_WORLDS", worlds.to_string()))?))
}

fn size() -> Result<Tally> {
    let report = size::report()?;
    Ok(Tally::check(Printed { success: report.over.is_empty(), text: report.text }))
}

/// Every row, or in a landing run each in Chromium and one of the other two, more of them in the faster one.
fn table(engine: Engine, all: bool) -> Result<Tally> {
    let is_others = |row: &Scenario| match engine {
        Engine::Firefox => !is_of(row, Engine::Firefox),
        Engine::WebKit => is_of(row, Engine::Firefox),
        _ => false,
    };
    let is_left = |row: &Scenario| !all && row.only.is_empty() && is_others(row);
    let played = rows::play_as(&[engine], &Manner::default(), |row| !is_left(row))?;
    let left = played.rows.iter().filter(|row| is_left(row)).count();
    if left > 0 {
        println!("{left} rows are left to --all in {}; the other engines play them", engine.name());
    }
    let mut tally = Tally::rows(&played.runs, &browser::judge(&played.runs, &played.rows));
    let predicted = predictions::check(&played.runs, &played.rows);
    tally.failed += predicted.failed;
    tally.details += &predicted.details;
    Ok(tally)
}

/// The console of each row, or in a landing run each row's in one of the three engines.
fn consoles(engine: Engine, all: bool) -> Result<Tally> {
    Ok(Tally::checks(&rows::consoles(engine, |row| all || is_of(row, engine))?))
}

/// The row is in the third of the table that stands at the engine's place.
fn is_of(row: &Scenario, engine: Engine) -> bool {
    ENGINES.iter().position(|known| *known == engine) == Some(sample::third(&row.id))
}

/// Rows that a landing run plays under a strict policy.
const STRICT_ROWS: usize = 8;

/// Rows of ordinary pages from one with a strict policy: a sample, or all of them.
fn strict(engine: Engine, all: bool) -> Result<Tally> {
    let rows = lab::scenarios()?;
    let fits = |row: &&Scenario| row.under(Page::Strict).is_some() && row.is_for(engine);
    let sample = sample::of(engine.name(), STRICT_ROWS, rows.iter().filter(fits).map(|row| row.id.as_str()));
    let manner = Manner { page: Some(Page::Strict), ..Manner::default() };
    let played = rows::play_as(&[engine], &manner, |row| all || sample.contains(&row.id))?;
    Ok(Tally::rows(&played.runs, &browser::judge_soundly(&played.runs, &played.rows)))
}
