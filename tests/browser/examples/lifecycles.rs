//! `cargo run -p browser --example lifecycles [engine ...] [all]` plays what pages live through, and prints what does not hold, or every
//! check. Needs the package that `cargo xtask build` leaves in `pkg`.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use browser::{ENGINES, WRAPPER, check_lifecycles, lifecycle_rows};
use lab::{Config, Lab};

#[tokio::main]
async fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let named = |name: &str| words.iter().any(|word| word == name);
    let some_engine = ENGINES.into_iter().any(|engine| named(engine.name()));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = |prefix: &str, path: &str| (prefix.to_string(), root.join(path));
    let folders = vec![folder("/pkg", "pkg"), folder(WRAPPER, "tests/wrapper")];
    let lab = Lab::start(Config { folders, scenarios: lifecycle_rows()?, ..Config::default() }).await?;
    for engine in ENGINES.into_iter().filter(|engine| !some_engine || named(engine.name())) {
        let start = Instant::now();
        let checks = check_lifecycles(&lab, engine).await?;
        for check in checks.iter().filter(|check| !check.ok || named("all")) {
            println!("{} {}\n    {}", if check.ok { "holds" } else { "FAILS" }, check.name, check.detail);
        }
        let failed = checks.iter().filter(|check| !check.ok).count();
        println!("{}: {} checks, {failed} fail, {} s", engine.name(), checks.len(), start.elapsed().as_secs());
    }
    Ok(())
}
