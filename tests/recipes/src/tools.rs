//! What a target needs before it runs: packages of npm, of PyPI. Debian's are the caller's, for they need root.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Installs what the lock files say, unless it is there already.
pub fn install(app: &Path, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    if let Some(lock) = changed(&app.join("package-lock.json"), &folder.join("installed-package-lock.json"))? {
        fs::copy(app.join("package.json"), folder.join("package.json"))?;
        fs::copy(app.join("package-lock.json"), folder.join("package-lock.json"))?;
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        // Optional packages carry the binaries of each platform.
        run(Command::new(npm).current_dir(folder).args([
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ]))?;
        fs::write(folder.join("installed-package-lock.json"), lock)?;
    }
    if let Some(lock) = changed(&app.join("requirements.txt"), &folder.join("installed-requirements.txt"))? {
        run(Command::new("python3").current_dir(folder).args(["-m", "venv", "--clear", "venv"]))
            .context("python3 makes no venv: apt-get install python3-venv")?;
        let requirements = app.join("requirements.txt");
        run(Command::new(folder.join("venv/bin/python"))
            .current_dir(folder)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
            .arg(requirements))?;
        fs::write(folder.join("installed-requirements.txt"), lock)?;
    }
    Ok(())
}

/// The lock file's bytes, if they are not those that were installed.
fn changed(lock: &Path, installed: &Path) -> Result<Option<Vec<u8>>> {
    if !lock.is_file() {
        return Ok(None);
    }
    let bytes = fs::read(lock)?;
    Ok(Some(bytes).filter(|bytes| fs::read(installed).ok().as_ref() != Some(bytes)))
}

/// Runs it; what it printed is in the error.
pub fn run(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("{command:?} cannot be started"))?;
    let text = [output.stdout, output.stderr].map(|stream| String::from_utf8_lossy(&stream).into_owned()).concat();
    if !output.status.success() {
        bail!("{command:?} failed ({}): {}", output.status, text.trim());
    }
    Ok(text)
}

/// Where programs are looked for, and what they are told; `stage` is the folder that all targets share.
pub fn environment(stage: &Path, folder: &Path) -> Vec<(String, String)> {
    let path = std::env::var("PATH").unwrap_or_default();
    let own = [folder.join("venv/bin"), folder.join("node_modules/.bin")].map(|path| path.display().to_string());
    vec![
        ("PATH".into(), format!("{}:{path}:/usr/sbin:/sbin", own.join(":"))),
        ("CARGO_TARGET_DIR".into(), stage.join("cargo").display().to_string()),
        ("NEXT_TELEMETRY_DISABLED".into(), "1".into()),
    ]
}

/// A program is looked for where the target's own are.
pub fn found(program: &str, environment: &[(String, String)]) -> String {
    let path = environment.iter().find(|(name, _)| name == "PATH").map(|(_, path)| path.as_str()).unwrap_or_default();
    let found = path.split(':').map(|folder| Path::new(folder).join(program)).find(|path| path.is_file());
    found.map_or_else(|| program.to_string(), |path| path.display().to_string())
}
