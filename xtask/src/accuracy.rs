//! `cargo xtask accuracy`: how often and how exactly whycors is right in real engines, and what it costs.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, ensure};
use browser::{Accuracy, DELAY, Engine, Printed, accuracy};

use crate::rows::{self, Manner, Played};
use crate::{files, setup};

/// Plays the table, prints the figures, and fails if a row could not be played or a limit is broken.
pub fn command(engines: &[Engine], json: Option<&Path>) -> Result<ExitCode> {
    let (played, figures) = play(engines, json)?;
    let unplayed = played.runs.iter().filter_map(|run| {
        let problem = run.problem.as_ref()?;
        Some(format!("not played: {} in {}: {problem}", run.scenario, run.engine.name()))
    });
    let over = figures.iter().flat_map(Accuracy::over).map(|text| format!("over the limit: {text}"));
    Ok(end(&unplayed.chain(over).collect::<Vec<_>>()))
}

fn play(engines: &[Engine], json: Option<&Path>) -> Result<(Played, Vec<Accuracy>)> {
    let engines = rows::wanted(engines);
    setup::ensure(&rows::needs(&engines))?;
    let played = rows::play_as(&engines, &Manner { delay: DELAY, ..Manner::default() }, |_| true)?;
    let figures = accuracy(&played.runs, &played.rows);
    ensure!(!figures.is_empty(), "no row was played: the table has no row that fails");
    print!("{}", Printed(&figures));
    if let Some(path) = json {
        files::write(path, &(serde_json::to_string_pretty(&figures)? + "\n"))?;
    }
    Ok((played, figures))
}

fn end(failures: &[String]) -> ExitCode {
    failures.iter().for_each(|failure| println!("{failure}"));
    if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
