//! Pages in one engine beside the table: the patched functions against the native ones, what is said and how often, and the demo page as a newcomer uses it.

use anyhow::{Context, Result};
use lab::Lab;
use serde::Deserialize;
use serde_json::json;

use crate::engines::{Browser, Certificates, Engine};

/// What a page was checked for.
#[derive(Debug, Clone, Deserialize)]
pub struct Check {
    /// A sentence.
    pub name: String,
    /// It holds.
    pub ok: bool,
    /// What was seen instead.
    pub detail: String,
}

/// Where the lab has to serve `tests/wrapper`.
pub const WRAPPER: &str = "/wrapper";

/// A row that fails and one that passes: what the checks call.
const FAILS: &str = "get-no-cors-headers";
const PASSES: &str = "get-passes";
/// As the first, from a page with a strict policy.
const STRICT: &str = "strict-no-cors-headers";

/// Runs every check of the pages in one engine. The lab serves the package at `/pkg`, `tests/wrapper` at [`WRAPPER`] and
/// `www` at `/`.
pub async fn check_pages(lab: &Lab, engine: Engine) -> Result<Vec<Check>> {
    let browser = Browser::open(lab, engine, Certificates::Strict).await?;
    let mut checks = Vec::new();
    for (row, files) in WRAPPER_CHECKS {
        checks.extend(wrapper(lab, &browser, row, files).await?);
    }
    checks.push(demo(lab, &browser).await?);
    let _ = browser.close().await;
    Ok(checks)
}

/// Files of checks in `tests/wrapper`, and the row whose page they run in: a storm has one to itself, and a paste is read under a
/// strict policy too, which lets no worker of ours run.
const WRAPPER_CHECKS: [(&str, &[&str]); 4] = [
    (FAILS, &["fidelity", "calls", "noise"]),
    (FAILS, &["explain", "recipes"]),
    (STRICT, &["explain", "recipes"]),
    (FAILS, &["storm"]),
];

async fn wrapper(lab: &Lab, browser: &Browser, row: &str, files: &[&str]) -> Result<Vec<Check>> {
    let url = |id: &str| {
        let row = lab.scenarios().find(|row| row.id == id).with_context(|| format!("the table has no row {id}"))?;
        anyhow::Ok((lab.call_url(row), lab.page_url(row)))
    };
    let (refused, page) = url(row)?;
    let (passes, _) = url(PASSES)?;
    browser.open_page(&page).await?;
    let run = format!("{WRAPPER}/run.js");
    let closed = &lab.origins().closed;
    let input =
        json!({ "files": files, "refused": refused, "passes": passes, "closed": closed, "row": row, "run": run });
    Ok(serde_json::from_value(browser.run(include_str!("page/wrapper.js"), &input).await?)?)
}

/// One press of the button, and a right diagnosis is there to read.
async fn demo(lab: &Lab, browser: &Browser) -> Result<Check> {
    browser.open_page(&format!("{}/", lab.origins().page)).await?;
    let shown = browser.client.execute_async(include_str!("page/demo.js"), Vec::new()).await?;
    let text = shown.as_str().unwrap_or_default().to_string();
    let expected = ["may read it.", "missing-allow-origin", "Access-Control-Allow-Origin: http", "curl -i http"];
    let missing: Vec<&str> = expected.into_iter().filter(|part| !text.contains(part)).collect();
    Ok(Check {
        name: "one press of the demo page's button shows a right diagnosis".to_string(),
        ok: missing.is_empty(),
        detail: format!("{missing:?} is not in: {text}"),
    })
}
