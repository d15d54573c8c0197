//! The table of scenarios in real engines: which engines, on what machine, and what came of it.

use std::time::Duration;

use anyhow::{Result, bail};
use browser::{Check, Conformance, ENGINES, Engine, Run, WRAPPER};
use lab::{Config, Lab, Page, Scenario};

use crate::setup::{self, Need};
use crate::{package, workspace};

/// Reads one name of `--engine`.
pub fn engine(name: &str) -> Result<Engine> {
    match ENGINES.into_iter().find(|engine| engine.name() == name) {
        Some(engine) => Ok(engine),
        None => bail!("there is no engine {name:?}; there are {}", ENGINES.map(Engine::name).join(", ")),
    }
}

/// The engines asked for; all if none is.
pub fn wanted(engines: &[Engine]) -> Vec<Engine> {
    ENGINES.into_iter().filter(|engine| engines.is_empty() || engines.contains(engine)).collect()
}

/// What it takes to run these engines.
pub fn needs(engines: &[Engine]) -> Vec<Need> {
    let browser = |engine: &Engine| match engine {
        Engine::Chromium => Some(Need::Chromium),
        Engine::Firefox => Some(Need::Firefox),
        Engine::WebKit => Some(Need::WebKit),
        Engine::Other => None,
    };
    setup::TO_BUILD.iter().copied().chain(engines.iter().filter_map(browser)).collect()
}

/// The table, and what it showed.
pub struct Played {
    pub rows: Vec<Scenario>,
    pub runs: Vec<Run>,
}

/// Checks the patched fetch and the demo page in one engine.
pub fn pages(engine: Engine) -> Result<Vec<Check>> {
    let root = workspace::root();
    let folders = vec![
        ("/pkg".into(), package::folder()?),
        (WRAPPER.into(), root.join("tests/wrapper")),
        ("/".into(), root.join("www")),
    ];
    let config = Config { folders, scenarios: lab::scenarios()?, ..Config::default() };
    tokio::runtime::Runtime::new()?.block_on(async {
        let lab = Lab::start(config).await?;
        browser::check_pages(&lab, engine).await
    })
}

/// Plays what pages live through in one engine.
pub fn lifecycles(engine: Engine) -> Result<Vec<Check>> {
    let folders = vec![("/pkg".into(), package::folder()?), (WRAPPER.into(), workspace::root().join("tests/wrapper"))];
    let config = Config { folders, scenarios: browser::lifecycle_rows()?, ..Config::default() };
    tokio::runtime::Runtime::new()?.block_on(async {
        let lab = Lab::start(config).await?;
        browser::check_lifecycles(&lab, engine).await
    })
}

/// Holds the patched functions against the standards in one engine, and says what cannot be held against them.
pub fn conformance(engine: Engine) -> Result<Conformance> {
    let folders = vec![("/pkg".into(), package::folder()?), (WRAPPER.into(), workspace::root().join("tests/wrapper"))];
    let found = tokio::runtime::Runtime::new()?.block_on(async {
        let lab = Lab::start(Config { folders, ..Config::default() }).await?;
        browser::conformance(&lab, engine).await
    })?;
    let list = |title: String, checks: &[Check]| {
        if !checks.is_empty() {
            println!("{} {title}:", checks.len());
            checks.iter().for_each(|check| println!("  {} ({})", check.name, check.detail));
        }
    };
    list(format!("checks do not hold in {} itself", engine.name()), &found.native);
    list("differences are known".to_string(), &found.known);
    Ok(found)
}

/// Holds the recorded lines of the rows that `keep` keeps against one engine's console.
pub fn consoles(engine: Engine, keep: impl Fn(&Scenario) -> bool) -> Result<Vec<Check>> {
    let config = Config { scenarios: lab::scenarios()?, ..Config::default() };
    tokio::runtime::Runtime::new()?.block_on(async {
        let lab = Lab::start(config).await?;
        browser::check_consoles(&lab, engine, keep).await
    })
}

/// How rows are played.
#[derive(Default)]
pub struct Manner {
    /// How much longer every answer takes.
    pub delay: Duration,
    /// From this page, those that do not depend on theirs.
    pub page: Option<Page>,
}

/// Builds the package and plays the rows that `keep` keeps.
pub fn play_as(engines: &[Engine], manner: &Manner, keep: impl Fn(&Scenario) -> bool) -> Result<Played> {
    let rows = lab::scenarios()?;
    let folders = vec![("/pkg".into(), package::folder()?)];
    let config = Config { folders, scenarios: rows.clone(), delay: manner.delay, ..Config::default() };
    let runs = tokio::runtime::Runtime::new()?.block_on(async {
        let lab = Lab::start(config).await?;
        match manner.page {
            None => browser::run_rows(&lab, engines, &keep).await,
            Some(page) => browser::run_rows_under(&lab, engines, page, &keep).await,
        }
    })?;
    let about_their_page = |row: &&Scenario| manner.page.is_some_and(|page| row.under(page).is_none());
    let kept = || rows.iter().filter(|row| keep(row));
    say("from another page", kept().filter(about_their_page));
    for engine in engines {
        let others = kept().filter(|row| !about_their_page(row) && !row.is_for(*engine));
        say(&format!("in {}", engine.name()), others);
    }
    Ok(Played { rows, runs })
}

/// Says which rows were not played, if any.
fn say<'a>(place: &str, rows: impl Iterator<Item = &'a Scenario>) {
    let ids: Vec<&str> = rows.map(|row| row.id.as_str()).collect();
    if !ids.is_empty() {
        println!("{} rows cannot be played {place}: {}", ids.len(), ids.join(", "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_engine_that_does_not_exist_is_named_with_those_that_do() {
        let refusal = engine("opera");
        assert!(refusal.is_err_and(|error| {
            error.to_string() == r#"there is no engine "opera"; there are chromium, firefox, webkit"#
        }));
    }

    #[test]
    fn engines_come_once_each_and_in_their_order() {
        assert_eq!(wanted(&[Engine::WebKit, Engine::Chromium, Engine::WebKit]), [Engine::Chromium, Engine::WebKit]);
        assert_eq!(wanted(&[]), ENGINES);
    }

    #[test]
    fn an_engine_needs_only_its_own_browser() {
        assert_eq!(needs(&[Engine::Firefox]), [Need::WasmTarget, Need::BuildTools, Need::Firefox]);
    }
}
