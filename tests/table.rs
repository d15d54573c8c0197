//! The table of scenarios against the model: what the model predicts is what the table says.
//!
//! Real browsers are held against the same table by `cargo xtask test browser`. After a change of the model,
//! `WHYCORS_BLESS=1 cargo test --test table` writes into the table what the model now says.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, reason = "a test that cannot be set up has failed")]

mod bless;

use std::collections::{BTreeMap, BTreeSet};

use lab::{Origins, Page, Scenario};
use whycors::diagnosis::Diagnosis;
use whycors::gate::{self, CallOutcome, Facts, Violation};
use whycors::probe::{self, CALL, Outcome};
use whycors::request::{Engine, Request};
use whycors::session::{self, Options};
use whycors::{browser, causes};

const ENGINES: [Engine; 3] = [Engine::Chromium, Engine::Firefox, Engine::WebKit];

#[test]
fn the_first_refusal_in_each_rows_world_is_its_cause() {
    for row in rows() {
        let request = request(&row);
        if gate::gate(&request, &facts(&row, Engine::Chromium)).is_some() {
            continue;
        }
        let result = browser::run(&row.world(), &request, Engine::Chromium, &browser::Call::of(&request));
        let stopped_by = result.err().and_then(|stop| causes::of(&stop));
        let (code, phase) = stopped_by.unzip();
        assert_eq!(code, row.cause.as_deref(), "{}", row.id);
        assert_eq!(phase.flatten().map(|phase| phase.name()), row.phase.as_deref(), "{}", row.id);
    }
}

/// Not a test of its own: the tests below read the table that this writes, if it is asked to.
fn bless() {
    if !bless::is_asked_for() {
        return;
    }
    let said = |row: &Scenario, engine| bless::Said {
        engine,
        remains: codes(row, engine).into_iter().map(str::to_string).collect(),
        sees: predictions(row, engine)
            .into_iter()
            .map(|(id, outcomes)| (id, outcomes.into_iter().map(str::to_string).collect()))
            .collect(),
    };
    let rows: Vec<_> =
        rows().into_iter().map(|row| (row.clone(), ENGINES.map(|engine| said(&row, engine)).into())).collect();
    bless::rewrite(&rows);
}

#[test]
fn each_row_says_what_each_probe_sees() {
    bless();
    let mut wrong = String::new();
    for row in rows() {
        let predicted = ENGINES.map(|engine| predictions(&row, engine));
        for (engine, predicted) in ENGINES.iter().zip(&predicted) {
            let said = row.sees(*engine);
            // Behind a gate no probe is asked, and the table tells only what becomes of the call.
            let is_gated = gate::gate(&request(&row), &facts(&row, *engine)).is_some();
            let fits = (is_gated || predicted.keys().eq(said.keys()))
                && predicted
                    .iter()
                    .all(|(id, outcomes)| said.get(id).is_some_and(|outcome| outcomes.contains(outcome.as_str())));
            if !fits {
                let lines: Vec<String> =
                    predicted.iter().map(|(id, outcomes)| format!("{id} = {outcomes:?}")).collect();
                wrong += &format!("sees {} {} {{ {} }}\n", row.id, engine.name(), lines.join(", "));
            }
        }
    }
    assert!(wrong.is_empty(), "the model predicts otherwise:\n{wrong}");
}

#[test]
fn each_row_names_what_remains() {
    let mut wrong = String::new();
    for row in rows() {
        for engine in ENGINES {
            let codes = codes(&row, engine);
            if codes != row.remains(engine) {
                wrong += &format!("remains {} {} {codes:?}\n", row.id, engine.name());
            }
        }
    }
    assert!(wrong.is_empty(), "the model concludes otherwise:\n{wrong}");
}

#[test]
fn the_true_cause_always_remains_and_nothing_else_is_ever_settled() {
    for row in rows() {
        for engine in ENGINES {
            let Some(diagnosis) = diagnose(&row, engine) else { continue };
            let codes: Vec<&str> = diagnosis.causes.iter().map(|cause| cause.code).collect();
            let truth = truth(&row, engine);
            assert!(codes.contains(&truth.as_str()), "{} in {}: {truth} is not among {codes:?}", row.id, engine.name());
        }
    }
}

#[test]
fn ids_are_unique_and_every_cause_is_in_the_catalogue() {
    let rows = rows();
    let ids: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids.len(), rows.len());
    let known: BTreeSet<&str> = causes::all().map(|cause| cause.code).collect();
    for row in &rows {
        assert!(row.cause.as_deref().is_none_or(|cause| known.contains(cause)), "{}: {:?}", row.id, row.cause);
        let differs = !row.sees_firefox.is_empty() || !row.sees_webkit.is_empty();
        assert!(
            !differs || row.why.is_some() || differs_by_timing_only(row),
            "{}: engines differ, and no `why`",
            row.id
        );
    }
}

/// Firefox's Resource Timing, on every failure, and EventSource states need no `why` in each row.
fn differs_by_timing_only(row: &Scenario) -> bool {
    row.sees_firefox.values().all(|outcome| outcome.starts_with("failed") || outcome == "closed")
        && row.sees_webkit.is_empty()
}

fn rows() -> Vec<Scenario> {
    lab::scenarios().expect("the table parses")
}

fn request(row: &Scenario) -> Request {
    row.request(&Origins::fixed())
}

fn facts(row: &Scenario, engine: Engine) -> Facts {
    let mut facts = Facts::new(engine, CallOutcome::Failed(Outcome::Failed));
    if row.call.page == Page::Https {
        facts.page_scheme = "https".to_string();
    }
    if row.call.page == Page::Csp {
        facts.violation = Some(Violation { directive: "connect-src".to_string(), enforced: true });
    }
    facts
}

/// The cause of the failure in this engine: the row's, or the gate's where engines differ.
fn truth(row: &Scenario, engine: Engine) -> String {
    let gated = gate::gate(&request(row), &facts(row, engine)).map(|certain| certain.code.to_string());
    gated.or(row.cause(engine).map(str::to_string)).unwrap_or_default()
}

fn predictions(row: &Scenario, engine: Engine) -> BTreeMap<String, BTreeSet<&'static str>> {
    let (world, request) = (row.world(), request(row));
    if gate::gate(&request, &facts(row, engine)).is_some() {
        return BTreeMap::from([(CALL.to_string(), BTreeSet::from(["failed"]))]);
    }
    let names = |outcomes: probe::Outcomes| outcomes.iter().map(Outcome::name).collect();
    let mut seen: BTreeMap<_, _> = probe::all(&request, false)
        .into_iter()
        .map(|probe| (probe.id.clone(), names(probe::predict(&world, &request, engine, &probe))))
        .collect();
    seen.insert(CALL.to_string(), names(probe::predict_call(&world, &request, engine).0));
    seen
}

/// The codes that the model names.
fn codes(row: &Scenario, engine: Engine) -> Vec<&'static str> {
    diagnose(row, engine).iter().flat_map(|diagnosis| &diagnosis.causes).map(|cause| cause.code).collect()
}

fn diagnose(row: &Scenario, engine: Engine) -> Option<Diagnosis> {
    session::play(&row.world(), &request(row), facts(row, engine), Options::default())
}
