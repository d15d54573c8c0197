//! `cargo xtask demo`: the page and the misconfigured servers that it diagnoses, on loopback.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result};
use lab::{Config, Lab};

use crate::{package, workspace};

/// Tried first if nobody asks for a port; any free one otherwise.
const USUAL_PORT: u16 = 8080;

/// Builds, serves, and says where, until interrupted.
pub fn command(port: Option<u16>) -> Result<ExitCode> {
    let built = package::build()?;
    let folders = vec![("/pkg".into(), built.package), ("/".into(), workspace::root().join("www"))];
    let config = Config { page_port: port, folders, scenarios: lab::scenarios()?, ..Config::default() };
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(serve(config))?;
    Ok(ExitCode::SUCCESS)
}

async fn serve(config: Config) -> Result<()> {
    let lab = start(config).await?;
    let mut out = std::io::stdout();
    writeln!(out, "demo: {}/", lab.origins().page)?;
    out.flush()?;
    tokio::signal::ctrl_c().await?;
    Ok(())
}

async fn start(config: Config) -> Result<Lab> {
    if let Some(port) = config.page_port {
        return Lab::start(config)
            .await
            .with_context(|| format!("the demo cannot have port {port}; pass another with --port, or none"));
    }
    match Lab::start(Config { page_port: Some(USUAL_PORT), ..config.clone() }).await {
        Ok(lab) => Ok(lab),
        Err(_) => Lab::start(config).await,
    }
}
