//! What is measured of a page, with a stand-in for whycors, in Chromium: the figures themselves are of no account here.

#![allow(clippy::unwrap_used, reason = "a test ends where it fails")]

use std::time::Duration;

use browser::{DELAY, Effort, Engine, bench};
use lab::{Config, Lab};

#[tokio::test]
async fn everything_can_be_measured_and_is_of_a_possible_size() {
    let stub = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stub").into();
    let folders = vec![("/pkg".to_string(), stub)];
    let scenarios = lab::scenarios().unwrap();
    let serving = |delay| Config { folders: folders.clone(), scenarios: scenarios.clone(), delay, ..Config::default() };
    let lab = Lab::start(serving(Duration::ZERO)).await.unwrap();
    let delayed = Lab::start(serving(DELAY)).await.unwrap();

    let measured = bench(&lab, &delayed, Engine::Chromium, &Effort::tiny()).await.unwrap();
    assert_eq!(measured.engine, "chromium");
    let figure = |name: &str| {
        let found = measured.figures.iter().find(|figure| figure.name == name);
        found.unwrap_or_else(|| unreachable!("no figure {name}")).spread.median
    };
    for figure in &measured.figures {
        assert!(!figure.samples.is_empty() && !figure.spread.median.is_nan(), "{figure:?}");
    }
    assert!((1.0..1e6).contains(&figure("fetch(url): native")));
    assert!((1.0..1e7).contains(&figure("XMLHttpRequest, one header: native")));
    // A call that waits is at least a promise; what has passed leaves less than that.
    assert!((32.0..10_000.0).contains(&figure("fetch(url), in flight: native")));
    assert!((32.0..10_000.0).contains(&figure("fetch(url), in flight: added by a bare patch")));
    // The stand-in asks once, and its probe waits for the answer.
    assert_eq!(figure("GET: at the server"), 1.0);
}
