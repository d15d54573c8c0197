//! `cargo run -p browser --example consoles -- [engine ...] [--rows a,b] [--record]` plays rows of the table from pages without whycors and
//! prints what the engines' consoles say of each. `--record` writes it into `tests/console-of-rows.toml`; without it, what differs from
//! that file is printed at the end.

use anyhow::{Result, ensure};
use browser::{ENGINES, Engine, Recorded, hear_consoles};
use lab::{Config, Lab};

#[tokio::main]
async fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let engines: Vec<Engine> =
        ENGINES.into_iter().filter(|engine| words.iter().any(|word| word == engine.name())).collect();
    let engines = if engines.is_empty() { ENGINES.to_vec() } else { engines };
    let named = words.iter().skip_while(|word| *word != "--rows").nth(1);
    let named: Vec<&str> = named.map(|ids| ids.split(',').collect()).unwrap_or_default();

    let rows = lab::scenarios()?;
    let lab = Lab::start(Config { scenarios: rows.clone(), ..Config::default() }).await?;
    let wanted = |id: &str| named.is_empty() || named.contains(&id);
    let heard = hear_consoles(&lab, &engines, |row| wanted(&row.id)).await?;
    ensure!(!heard.is_empty(), "no row has such a name");
    for heard in &heard {
        println!("\n{} in {}", heard.scenario, heard.engine.name());
        match &heard.lines {
            Ok(lines) => lines.iter().for_each(|line| println!("  {line}")),
            Err(problem) => println!("  not played to its end: {problem}"),
        }
    }
    let mut recorded = Recorded::read().unwrap_or_default();
    if words.iter().any(|word| word == "--record") {
        recorded.update(&heard);
        return recorded.write(&rows);
    }
    println!();
    for check in heard.iter().map(|heard| recorded.check(heard)).filter(|check| !check.ok) {
        println!("{}: {}", check.name, check.detail);
    }
    Ok(())
}
