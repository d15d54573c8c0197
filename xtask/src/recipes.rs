//! Recipes against the real servers: which targets, what they need, and what came of them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use browser::{Browser, Certificates, Check, Engine};
use lab::{Config, Lab};
use recipes::{Reading, Stage, Target};

use crate::files::{read, write};
use crate::tally::Tally;
use crate::{package, sample, setup, workspace};

/// Targets that a landing run plays beside the changed ones.
const SAMPLE: usize = 3;

/// The name for those that are only read.
const READ: &str = "read";

/// What to try.
#[derive(Default)]
pub struct Choice {
    /// Servers to run.
    pub targets: Vec<Target>,
    /// Those that are only read as well.
    pub read: bool,
}

impl Choice {
    /// There is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.targets.is_empty() && !self.read
    }
}

/// All targets, or those of these names.
pub fn chosen(names: &[String]) -> Result<Choice> {
    let targets = all()?;
    let is_known = |name: &str| name == READ || targets.iter().any(|target| target.id == name);
    if let Some(unknown) = names.iter().find(|name| !is_known(name)) {
        let known: Vec<&str> = targets.iter().map(|target| target.id.as_str()).collect();
        bail!(
            "there is no target {unknown:?}; there are {}, and {READ} for those that are only read",
            known.join(", ")
        );
    }
    let is_wanted = |name: &str| names.is_empty() || names.iter().any(|wanted| wanted == name);
    Ok(Choice { read: is_wanted(READ), targets: targets.into_iter().filter(|target| is_wanted(&target.id)).collect() })
}

/// A sample, always the same, and what has changed since it was last run.
pub fn sampled() -> Result<Choice> {
    let (targets, recorded) = (all()?, recorded()?);
    let sample = sample::of("recipes", SAMPLE, targets.iter().map(|target| target.id.as_str()));
    let mut sampled = Vec::new();
    for target in targets {
        if sample.contains(&target.id) || recorded.get(&target.id) != Some(&fingerprint(&target)?) {
            sampled.push(target);
        }
    }
    Ok(Choice { targets: sampled, read: true })
}

/// Installs the packages of Debian that these need; npm's and PyPI's are installed where each is run.
pub fn ensure(choice: &Choice) -> Result<()> {
    let packages = choice.targets.iter().flat_map(|target| &target.apt);
    let packages = packages.map(|(package, program)| (package.as_str(), program.as_str()));
    if choice.read || choice.targets.iter().any(|target| target.app().join("requirements.txt").is_file()) {
        setup::ensure_venv()?;
    }
    let of_read: &[(&str, &str)] = if choice.read { &PARSERS } else { &[] };
    setup::ensure_packages(packages.chain(of_read.iter().copied()))
}

/// Debian's packages of the programs that `read.toml` names, beside Node, Python and bash.
const PARSERS: [(&str, &str); 2] = [("php-cli", "php"), ("ruby", "ruby")];

/// Plays them one after the other in one browser. With `WHYCORS_BLESS` those that pass are recorded as run.
pub fn play(
    choice: &Choice,
    engine: Engine,
    mut timed: impl FnMut(&str, &mut dyn FnMut() -> Result<Tally>) -> Tally,
) -> Result<Vec<Tally>> {
    let package = package::folder()?;
    let folder = workspace::target().join("recipes");
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let runtime = tokio::runtime::Runtime::new()?;
    let config = Config { folders: vec![("/pkg".into(), package.clone())], ..Config::default() };
    let (lab, browser) = runtime.block_on(async {
        let lab = Lab::start(config).await?;
        let browser = Browser::open(&lab, engine, Certificates::Strict).await?;
        anyhow::Ok((lab, browser))
    })?;
    let stage = Stage { lab: &lab, browser: &browser, folder, package };
    let mut tallies = Vec::new();
    if choice.read {
        let reading = Reading::of(&workspace::root().join("tests/recipes/read"))?;
        tallies.push(timed("recipes that are only read", &mut || {
            Ok(Tally::checks(&runtime.block_on(recipes::read(&stage, &reading))))
        }));
    }
    for target in &choice.targets {
        let mut checks: Vec<Check> = Vec::new();
        tallies.push(timed(&format!("recipe for {}", target.id), &mut || {
            checks = runtime.block_on(recipes::play(&stage, target));
            Ok(Tally::checks(&checks))
        }));
        if std::env::var_os("WHYCORS_BLESS").is_some() && checks.iter().all(|check| check.ok) {
            record(target)?;
        }
    }
    runtime.block_on(browser.close())?;
    Ok(tallies)
}

fn all() -> Result<Vec<Target>> {
    recipes::targets(&workspace::root().join("tests/recipes/targets"))
}

/// The fingerprints of the targets as they were when they last passed.
fn recorded() -> Result<BTreeMap<String, String>> {
    let path = record_file();
    toml::from_str(&read(&path)?).with_context(|| format!("{} is not a table of fingerprints", path.display()))
}

fn record(target: &Target) -> Result<()> {
    let mut recorded = recorded()?;
    recorded.insert(target.id.clone(), fingerprint(target)?);
    let lines: String = recorded.iter().map(|(id, print)| format!("{id} = \"{print}\"\n")).collect();
    write(&record_file(), &format!("{HEAD}\n{lines}"))
}

const HEAD: &str = "\
# Of which files each target last passed: a landing run plays those that are not of these.
# `WHYCORS_BLESS=1 cargo xtask test recipes` writes it.
";

fn record_file() -> PathBuf {
    workspace::root().join("tests/recipes/ran.toml")
}

/// A number for the target's files: recipe, project, misconfigurations (FNV-1a).
fn fingerprint(target: &Target) -> Result<String> {
    let source = workspace::root().join("src/recipes");
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let metadata = source.join("servers").join(format!("{}.rs", target.id.replace('-', "_")));
    files.push(("server".into(), read(&metadata)?.into_bytes()));
    for (name, bytes) in recipes::files(&source.join("templates"))? {
        if name.file_stem().is_some_and(|stem| stem == target.id.as_str()) {
            files.push(("template".into(), bytes));
        }
    }
    for (name, bytes) in recipes::files(&target.folder)? {
        files.push((name.to_string_lossy().into_owned(), bytes));
    }
    files.sort();
    let mut number: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in files.iter().flat_map(|(name, bytes)| name.bytes().chain([0]).chain(bytes.iter().copied()).chain([0])) {
        number = (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    Ok(format!("{number:016x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_recipe_is_run_or_says_that_it_was_read() -> Result<()> {
        let run: Vec<String> = all()?.into_iter().map(|target| target.id).collect();
        let read = Reading::of(&workspace::root().join("tests/recipes/read"))?;
        for server in whycors::recipes::ALL {
            let (is_run, is_read) = (run.iter().any(|id| id == server.id), read.recipes.contains_key(server.id));
            assert_eq!((is_run, is_read), (!server.ran.is_empty(), server.ran.is_empty()), "{}", server.id);
        }
        assert_eq!(run.len() + read.recipes.len(), whycors::recipes::ALL.len());
        Ok(())
    }

    #[test]
    fn a_landing_run_plays_what_has_changed() -> Result<()> {
        let recorded = recorded()?;
        let sampled: Vec<String> = sampled()?.targets.into_iter().map(|target| target.id).collect();
        assert!(sampled.len() >= SAMPLE, "{sampled:?}");
        for target in all()? {
            let is_changed = recorded.get(&target.id) != Some(&fingerprint(&target)?);
            assert!(!is_changed || sampled.contains(&target.id), "{}", target.id);
        }
        Ok(())
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_known_ones() {
        let refused =
            chosen(&["ngnix".to_string()]).map(|_| ()).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(refused.starts_with("there is no target \"ngnix\"; there are actix, apache, "), "{refused}");
        assert!(refused.ends_with("and read for those that are only read"), "{refused}");
    }
}
