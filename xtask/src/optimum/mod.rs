//! `cargo xtask accuracy --model`: how near our choice of probes comes to the best that any choice could reach.
//!
//! For each kind of call, each engine and each way in which the call can fail, the worlds that the model holds possible are
//! played against [`Session`]; [`search`] finds what the best strategy under the same rules would leave. The mean is over the
//! causes of the catalogue, each counting the same, and within a cause over its worlds. A world that allows several answers
//! is played with each, all as likely. A verdict that names no cause counts as one that leaves the whole catalogue.

mod classes;
mod ours;
mod page;
mod search;
mod shapes;
mod signals;
mod table;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;

use anyhow::{Result, anyhow};
use browser::ENGINES;
use serde::Serialize;
use whycors::gate::Facts;
use whycors::probe;
use whycors::request::Engine;
use whycors::session::{Options, Session};

use crate::tally::Tally;
use crate::{files, workspace};
use ours::Ours;
use shapes::Shape;
use table::{Table, Truth};

/// How far above the optimum our mean may be.
const LIMIT: f64 = 1.1;

/// Prints the figures, writes the page, and fails if we are too far above the optimum.
pub fn command(json: Option<&Path>) -> Result<ExitCode> {
    let cases = cases()?;
    let lines: Vec<&Line> = cases.iter().map(|case| &case.line).collect();
    print!("{}", printed(&lines));
    files::write(&path(), &page::write(&cases))?;
    if let Some(path) = json {
        files::write(path, &(serde_json::to_string_pretty(&lines)? + "\n"))?;
    }
    let over: Vec<String> = lines.iter().filter_map(|line| line.over()).collect();
    for line in &over {
        println!("{line}");
    }
    Ok(if over.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The same as a test: each kind of call in each engine, and that the page is up to date.
pub fn test() -> Result<Tally> {
    let cases = cases()?;
    let mut failures: Vec<String> = cases.iter().filter_map(|case| case.line.over()).collect();
    if files::read(&path())? != page::write(&cases) {
        failures.push(format!(
            "{} is not what the model says now; `cargo xtask accuracy --model` writes it anew",
            workspace::short(&path())
        ));
    }
    let failed = failures.len();
    Ok(Tally { passed: cases.len() + 1 - failed, failed, details: failures.join("\n") })
}

fn path() -> PathBuf {
    workspace::root().join("docs/what-a-page-can-tell.md")
}

/// A kind of call in an engine.
struct Case {
    shape: &'static Shape,
    engine: Engine,
    ways: Vec<Way>,
    line: Line,
}

/// A way in which the call fails.
struct Way {
    truths: Vec<Truth>,
    suspected: Vec<Truth>,
    table: Table,
}

/// The figures of a kind of call in an engine. Means are of causes left.
#[derive(Serialize)]
struct Line {
    shape: &'static str,
    engine: &'static str,
    /// Over all worlds.
    all: Means,
    /// Over the worlds of servers that treat the probes as they treat the call.
    plain: Means,
    /// Share of the worlds whose verdict is unknown.
    unknown: f64,
    median_probes: usize,
    max_probes: usize,
    median_rounds: usize,
    max_rounds: usize,
}

/// Ours, and the best.
#[derive(Clone, Copy, Serialize)]
struct Means {
    worlds: usize,
    ours: f64,
    optimum: f64,
    /// A strategy reaches the optimum; otherwise none is below.
    is_reached: bool,
    ratio: f64,
}

impl Line {
    fn over(&self) -> Option<String> {
        let worst = self.all.ratio.max(self.plain.ratio);
        (worst > LIMIT).then(|| {
            format!(
                "over the limit: {} in {} leaves {worst:.3} times the optimum, more than {LIMIT}",
                self.shape, self.engine
            )
        })
    }
}

/// Every kind of call in every engine, in order; on all processors.
fn cases() -> Result<Vec<Case>> {
    let pairs: Vec<(&'static Shape, Engine)> =
        shapes::all().iter().flat_map(|shape| ENGINES.map(|engine| (shape, engine))).collect();
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let mut cases: Vec<(usize, Case)> = thread::scope(|scope| {
        let run = |worker: usize| {
            let pairs = &pairs;
            scope.spawn(move || {
                let mine = pairs.iter().enumerate().skip(worker).step_by(workers);
                mine.map(|(index, (shape, engine))| Ok((index, case(shape, *engine)?))).collect::<Result<Vec<_>>>()
            })
        };
        let threads: Vec<_> = (0..workers).map(run).collect();
        let joined = threads.into_iter().map(|thread| thread.join().map_err(|_| anyhow!("a worker panicked"))?);
        joined.collect::<Result<Vec<_>>>().map(|parts| parts.into_iter().flatten().collect())
    })?;
    cases.sort_by_key(|(index, _)| *index);
    Ok(cases.into_iter().map(|(_, case)| case).collect())
}

fn case(shape: &'static Shape, engine: Engine) -> Result<Case> {
    let options = Options::default();
    let request = &shape.request;
    let probes = probe::all(request, engine, options.as_caller);
    let calls = shape.calls(engine);
    let truths: Vec<Vec<Truth>> = calls.iter().map(|call| table::truths(request, engine, call, &probes)).collect();
    let weights = Weights::new(&truths);
    let mut ours = Ours::default();
    let mut optimum = [0.0; 2];
    let mut is_reached = [true; 2];
    let mut ways = Vec::new();
    for (call, truths) in calls.into_iter().zip(truths) {
        let session = Session::new(request.clone(), Facts::new(engine, call), options);
        let table = Table::new(&session, &probes, &truths, |truth| weights.of(truth))?;
        let suspected = table::suspected(&session);
        ours.play(&table, session)?;
        for mean in 0..2 {
            let least = search::least(&table, options.budget, mean);
            optimum[mean] += least.left;
            is_reached[mean] &= least.is_reached;
        }
        ways.push(Way { truths, suspected, table });
    }
    let means = |mean: usize| Means {
        worlds: weights.worlds[mean],
        ours: ours.left[mean],
        optimum: optimum[mean],
        is_reached: is_reached[mean],
        ratio: ours.left[mean] / optimum[mean],
    };
    let line = Line {
        shape: shape.name,
        engine: engine.name(),
        all: means(0),
        plain: means(1),
        unknown: ours.unknown,
        median_probes: ours.probes.median(),
        max_probes: ours.probes.max(),
        median_rounds: ours.rounds.median(),
        max_rounds: ours.rounds.max(),
    };
    Ok(Case { shape, engine, ways, line })
}

/// How much of the means a world is: every cause the same, within a cause every world the same.
struct Weights {
    by_cause: BTreeMap<&'static str, [usize; 2]>,
    causes: [usize; 2],
    worlds: [usize; 2],
}

impl Weights {
    fn new(truths: &[Vec<Truth>]) -> Weights {
        let mut by_cause: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
        for truth in truths.iter().flatten() {
            let counts = by_cause.entry(truth.title).or_default();
            counts[0] += 1;
            counts[1] += usize::from(truth.is_plain());
        }
        let causes = [0, 1].map(|mean| by_cause.values().filter(|counts| counts[mean] > 0).count());
        let worlds = [0, 1].map(|mean| by_cause.values().map(|counts| counts[mean]).sum());
        Weights { by_cause, causes, worlds }
    }

    fn of(&self, truth: &Truth) -> [f64; 2] {
        let worlds = self.by_cause.get(truth.title).copied().unwrap_or_default();
        let share = |mean: usize| 1.0 / self.causes[mean] as f64 / worlds[mean] as f64;
        [share(0), if truth.is_plain() { share(1) } else { 0.0 }]
    }
}

fn printed(lines: &[&Line]) -> String {
    let mut text = String::from(
        "mean causes left                                          all worlds              plain worlds     unknown  probes  rounds\n\
         call                                    engine      ours  optimum  ratio    ours  optimum  ratio\n",
    );
    for line in lines {
        let means = |means: &Means| {
            let bound = if means.is_reached { ' ' } else { '>' };
            format!("{:>6.3}  {bound}{:>6.3}  {:>5.3}", means.ours, means.optimum, means.ratio)
        };
        let _ = writeln!(
            text,
            "{:<38}  {:<8}  {}  {}  {:>6.1}%  {} max {}  {} max {}",
            line.shape,
            line.engine,
            means(&line.all),
            means(&line.plain),
            line.unknown * 100.0,
            line.median_probes,
            line.max_probes,
            line.median_rounds,
            line.max_rounds,
        );
    }
    text
}
