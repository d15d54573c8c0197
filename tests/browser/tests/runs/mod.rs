//! Rows played in an engine, with a stand-in for whycors.

use browser::{Engine, Run, run_rows};
use lab::{Config, Lab, Scenario};

/// What came of each row of a table, and the rows.
pub async fn of(table: &str, engine: Engine) -> (Vec<Run>, Vec<Scenario>) {
    let scenarios = lab::parse(table).unwrap();
    let stub = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stub").into();
    let config = Config { scenarios: scenarios.clone(), folders: vec![("/pkg".to_string(), stub)], page_port: None };
    let lab = Lab::start(config).await.unwrap();
    (run_rows(&lab, &[engine], |_| true).await.unwrap(), scenarios)
}
