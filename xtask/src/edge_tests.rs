//! The crate's own tests on wasm32, in headless Chromium (wasm-bindgen-test).

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

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
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let is_over = AtomicBool::new(false);
    let printed = thread::scope(|scope| {
        scope.spawn(|| keep_awake(address, &is_over));
        let printed = capture(
            cargo()
                .args(["test", "--package", "whycors", "--lib", "--target", "wasm32-unknown-unknown"])
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
                .env("RUST_BACKTRACE", "0")
                .env("CHROMEDRIVER", driver)
                .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities(chromium)?)
                .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
                .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60")
                .env("WASM_BINDGEN_TEST_ADDRESS", address.to_string()),
        );
        is_over.store(true, Ordering::Relaxed);
        printed
    })?;
    Ok(Tally::tests(printed))
}

/// The runner's server leaves a connection unanswered if two come at the same moment, until the next one comes: the browser
/// then waits for a script for minutes. So the next one always comes.
fn keep_awake(server: SocketAddr, is_over: &AtomicBool) {
    while !is_over.load(Ordering::Relaxed) {
        thread::sleep(Duration::from_secs(1));
        for _ in 0..4 {
            // Before the server is there, and after it is gone, nobody answers.
            let Ok(mut connection) = TcpStream::connect(server) else { break };
            let _ = connection.write_all(b"GET / HTTP/1.0\r\n\r\n");
            let _ = connection.set_read_timeout(Some(Duration::from_secs(1)));
            let _ = connection.read(&mut [0; 64]);
        }
    }
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
