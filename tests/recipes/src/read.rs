//! Recipes for what cannot be run here: their syntax is checked, for requests of every kind.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use browser::Check;
use serde::Deserialize;

use crate::asked::asked_for;
use crate::parameters::parameters;
use crate::play::Stage;
use crate::tools;

/// A recipe that is only read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Read {
    /// The file that its code is written to.
    pub file: String,
    /// A program that reads such files.
    pub check: Vec<String>,
}

/// What is only read, and what reads it.
#[derive(Debug, Clone)]
pub struct Reading {
    /// `tests/recipes/read`
    pub folder: PathBuf,
    /// By name.
    pub recipes: BTreeMap<String, Read>,
}

impl Reading {
    /// Reads `read.toml` of a folder.
    pub fn of(folder: &Path) -> Result<Reading> {
        let path = folder.join("read.toml");
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let recipes = toml::from_str(&text).with_context(|| format!("{} is no list of recipes", path.display()))?;
        Ok(Reading { folder: folder.to_path_buf(), recipes })
    }
}

/// Checks the syntax of each.
pub async fn read(stage: &Stage<'_>, reading: &Reading) -> Vec<Check> {
    let mut checks = Vec::new();
    let folder = stage.folder.join("read");
    if let Err(error) = prepared(stage, reading, &folder).await {
        return vec![Check { name: "read: can be prepared".to_string(), ok: false, detail: format!("{error:#}") }];
    }
    for (id, recipe) in &reading.recipes {
        let outcome = one(stage, &folder, id, recipe).await;
        let detail = outcome.as_ref().err().map(|error| format!("{error:#}")).unwrap_or_default();
        checks.push(Check {
            name: format!("{id}: is well-formed, and says that it was not run"),
            ok: outcome.is_ok(),
            detail,
        });
    }
    checks
}

async fn prepared(stage: &Stage<'_>, reading: &Reading, folder: &Path) -> Result<()> {
    tools::install(&reading.folder, folder)?;
    fs::copy(reading.folder.join("parse.py"), folder.join("parse.py"))?;
    stage.browser.open_page(&format!("{}/lab/page", stage.lab.origins().page)).await
}

async fn one(stage: &Stage<'_>, folder: &Path, id: &str, recipe: &Read) -> Result<()> {
    let whycors = format!("{}/pkg/index.js", stage.lab.origins().page);
    for asked in parameters("https://api.example.com") {
        let printed = asked_for(stage, &whycors, id, &asked.about, &asked.expose, asked.max_age).await?;
        ensure!(printed.ran.is_none(), "it is said to have been run, with {:?}", printed.ran);
        fs::write(folder.join(&recipe.file), &printed.code)?;
        let (program, arguments) = recipe.check.split_first().context("an empty command")?;
        let program = match program.as_str() {
            "python" => folder.join("venv/bin/python"),
            other => PathBuf::from(other),
        };
        tools::run(Command::new(program).args(arguments).arg(&recipe.file).current_dir(folder))
            .with_context(|| format!("of {asked:?}:\n{}", printed.code))?;
    }
    Ok(())
}
