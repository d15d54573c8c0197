//! How often and how exactly whycors is right, and what it costs.

use std::collections::BTreeMap;

use lab::{Scenario, model};
use serde::Serialize;

use crate::engines::{ENGINES, Engine};
use crate::least::least;
use crate::promises;
use crate::rows::Run;
use crate::trips;
use crate::verdict::{Standing, causes, is_cause, standing};

/// How far above the optimum our mean may be.
const RATIO: f64 = 1.1;

/// Round trips that a diagnosis may take: of a call without a preflight, and with one.
const TRIPS: [usize; 2] = [3, 5];

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
    /// Of these, rows where none is to come: whycors cannot see the call, or its caller wanted it to fail.
    pub silent_as_meant: usize,
    /// Causes named, over the rows where any is.
    pub mean_causes: f64,
    /// Most causes named.
    pub max_causes: usize,
    /// Plain ones of these: without a `detail`, what is printed as the simplest explanation.
    pub mean_plain: f64,
    /// Most plain causes.
    pub max_plain: usize,
    /// The cause is among the plain ones.
    pub plain_contained: usize,
    /// Causes that the best choice of probes would leave, over the rows where ours names any.
    pub mean_optimum: f64,
    /// Causes named, divided by that.
    pub to_optimum: f64,
    /// Rows where more causes are named than the best choice would leave.
    pub above_optimum: Vec<String>,
    /// Probes a diagnosis sent.
    pub median_probes: usize,
    /// Most probes a diagnosis sent.
    pub max_probes: usize,
    /// Requests the server received for a diagnosis, with preflights, redirects and retries.
    pub mean_requests: f64,
    /// Most of these.
    pub max_requests: usize,
    /// Round trips of a diagnosis of a call without a preflight, and with one.
    pub trips: [Trips; 2],
    /// Milliseconds from the failure to the diagnosis.
    pub median_ms: usize,
    /// Most of these.
    pub max_ms: usize,
}

/// How many requests of a diagnosis waited for one another.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Trips {
    /// Rows whose log tells, and whose diagnosis sent anything.
    pub rows: usize,
    /// Round trips.
    pub median: usize,
    /// Most of these.
    pub max: usize,
    /// Rows with more than may be, and how many.
    pub over: Vec<(String, usize)>,
}

/// The figures of each engine that has runs. Round trips are those of runs in a lab that held its answers back for
/// [`DELAY`](crate::DELAY).
pub fn accuracy(runs: &[Run], scenarios: &[Scenario]) -> Vec<Accuracy> {
    let rows: BTreeMap<&str, &Scenario> = scenarios.iter().map(|row| (row.id.as_str(), row)).collect();
    let of_engine = |engine| {
        let pairs: Vec<(&Run, &Scenario)> = runs
            .iter()
            .filter(|run| run.engine == engine && run.problem.is_none())
            .filter_map(|run| Some((run, *rows.get(run.scenario.as_str())?)))
            .filter(|(_, row)| row.cause(engine).is_some())
            .collect();
        (!pairs.is_empty()).then(|| figures(engine, &pairs))
    };
    ENGINES.into_iter().filter_map(of_engine).collect()
}

impl Accuracy {
    /// The limits that the figures break, in words.
    pub fn over(&self) -> Vec<String> {
        let mut over = Vec::new();
        if self.to_optimum > RATIO {
            let (ratio, engine) = (self.to_optimum, self.engine);
            over.push(format!("{engine} names {ratio:.3} times as many causes as the optimum, {RATIO} is allowed"));
        }
        for (trips, (limit, kind)) in self.trips.iter().zip(TRIPS.into_iter().zip(["without", "with"])) {
            over.extend(trips.over.iter().map(|(row, count)| {
                format!("{row} in {} takes {count} round trips, {limit} are allowed {kind} a preflight", self.engine)
            }));
        }
        over
    }
}

fn figures(engine: Engine, pairs: &[(&Run, &Scenario)]) -> Accuracy {
    let standings: Vec<Standing> = pairs.iter().map(|(run, row)| standing(&run.diagnosis, row, engine)).collect();
    let count = |wanted: Standing| standings.iter().filter(|standing| **standing == wanted).count();
    let mut named = Vec::new();
    let mut plain = Vec::new();
    let mut plain_contained = 0;
    // Ours, and the optimum.
    let mut compared: [Vec<usize>; 2] = Default::default();
    let mut above_optimum = Vec::new();
    for (run, row) in pairs {
        let causes = causes(&run.diagnosis);
        if causes.is_empty() {
            continue;
        }
        named.push(causes.len());
        plain.push(causes.iter().filter(|cause| cause.detail.is_none()).count());
        plain_contained +=
            usize::from(causes.iter().any(|cause| cause.detail.is_none() && is_cause(cause, row, engine)));
        if let Some(least) = least(row, engine) {
            compared[0].push(causes.len());
            compared[1].push(least);
            if causes.len() > least {
                above_optimum.push(format!("{} names {}, not {least}", row.id, causes.len()));
            }
        }
    }
    let diagnosed = || pairs.iter().filter(|(run, _)| !run.diagnosis.is_null());
    let probes = sorted(diagnosed().map(|(run, _)| sent_probes(run)));
    let requests = sorted(diagnosed().map(|(run, row)| promises::probe_requests(run, row).count()));
    let ms = sorted(diagnosed().map(|(run, _)| run.diagnosis["duration"].as_f64().unwrap_or(0.0) as usize));
    let trips = |has_preflight| {
        let meant = |(_, row): &&(&Run, &Scenario)| model::request(row).has_preflight() == has_preflight;
        trips_of(diagnosed().filter(meant), TRIPS[usize::from(has_preflight)])
    };
    Accuracy {
        engine: engine.name(),
        rows: pairs.len(),
        contained: count(Standing::Contained) + count(Standing::SettledRight),
        settled_right: count(Standing::SettledRight),
        settled_wrong: count(Standing::SettledWrong),
        missed: count(Standing::Missed),
        unknown: count(Standing::Unknown),
        silent: count(Standing::Silent),
        silent_as_meant: pairs.iter().filter(|(run, row)| run.diagnosis.is_null() && row.is_silent()).count(),
        mean_causes: mean(&named),
        max_causes: named.iter().copied().max().unwrap_or(0),
        mean_plain: mean(&plain),
        max_plain: plain.iter().copied().max().unwrap_or(0),
        plain_contained,
        mean_optimum: mean(&compared[1]),
        to_optimum: mean(&compared[0]) / mean(&compared[1]).max(1.0),
        above_optimum,
        median_probes: median(&probes),
        max_probes: probes.last().copied().unwrap_or(0),
        mean_requests: mean(&requests),
        max_requests: requests.last().copied().unwrap_or(0),
        trips: [trips(false), trips(true)],
        median_ms: median(&ms),
        max_ms: ms.last().copied().unwrap_or(0),
    }
}

fn trips_of<'a>(pairs: impl Iterator<Item = &'a (&'a Run, &'a Scenario)>, limit: usize) -> Trips {
    let mut counts = Vec::new();
    let mut over = Vec::new();
    for (run, row) in pairs.filter(|(_, row)| trips::tells(row)) {
        let count = trips::longest_chain(promises::probe_requests(run, row));
        if count > 0 {
            counts.push(count);
        }
        if count > limit {
            over.push((row.id.clone(), count));
        }
    }
    counts.sort_unstable();
    Trips { rows: counts.len(), median: median(&counts), max: counts.last().copied().unwrap_or(0), over }
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test ends where it fails")]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// Nothing listens at the first two, and the optimum there is three; the third is answered, and has a preflight.
    const ROWS: &str = r#"
[[row]]
id = "a"
title = ""
server = [{ fails = "refused" }]
cause = "connection-refused"

[[row]]
id = "b"
title = ""
server = [{ fails = "refused" }]
cause = "connection-refused"

[[row]]
id = "c"
title = ""
call = { method = "PUT" }
server = [{ status = 200 }]
cause = "missing-allow-origin"
phase = "preflight"

[[row]]
id = "d"
title = ""
call = { using = "image" }
server = [{ status = 200 }]
cause = "orb"
verdict = "none"
"#;

    fn run(id: &str, causes: &[(&str, Option<&str>)], begins: &[u64]) -> Run {
        let mut run = Run::new(Engine::Chromium, id);
        let causes: Vec<Value> =
            causes.iter().map(|(code, detail)| json!({ "code": code, "detail": detail })).collect();
        run.diagnosis = json!({ "verdict": "family", "causes": causes, "saw": [], "duration": 1 });
        let received = |at: &u64| {
            json!({ "scenario": id, "origin_kind": "api", "at": at, "epoch_ms": 0, "method": "GET", "path": "/", "query": "",
                "headers": [], "body_len": 0, "reply": "200" })
        };
        run.log = serde_json::from_value(begins.iter().map(received).collect()).unwrap();
        run
    }

    fn figures(runs: &[Run]) -> Accuracy {
        accuracy(runs, &lab::parse(ROWS).unwrap()).remove(0)
    }

    const IF: Option<&str> = Some("Only if the server answers a GET otherwise than the PUT.");

    #[test]
    fn plain_causes_are_those_without_an_only_if() {
        let figures = figures(&[
            run("a", &[("connection-refused", None), ("dns-failure", None), ("corp", IF)], &[]),
            run("b", &[("connection-refused", IF)], &[]),
            run("c", &[], &[]),
        ]);
        assert_eq!((figures.mean_causes, figures.max_causes), (2.0, 3));
        assert_eq!((figures.mean_plain, figures.max_plain, figures.plain_contained), (1.0, 2, 1));
    }

    #[test]
    fn silence_is_counted_and_whether_it_is_meant() {
        let runs = ["a", "d", "d"].map(|id| Run::new(Engine::Chromium, id));
        let mut said = run("d", &[("orb", None)], &[]);
        said.diagnosis["verdict"] = json!("settled");
        let figures = figures(&[&runs[..], &[said]].concat());
        assert_eq!((figures.rows, figures.silent, figures.silent_as_meant, figures.settled_right), (4, 3, 2, 1));
    }

    #[test]
    fn the_optimum_is_that_of_the_rows_where_a_cause_is_named() {
        let one = ("connection-refused", None);
        let figures = figures(&[run("a", &[one; 4], &[]), run("b", &[one; 3], &[]), run("c", &[], &[])]);
        assert_eq!((figures.mean_optimum, figures.to_optimum), (3.0, 3.5 / 3.0));
        assert_eq!(figures.above_optimum, ["a names 4, not 3"]);
        assert_eq!(figures.over(), ["chromium names 1.167 times as many causes as the optimum, 1.1 is allowed"]);
        assert_eq!(self::figures(&[run("b", &[one; 3], &[])]).over().len(), 0);
    }

    #[test]
    fn round_trips_are_counted_apart_for_calls_with_a_preflight_and_have_a_limit() {
        let none: &[(&str, Option<&str>)] = &[];
        let trips = |begins| figures(&[run("c", none, begins), run("a", none, &[0, 200, 400, 600])]);
        let five = trips(&[0, 100, 200, 300, 400]);
        assert_eq!(five.trips[0].rows, 0, "where nothing listens nothing is told");
        assert_eq!((five.trips[1].rows, five.trips[1].median, five.trips[1].max), (1, 5, 5));
        assert_eq!(five.over().len(), 0);
        let six = trips(&[0, 100, 200, 300, 400, 500]);
        assert_eq!(six.over(), ["c in chromium takes 6 round trips, 5 are allowed with a preflight"]);
    }
}
