//! `package.json`: the template, with what Cargo.toml already says filled in.

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

use crate::workspace::About;

/// The published `package.json`.
pub fn complete(template: &str, about: &About) -> Result<String> {
    let mut manifest: Map<String, Value> =
        serde_json::from_str(template).context("pkg-template/package.json is not a JSON object")?;
    for (key, value) in [
        ("version", &about.version),
        ("description", &about.description),
        ("license", &about.license),
        ("homepage", &about.homepage),
    ] {
        // In place, so that the published file keeps the template's order; and a key nobody fills in would say so by its value.
        match manifest.get_mut(key) {
            Some(slot) if slot.as_str() == Some("") => *slot = Value::String(value.clone()),
            Some(other) => bail!(
                "pkg-template/package.json says \"{key}\": {other}; it must be \"\", the value comes from Cargo.toml"
            ),
            None => bail!("pkg-template/package.json lacks \"{key}\": \"\"; its value comes from Cargo.toml"),
        }
    }
    Ok(serde_json::to_string_pretty(&manifest)? + "\n")
}

/// The scripts that the package offers to importers, by the name of the file: `index.js` for `"./index.js"`.
pub fn entries(manifest: &str) -> Result<Vec<String>> {
    let manifest: Value = serde_json::from_str(manifest)?;
    let exports = manifest["exports"].as_object().context("pkg-template/package.json has no \"exports\"")?;
    Ok(exports
        .values()
        .filter_map(|conditions| conditions["default"].as_str())
        .filter_map(|path| path.strip_prefix("./"))
        .filter(|name| name.ends_with(".js"))
        .map(str::to_owned)
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = r#"{ "name": "x", "version": "", "description": "", "license": "", "homepage": "",
        "exports": { ".": { "types": "./index.d.ts", "default": "./index.js" }, "./auto": { "default": "./auto.js" }, "./package.json": "./package.json" } }"#;

    fn about() -> About {
        About {
            version: "1.2.3".into(),
            description: "d".into(),
            license: "MIT".into(),
            homepage: "https://h.example/".into(),
        }
    }

    #[test]
    fn the_version_is_cargos() -> Result<()> {
        let manifest: Value = serde_json::from_str(&complete(TEMPLATE, &about())?)?;
        assert_eq!(manifest["version"], "1.2.3");
        assert_eq!(manifest["homepage"], "https://h.example/");
        assert_eq!(manifest["name"], "x");
        Ok(())
    }

    #[test]
    fn a_version_of_the_templates_own_is_refused() {
        let template = TEMPLATE.replace(r#""version": """#, r#""version": "9.9.9""#);
        let refusal = complete(&template, &about());
        assert!(refusal.is_err_and(|error| error.to_string().contains(r#""version": "9.9.9""#)));
    }

    #[test]
    fn the_entries_are_the_exported_scripts() -> Result<()> {
        assert_eq!(entries(TEMPLATE)?, ["index.js", "auto.js"]);
        Ok(())
    }
}
