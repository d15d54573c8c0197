//! What pages live through, in one engine: they are left and come back, lie in the background, have frames, move softly, and forbid
//! us our core. What is cut off by that is not reported, and what fails beside it is diagnosed.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use lab::{Lab, Scenario};
use serde_json::{Value, json};
use url::Url;

use crate::engines::{Browser, Certificates, Engine};
use crate::pages::{Check, WRAPPER};

/// What the servers of these pages answer.
const ROWS: &str = r#"
[[row]]
id = "lifecycle-refused"
title = "Forgets the header"
server = [{ status = 200 }]

[[row]]
id = "lifecycle-slow"
title = "Forgets the header, and takes its time"
delay = 300
server = [{ status = 200 }]

[[row]]
id = "lifecycle-hangs"
title = "Never answers"
server = [{ fails = "hang" }]

[[row]]
id = "lifecycle-passes"
title = "Has nothing to say against it"
server = [{ status = 200, headers = ["Access-Control-Allow-Origin: *"] }]
"#;

/// Keeps what is said, before any other script.
const RECORD: &str = "<!doctype html><meta charset=utf-8><link rel=icon href='data:,'>
<script src=/wrapper/lifecycles/record.js></script>";

/// The package as a module, whose core is not there yet; the nonce is for pages with a policy.
const MODULE: &str = "<script type=module nonce=lab>
import * as whycors from '/pkg/index.js';
whycors.install();
globalThis.whycors = whycors;
</script>";

/// The package as one script.
const SCRIPT: &str = "<script src=/pkg/dist/whycors.global.js data-install></script>";

/// How a page is left, or is not in the end.
const WAYS: [Way; 5] = [
    Way { name: "left by a link to a slow page", answer: "page", delay: 800, ready: false, stays: false },
    Way { name: "left by a link to a quick page", answer: "page", delay: 0, ready: true, stays: false },
    Way { name: "reloaded", answer: "reload", delay: 300, ready: true, stays: false },
    Way { name: "a link to a download", answer: "download", delay: 800, ready: false, stays: true },
    Way { name: "a link that is answered 204", answer: "nothing", delay: 800, ready: true, stays: true },
];

struct Way {
    name: &'static str,
    answer: &'static str,
    /// Milliseconds until it comes.
    delay: u64,
    /// The core is there before.
    ready: bool,
    stays: bool,
}

/// The rows that a lab of [`check_lifecycles`] has to play.
pub fn lifecycle_rows() -> Result<Vec<Scenario>> {
    lab::parse(ROWS)
}

/// Runs every lifecycle in one engine. The lab serves the package at `/pkg` and `tests/wrapper` at [`WRAPPER`].
pub async fn check_lifecycles(lab: &Lab, engine: Engine) -> Result<Vec<Check>> {
    let stage = Stage { lab, browser: Browser::open(lab, engine, Certificates::Strict).await? };
    let mut checks = Vec::new();
    for (index, way) in WAYS.iter().enumerate() {
        checks.extend(stage.leaving(index, way, "pend").await.unwrap_or_else(|error| vec![broken(way.name, &error)]));
    }
    for (index, way) in WAYS.iter().enumerate().filter(|(_, way)| way.answer == "page") {
        let index = WAYS.len() + index;
        checks.extend(stage.leaving(index, way, "fail").await.unwrap_or_else(|error| vec![broken(way.name, &error)]));
    }
    checks.extend(stage.background().await.unwrap_or_else(|error| vec![broken("in a background window", &error)]));
    checks.extend(stage.here().await?);
    let _ = stage.browser.close().await;
    Ok(checks)
}

fn broken(name: &str, error: &anyhow::Error) -> Check {
    Check { name: format!("{name}: the page plays to its end"), ok: false, detail: format!("{error:#}") }
}

struct Stage<'a> {
    lab: &'a Lab,
    browser: Browser,
}

impl Stage<'_> {
    /// Calls are under way, the page is left and comes back.
    async fn leaving(&self, index: usize, way: &Way, step: &str) -> Result<Vec<Check>> {
        let own = format!("leaving-{index}");
        let delay = if way.answer == "reload" { way.delay } else { 0 };
        let page = self.page(&format!("{RECORD}{MODULE}<title>here</title><body>"), delay)?;
        self.open(&page).await?;
        let (hangs, slow) = (self.call("hangs", &own), self.call("slow", &own));
        let mut input =
            json!({ "way": way.name, "ready": way.ready, "refused": self.call("refused", &own), "hangs": hangs });
        input["to"] = match way.answer {
            "reload" => Value::Null,
            "page" => json!(self.page("<title>away</title>", way.delay)?),
            answer => json!(self.answer(answer, way.delay, &own)?),
        };
        if step == "fail" {
            input["slow"] = json!(slow);
        }
        self.step("leaving", step, &input).await?;
        if step == "pend" {
            let is_of_page = |path: &str| path.contains(&own);
            let arrived = || self.lab.log_of("lifecycle-hangs").iter().filter(|it| is_of_page(&it.path)).count();
            until(async || arrived() == 4).await.context("the calls did not go out")?;
            self.step("leaving", "leave", &input).await?;
        }
        if way.stays {
            until(async || !self.lab.log_of(&own).is_empty()).await.context("nobody followed the link")?;
            tokio::time::sleep(Duration::from_millis(way.delay + 700)).await;
        } else if way.answer == "reload" {
            until(async || self.kept().await.matches("shown").count() == 2).await.context("no reload")?;
        } else {
            until(async || self.title().await == "away").await.context("the page was not left")?;
            self.browser.client.back().await?;
            until(async || self.title().await == "here").await.context("the page did not come back")?;
        }
        Ok(serde_json::from_value(self.step("leaving", "back", &input).await?)?)
    }

    async fn background(&self) -> Result<Vec<Check>> {
        self.open(&self.page(&format!("{RECORD}{MODULE}<body>"), 0)?).await?;
        let input = json!({ "refused": self.call("refused", "background") });
        let client = &self.browser.client;
        let own = client.window().await?;
        self.step("leaving", "later", &input).await?;
        let other = client.new_window(true).await?;
        client.switch_to_window(other.handle).await?;
        tokio::time::sleep(Duration::from_secs(4)).await;
        client.close_window().await?;
        client.switch_to_window(own).await?;
        Ok(serde_json::from_value(self.step("leaving", "returned", &input).await?)?)
    }

    /// What needs nobody but the page.
    async fn here(&self) -> Result<Vec<Check>> {
        let module = format!("{RECORD}{MODULE}<body>");
        let bare = format!("{RECORD}<body>");
        let call = |row| self.call(row, "here");
        let urls = json!({
            "a call": self.call("refused", "early"),
            "an image": self.call("refused", "image"),
            "a module": self.call("refused", "module"),
        });
        // The parser waits for the second script, and there is no body meanwhile.
        let waits = self.page("", 1500)?;
        let early = format!(
            "{RECORD}{SCRIPT}<script>fetch({}).catch(() => {{}})</script><script src='{waits}'></script>\
             <body><img crossorigin src={}><script type=module src={}></script>",
            urls["a call"], urls["an image"], urls["a module"]
        );
        let policy = "<meta http-equiv=Content-Security-Policy content=\"script-src 'self' 'nonce-lab'\">";
        let strict = format!("{policy}{module}");
        // A copy of the entry, beside which there is no core.
        let alone = format!(
            "{RECORD}<script type=module nonce=lab>
const body = await (await fetch('/pkg/index.js')).text();
const query = {{ headers: [['Content-Type', 'text/javascript']], body }};
globalThis.whycors = await import('/lab/echo?' + encodeURIComponent(JSON.stringify(query)));
whycors.install();
</script><body>"
        );
        let without = |place: &str, why: &str| json!({ "where": place, "why": why, "passes": call("passes"), "refused": call("refused") });
        let plays = [
            ("here", "early", early, json!({ "urls": urls })),
            ("here", "soft", module.clone(), json!({ "slow": call("slow"), "refused": call("refused") })),
            (
                "here",
                "without",
                strict,
                without("a policy without WebAssembly", "Add 'wasm-unsafe-eval' to script-src"),
            ),
            ("here", "without", alone, without("a core that is not there", "no diagnosis: .*module")),
            ("here", "uninstalled", module.clone(), json!({ "slow": call("slow"), "refused": call("refused") })),
            (
                "frames",
                "inside",
                bare.clone(),
                json!({
                    "installed": self.page(&format!("{RECORD}{SCRIPT}<body>"), 0)?,
                    "refused": call("refused"),
                    "hangs": call("hangs"),
                }),
            ),
            ("frames", "around", module, json!({ "bare": self.page(&bare, 0)?, "refused": call("refused") })),
        ];
        let mut checks = Vec::new();
        for (file, step, html, input) in plays {
            self.open(&self.page(&html, 0)?).await?;
            match self.step(file, step, &input).await {
                Ok(seen) => checks.extend(serde_json::from_value::<Vec<Check>>(seen)?),
                Err(error) => checks.push(broken(step, &error)),
            }
        }
        Ok(checks)
    }

    /// Opens a page with nothing kept; the storage is of all pages of this origin.
    async fn open(&self, page: &str) -> Result<()> {
        self.browser.open_page(&format!("{}/lab/page?bare", self.lab.origins().page)).await?;
        self.browser.client.execute("sessionStorage.clear()", Vec::new()).await?;
        self.browser.open_page(page).await
    }

    async fn step(&self, file: &str, step: &str, input: &Value) -> Result<Value> {
        let mut input = input.clone();
        input["file"] = json!(format!("{WRAPPER}/lifecycles/{file}.js"));
        input["step"] = json!(step);
        self.browser.run(include_str!("page/lifecycles.js"), &input).await.with_context(|| step.to_string())
    }

    /// A page of this text, which browsers may keep when it is left.
    fn page(&self, html: &str, delay: u64) -> Result<String> {
        self.echo(json!({ "body": html, "delay": delay, "headers": [["Content-Type", "text/html; charset=utf-8"]] }))
    }

    /// What leaves the page where it is.
    fn answer(&self, answer: &str, delay: u64, log: &str) -> Result<String> {
        self.echo(match answer {
            "nothing" => json!({ "status": 204, "body": "", "delay": delay, "log": log }),
            _ => json!({
                "body": "kept", "delay": delay, "log": log,
                "headers": [["Content-Type", "application/octet-stream"], ["Content-Disposition", "attachment; filename=kept.bin"]],
            }),
        })
    }

    fn echo(&self, wanted: Value) -> Result<String> {
        let mut url = Url::parse(&format!("{}/lab/echo", self.lab.origins().page))?;
        // Of a page that has such a URL in it.
        url.set_query(Some(&wanted.to_string().replace('%', "%25")));
        Ok(url.into())
    }

    fn call(&self, row: &str, own: &str) -> String {
        format!("{}/s/lifecycle-{row}/{own}", self.lab.origins().api)
    }

    async fn title(&self) -> String {
        self.browser.client.title().await.unwrap_or_default()
    }

    async fn kept(&self) -> String {
        let kept = self.browser.client.execute("return sessionStorage.getItem('kept')", Vec::new()).await;
        kept.ok().and_then(|kept| Some(kept.as_str()?.to_string())).unwrap_or_default()
    }
}

async fn until(is_so: impl AsyncFn() -> bool) -> Result<()> {
    for _ in 0..200 {
        if is_so().await {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    bail!("not within ten seconds")
}
