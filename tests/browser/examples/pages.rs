//! `cargo run -p browser --example pages -- [engine ...]` runs the checks of the pages beside the table (`tests/wrapper`, the demo) and
//! prints what does not hold. Needs the package that `cargo xtask build` leaves in `pkg`.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use browser::{ENGINES, WRAPPER, check_pages};
use lab::{Config, Lab};

#[tokio::main]
async fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = |prefix: &str, path: &str| (prefix.to_string(), root.join(path));
    let folders = vec![folder("/pkg", "pkg"), folder(WRAPPER, "tests/wrapper"), folder("/", "www")];
    let lab = Lab::start(Config { folders, scenarios: lab::scenarios()?, ..Config::default() }).await?;
    for engine in
        ENGINES.into_iter().filter(|engine| words.is_empty() || words.iter().any(|word| word == engine.name()))
    {
        let start = Instant::now();
        let checks = check_pages(&lab, engine).await?;
        let failed: Vec<_> = checks.iter().filter(|check| !check.ok).collect();
        println!("{}: {} checks, {} fail, {} s", engine.name(), checks.len(), failed.len(), start.elapsed().as_secs());
        failed.iter().for_each(|check| println!("  {} ({})", check.name, check.detail));
    }
    Ok(())
}
