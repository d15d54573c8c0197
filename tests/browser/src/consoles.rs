//! What each row's call, made from a page without whycors, leaves in the consoles of real engines.

use anyhow::{Context, Result};
use lab::{Lab, Page, Scenario};
use serde_json::Value;

use crate::console;
use crate::devtools::Devtools;
use crate::engines::{Browser, Certificates, Engine};
use crate::inspector::{self, Inspected};
use crate::pages::Check;
use crate::recorded::Recorded;
use crate::rows::{certificates_for, input_of};

/// What a console said of a row's call.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// The engine.
    pub engine: Engine,
    /// Its version.
    pub version: String,
    /// The row's id.
    pub scenario: String,
    /// Its lines in their order, with placeholders; or what kept the row from being played.
    pub lines: Result<Vec<String>, String>,
}

/// Plays the rows that `filter` keeps, engine after engine, and reads the consoles.
///
/// # Errors
/// If a browser does not start; what fails within a row is its own.
pub async fn hear_consoles(lab: &Lab, engines: &[Engine], filter: impl Fn(&Scenario) -> bool) -> Result<Vec<Heard>> {
    let mut all = Vec::new();
    for &engine in engines {
        let mut version = String::new();
        for certificates in [Certificates::Strict, Certificates::Lenient] {
            let mut browser = None;
            for row in lab.scenarios().filter(|row| filter(row) && row.is_for(engine)) {
                if certificates_for(row) != certificates {
                    continue;
                }
                let mut open = match browser.take().filter(|open: &Open| open.is_for(row)) {
                    Some(open) => open,
                    None => Open::new(lab, engine, row).await?,
                };
                if version.is_empty() {
                    version = open.version().await?;
                }
                let lines = open.hear(lab, row).await.map_err(|error| format!("{error:#}"));
                // A window that lost its script is not trusted with the next row.
                browser = lines.is_ok().then_some(open);
                all.push(Heard { engine, version: version.clone(), scenario: row.id.clone(), lines });
            }
        }
    }
    Ok(all)
}

/// A check for each of these rows in one engine: its console says what is recorded.
///
/// # Errors
/// If nothing is recorded, or the browser does not start.
pub async fn check_consoles(lab: &Lab, engine: Engine, filter: impl Fn(&Scenario) -> bool) -> Result<Vec<Check>> {
    let recorded = Recorded::read()?;
    let checks = |heard: &[Heard]| heard.iter().map(|heard| recorded.check(heard)).collect::<Vec<_>>();
    let first = hear_consoles(lab, &[engine], filter).await?;
    let mut all = checks(&first);
    // On a loaded machine a line may come later than it was waited for.
    let differs = |row: &Scenario| first.iter().zip(&all).any(|(heard, check)| !check.ok && heard.scenario == row.id);
    let again = checks(&hear_consoles(lab, &[engine], differs).await?);
    for check in again {
        if let Some(one) = all.iter_mut().find(|one| one.name == check.name) {
            *one = check;
        }
    }
    Ok(all)
}

/// A browser whose console can be read.
enum Open {
    Chromium(Browser, Devtools),
    Firefox(Browser),
    WebKit(Inspected),
}

/// The script of a page: the call and nothing else.
const BARE: &str = concat!(include_str!("page/call.js"), include_str!("page/send.js"), include_str!("page/bare.js"));

impl Open {
    async fn new(lab: &Lab, engine: Engine, row: &Scenario) -> Result<Open> {
        let certificates = certificates_for(row);
        if engine == Engine::WebKit {
            return Ok(Open::WebKit(Inspected::open(certificates, &lab.page_url(row)).await?));
        }
        let browser = Browser::open(lab, engine, certificates).await?;
        Ok(match engine {
            Engine::Chromium => {
                let devtools = Devtools::beside(&browser).await?;
                Open::Chromium(browser, devtools)
            }
            _ => Open::Firefox(browser),
        })
    }

    async fn version(&self) -> Result<String> {
        match self {
            Open::WebKit(_) => inspector::version().await,
            Open::Chromium(browser, _) | Open::Firefox(browser) => {
                let capabilities = browser.client.capabilities().context("the session has no capabilities")?;
                Ok(capabilities["browserVersion"].as_str().unwrap_or_default().to_string())
            }
        }
    }

    /// Whether the row can be played in this window. WebKit's inspector does not go from the web to a file.
    fn is_for(&self, row: &Scenario) -> bool {
        !(matches!(self, Open::WebKit(_)) && row.call.page == Page::File)
    }

    async fn hear(&mut self, lab: &Lab, row: &Scenario) -> Result<Vec<String>> {
        lab.begin(&row.id);
        self.open_page(&lab.page_url(row)).await?;
        self.lines().await?;
        let mut input = input_of(row, &lab.call_url(row));
        input["unmarked"] = true.into();
        self.call(row, &input).await?;
        let lines = self.lines().await?;
        Ok(lines.iter().map(|line| console::with_placeholders(line, lab.origins(), &lab.file_url())).collect())
    }

    async fn open_page(&mut self, url: &str) -> Result<()> {
        match self {
            Open::WebKit(browser) => browser.open_page(url).await,
            Open::Chromium(browser, _) | Open::Firefox(browser) => browser.open_page(url).await,
        }
    }

    async fn call(&mut self, row: &Scenario, input: &Value) -> Result<()> {
        let browser = match self {
            Open::WebKit(browser) => return browser.run(BARE, input).await.map(drop),
            Open::Chromium(browser, _) | Open::Firefox(browser) => browser,
        };
        if let Some(state) = row.call.permission {
            browser.permit_loopback(state).await?;
        }
        browser.run_row(row, BARE, input).await.map(drop)
    }

    /// What the console has said since the last time.
    async fn lines(&mut self) -> Result<Vec<String>> {
        Ok(match self {
            Open::Chromium(_, devtools) => console::chromium(&devtools.events().await?),
            Open::Firefox(browser) => console::firefox(&browser.script_errors().await?),
            Open::WebKit(browser) => console::webkit(&browser.messages()),
        })
    }
}
