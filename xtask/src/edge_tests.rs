//! The crate's own tests on wasm32, in headless Chromium (wasm-bindgen-test).

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::process::{capture, cargo, find_any, run};
use crate::setup::{CHROMEDRIVER, CHROMIUM};
use crate::tally::Tally;
use crate::workspace;

/// Builds the runner, which is not part of xtask (see Cargo.toml), and runs the tests with it.
pub fn run_all() -> Result<Tally> {
    let (Some(chromium), Some(driver)) = (find_any(CHROMIUM), find_any(CHROMEDRIVER)) else {
        bail!("Chromium or its driver is gone since the start of this command");
    };
    run(cargo().args([
        "build",
        "--quiet",
        "--package",
        "xtask",
        "--features",
        "wasm-test-runner",
        "--bin",
        "wasm-test-runner",
    ]))?;
    let runner = workspace::target().join("debug/wasm-test-runner");
    let printed = capture(
        cargo()
            .args(["test", "--package", "whycors", "--lib", "--target", "wasm32-unknown-unknown"])
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
            .env("RUST_BACKTRACE", "0")
            .env("CHROMEDRIVER", driver)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities(chromium)?)
            .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
            .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60"),
    )?;
    Ok(Tally::tests(printed))
}

/// The file that tells the runner which Chromium to start, and how.
fn capabilities(chromium: PathBuf) -> Result<PathBuf> {
    let path = workspace::target().join("webdriver.json");
    let options = json!({
        "goog:chromeOptions": {
            "binary": chromium,
            "args": browser::CHROMIUM_ARGUMENTS,
        }
    });
    fs::write(&path, options.to_string()).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}
