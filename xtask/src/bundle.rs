//! The package's JavaScript, from the staged sources to what is published (esbuild, terser).

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::files::{read, write};
use crate::process::run;
use crate::{manifest, node};

/// The chunks that the entries import when a call fails, or something is pasted.
const LAZY: [&str; 3] = ["core.js", "recipes.js", "explain.js"];

/// Writes every published script into `package`.
pub fn all(manifest: &str, stage: &Path, package: &Path) -> Result<()> {
    let mut chunks = manifest::entries(manifest)?;
    chunks.extend(LAZY.map(String::from));
    for chunk in &chunks {
        let others = chunks.iter().filter(|other| *other != chunk).map(|other| format!("--external:./{other}"));
        let file = package.join(chunk);
        run(esbuild(stage, chunk).arg("--format=esm").args(others).arg(format!("--outfile={}", file.display())))?;
        run(terser(&file).arg("--module"))?;
    }
    let global = package.join("dist/whycors.global.js");
    run(esbuild(stage, "global.js").arg("--format=iife").arg(format!("--outfile={}", global.display())))?;
    run(&mut terser(&global))
}

/// The script of the worker that reads big pastes, as a text for `explain.js`: no bundler of a user's has to find it.
pub fn worker(stage: &Path) -> Result<()> {
    let file = stage.join("worker.bundled.js");
    run(esbuild(stage, "worker.js").arg("--format=iife").arg(format!("--outfile={}", file.display())))?;
    run(&mut terser(&file))?;
    let source = serde_json::to_string(&read(&file)?)?;
    write(&stage.join("worker_source.js"), &format!("export default {source};\n"))
}

fn esbuild(stage: &Path, entry: &str) -> Command {
    let mut command = node::esbuild();
    command.current_dir(stage).arg(entry).args([
        "--bundle",
        "--minify",
        // Of the three platforms the one that leaves `process.env.NODE_ENV` to the user's bundler.
        "--platform=neutral",
        "--target=es2022",
        "--charset=utf8",
        "--legal-comments=none",
        "--log-level=warning",
    ]);
    command
}

/// Makes a bundle smaller still, in its place: a twentieth of what is loaded with the page.
fn terser(file: &Path) -> Command {
    let mut command = node::terser();
    command.arg(file).args(["--compress", "passes=3", "--mangle", "--ecma", "2022", "--output"]).arg(file);
    command
}
