//! `cargo xtask accuracy`: how often and how exactly whycors is right in real engines, and what it costs.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, ensure};
use browser::{Accuracy, DELAY, Engine, Printed, Run, accuracy, judge_soundly};
use lab::Page;

use crate::rows::{self, Manner, Played};
use crate::{files, setup};

/// Plays the table, prints the figures, and fails if a row could not be played or a limit is broken.
pub fn command(engines: &[Engine], json: Option<&Path>) -> Result<ExitCode> {
    let (played, figures) = play(engines, None, json)?;
    let unplayed = played.runs.iter().filter_map(|run| {
        let problem = run.problem.as_ref()?;
        Some(format!("not played: {} in {}: {problem}", run.scenario, run.engine.name()))
    });
    let over = figures.iter().flat_map(Accuracy::over).map(|text| format!("over the limit: {text}"));
    Ok(end(&unplayed.chain(over).collect::<Vec<_>>()))
}

/// The same from a page with a strict policy, and what is not asked there; fails if anything wrong is said or done. The limits are
/// those of a page where every probe can be asked.
pub fn strict(engines: &[Engine], json: Option<&Path>) -> Result<ExitCode> {
    let (played, _) = play(engines, Some(Page::Strict), json)?;
    for engine in rows::wanted(engines) {
        print!("{}", not_asked(engine, &played.runs));
    }
    let failures = judge_soundly(&played.runs, &played.rows);
    Ok(end(&failures.iter().map(|failure| format!("wrong: {failure}")).collect::<Vec<_>>()))
}

fn play(engines: &[Engine], page: Option<Page>, json: Option<&Path>) -> Result<(Played, Vec<Accuracy>)> {
    let engines = rows::wanted(engines);
    setup::ensure(&rows::needs(&engines))?;
    let played = rows::play_as(&engines, &Manner { delay: DELAY, page }, |_| true)?;
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

/// How many of the chosen probes were not asked, by probe and reason.
fn not_asked(engine: Engine, runs: &[Run]) -> String {
    let mut reasons = BTreeMap::<(&str, &str), usize>::new();
    let runs = runs.iter().filter(|run| run.engine == engine);
    for seen in runs.filter_map(|run| run.diagnosis["saw"].as_array()).flatten() {
        if let (Some(id), Some(reason)) = (seen["id"].as_str(), seen["skipped"].as_str()) {
            *reasons.entry((id, reason)).or_default() += 1;
        }
    }
    let mut text = format!("probes not asked in {}: {}\n", engine.name(), reasons.values().sum::<usize>());
    for ((id, reason), count) in &reasons {
        text.push_str(&format!("{count:>5}  {id}: {reason}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn probes_that_were_not_asked_are_counted_by_reason() {
        let run = |engine| {
            let mut run = Run::new(engine, "a");
            run.diagnosis = json!({ "saw": [
                { "id": "simple", "skipped": null }, { "id": "frame", "skipped": "no frames" }, { "id": "call" },
            ] });
            run
        };
        let runs =
            [run(Engine::Firefox), run(Engine::Firefox), run(Engine::WebKit), Run::new(Engine::Firefox, "silent")];
        assert_eq!(not_asked(Engine::Firefox, &runs), "probes not asked in firefox: 2\n    2  frame: no frames\n");
        assert_eq!(not_asked(Engine::Chromium, &runs), "probes not asked in chromium: 0\n");
    }
}
