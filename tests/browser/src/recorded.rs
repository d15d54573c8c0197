//! `tests/console-of-rows.toml`: what the consoles said of each row when somebody last recorded it.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::{Context, Result};
use lab::Scenario;
use toml::Value;

use crate::consoles::Heard;
use crate::engines::{ENGINES, Engine};
use crate::pages::Check;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../console-of-rows.toml");

/// What is recorded.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recorded {
    /// The engines' versions, by their names.
    versions: BTreeMap<String, String>,
    /// Lines by row, and by engine.
    rows: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

impl Recorded {
    /// Reads the file.
    ///
    /// # Errors
    /// If it is not there, or not such a file.
    pub fn read() -> Result<Recorded> {
        let text = std::fs::read_to_string(FILE).context(FILE)?;
        let said = text.lines().find_map(|line| line.strip_prefix(VERSIONS)).unwrap_or_default();
        let version = |one: &str| one.split_once(' ').map(|(name, version)| (name.to_string(), version.to_string()));
        let versions = said.split(", ").filter_map(version).collect();
        Ok(Recorded { versions, rows: toml::from_str(&text).context(FILE)? })
    }

    /// Puts what was heard in the place of what was recorded of the same rows and engines.
    pub fn update(&mut self, heard: &[Heard]) {
        for heard in heard {
            if let Ok(lines) = &heard.lines {
                let row = self.rows.entry(heard.scenario.clone()).or_default();
                row.insert(heard.engine.name().to_string(), lines.clone());
                self.versions.insert(heard.engine.name().to_string(), heard.version.clone());
            }
        }
    }

    /// Writes the file, for the rows of a table and in its order.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, rows: &[Scenario]) -> Result<()> {
        std::fs::write(FILE, self.text(rows)).context(FILE)
    }

    /// A check for each row of each engine: the console says what is recorded.
    pub fn check(&self, heard: &[Heard]) -> Vec<Check> {
        heard.iter().map(|heard| self.check_one(heard)).collect()
    }

    fn check_one(&self, heard: &Heard) -> Check {
        let recorded = self.of(&heard.scenario, heard.engine);
        let detail = match (&heard.lines, recorded) {
            (Err(problem), _) => format!("was not played to its end: {problem}"),
            (Ok(_), None) => format!("is not recorded: run {RECORD}"),
            (Ok(lines), Some(recorded)) => difference(lines, recorded).unwrap_or_default(),
        };
        Check { name: format!("{} in {}", heard.scenario, heard.engine.name()), ok: detail.is_empty(), detail }
    }

    /// The lines of a row in an engine.
    pub fn of(&self, row: &str, engine: Engine) -> Option<&[String]> {
        self.rows.get(row)?.get(engine.name()).map(Vec::as_slice)
    }

    fn text(&self, rows: &[Scenario]) -> String {
        let string = |text: &str| Value::from(text).to_string();
        let versions: Vec<String> =
            self.versions.iter().map(|(engine, version)| format!("{engine} {version}")).collect();
        let mut text = format!("{HEAD}{VERSIONS}{}\n", versions.join(", "));
        for row in rows {
            let _ = writeln!(text, "\n[{}]", row.id);
            for engine in ENGINES {
                match self.of(&row.id, engine) {
                    None => {}
                    Some([]) => drop(writeln!(text, "{} = []", engine.name())),
                    Some(lines) => {
                        let lines: String = lines.iter().map(|line| format!("  {},\n", string(line))).collect();
                        let _ = writeln!(text, "{} = [\n{lines}]", engine.name());
                    }
                }
            }
        }
        text
    }
}

const RECORD: &str = "cargo run -p browser --example consoles -- --record";

/// How the line of the head begins that says which versions spoke.
const VERSIONS: &str = "# Engines: ";

const HEAD: &str = "\
# What the consoles of real engines say of each row of scenarios.toml, in their order. Not edited by hand: the engines say it, and
# `cargo run -p browser --example consoles -- --record` writes it down; `cargo xtask test browser` holds it against them.
#
# A row is the id of one of scenarios.toml, an engine's lines are all that its console shows of the row's call, made once from a page
# without whycors; none where it says nothing. An engine that cannot be made to show the row is left out. Nobody catches the rejection
# of a fetch, so the line about that is there too. Of a message in several lines the first is here; what stands beside it (file, number
# of the line) or is folded below it (a stack) is not.
#
# chromium  the console of DevTools that were open at the call. If they are opened after it, `GET {url} net::ERR_X 200 (OK)` reads
#           `Failed to load resource: net::ERR_X`, and `GET {url} 404 (Not Found)` reads `Failed to load resource: the server responded
#           with a status of 404 (Not Found)`. Lines of a service worker are not here.
# firefox   the messages of its Web Console, without the list of requests that may stand between them (`XHR GET {url} CORS Missing
#           Allow Origin`), and with those of service workers.
# webkit    the console of Web Inspector. The inspector names the URL of a `Failed to load resource` beside it.
#
# Placeholders are the origins of the lab (tests/lab/src/origins.rs): {page} {page_https} {page_public} {api} {api_https} {api_h2}
# {other} {closed}, each scheme, host and port: http://localhost:41093. {127.0.0.1} is {api} by that address, {api_address} that without
# its scheme, {user@other} is {other} with `user:pass@` in front of its host, {file} the URL of the page that is opened as a file.
#
";

/// What one side has and the other has not; their order may change.
fn difference(now: &[String], recorded: &[String]) -> Option<String> {
    let without = |some: &[String], others: &[String]| {
        let mut others = others.to_vec();
        let mut left = some.to_vec();
        left.retain(|line| match others.iter().position(|other| other == line) {
            Some(place) => {
                others.swap_remove(place);
                false
            }
            None => true,
        });
        left.iter().map(|line| format!("{line:?}")).collect::<Vec<_>>().join(", ")
    };
    let (new, gone) = (without(now, recorded), without(recorded, now));
    let name = |lines: String| if lines.is_empty() { "nothing".to_string() } else { lines };
    (new != gone).then(|| format!("the engine prints {}, recorded is {}: run {RECORD}", name(new), name(gone)))
}
