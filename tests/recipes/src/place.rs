//! A copy of a target's project, its slots filled.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// What stands in which slot.
pub type Fills = BTreeMap<String, String>;

/// The files of a folder, by their path in it. What tools leave behind is none of them.
pub fn files(folder: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut files = Vec::new();
    collect(folder, Path::new(""), &mut files)?;
    Ok(files)
}

fn collect(folder: &Path, inner: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) -> Result<()> {
    let path = folder.join(inner);
    for entry in fs::read_dir(&path).with_context(|| format!("cannot list {}", path.display()))? {
        let entry = entry?;
        let name = entry.file_name();
        if ["node_modules", "target", "__pycache__", "venv", ".venv", ".next", "dist"].iter().any(|left| name == *left)
        {
            continue;
        }
        let inner = inner.join(&name);
        match entry.file_type()?.is_dir() {
            true => collect(folder, &inner, files)?,
            false => files.push((inner, fs::read(entry.path())?)),
        }
    }
    Ok(())
}

/// The slot that a line stands for: `// slot: name`.
pub fn slot_of(line: &str) -> Option<&str> {
    let (before, name) = line.split_once("slot: ")?;
    let is_comment = before.trim().chars().all(|letter| !letter.is_alphanumeric());
    Some(name.split_whitespace().next()?).filter(|_| is_comment && !before.trim().is_empty())
}

/// Writes the project into a folder.
pub fn write(app: &Path, folder: &Path, fills: &Fills, values: &[(&str, String)]) -> Result<()> {
    for (name, bytes) in files(app)? {
        let path = folder.join(&name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let bytes = match String::from_utf8(bytes) {
            Ok(text) => filled(&text, fills, values).into_bytes(),
            Err(binary) => binary.into_bytes(),
        };
        // A file that stays as it is keeps its time: build tools look at it.
        if fs::read(&path).ok().as_ref() != Some(&bytes) {
            fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    Ok(())
}

fn filled(text: &str, fills: &Fills, values: &[(&str, String)]) -> String {
    let mut filled = String::new();
    for line in text.lines() {
        match slot_of(line) {
            Some(slot) => filled.push_str(fills.get(slot).map_or("", String::as_str).trim_end_matches('\n')),
            None => filled.push_str(line),
        }
        filled.push('\n');
    }
    marked(&filled, values)
}

/// A text with `{name}` replaced by its value.
pub fn marked(text: &str, values: &[(&str, String)]) -> String {
    values.iter().fold(text.to_string(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// The parts of a recipe: each begins with the line that says where it goes.
pub fn parts(code: &str, slots: &BTreeMap<String, String>) -> Result<Fills> {
    let mut fills = Fills::new();
    let begins = |line: &str| slots.iter().find(|(_, begin)| !begin.is_empty() && line.trim() == begin.trim());
    let mut slot = slots.iter().find(|(_, begin)| begin.is_empty()).map(|(slot, _)| slot);
    for line in code.lines() {
        if let Some((begun, _)) = begins(line) {
            slot = Some(begun);
        }
        match slot {
            Some(slot) => {
                let part = fills.entry(slot.clone()).or_default();
                part.push_str(line);
                part.push('\n');
            }
            None if line.trim().is_empty() => {}
            None => bail!("a line of the recipe belongs to no slot: {line}"),
        }
    }
    Ok(fills)
}
