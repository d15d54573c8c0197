//! whycors together with libraries that patch or wrap what it patches, in one engine, in each order of installing them.

use anyhow::Result;
use lab::{Lab, Scenario};
use serde_json::{Value, json};

use crate::engines::{Browser, Certificates, Engine};
use crate::pages::{Check, WRAPPER};

/// Where the lab has to serve the bundles of `tests/wrapper/libraries`.
pub const LIBRARIES: &str = "/libraries";

/// The same folder, for the page that gets a service worker: its scope is its folder.
pub const LIBRARIES_WORKED: &str = "/libraries-worked";

/// In the order in which they are looked at; each is a bundle.
const ALL: [&str; 13] = [
    "sentry",
    "sentry-tracing",
    "msw",
    "interceptors",
    "zone",
    "opentelemetry",
    "opentelemetry-zone",
    "axios",
    "axios-fetch",
    "ky",
    "ofetch",
    "xhook",
    "fetch-intercept",
];

const ORDERS: [&str; 5] =
    ["without whycors", "whycors first", "library first", "whycors first, uninstalled", "library first, uninstalled"];

/// What the servers of these pages answer: libraries add headers, which all but one of them allow.
const ROWS: &str = r#"
[[row]]
id = "libraries-passes"
title = "Allows everything that is asked for"
server = [
  { when = { preflight = true }, status = 204, headers = ["Access-Control-Allow-Origin: {origin}", "Access-Control-Allow-Headers: {headers}"] },
  { status = 200, headers = ["Access-Control-Allow-Origin: {origin}", "Content-Type: application/json"] },
]

[[row]]
id = "libraries-refused"
title = "Allows the preflight, and forgets the header in its answer"
server = [
  { when = { preflight = true }, status = 204, headers = ["Access-Control-Allow-Origin: {origin}", "Access-Control-Allow-Headers: {headers}"] },
  { status = 200, headers = ["Content-Type: application/json"] },
]

[[row]]
id = "libraries-narrow"
title = "Allows the application's own header, and no library's"
server = [
  { when = { preflight = true }, status = 204, headers = ["Access-Control-Allow-Origin: {origin}", "Access-Control-Allow-Headers: x-app"] },
  { status = 200, headers = ["Access-Control-Allow-Origin: {origin}", "Content-Type: application/json"] },
]

[[row]]
id = "libraries-unallowed"
title = "Allows no header"
server = [
  { when = { preflight = true }, status = 204, headers = ["Access-Control-Allow-Origin: {origin}"] },
  { status = 200, headers = ["Access-Control-Allow-Origin: {origin}", "Content-Type: application/json"] },
]
"#;

/// The rows that a lab of [`check_libraries`] has to play.
pub fn library_rows() -> Result<Vec<Scenario>> {
    lab::parse(ROWS)
}

/// Runs every library in every order in one engine. The lab serves the package at `/pkg`, `tests/wrapper` at [`WRAPPER`], and the
/// bundles at [`LIBRARIES`] and [`LIBRARIES_WORKED`].
pub async fn check_libraries(lab: &Lab, engine: Engine, keep: impl Fn(&str) -> bool) -> Result<Vec<Check>> {
    let browser = Browser::open(lab, engine, Certificates::Strict).await?;
    let mut checks = Vec::new();
    for library in ALL.into_iter().filter(|library| keep(library)) {
        let mut without = Value::Null;
        for order in ORDERS {
            let folder = if library == "msw" { LIBRARIES_WORKED } else { LIBRARIES };
            browser.open_page(&format!("{}{folder}/page.html", lab.origins().page)).await?;
            let run = format!("{library}-{}", order.replace([' ', ','], ""));
            let input = json!({
                "wrapper": format!("{WRAPPER}/libraries.js"),
                "folder": folder,
                "library": library,
                "order": order,
                "origins": lab.origins(),
                "run": run,
                "without": without,
            });
            match browser.run(include_str!("page/libraries.js"), &input).await {
                Ok(mut answer) => {
                    checks.extend(serde_json::from_value::<Vec<Check>>(answer["checks"].take())?);
                    if without.is_null() {
                        without = answer["seen"].take();
                    }
                }
                Err(error) => {
                    let name = format!("{library}, {order}: the page plays to its end");
                    checks.push(Check { name, ok: false, detail: error.to_string() });
                }
            }
        }
    }
    let _ = browser.close().await;
    Ok(checks)
}
