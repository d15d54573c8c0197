//! `cargo xtask size`: bytes of each published file, against `xtask/size-budget.toml`.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

use crate::files::{read, write};
use crate::package::{self, Built};
use crate::workspace;

/// Builds, measures, and fails if a file is over its budget.
pub fn command(json: Option<&Path>) -> Result<ExitCode> {
    let report = report()?;
    println!("{}", report.text);
    if let Some(path) = json {
        let text = serde_json::to_string_pretty(&report.sizes)? + "\n";
        write(path, &text)?;
    }
    Ok(if report.over.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The table, and which files are over.
pub struct Report {
    pub sizes: Sizes,
    pub text: String,
    pub over: Vec<String>,
}

/// Builds the package and compares it with the budget.
pub fn report() -> Result<Report> {
    let sizes = measure(&package::build()?)?;
    let over = over(&sizes, &budget()?);
    let mut text = table(&sizes);
    for line in &over {
        text.push_str(&format!("\n{line}"));
    }
    Ok(Report { sizes, text, over })
}

/// Files by name.
pub type Sizes = BTreeMap<String, Size>;

/// Bytes of one file.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Size {
    pub raw: usize,
    pub gzip: usize,
    pub brotli: usize,
}

/// Bytes that one file may have.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Limit {
    raw: Option<usize>,
    gzip: Option<usize>,
    brotli: Option<usize>,
}

type Budget = BTreeMap<String, Limit>;

/// Weighs what was built: the published files, and the core before it was inlined.
pub fn measure(built: &Built) -> Result<Sizes> {
    let mut sizes = Sizes::new();
    for folder in [built.package.clone(), built.package.join("dist")] {
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))? {
            let path = entry?.path();
            if path.is_file() {
                let name = path.strip_prefix(&built.package)?.to_string_lossy().replace('\\', "/");
                let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
                sizes.insert(name, weigh(&bytes)?);
            }
        }
    }
    // Its gzip is the one it is inlined with; that of the files is what an ordinary server makes of them.
    for module in &built.modules {
        sizes.insert(format!("{}.wasm", module.name), Size { gzip: module.packed.len(), ..weigh(&module.wasm)? });
    }
    Ok(sizes)
}

fn weigh(mut bytes: &[u8]) -> Result<Size> {
    let raw = bytes.len();
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes)?;
    let gzip = gzip.finish()?.len();
    let mut brotli = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut brotli, &BrotliEncoderParams::default())?;
    Ok(Size { raw, gzip, brotli: brotli.len() })
}

fn budget() -> Result<Budget> {
    let path = workspace::root().join("xtask/size-budget.toml");
    toml::from_str(&read(&path)?).with_context(|| format!("{} is not a table of limits", path.display()))
}

fn over(sizes: &Sizes, budget: &Budget) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, limit) in budget {
        let Some(size) = sizes.get(name) else {
            lines.push(format!("over budget: {name} has a limit but was not built"));
            continue;
        };
        for (measure, bytes, limit) in
            [("raw", size.raw, limit.raw), ("gzip", size.gzip, limit.gzip), ("brotli", size.brotli, limit.brotli)]
        {
            if let Some(limit) = limit.filter(|limit| bytes > *limit) {
                lines.push(format!(
                    "over budget: {name} has {bytes} bytes {measure}, {} more than its {limit}",
                    bytes - limit
                ));
            }
        }
    }
    lines
}

/// One line a file, biggest last.
pub fn table(sizes: &Sizes) -> String {
    let mut rows: Vec<_> = sizes.iter().collect();
    rows.sort_by_key(|(_, size)| size.gzip);
    let mut text = format!("{:<24}{:>9}{:>9}{:>9}", "bytes", "raw", "gzip", "brotli");
    for (name, Size { raw, gzip, brotli }) in rows {
        text.push_str(&format!("\n{name:<24}{raw:>9}{gzip:>9}{brotli:>9}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes() -> Sizes {
        Sizes::from([("index.js".into(), Size { raw: 5000, gzip: 2049, brotli: 1900 })])
    }

    #[test]
    fn a_byte_too_many_is_over_and_the_limit_itself_is_not() -> Result<()> {
        let over_by_one = over(&sizes(), &toml::from_str("[\"index.js\"]\ngzip = 2048")?);
        assert_eq!(over_by_one, ["over budget: index.js has 2049 bytes gzip, 1 more than its 2048"]);
        assert!(over(&sizes(), &toml::from_str("[\"index.js\"]\ngzip = 2049\nraw = 5000")?).is_empty());
        Ok(())
    }

    #[test]
    fn a_limit_for_a_file_that_is_not_there_is_not_passed_over() -> Result<()> {
        let lines = over(&sizes(), &toml::from_str("[\"core.wasm\"]\ngzip = 45000")?);
        assert_eq!(lines, ["over budget: core.wasm has a limit but was not built"]);
        Ok(())
    }

    #[test]
    fn a_misspelt_measure_is_an_error() {
        assert!(toml::from_str::<Budget>("[\"index.js\"]\ngzipped = 1").is_err());
    }
}
