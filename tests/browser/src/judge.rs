//! Compares what a run showed with what its row promises.

use std::collections::BTreeMap;

use lab::Scenario;
use serde::Serialize;
use serde_json::Value;

use crate::engines::Engine;
use crate::promises;
use crate::rows::Run;
use crate::verdict::{Standing, causes, spoken, standing};

/// A promise of the table, or of safety, that a run did not keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The engine's name.
    pub engine: &'static str,
    /// The row's id.
    pub scenario: String,
    /// What is wrong, with expected and real value.
    pub what: String,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} in {}: {}", self.scenario, self.engine, self.what)
    }
}

/// Every failure of the runs, in their order; empty if all is as the table says.
pub fn judge(runs: &[Run], scenarios: &[Scenario]) -> Vec<Failure> {
    each(runs, scenarios, |run, row| {
        let mut found = unobserved(run, row);
        found.extend(broken(run, row));
        if !row.is_silent() && row.cause(run.engine).is_some() {
            found.extend(unexpected(&run.diagnosis, row, run.engine));
        }
        found
    })
}

/// The same for runs from a page where not every probe may be asked: the verdicts may be wider than the table says, but not wrong.
pub fn judge_soundly(runs: &[Run], scenarios: &[Scenario]) -> Vec<Failure> {
    each(runs, scenarios, broken)
}

fn each(runs: &[Run], scenarios: &[Scenario], judge: fn(&Run, &Scenario) -> Vec<String>) -> Vec<Failure> {
    let rows: BTreeMap<&str, &Scenario> = scenarios.iter().map(|row| (row.id.as_str(), row)).collect();
    let mut failures = Vec::new();
    for run in runs {
        let found = match (rows.get(run.scenario.as_str()), &run.problem) {
            (None, _) => vec!["the table has no such row".to_string()],
            (_, Some(problem)) => vec![format!("was not played to its end: {problem}")],
            (Some(row), None) => judge(run, row),
        };
        failures.extend(found.into_iter().map(|what| Failure {
            engine: run.engine.name(),
            scenario: run.scenario.clone(),
            what,
        }));
    }
    failures
}

/// The probes that did not see what the table says.
fn unobserved(run: &Run, row: &Scenario) -> Vec<String> {
    let mut found = Vec::new();
    for (probe, expected) in row.sees(run.engine) {
        let saw = run.observed.get(&probe).map_or("nothing", String::as_str);
        if saw != expected {
            found.push(format!("probe {probe} saw {saw}, the table says {expected}"));
        }
    }
    found
}

/// What holds whatever the probes saw: what the application gets, that nothing false is said, and the promises of safety.
fn broken(run: &Run, row: &Scenario) -> Vec<String> {
    let mut found = Vec::new();
    found.extend(rejection(run, row));
    found.extend(contradiction(run, row));
    if row.is_silent() {
        found.extend((!run.diagnosis.is_null()).then(|| format!("whycors said {}", spoken(&run.diagnosis))));
    } else if row.cause(run.engine).is_some() {
        found.extend(delivery(run));
        found.extend(unsound("the Diagnosis", &run.diagnosis, row, run.engine));
    }
    if row.is_for_diagnose() {
        found.extend(unsound("diagnose", &run.direct, row, run.engine));
    }
    found.extend(promises::broken(run, row));
    found
}

/// The application sees the native error, or the native answer.
fn rejection(run: &Run, row: &Scenario) -> Option<String> {
    let rejection = &run.rejection;
    let native = match run.engine {
        Engine::Chromium => "Failed to fetch",
        Engine::Firefox => "NetworkError when attempting to fetch resource.",
        _ => "Load failed",
    };
    match (row.cause(run.engine), rejection.kind.as_str()) {
        (None, "resolved") => None,
        (None, _) => Some(format!("the call failed ({}: {}), it should pass", rejection.name, rejection.message)),
        (Some(_), "resolved") => Some(format!("the call passed with status {}, it should fail", rejection.message)),
        // The constructor's own errors say what is wrong with the call, WebKit's what its service worker did.
        (Some("invalid-request" | "service-worker"), "type-error") => None,
        (Some(_), "type-error") if row.call.page == lab::Page::WorkerPasses && rejection.message.ends_with(native) => {
            None
        }
        (Some(_), "type-error") => (rejection.message != native)
            .then(|| format!("the call rejects with {:?}, natively with {native:?}", rejection.message)),
        (Some(_), "dom-exception" | "error-event" | "timeout-event") => None,
        (Some(_), _) => Some(format!("the call rejects with a {}", rejection.name)),
    }
}

fn delivery(run: &Run) -> Vec<String> {
    if run.diagnosis.is_null() {
        return vec!["no whycors:diagnosis event came".to_string()];
    }
    let mut found = Vec::new();
    if !run.by_callback {
        found.push("onDiagnosis did not get the Diagnosis of the event".to_string());
    }
    if run.by_error == Some(false) {
        found.push("diagnosisOf(error) is not the Diagnosis of the event".to_string());
    }
    found
}

/// Chromium's own reason does not contradict the table.
fn contradiction(run: &Run, row: &Scenario) -> Option<String> {
    let cause = row.cause(run.engine).filter(|cause| !run.truth.allows(cause))?;
    Some(format!("Chromium says {}, the table says {cause}", run.truth.words()))
}

/// Never settled wrong; the cause is among those named, or the verdict is unknown.
fn unsound(name: &str, diagnosis: &Value, row: &Scenario, engine: Engine) -> Option<String> {
    let wrong = match standing(diagnosis, row, engine) {
        Standing::SettledWrong => "settled on",
        Standing::Missed => "left out the cause and named",
        Standing::Silent if row.cause(engine).is_some() => "had no verdict but",
        _ => return None,
    };
    let cause = row.cause(engine).unwrap_or("nothing failed");
    Some(format!("{name} {wrong} {}; the table says {cause}", spoken(diagnosis)))
}

/// The very causes and the verdict that the table promises.
fn unexpected(diagnosis: &Value, row: &Scenario, engine: Engine) -> Vec<String> {
    let mut found = Vec::new();
    let remains = row.remains(engine);
    let named = causes(diagnosis);
    // `code` stands for either phase, `code preflight` for one.
    let same = named.len() == remains.len()
        && named.iter().zip(remains).all(|(named, expected)| match expected.split_once(' ') {
            Some((code, phase)) => named.code == code && named.phase == Some(phase),
            None => named.code == expected,
        });
    if !remains.is_empty() && !same {
        found.push(format!("named {}; the table says {}", spoken(diagnosis), remains.join(", ")));
    }
    let verdict = row.verdict.as_deref().or(match remains.len() {
        0 => None,
        1 => Some("settled"),
        _ => Some("family"),
    });
    let spoken = diagnosis["verdict"].as_str().unwrap_or_default();
    if let Some(verdict) = verdict.filter(|verdict| *verdict != spoken) {
        found.push(format!("the verdict is {spoken}, the table says {verdict}"));
    }
    found
}
