//! `cargo run -p browser --example libraries [engine ...] [library ...]` checks whycors together with these libraries, or all, and
//! prints what does not hold. Needs `pkg` and `target/libraries`, which `cargo xtask test browser` leaves.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use browser::{ENGINES, LIBRARIES, LIBRARIES_WORKED, WRAPPER, check_libraries, library_rows};
use lab::{Config, Lab};

#[tokio::main]
async fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let is_engine = |word: &String| ENGINES.iter().any(|engine| engine.name() == word);
    let (engines, libraries): (Vec<_>, Vec<_>) = words.iter().partition(|word| is_engine(word));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = |prefix: &str, path: &str| (prefix.to_string(), root.join(path));
    let folders = vec![
        folder("/pkg", "pkg"),
        folder(WRAPPER, "tests/wrapper"),
        folder(LIBRARIES, "target/libraries"),
        folder(LIBRARIES_WORKED, "target/libraries"),
    ];
    let lab = Lab::start(Config { folders, scenarios: library_rows()?, ..Config::default() }).await?;
    for engine in ENGINES {
        if !engines.is_empty() && !engines.iter().any(|word| *word == engine.name()) {
            continue;
        }
        let start = Instant::now();
        let wanted = |library: &str| libraries.is_empty() || libraries.iter().any(|word| *word == library);
        let checks = check_libraries(&lab, engine, wanted).await?;
        for check in checks.iter().filter(|check| !check.ok) {
            println!("{}: {}\n    {}", engine.name(), check.name, check.detail);
        }
        let failed = checks.iter().filter(|check| !check.ok).count();
        println!("{}: {} checks, {failed} fail, {} s", engine.name(), checks.len(), start.elapsed().as_secs());
    }
    Ok(())
}
