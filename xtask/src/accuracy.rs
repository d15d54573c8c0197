//! `cargo xtask accuracy`: how often and how exactly whycors is right in real engines, and what it costs.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, ensure};
use browser::{Engine, accuracy};

use crate::{files, rows, setup};

/// Plays the table, prints the figures, and fails if a row could not be played.
pub fn command(engines: &[Engine], json: Option<&Path>) -> Result<ExitCode> {
    let engines = rows::wanted(engines);
    setup::ensure(&rows::needs(&engines))?;
    let played = rows::play(&engines)?;
    let figures = accuracy(&played.runs, &played.rows);
    ensure!(!figures.is_empty(), "no row was played: the table has no row that fails");
    print!("{}", accuracy::Printed(&figures));
    let unplayed: Vec<_> = played.runs.iter().filter(|run| run.problem.is_some()).collect();
    for run in &unplayed {
        println!(
            "not played: {} in {}: {}",
            run.scenario,
            run.engine.name(),
            run.problem.as_deref().unwrap_or_default()
        );
    }
    if let Some(path) = json {
        files::write(path, &(serde_json::to_string_pretty(&figures)? + "\n"))?;
    }
    Ok(if unplayed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
