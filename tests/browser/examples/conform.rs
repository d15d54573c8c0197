//! `cargo run -p browser --example conform [engine ...] [family ...] [page] [all]` runs families of `tests/wrapper/standard` on a
//! page without whycors and on another: `installed`, or one that begins with a script, `script=/wrapper/wrong/async-fetch.js`. It prints
//! what does not hold natively and what differs; `all` prints every check. `suite` runs all as the tests do. Needs the package that `cargo xtask build` leaves in `pkg`.

use std::collections::BTreeMap;
use std::time::Instant;

use anyhow::Result;
use browser::{Browser, Certificates, Check, ENGINES, Engine, FAMILIES, WRAPPER, conformance, run_family};
use lab::{Config, Lab};

#[tokio::main]
async fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let named = |name: &str| words.iter().any(|word| word == name);
    let some_engine = ENGINES.into_iter().any(|engine| named(engine.name()));
    let engines: Vec<Engine> = ENGINES.into_iter().filter(|engine| !some_engine || named(engine.name())).collect();
    let some_family = FAMILIES.into_iter().any(named);
    let families: Vec<&str> = FAMILIES.into_iter().filter(|family| !some_family || named(family)).collect();
    let page = words.iter().find(|word| *word == "installed" || word.starts_with("script="));

    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let folder = |name: &str| format!("{root}/{name}").into();
    let folders = vec![("/pkg".to_string(), folder("pkg")), (WRAPPER.to_string(), folder("tests/wrapper"))];
    let lab = Lab::start(Config { folders, ..Config::default() }).await?;
    for engine in engines {
        if named("suite") {
            let found = conformance(&lab, engine).await?;
            let [natively, known] = [found.native.len(), found.known.len()];
            println!(
                "\n{}: {} checks, {natively} do not hold natively, {known} known",
                engine.name(),
                found.checks.len()
            );
            let is_shown = |check: &&Check| !check.ok || named("all");
            found.checks.iter().filter(is_shown).for_each(|check| println!("  {} ({})", check.name, check.detail));
            found.native.iter().for_each(|check| println!("  natively: {} ({})", check.name, check.detail));
            continue;
        }
        let browser = Browser::open(&lab, engine, Certificates::Strict).await?;
        for family in &families {
            let start = Instant::now();
            let bare = run_family(&lab, &browser, "bare", family, &[]).await?;
            let held = bare.iter().filter(|check| check.ok).count();
            println!(
                "\n{family} in {}: {held} of {} hold ({} ms)",
                engine.name(),
                bare.len(),
                start.elapsed().as_millis()
            );
            for check in bare.iter().filter(|check| !check.ok || named("all")) {
                println!("  {} {}: {}", if check.ok { "holds" } else { "NATIVE" }, check.name, check.detail);
            }
            let Some(page) = page else { continue };
            let start = Instant::now();
            let other = run_family(&lab, &browser, page, family, &[]).await?;
            let other: BTreeMap<_, _> = other.iter().map(|check| (&check.name, check)).collect();
            let differs: Vec<_> =
                bare.iter().filter(|check| check.ok && !other.get(&check.name).is_some_and(|check| check.ok)).collect();
            println!("{page}: {} differ ({} ms)", differs.len(), start.elapsed().as_millis());
            for check in differs {
                println!("  DIFFERS {} {}", check.name, other.get(&check.name).map_or("", |check| &check.detail));
            }
        }
        browser.close().await?;
    }
    Ok(())
}
