//! Node, npm and what comes from npm: the build tools (`xtask/npm`: binaryen's wasm-opt, esbuild, terser), and the libraries that
//! whycors is tested with (`tests/wrapper/npm`).

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Result, bail};

use crate::process::{capture, find, program, run};
use crate::workspace;

/// The oldest Node that the build tools run on.
const OLDEST: u32 = 18;

const INSTALL: &str =
    "install Node 18 or newer with npm (Debian: `apt-get install nodejs npm`; else https://nodejs.org/)";

/// Makes sure of Node, npm and the tools.
pub fn ensure() -> Result<()> {
    if find("node").is_none() || find("npm").is_none() {
        bail!("node and npm are not both on PATH: {INSTALL}");
    }
    let version = capture(program("node").arg("--version"))?.text;
    if major(&version).is_none_or(|major| major < OLDEST) {
        bail!("`node --version` says {}: {INSTALL}", version.trim());
    }
    install(&folder())
}

/// Makes sure of the libraries, and of the tools that bundle them.
pub fn ensure_libraries() -> Result<()> {
    ensure()?;
    install(&libraries())
}

/// What the lock file of a folder says, unless it is there already.
fn install(folder: &Path) -> Result<()> {
    if !is_stale(modified(&folder.join("package-lock.json")), modified(&folder.join("node_modules/.package-lock.json")))
    {
        return Ok(());
    }
    // Nothing of it needs its install script.
    run(program(launcher("npm")).current_dir(folder).args([
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]))
}

/// `wasm-opt`, to be given its arguments.
pub fn wasm_opt() -> Command {
    tool("wasm-opt")
}

/// `esbuild`, to be given its arguments.
pub fn esbuild() -> Command {
    tool("esbuild")
}

/// `terser`, to be given its arguments.
pub fn terser() -> Command {
    tool("terser")
}

fn tool(name: &str) -> Command {
    program(folder().join("node_modules/.bin").join(launcher(name)))
}

/// What npm makes of a script's name.
fn launcher(name: &str) -> String {
    if cfg!(windows) { format!("{name}.cmd") } else { name.into() }
}

fn folder() -> PathBuf {
    workspace::root().join("xtask/npm")
}

/// The folder of the libraries' manifest; they are in its `node_modules`.
pub fn libraries() -> PathBuf {
    workspace::root().join("tests/wrapper/npm")
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|metadata| metadata.modified()).ok()
}

fn is_stale(lock: Option<SystemTime>, installed: Option<SystemTime>) -> bool {
    // `None < Some(_)`: nothing installed is older than any lock.
    installed.is_none() || installed < lock
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_node_prints() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("command not found"), None);
    }

    #[test]
    fn tools_older_than_their_lock_are_installed_again() {
        let now = SystemTime::now();
        let earlier = now - Duration::from_secs(60);
        assert!(is_stale(Some(now), None));
        assert!(is_stale(Some(now), Some(earlier)));
        assert!(!is_stale(Some(earlier), Some(now)));
    }
}
