//! A lab that plays a table, with a stand-in for whycors.

use lab::{Config, Lab, Scenario};

/// The lab, and its rows.
pub async fn lab(table: &str) -> (Lab, Vec<Scenario>) {
    let scenarios = lab::parse(table).unwrap();
    let stub = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stub").into();
    let folders = vec![("/pkg".to_string(), stub)];
    let lab = Lab::start(Config { scenarios: scenarios.clone(), folders, ..Config::default() }).await.unwrap();
    (lab, scenarios)
}
