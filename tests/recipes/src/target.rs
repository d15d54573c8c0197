//! What a folder of `targets` says of its server: `target.toml`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

/// A server that recipes are tried with.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Target {
    /// Of the recipe and of the folder.
    #[serde(skip)]
    pub id: String,
    /// Where its files are.
    #[serde(skip)]
    pub folder: PathBuf,
    /// Debian's packages, each with a program that shows that it is there.
    #[serde(default)]
    pub apt: BTreeMap<String, String>,
    /// Starts it.
    pub run: Vec<String>,
    /// Before each start.
    #[serde(default)]
    pub build: Vec<String>,
    /// The tool's own check of what the recipe was put into.
    pub check: Vec<String>,
    /// Prints what was run.
    pub version: Vec<String>,
    /// Parts of that, where versions are pinned.
    #[serde(default)]
    pub ran: Vec<String>,
    /// Starts what a proxy stands before.
    #[serde(default)]
    pub upstream: Vec<String>,
    /// What it is.
    #[serde(default)]
    pub kind: Kind,
    /// Where the recipe goes: the slots of the files, each with the line of the recipe from which on it is for that slot.
    pub slots: BTreeMap<String, String>,
    /// Error answers that a page can read with the recipe.
    #[serde(default = "errors")]
    pub errors: Vec<String>,
    /// Those that it cannot, with the reasons.
    #[serde(default)]
    pub unreadable: BTreeMap<String, String>,
    /// A response header that is readable with a recipe that exposes it.
    #[serde(default = "date")]
    pub exposes: String,
    /// What fails without any configuration.
    pub bare: Bare,
    /// Misconfigurations.
    #[serde(default, rename = "case")]
    pub cases: Vec<Case>,
}

/// A server that pages call, or one that serves the page and passes its calls on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Called from another origin.
    #[default]
    Api,
    /// A development proxy.
    Proxy,
}

/// Codes of causes, of which the Diagnosis contains each.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bare {
    /// Of the simple GET.
    pub get: String,
    /// Of the PUT with credentials.
    #[serde(default)]
    pub put: String,
}

/// A misconfiguration, and the call that shows it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Of it.
    pub id: String,
    /// What stands in the slots.
    #[serde(default)]
    pub slots: BTreeMap<String, String>,
    /// The slots whose text stays when the recipe goes in.
    #[serde(default)]
    pub stays: Vec<String>,
    /// What is called.
    #[serde(default)]
    pub call: Call,
    /// The true cause.
    pub cause: String,
    /// Part of a pitfall that is printed with the recipe.
    #[serde(default)]
    pub pitfall: Option<String>,
    /// Whose recipe comes first in the Diagnosis.
    #[serde(default)]
    pub first: Option<String>,
    /// What changes in the call with the fix.
    #[serde(default)]
    pub then: Option<Call>,
}

/// A call of the page.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    #[serde(default, skip_serializing)]
    pub path: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credentials: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
}

fn errors() -> Vec<String> {
    ["/broken", "/nowhere"].map(String::from).to_vec()
}

fn date() -> String {
    "date".to_string()
}

impl Target {
    /// Reads a folder.
    pub fn read(folder: &Path) -> Result<Target> {
        let path = folder.join("target.toml");
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut target: Target = toml::from_str(&text).with_context(|| format!("{} is no target", path.display()))?;
        target.id = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        target.folder = folder.to_path_buf();
        ensure!(!target.run.is_empty() && !target.check.is_empty(), "{}: run and check are commands", path.display());
        let known = target.slots_of_files()?;
        for slot in target.slots.keys().chain(target.cases.iter().flat_map(|case| case.slots.keys().chain(&case.stays)))
        {
            ensure!(known.contains(slot), "{}: no file of app has a line with `slot: {slot}`", path.display());
        }
        Ok(target)
    }

    /// The project.
    pub fn app(&self) -> PathBuf {
        self.folder.join("app")
    }

    fn slots_of_files(&self) -> Result<Vec<String>> {
        let mut slots = Vec::new();
        for (_, bytes) in crate::place::files(&self.app())? {
            let text = String::from_utf8_lossy(&bytes);
            slots.extend(text.lines().filter_map(crate::place::slot_of).map(str::to_string));
        }
        Ok(slots)
    }
}

/// All of them, by name.
pub fn targets(folder: &Path) -> Result<Vec<Target>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut folders: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.join("target.toml").is_file()).collect();
    folders.sort();
    folders.iter().map(|folder| Target::read(folder)).collect()
}
