//! `cargo xtask bench`: what whycors costs a page in real engines. It measures and judges nothing.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use browser::{DELAY, Effort, Engine, PrintedBench};
use lab::{Config, Lab};

use crate::{files, package, rows, setup};

/// Measures, and prints the figures.
pub fn command(engines: &[Engine], json: Option<&Path>) -> Result<ExitCode> {
    let engines = rows::wanted(engines);
    setup::ensure(&rows::needs(&engines))?;
    let folders = vec![("/pkg".into(), package::folder()?)];
    let scenarios = lab::scenarios()?;
    let serving = |delay| Config { folders: folders.clone(), scenarios: scenarios.clone(), delay, ..Config::default() };
    let benches = tokio::runtime::Runtime::new()?.block_on(async {
        let lab = Lab::start(serving(Duration::ZERO)).await?;
        let delayed = Lab::start(serving(DELAY)).await?;
        let mut benches = Vec::new();
        for engine in engines {
            let measured = browser::bench(&lab, &delayed, engine, &Effort::whole()).await;
            benches.push(measured.with_context(|| format!("{} could not be measured", engine.name()))?);
        }
        anyhow::Ok(benches)
    })?;
    print!("{}", PrintedBench(&benches));
    if let Some(path) = json {
        files::write(path, &(serde_json::to_string_pretty(&benches)? + "\n"))?;
    }
    Ok(ExitCode::SUCCESS)
}
