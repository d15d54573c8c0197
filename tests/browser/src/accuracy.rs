//! How often and how exactly whycors is right, and what it costs.

use std::collections::BTreeMap;
use std::fmt;

use lab::Scenario;
use serde::Serialize;

use crate::engines::ENGINES;
use crate::promises;
use crate::rows::Run;
use crate::verdict::{Standing, causes, standing};

/// The figures of one engine, over the rows where something fails.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Accuracy {
    /// The engine's name.
    pub engine: &'static str,
    /// Rows where something fails and that were played to their end.
    pub rows: usize,
    /// The cause is among those named.
    pub contained: usize,
    /// The only cause named is the cause.
    pub settled_right: usize,
    /// The only cause named is another.
    pub settled_wrong: usize,
    /// Several causes named, and the cause is not among them.
    pub missed: usize,
    /// The verdict says that it does not know.
    pub unknown: usize,
    /// No Diagnosis came.
    pub silent: usize,
    /// Causes named, over the rows where any is.
    pub mean_causes: f64,
    /// Most causes named.
    pub max_causes: usize,
    /// Probes a diagnosis sent.
    pub median_probes: usize,
    /// Most probes a diagnosis sent.
    pub max_probes: usize,
    /// Requests the server received for a diagnosis, with preflights, redirects and retries.
    pub mean_requests: f64,
    /// Most of these.
    pub max_requests: usize,
    /// Milliseconds from the failure to the diagnosis.
    pub median_ms: usize,
    /// Most of these.
    pub max_ms: usize,
}

/// The figures of each engine that has runs.
pub fn accuracy(runs: &[Run], scenarios: &[Scenario]) -> Vec<Accuracy> {
    let rows: BTreeMap<&str, &Scenario> = scenarios.iter().map(|row| (row.id.as_str(), row)).collect();
    let of_engine = |engine| {
        let pairs: Vec<(&Run, &Scenario)> = runs
            .iter()
            .filter(|run| run.engine == engine && run.problem.is_none())
            .filter_map(|run| Some((run, *rows.get(run.scenario.as_str())?)))
            .filter(|(_, row)| row.cause(engine).is_some())
            .collect();
        (!pairs.is_empty()).then(|| figures(engine.name(), &pairs))
    };
    ENGINES.into_iter().filter_map(of_engine).collect()
}

/// The figures as a table for people.
pub struct Printed<'a>(pub &'a [Accuracy]);

impl fmt::Display for Printed<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            out,
            "engine    rows  contained  settled right  settled wrong  missed  unknown  silent  causes      probes  requests     ms"
        )?;
        for line in self.0 {
            writeln!(
                out,
                "{:<8}  {:>4}  {:>9}  {:>13}  {:>13}  {:>6}  {:>7}  {:>6}  {:>4.2} max {:<2} {:>2} max {}  {:>4.1} max {:<3} {} max {}",
                line.engine,
                line.rows,
                line.contained,
                line.settled_right,
                line.settled_wrong,
                line.missed,
                line.unknown,
                line.silent,
                line.mean_causes,
                line.max_causes,
                line.median_probes,
                line.max_probes,
                line.mean_requests,
                line.max_requests,
                line.median_ms,
                line.max_ms,
            )?;
        }
        Ok(())
    }
}

fn figures(engine: &'static str, pairs: &[(&Run, &Scenario)]) -> Accuracy {
    let standings: Vec<Standing> = pairs.iter().map(|(run, row)| standing(&run.diagnosis, row, run.engine)).collect();
    let count = |wanted: Standing| standings.iter().filter(|standing| **standing == wanted).count();
    let named: Vec<usize> = pairs.iter().map(|(run, _)| causes(&run.diagnosis).len()).filter(|len| *len > 0).collect();
    let diagnosed = || pairs.iter().filter(|(run, _)| !run.diagnosis.is_null());
    let probes = sorted(diagnosed().map(|(run, _)| sent_probes(run)));
    let requests = sorted(diagnosed().map(|(run, row)| promises::probe_requests(run, row)));
    let ms = sorted(diagnosed().map(|(run, _)| run.diagnosis["duration"].as_f64().unwrap_or(0.0) as usize));
    Accuracy {
        engine,
        rows: pairs.len(),
        contained: count(Standing::Contained) + count(Standing::SettledRight),
        settled_right: count(Standing::SettledRight),
        settled_wrong: count(Standing::SettledWrong),
        missed: count(Standing::Missed),
        unknown: count(Standing::Unknown),
        silent: count(Standing::Silent),
        mean_causes: mean(&named),
        max_causes: named.iter().copied().max().unwrap_or(0),
        median_probes: median(&probes),
        max_probes: probes.last().copied().unwrap_or(0),
        mean_requests: mean(&requests),
        max_requests: requests.last().copied().unwrap_or(0),
        median_ms: median(&ms),
        max_ms: ms.last().copied().unwrap_or(0),
    }
}

fn sent_probes(run: &Run) -> usize {
    let saw = run.diagnosis["saw"].as_array().into_iter().flatten();
    saw.filter(|seen| seen["kind"] == "probe" && seen.get("skipped").is_none_or(serde_json::Value::is_null)).count()
}

fn sorted(values: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut values: Vec<usize> = values.collect();
    values.sort_unstable();
    values
}

fn median(sorted: &[usize]) -> usize {
    sorted.get(sorted.len() / 2).copied().unwrap_or(0)
}

fn mean(values: &[usize]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<usize>() as f64 / values.len() as f64 }
}
