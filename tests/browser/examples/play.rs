//! `cargo run -p browser --example play [engine ...] [row ...] [x3] [strict]` plays rows of the table and prints what each engine shows,
//! as the table writes it: what the call and every probe saw, how often if it alternates, and what whycors said. A word that ends
//! in `*` stands for all rows that begin so. `strict` plays those of an ordinary page under a strict policy, where only what would be
//! false counts. Needs the package that `cargo xtask build` leaves in `pkg`.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use browser::{Browser, Certificates, ENGINES, Engine, Run, certificates_for, judge, judge_soundly, play};
use lab::{Config, Lab, Page, Scenario};
use whycors::probe;

/// How long a diagnosis is waited for, in milliseconds: what is looked at is the browser.
const LIMIT: u64 = 6000;

#[tokio::main]
async fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let times = words.iter().find_map(|word| word.strip_prefix('x')?.parse::<usize>().ok()).unwrap_or(1);
    let named = |row: &Scenario| {
        words
            .iter()
            .any(|word| *word == row.id || word.strip_suffix('*').is_some_and(|start| row.id.starts_with(start)))
    };
    let engines: Vec<Engine> =
        ENGINES.into_iter().filter(|engine| words.iter().any(|word| word == engine.name())).collect();
    let engines = if engines.is_empty() { ENGINES.to_vec() } else { engines };

    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../pkg");
    let mut rows = lab::scenarios()?;
    let folders = vec![("/pkg".to_string(), root.into())];
    let lab = Lab::start(Config { folders, scenarios: rows.clone(), ..Config::default() }).await?;
    rows.retain(named);
    let is_strict = words.iter().any(|word| word == "strict");
    if is_strict {
        rows = rows.iter().filter_map(|row| row.under(Page::Strict)).collect();
    }
    ensure!(!rows.is_empty(), "no row has such a name");
    let told = rows.clone();
    for row in &mut rows {
        let request = row.request(lab.origins());
        for probe in ENGINES.into_iter().flat_map(|engine| probe::all(&request, engine, false)) {
            row.sees.entry(probe.id).or_insert_with(|| "not-asked".to_string());
        }
    }
    for engine in engines {
        for certificates in [Certificates::Strict, Certificates::Lenient] {
            let wanted = |row: &&Scenario| certificates_for(row) == certificates && row.is_for(engine);
            let session: Vec<&Scenario> = rows.iter().filter(wanted).collect();
            if session.is_empty() {
                continue;
            }
            let browser = Browser::open(&lab, engine, certificates).await?;
            for row in session {
                let mut runs = Vec::new();
                for _ in 0..times {
                    runs.push(play(&lab, &browser, row, LIMIT).await);
                }
                print(row, &runs);
                for failure in if is_strict { judge_soundly(&runs, &told) } else { judge(&runs, &told) } {
                    println!("  judge   {failure}");
                }
            }
            let _ = browser.close().await;
        }
    }
    Ok(())
}

fn print(row: &Scenario, runs: &[Run]) {
    let mut seen: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (probe, outcome) in runs.iter().flat_map(|run| &run.observed) {
        *seen.entry(probe).or_default().entry(outcome).or_default() += 1;
    }
    let engine = runs.first().map_or("", |run| run.engine.name());
    println!("\n{} in {engine}, {} times", row.id, runs.len());
    let columns: Vec<String> =
        seen.iter().map(|(probe, outcomes)| format!("{probe} = {}", counted(outcomes))).collect();
    println!("  sees    {{ {} }}", columns.join(", "));
    tell("call", runs, |run| format!("{} {}: {}", run.rejection.kind, run.rejection.name, run.rejection.message));
    tell("truth", runs, |run| run.truth.words().to_string());
    tell("verdict", runs, |run| {
        let codes = run.diagnosis["causes"].as_array().into_iter().flatten().filter_map(|cause| cause["code"].as_str());
        format!("{} {:?}", run.diagnosis["verdict"], codes.collect::<Vec<_>>())
    });
    tell("server", runs, |run| {
        let hops = run.log.iter().map(|it| format!("{} {}{} {}", it.method, it.origin_kind, it.path, it.reply));
        hops.collect::<Vec<_>>().join(", ")
    });
    tell("problem", runs, |run| run.problem.clone().unwrap_or_default());
}

fn tell(what: &str, runs: &[Run], say: impl Fn(&Run) -> String) {
    let said: Vec<String> = runs.iter().map(say).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    said.iter().filter(|text| !text.is_empty()).for_each(|text| *counts.entry(text).or_default() += 1);
    for (text, count) in counts {
        println!("  {what:<7} {count}x {text}");
    }
}

fn counted(outcomes: &BTreeMap<&str, usize>) -> String {
    let one = |(outcome, count): (&&str, &usize)| format!("{outcome} {count}x");
    match outcomes.len() {
        1 => format!("{:?}", outcomes.keys().next().unwrap_or(&"")),
        _ => outcomes.iter().map(one).collect::<Vec<_>>().join(" | "),
    }
}
