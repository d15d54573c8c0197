//! Where things are, and what Cargo.toml says of the crate.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::files;

/// The repository: the folder above this crate.
pub fn root() -> PathBuf {
    // At run time first: the binary of a moved clone still knows the old path from compile time.
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    xtask.parent().unwrap_or(&xtask).to_owned()
}

/// Where cargo puts what it builds; ours goes there too.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// A path as a person would type it in the repository.
pub fn short(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// What the npm package repeats from Cargo.toml.
#[derive(Debug, PartialEq)]
pub struct About {
    pub version: String,
    pub description: String,
    pub license: String,
    pub homepage: String,
}

/// Reads [`About`] from the repository's Cargo.toml.
pub fn about() -> Result<About> {
    let path = root().join("Cargo.toml");
    parse_about(&files::read(&path)?)
        .with_context(|| format!("{} lacks something the npm package needs", path.display()))
}

fn parse_about(text: &str) -> Result<About> {
    #[derive(Deserialize)]
    struct Manifest {
        workspace: Workspace,
        package: Package,
    }
    #[derive(Deserialize)]
    struct Workspace {
        package: Shared,
    }
    #[derive(Deserialize)]
    struct Shared {
        version: String,
        license: String,
    }
    #[derive(Deserialize)]
    struct Package {
        description: String,
        homepage: String,
    }
    let Manifest { workspace: Workspace { package: shared }, package } = toml::from_str(text)?;
    Ok(About {
        version: shared.version,
        description: package.description,
        license: shared.license,
        homepage: package.homepage,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = r#"
        [workspace.package]
        version = "1.2.3"
        license = "MIT"
        [package]
        name = "x"
        version.workspace = true
        description = "d"
        homepage = "https://h.example/"
    "#;

    #[test]
    fn the_version_comes_from_the_workspace_and_the_homepage_from_the_package() -> Result<()> {
        let about = parse_about(MANIFEST)?;
        assert_eq!(about.version, "1.2.3");
        assert_eq!(about.homepage, "https://h.example/");
        Ok(())
    }

    #[test]
    fn a_manifest_without_homepage_is_refused_by_name() {
        let refusal = parse_about(&MANIFEST.replace("homepage", "home-page"));
        assert!(refusal.is_err_and(|error| format!("{error:#}").contains("missing field `homepage`")));
    }
}
