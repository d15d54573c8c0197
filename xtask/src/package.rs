//! `cargo xtask build`: the npm package, as it would be published, in `pkg/`.
//!
//! What is compiled is bound (wasm-bindgen), optimised (wasm-opt), compressed, and inlined as text into a chunk of its own,
//! because that is the one layout that every bundler, a plain page and the console load without configuration.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;
use whycors::causes;

use crate::files::{copy_files, copy_tree, empty, read, write};
use crate::process::{cargo, run};
use crate::{bundle, inline, manifest, node, setup, size, workspace};

/// Builds, and prints what was written.
pub fn command() -> Result<ExitCode> {
    let built = build()?;
    println!("{}", size::table(&size::measure(&built)?));
    println!("written to {}; `npm pack` works there", workspace::short(&built.package));
    Ok(ExitCode::SUCCESS)
}

/// What a build leaves.
pub struct Built {
    /// The folder to publish.
    pub package: PathBuf,
    /// What is compiled, not published by itself.
    pub modules: Vec<Module>,
}

/// A WebAssembly module.
pub struct Module {
    /// Of its chunk and of the cargo feature that exports it.
    pub name: &'static str,
    /// Optimised.
    pub wasm: Vec<u8>,
    /// As it is inlined, before base64.
    pub packed: Vec<u8>,
}

/// The modules: chunk and cargo feature.
const MODULES: [(&str, &str); 3] = [("core", "diagnose"), ("recipes", "recipes"), ("explain", "explain")];

/// The package's folder, built once however often a command asks for it: what it is made of does not change meanwhile.
pub fn folder() -> Result<PathBuf> {
    static BUILT: Mutex<Option<PathBuf>> = Mutex::new(None);
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    match built.as_ref() {
        Some(folder) => Ok(folder.clone()),
        None => Ok(built.insert(build()?.package).clone()),
    }
}

/// Builds the package.
pub fn build() -> Result<Built> {
    setup::ensure(setup::TO_BUILD)?;
    let _turn = turn()?;
    let stage = workspace::target().join("pkg-stage");
    empty(&stage)?;
    copy_files(&workspace::root().join("pkg-template"), &stage, |_| true)?;
    let mut modules = Vec::new();
    for (name, feature) in MODULES {
        let wasm = compile(&stage, name, feature)?;
        let packed = inline::gzip(&wasm)?;
        write(&stage.join(format!("{name}_bytes.js")), &inline::module(&packed))?;
        modules.push(Module { name, wasm, packed });
    }
    bundle::worker(&stage)?;

    let finished = stage.join("finished");
    empty(&finished)?;
    let manifest = manifest::complete(&read(&stage.join("package.json"))?, &workspace::about()?)?;
    write(&finished.join("package.json"), &manifest)?;
    bundle::all(&manifest, &stage, &finished)?;
    copy_files(&stage, &finished, is_published_as_it_is)?;
    let types = finished.join("index.d.ts");
    write(&types, &with_codes(&read(&types)?)?)?;
    copy_files(&workspace::root(), &finished, |name| name.starts_with("LICENSE"))?;

    // Only now, so that a running demo misses its files no longer than it takes to copy them.
    let package = workspace::root().join("pkg");
    empty(&package)?;
    copy_tree(&finished, &package)?;
    Ok(Built { package, modules })
}

/// Two builds at once would mix their files: the second waits here until the first drops this.
fn turn() -> Result<File> {
    let path = workspace::target().join("pkg-stage.lock");
    let lock = File::create(&path).and_then(|file| file.lock().map(|()| file));
    lock.with_context(|| format!("cannot lock {}", path.display()))
}

/// Compiles the crate for the web: the optimised module, and in the stage `<name>_bindgen.js`, its bindings.
fn compile(stage: &Path, name: &str, feature: &str) -> Result<Vec<u8>> {
    let bindings = format!("{name}_bindgen");
    run(cargo()
        .args(["build", "--release", "--target", "wasm32-unknown-unknown", "--package", "whycors", "--lib"])
        .args(["--no-default-features", "--features", feature])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", without_this_machine()))?;
    let compiled = workspace::target().join("wasm32-unknown-unknown/release/whycors.wasm");
    Bindgen::new()
        .input_path(&compiled)
        .out_name(&bindings)
        .web(true)?
        .typescript(false)
        // The core is handed its bytes: no URL that a bundler would try to follow, no fetch that we have patched.
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(stage)
        .with_context(|| format!("wasm-bindgen refuses {}", compiled.display()))?;
    let optimised = stage.join(format!("{name}.wasm"));
    run(node::wasm_opt()
        // Merging a function into its only caller makes the module smaller, but 5 % bigger once it is compressed.
        .args(["-Oz", "--one-caller-inline-max-function-size=0", "--always-inline-max-function-size=0", "--converge"])
        .arg(stage.join(format!("{bindings}_bg.wasm")))
        .arg("-o")
        .arg(&optimised))?;
    fs::read(&optimised).with_context(|| format!("cannot read {}", optimised.display()))
}

/// Messages of panics name source files: those of crates without the folders of the machine that built them.
fn without_this_machine() -> String {
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let registry = cargo_home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo"))).unwrap_or_default();
    let remap = |folder: &Path, name: &str| format!("--remap-path-prefix={}={name}", folder.display());
    [remap(&registry.join("registry/src"), "crates"), remap(&workspace::root(), "whycors")].join(" ")
}

/// The template's types know a code as a string; the published ones, as one of the catalogue.
fn with_codes(types: &str) -> Result<String> {
    let any = "export type CauseCode = string";
    ensure!(types.contains(any), "pkg-template/index.d.ts has no line `{any}`");
    let mut codes: Vec<&str> = causes::ordered().iter().map(|cause| cause.code).collect();
    codes.dedup();
    let union: String = codes.iter().map(|code| format!("\n  | '{code}'")).collect();
    Ok(types.replace(any, &format!("export type CauseCode ={union}")))
}

fn is_published_as_it_is(name: &str) -> bool {
    name.ends_with(".d.ts") || name == "README.md"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_types_name_every_code_once() {
        let types = with_codes("export type CauseCode = string\n").unwrap_or_default();
        assert!(types.starts_with("export type CauseCode =\n  | 'missing-allow-origin'\n  | '"), "{types}");
        assert_eq!(types.matches("'connection-dropped'").count(), 1);
        assert!(with_codes("export type CauseCode = never").is_err());
    }
}
