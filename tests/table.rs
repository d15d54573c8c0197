//! The table of scenarios against the model: what the model predicts is what the table says.
//!
//! Real browsers are held against the same table by `cargo xtask test browser`. After a change of the model,
//! `WHYCORS_BLESS=1 cargo test --test table` writes into the table what the model now says.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, reason = "a test that cannot be set up has failed")]

mod bless;

use std::collections::BTreeSet;

use lab::Scenario;
use lab::model::{ENGINES, codes, diagnose, is_gated, predictions, request, rows, world_of_the_call};
use whycors::causes::{self, Fault};
use whycors::request::Engine;
use whycors::{browser, gate};

#[test]
fn the_first_refusal_in_each_rows_world_is_its_cause() {
    for row in rows().expect("the table parses") {
        let engine = row.only.first().copied().unwrap_or(Engine::Chromium);
        let is_a_refusal = |code: &str| {
            let mut causes = causes::all().filter(|cause| cause.code == code);
            !causes.all(|cause| {
                matches!(
                    cause.fault,
                    Fault::Gone | Fault::TurnedDown | Fault::Late | Fault::Certain | Fault::Browser(_)
                )
            })
        };
        if is_gated(&row, engine) || !row.cause.as_deref().is_none_or(is_a_refusal) {
            continue;
        }
        let request = request(&row);
        let result = browser::run(&world_of_the_call(&row, engine), &request, engine, &browser::Call::of(&request));
        let stopped_by = result.err().and_then(|stop| causes::of(&stop));
        let (code, phase) = stopped_by.unzip();
        assert_eq!(code, row.cause.as_deref(), "{}", row.id);
        assert_eq!(phase.flatten().map(|phase| phase.name()), row.phase.as_deref(), "{}", row.id);
    }
}

/// Not a test of its own: writes what the model says, if that is asked for, instead of holding the table against it.
fn bless() {
    if !bless::is_asked_for() {
        return;
    }
    let said = |row: &Scenario, engine| bless::Said {
        engine,
        remains: codes(row, engine).into_iter().map(str::to_string).collect(),
        hints: hints(row, engine).into_iter().map(str::to_string).collect(),
        sees: predictions(row, engine)
            .into_iter()
            .map(|(id, outcomes)| (id, outcomes.into_iter().map(str::to_string).collect()))
            .collect(),
    };
    let played = |row: &Scenario| {
        ENGINES.into_iter().filter(|engine| row.is_for(*engine)).map(|engine| said(row, engine)).collect()
    };
    bless::rewrite(
        &rows().expect("the table parses").into_iter().map(|row| (row.clone(), played(&row))).collect::<Vec<_>>(),
    );
}

#[test]
fn each_row_says_what_each_probe_sees() {
    bless();
    let mut wrong = String::new();
    for row in rows().expect("the table parses") {
        for engine in ENGINES.into_iter().filter(|engine| row.is_for(*engine)) {
            let (predicted, said) = (predictions(&row, engine), row.sees(engine));
            // Behind a gate no probe is asked, and the table tells only what becomes of the call.
            let fits = (is_gated(&row, engine) || predicted.keys().eq(said.keys()))
                && predicted
                    .iter()
                    .all(|(id, outcomes)| said.get(id).is_some_and(|outcome| outcomes.contains(outcome.as_str())));
            if !fits {
                let lines: Vec<String> =
                    predicted.iter().map(|(id, outcomes)| format!("{id} = {outcomes:?}")).collect();
                wrong += &format!("sees {} {} {{ {} }}\n  not {said:?}\n", row.id, engine.name(), lines.join(", "));
            }
        }
    }
    assert!(wrong.is_empty() || bless::is_asked_for(), "the model predicts otherwise:\n{wrong}");
}

#[test]
fn each_row_names_what_remains_and_gives_its_hints() {
    let mut wrong = String::new();
    for row in rows().expect("the table parses") {
        for engine in ENGINES.into_iter().filter(|engine| row.is_for(*engine)) {
            let (remain, hinted) = (codes(&row, engine), hints(&row, engine));
            if remain != row.remains(engine) {
                wrong += &format!("remains {} {} {remain:?}\n", row.id, engine.name());
            }
            if hinted != row.hints(engine) {
                wrong += &format!("hints {} {} {hinted:?}\n", row.id, engine.name());
            }
        }
    }
    assert!(wrong.is_empty() || bless::is_asked_for(), "the model concludes otherwise:\n{wrong}");
}

#[test]
fn the_simplest_explanations_hold_the_true_cause_or_the_row_says_why_not() {
    let mut wrong = String::new();
    for row in rows().expect("the table parses").iter().filter(|row| row.why.is_none()) {
        for engine in ENGINES.into_iter().filter(|engine| row.is_for(*engine)) {
            let Some((diagnosis, truth)) = diagnose(row, engine).zip(truth(row, engine)) else { continue };
            let plain: Vec<&str> =
                diagnosis.causes.iter().filter(|cause| cause.detail.is_none()).map(|cause| cause.code).collect();
            if !plain.is_empty() && !plain.contains(&truth.as_str()) {
                wrong += &format!("{} {}: {truth} is not among {plain:?}\n", row.id, engine.name());
            }
        }
    }
    assert!(wrong.is_empty(), "the simplest explanations leave out the cause:\n{wrong}");
}

#[test]
fn the_true_cause_always_remains_and_nothing_else_is_ever_settled() {
    for row in rows().expect("the table parses") {
        for engine in ENGINES {
            let Some(diagnosis) = diagnose(&row, engine) else { continue };
            let codes: Vec<&str> = diagnosis.causes.iter().map(|cause| cause.code).collect();
            let Some(truth) = truth(&row, engine) else { continue };
            assert!(codes.contains(&truth.as_str()), "{} in {}: {truth} is not among {codes:?}", row.id, engine.name());
        }
    }
}

#[test]
fn ids_are_unique_and_every_cause_is_in_the_catalogue() {
    let rows = rows().expect("the table parses");
    let ids: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids.len(), rows.len());
    let known: BTreeSet<&str> = causes::all().map(|cause| cause.code).collect();
    for row in &rows {
        assert!(row.cause.as_deref().is_none_or(|cause| known.contains(cause)), "{}: {:?}", row.id, row.cause);
        assert!(row.why.is_some() || !differs(row), "{}: engines differ, and no `why`", row.id);
        assert!(row.only.is_empty() || row.why.is_some(), "{}: not for every engine, and no `why`", row.id);
    }
}

/// In what every engine is asked. Firefox's Resource Timing, on every failure, EventSource states, and the mode of its frame's
/// request need no `why` in each row.
fn differs(row: &Scenario) -> bool {
    let in_common = |(id, _): &(&String, &String)| row.sees.contains_key(*id);
    let by_timing =
        |(id, outcome): (&String, &String)| outcome.starts_with("failed") || outcome == "closed" || id == "frame";
    !row.sees_firefox.iter().filter(in_common).all(by_timing) || row.sees_webkit.iter().any(|seen| in_common(&seen))
}

fn hints(row: &Scenario, engine: Engine) -> Vec<&'static str> {
    diagnose(row, engine).iter().flat_map(|diagnosis| &diagnosis.hints).map(|hint| hint.code).collect()
}

/// The cause of the failure in this engine: the row's, or the gate's where engines differ.
fn truth(row: &Scenario, engine: Engine) -> Option<String> {
    let gated = gate::gate(&request(row), &lab::model::facts(row, engine)).map(|certain| certain.code.to_string());
    gated.or(row.cause(engine).map(str::to_string))
}
