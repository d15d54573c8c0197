//! A browser extension that stops the rows which a blocker stops, as ad blockers do: written for each session, and loaded by it
//! alone. WebKitGTK has no extensions.

use std::path::{Path, PathBuf};

use anyhow::Result;
use lab::Lab;
use serde_json::{Value, json};
use whycors::request::Engine;
use whycors::world::Failure;

/// Writes the extension below a folder, where a browser can load it from; `None` if no row needs it.
pub fn write(profile: &Path, engine: Engine, lab: &Lab) -> Result<Option<PathBuf>> {
    let (early, late) = (ids(lab, Failure::Blocked), ids(lab, Failure::BlockedLate));
    if engine == Engine::WebKit || (early.is_empty() && late.is_empty()) {
        return Ok(None);
    }
    let folder = profile.join("blocker");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("manifest.json"), manifest(engine).to_string())?;
    std::fs::write(folder.join("rules.json"), rules(&early).to_string())?;
    std::fs::write(folder.join("background.js"), listener(&late))?;
    Ok(Some(folder))
}

/// Only Firefox lets an extension judge each request by code.
fn manifest(engine: Engine) -> Value {
    let mut manifest = json!({
        "manifest_version": 3,
        "name": "Blocker of the lab",
        "version": "1",
        "permissions": ["declarativeNetRequest"],
        "host_permissions": ["*://localhost/*"],
        "declarative_net_request": { "rule_resources": [{ "id": "early", "enabled": true, "path": "rules.json" }] },
    });
    if engine == Engine::Firefox {
        manifest["browser_specific_settings"] = json!({ "gecko": { "id": "blocker@lab.test" } });
        manifest["permissions"] = json!(["declarativeNetRequest", "webRequest", "webRequestBlocking"]);
        manifest["background"] = json!({ "scripts": ["background.js"] });
    }
    manifest
}

/// Rules that stop a request before the network. `^` stands for the end or for what may follow an id in a URL.
fn rules(ids: &[&str]) -> Value {
    let rule = |(index, id): (usize, &&str)| json!({ "id": index + 1, "action": { "type": "block" }, "condition": { "urlFilter": format!("/s/{id}^") } });
    ids.iter().enumerate().map(rule).collect()
}

/// Stops a request when the headers of its answer have come.
fn listener(ids: &[&str]) -> String {
    // A pattern without a port stands for all ports.
    let patterns = |id: &&str| [format!("*://localhost/s/{id}"), format!("*://localhost/s/{id}?*")];
    let urls: Vec<String> = ids.iter().flat_map(patterns).collect();
    if urls.is_empty() {
        return String::new();
    }
    let filter = json!({ "urls": urls });
    format!("browser.webRequest.onHeadersReceived.addListener(() => ({{ cancel: true }}), {filter}, ['blocking']);\n")
}

fn ids(lab: &Lab, failure: Failure) -> Vec<&str> {
    lab.scenarios().filter(|row| row.unconditional_failure() == Some(failure)).map(|row| row.id.as_str()).collect()
}
