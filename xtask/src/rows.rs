//! The table of scenarios in real engines: which engines, on what machine, and what came of it.

use anyhow::{Result, bail};
use browser::{Check, ENGINES, Engine, Run, WRAPPER};
use lab::{Config, Lab, Scenario};

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
        ("/pkg".into(), package::build()?.package),
        (WRAPPER.into(), root.join("tests/wrapper")),
        ("/".into(), root.join("www")),
    ];
    let config = Config { folders, scenarios: lab::scenarios()?, ..Config::default() };
    tokio::runtime::Runtime::new()?.block_on(async {
        let lab = Lab::start(config).await?;
        browser::check_pages(&lab, engine).await
    })
}

/// Builds the package and plays every row of the table in these engines, one after the other.
pub fn play(engines: &[Engine]) -> Result<Played> {
    let rows = lab::scenarios()?;
    let folders = vec![("/pkg".into(), package::build()?.package)];
    let config = Config { folders, scenarios: rows.clone(), ..Config::default() };
    let runs = tokio::runtime::Runtime::new()?.block_on(async {
        let lab = Lab::start(config).await?;
        browser::run_rows(&lab, engines, |_| true).await
    })?;
    for engine in engines {
        let others: Vec<&str> = rows.iter().filter(|row| !row.is_for(*engine)).map(|row| row.id.as_str()).collect();
        if !others.is_empty() {
            println!("{} rows cannot be played in {}: {}", others.len(), engine.name(), others.join(", "));
        }
    }
    Ok(Played { rows, runs })
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
