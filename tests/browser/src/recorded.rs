//! `tests/console-of-rows.toml`: what the consoles said of each row when somebody last recorded it.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::{Context, Result};
use lab::Scenario;
use toml::Value;
use whycors::explain::{About, explain};

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
        Recorded::parse(&std::fs::read_to_string(FILE).context(FILE)?).context(FILE)
    }

    fn parse(text: &str) -> Result<Recorded> {
        let said = text.lines().find_map(|line| line.strip_prefix(VERSIONS)).unwrap_or_default();
        let version = |one: &str| one.split_once(' ').map(|(name, version)| (name.to_string(), version.to_string()));
        let versions = said.split(", ").filter_map(version).collect();
        Ok(Recorded { versions, rows: toml::from_str(text)? })
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

    /// A console says of a row what is recorded.
    pub fn check(&self, heard: &Heard) -> Check {
        let recorded = self.of(&heard.scenario, heard.engine);
        let detail = match (&heard.lines, recorded) {
            (Err(problem), _) => format!("was not played to its end: {problem}"),
            (Ok(_), None) => format!("is not recorded: run {RECORD}"),
            // Another version may word it anew: then what is read from its words has to be the same.
            (Ok(lines), Some(recorded))
                if self.versions.get(heard.engine.name()) != Some(&heard.version)
                    && codes(lines) == codes(recorded) =>
            {
                String::new()
            }
            (Ok(lines), Some(recorded)) => difference(lines, recorded).unwrap_or_default(),
        };
        Check { name: format!("{} in {}", heard.scenario, heard.engine.name()), ok: detail.is_empty(), detail }
    }

    fn of(&self, row: &str, engine: Engine) -> Option<&[String]> {
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

/// What a decoder makes of lines.
fn codes(lines: &[String]) -> Vec<&'static str> {
    let explanation = explain(&lines.join("\n"), &About::default());
    explanation.findings.iter().map(|finding| finding.code).collect()
}

/// What one side has and the other has not. On a loaded machine lines come in another order, and Firefox repeats some.
fn difference(now: &[String], recorded: &[String]) -> Option<String> {
    let only = |some: &[String], others: &[String]| {
        let only = some.iter().filter(|line| !others.contains(line));
        only.map(|line| format!("{line:?}")).collect::<Vec<_>>().join(", ")
    };
    let (new, gone) = (only(now, recorded), only(recorded, now));
    let name = |lines: String| if lines.is_empty() { "nothing".to_string() } else { lines };
    (new != gone).then(|| format!("the engine prints {}, recorded is {}: run {RECORD}", name(new), name(gone)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test ends where it fails")]
mod tests {
    use super::*;

    fn heard(lines: &[&str]) -> Heard {
        let lines = Ok(lines.iter().map(ToString::to_string).collect());
        Heard { engine: Engine::Firefox, version: "1.5".to_string(), scenario: "a".to_string(), lines }
    }

    fn recorded(lines: &[&str]) -> Recorded {
        let mut recorded = Recorded::default();
        recorded.update(&[heard(lines)]);
        recorded
    }

    #[test]
    fn the_file_is_what_is_written_for_the_table_and_every_row_is_in_it() {
        let (rows, recorded) = (lab::scenarios().unwrap(), Recorded::read().unwrap());
        for row in &rows {
            for engine in ENGINES {
                let is_there = recorded.of(&row.id, engine).is_some();
                assert_eq!(is_there, row.is_for(engine), "{} in {}: run {RECORD}", row.id, engine.name());
            }
        }
        assert!(recorded.text(&rows) == std::fs::read_to_string(FILE).unwrap(), "run {RECORD}");
    }

    #[test]
    fn lines_in_another_order_are_the_same_and_a_line_less_is_not() {
        assert!(recorded(&["x", "y", "x"]).check(&heard(&["y", "x"])).ok);
        let check = recorded(&["x", "y"]).check(&heard(&["x", "z"]));
        assert_eq!(check.name, "a in firefox");
        assert_eq!(check.detail, format!("the engine prints \"z\", recorded is \"y\": run {RECORD}"));
        let check = recorded(&["x"]).check(&heard(&["x", "z"]));
        assert_eq!(check.detail, format!("the engine prints \"z\", recorded is nothing: run {RECORD}"));
    }

    #[test]
    fn another_version_may_word_anew_what_is_read_as_the_same() {
        let missing = "CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.";
        let reworded = format!("has been blocked by {missing} Ask its owner.");
        let mut recorded = recorded(&[&format!("has been blocked by {missing}")]);
        assert!(!recorded.check(&heard(&[&reworded])).ok);
        recorded.versions.insert("firefox".to_string(), "1.4".to_string());
        assert!(recorded.check(&heard(&[&reworded])).ok);
        assert!(!recorded.check(&heard(&["something else"])).ok);
    }

    #[test]
    fn a_row_that_is_not_recorded_or_not_played_does_not_pass() {
        assert!(Recorded::default().check(&heard(&[])).detail.starts_with("is not recorded"));
        let broken = Heard { lines: Err("no page".to_string()), ..heard(&[]) };
        assert_eq!(recorded(&[]).check(&broken).detail, "was not played to its end: no page");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let row = lab::parse("[[row]]\nid = \"a\"\ntitle = \"A\"").unwrap();
        let recorded = recorded(&["the “line” 'says' \"so\""]);
        let text = recorded.text(&row);
        assert!(text.contains("\n# Engines: firefox 1.5\n"), "{text}");
        assert_eq!(Recorded::parse(&text).unwrap(), recorded);
    }
}
