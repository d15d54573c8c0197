//! Makes sure of what a command needs: installs what it can, and otherwise says exactly what to install.
//!
//! Nothing is skipped: a command whose needs are not met does not run.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::node;
use crate::process::{capture, cargo, find, find_any, program, run};

/// Something a command cannot do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The standard library for wasm32.
    WasmTarget,
    /// Node, npm, and the build tools of `xtask/npm`.
    BuildTools,
    /// The libraries of `tests/wrapper/npm`.
    Libraries,
    /// Chromium and its driver.
    Chromium,
    /// Firefox and geckodriver.
    Firefox,
    /// curl, whose output is read in tests.
    Curl,
    /// WebKitGTK's driver and browser, and the X server they need.
    WebKit,
}

/// What building the package takes.
pub const TO_BUILD: &[Need] = &[Need::WasmTarget, Need::BuildTools];

/// Installs what is missing of these.
pub fn ensure(needs: &[Need]) -> Result<()> {
    if needs.contains(&Need::WasmTarget) {
        wasm_target()?;
    }
    if needs.contains(&Need::BuildTools) {
        node::ensure()?;
    }
    if needs.contains(&Need::Libraries) {
        node::ensure_libraries()?;
    }
    install_packages(&missing_packages(needs, |names| find_any(names).is_some()))?;
    if needs.contains(&Need::Firefox) {
        geckodriver()?;
    }
    Ok(())
}

const TARGET: &str = "wasm32-unknown-unknown";

fn wasm_target() -> Result<()> {
    let library = capture(program("rustc").args(["--print", "target-libdir", "--target", TARGET]))?;
    if library.text.lines().any(|line| Path::new(line.trim()).is_dir()) {
        return Ok(());
    }
    if find("rustup").is_none() {
        bail!(
            "this Rust has no standard library for {TARGET}, and there is no rustup to install it with: install Rust from https://rustup.rs/, or your system's package for {TARGET}"
        );
    }
    run(program("rustup").args(["target", "add", TARGET]))
}

/// A Debian package, and the programs of which one shows that it, or its like from elsewhere, is there.
struct Package {
    name: &'static str,
    need: Need,
    programs: &'static [&'static str],
}

/// Names of Chromium and its like.
pub const CHROMIUM: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Names of its driver.
pub const CHROMEDRIVER: &[&str] = &["chromedriver", "chromium.chromedriver"];

const PACKAGES: &[Package] = &[
    Package { name: "chromium", need: Need::Chromium, programs: CHROMIUM },
    Package { name: "chromium-driver", need: Need::Chromium, programs: CHROMEDRIVER },
    Package { name: "curl", need: Need::Curl, programs: &["curl"] },
    Package { name: "firefox-esr", need: Need::Firefox, programs: &["firefox-esr", "firefox"] },
    Package { name: "webkit2gtk-driver", need: Need::WebKit, programs: &["WebKitWebDriver"] },
    Package { name: "xvfb", need: Need::WebKit, programs: &["xvfb-run"] },
    Package { name: "xauth", need: Need::WebKit, programs: &["xauth"] },
];

fn missing_packages(needs: &[Need], is_there: impl Fn(&[&str]) -> bool) -> Vec<&'static str> {
    PACKAGES
        .iter()
        .filter(|package| needs.contains(&package.need) && !is_there(package.programs))
        .map(|package| package.name)
        .collect()
}

/// Makes sure of a Python that makes virtual environments, which Debian has in a package of its own.
pub fn ensure_venv() -> Result<()> {
    let is_there =
        find("python3").is_some() && capture(program("python3").args(["-c", "import ensurepip, venv"]))?.success;
    if is_there { Ok(()) } else { install_packages(&["python3-venv"]) }
}

/// Installs those of Debian's packages whose program is missing.
pub fn ensure_packages<'a>(packages: impl Iterator<Item = (&'a str, &'a str)>) -> Result<()> {
    // Servers are often where only root looks for programs.
    let is_there = |program: &str| find(program).is_some() || Path::new("/usr/sbin").join(program).is_file();
    let missing: BTreeSet<&str> =
        packages.filter(|(_, program)| !is_there(program)).map(|(package, _)| package).collect();
    install_packages(&missing.into_iter().collect::<Vec<_>>())
}

fn install_packages(missing: &[&str]) -> Result<()> {
    if missing.is_empty() {
        return Ok(());
    }
    let by_hand = format!("apt-get update && apt-get install -y --no-install-recommends {}", missing.join(" "));
    if find("apt-get").is_none() {
        bail!(
            "not installed: {}. These are the names of Debian's packages; install the like of them here (on Debian: {by_hand})",
            missing.join(", ")
        );
    }
    if !is_root()? {
        bail!("not installed: {}. Run: sudo sh -c '{by_hand}'", missing.join(", "));
    }
    println!("installing {}", missing.join(", "));
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    run(apt().args(["update", "-q"]))?;
    run(apt().args(["install", "-q", "-y", "--no-install-recommends"]).args(missing)).with_context(|| {
        format!("apt has no such package, or could not fetch it; install the like of {} by hand", missing.join(", "))
    })
}

fn is_root() -> Result<bool> {
    Ok(capture(Command::new("id").arg("-u"))?.text.trim() == "0")
}

fn geckodriver() -> Result<()> {
    if find("geckodriver").is_some() {
        return Ok(());
    }
    println!("installing geckodriver (cargo install, some minutes)");
    // Its locked dependencies are tried first; a registry may lack one of those exact versions.
    if run(cargo().args(["install", "geckodriver", "--locked"])).is_ok() {
        return Ok(());
    }
    run(cargo().args(["install", "geckodriver"])).context(
        "geckodriver is needed to drive Firefox; it is also at https://github.com/mozilla/geckodriver/releases",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_command_needs_is_looked_for() {
        assert_eq!(missing_packages(TO_BUILD, |_| false), Vec::<&str>::new());
        assert_eq!(missing_packages(&[Need::Firefox], |_| false), ["firefox-esr"]);
    }

    #[test]
    fn a_browser_from_elsewhere_counts() {
        let machine = ["google-chrome", "xvfb-run"];
        let is_there = |names: &[&str]| names.iter().any(|name| machine.contains(name));
        assert_eq!(
            missing_packages(&[Need::Chromium, Need::WebKit], is_there),
            ["chromium-driver", "webkit2gtk-driver", "xauth"]
        );
    }
}
