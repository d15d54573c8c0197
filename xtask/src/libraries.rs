//! whycors together with libraries that patch or wrap what it patches: bundled from `tests/wrapper/libraries`, run in an engine.

use std::path::PathBuf;

use anyhow::Result;
use browser::{Check, Engine, LIBRARIES, LIBRARIES_WORKED, WRAPPER};
use lab::{Config, Lab};

use crate::files::{copy_files, empty};
use crate::process::run;
use crate::{node, package, workspace};

/// Checks every library in every order in one engine.
pub fn check(engine: Engine) -> Result<Vec<Check>> {
    let bundles = bundle()?;
    let folders = vec![
        ("/pkg".into(), package::folder()?),
        (WRAPPER.into(), workspace::root().join("tests/wrapper")),
        (LIBRARIES.into(), bundles.clone()),
        (LIBRARIES_WORKED.into(), bundles),
    ];
    let config = Config { folders, scenarios: browser::library_rows()?, ..Config::default() };
    tokio::runtime::Runtime::new()?.block_on(async {
        let lab = Lab::start(config).await?;
        browser::check_libraries(&lab, engine, |_| true).await
    })
}

/// A module for each library, the page that imports them, and the worker of one.
fn bundle() -> Result<PathBuf> {
    node::ensure_libraries()?;
    let source = workspace::root().join("tests/wrapper/libraries");
    let modules = node::libraries().join("node_modules");
    let bundles = workspace::target().join("libraries");
    empty(&bundles)?;
    copy_files(&source, &bundles, |name| name == "page.html")?;
    copy_files(&modules.join("msw/lib"), &bundles, |name| name == "mockServiceWorker.js")?;
    run(node::esbuild()
        .arg(source.join("*.js"))
        .env("NODE_PATH", modules)
        .args([
            "--bundle",
            "--format=esm",
            "--target=es2022",
            "--define:process.env.NODE_ENV=\"production\"",
            // For browsers without fetch.
            "--external:whatwg-fetch",
            "--log-level=warning",
        ])
        .arg(format!("--outdir={}", bundles.display())))?;
    Ok(bundles)
}
