//! `cargo xtask site`: the hosted demo page in `dist/`, static files that work under any sub-path.

use std::process::ExitCode;

use anyhow::Result;

use crate::files::{copy_tree, empty};
use crate::{package, workspace};

/// Builds the package and puts it beside the page.
pub fn command() -> Result<ExitCode> {
    let built = package::build()?;
    let site = workspace::root().join("dist");
    empty(&site)?;
    copy_tree(&workspace::root().join("www"), &site)?;
    copy_tree(&built.package, &site.join("pkg"))?;
    println!("written to {}; serve it from any path", workspace::short(&site));
    Ok(ExitCode::SUCCESS)
}
