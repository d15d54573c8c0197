//! Plays rows in real engines: what each probe sees, what whycors says of the application's own call, what the lab received.

use std::collections::BTreeMap;

use anyhow::Result;
use lab::{Before, Body, Lab, Page, Permission, Received, Scenario, Signal};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Value, json};
use whycors::probe::CALL;
use whycors::world::{Failure, Reply};

use crate::engines::{Browser, Certificates, Engine};
use crate::truth::{self, Truth};

/// How long a call that may hang is waited for, by the application and by each probe, in milliseconds.
const PATIENCE: u64 = 1500;

/// How long a diagnosis is waited for, in milliseconds: eight probes that hang at their own limit fit in.
const LIMIT: u64 = 45_000;

/// What one row showed in one engine.
#[derive(Debug, Clone, Serialize)]
pub struct Run {
    /// The engine.
    #[serde(serialize_with = "name")]
    pub engine: Engine,
    /// The row's id.
    pub scenario: String,
    /// What the call itself (`call`) and each probe alone saw, in kebab case.
    pub observed: BTreeMap<String, String>,
    /// What the application's own call, made under an installed whycors, ended in.
    pub rejection: Rejection,
    /// What whycors said of the application's own call; null if nothing.
    pub diagnosis: Value,
    /// The callback got the same Diagnosis as the event.
    pub by_callback: bool,
    /// `diagnosisOf` got the same Diagnosis as the event; `None` where there is no error object.
    pub by_error: Option<bool>,
    /// What `diagnose` said of the same call.
    pub direct: Value,
    /// What the lab received for the application's own call and its diagnosis.
    pub log: Vec<Received>,
    /// What the lab received for `diagnose`.
    pub direct_log: Vec<Received>,
    /// Chromium's own reason for the application's call.
    pub truth: Truth,
    /// What kept the row from being played to its end.
    pub problem: Option<String>,
}

impl Run {
    /// A row before it is played.
    pub fn new(engine: Engine, scenario: &str) -> Run {
        Run {
            engine,
            scenario: scenario.to_string(),
            observed: BTreeMap::new(),
            rejection: Rejection::default(),
            diagnosis: Value::Null,
            by_callback: false,
            by_error: None,
            direct: Value::Null,
            log: Vec::new(),
            direct_log: Vec::new(),
            truth: Truth::default(),
            problem: None,
        }
    }
}

/// What a call ended in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Rejection {
    /// `resolved`, `type-error`, `dom-exception`, `error-event`, `timeout-event`, `other`.
    pub kind: String,
    /// The error's name.
    pub name: String,
    /// The error's message.
    pub message: String,
    /// Milliseconds since 1970.
    pub at: f64,
}

/// Plays the rows that `filter` keeps, engine after engine. Give each of several concurrent calls a lab of its own.
///
/// # Errors
/// If a driver or browser does not start; what fails within a row is that run's `problem`.
pub async fn run_rows(lab: &Lab, engines: &[Engine], filter: impl Fn(&Scenario) -> bool) -> Result<Vec<Run>> {
    run_all(lab, engines, &lab.scenarios().filter(|row| filter(row)).cloned().collect::<Vec<_>>()).await
}

/// Plays the rows that `filter` keeps, and that do not depend on their page, from another page; to be judged by
/// [`judge_soundly`](crate::judge_soundly).
///
/// # Errors
/// As [`run_rows`].
pub async fn run_rows_under(
    lab: &Lab,
    engines: &[Engine],
    page: Page,
    filter: impl Fn(&Scenario) -> bool,
) -> Result<Vec<Run>> {
    let rows = lab.scenarios().filter(|row| filter(row)).filter_map(|row| row.under(page));
    run_all(lab, engines, &rows.collect::<Vec<_>>()).await
}

async fn run_all(lab: &Lab, engines: &[Engine], rows: &[Scenario]) -> Result<Vec<Run>> {
    let mut runs = Vec::new();
    for &engine in engines {
        for certificates in [Certificates::Strict, Certificates::Lenient] {
            let session: Vec<&Scenario> =
                rows.iter().filter(|row| certificates_for(row) == certificates && row.is_for(engine)).collect();
            if session.is_empty() {
                continue;
            }
            let mut browser = Browser::open(lab, engine, certificates).await?;
            for row in session {
                let run = play(lab, &browser, row, LIMIT).await;
                let broken = run.problem.is_some();
                runs.push(run);
                if broken {
                    // A window that lost its script is not trusted with the next row.
                    let _ = browser.close().await;
                    browser = Browser::open(lab, engine, certificates).await?;
                }
            }
            let _ = browser.close().await;
        }
    }
    Ok(runs)
}

/// The lab's certificate is trusted where a row needs https and the certificate is not the fault.
pub fn certificates_for(row: &Scenario) -> Certificates {
    let https = row.call.page == Page::Https || row.call.api != lab::Scheme::Http;
    let untrusted = row.unconditional_failure() == Some(Failure::Tls);
    if https && !untrusted { Certificates::Lenient } else { Certificates::Strict }
}

/// Plays one row in a running browser; a diagnosis is waited for `limit` milliseconds.
pub async fn play(lab: &Lab, browser: &Browser, row: &Scenario, limit: u64) -> Run {
    let mut run = Run::new(browser.engine, &row.id);
    let played = steps(lab, browser, row, limit, &mut run).await;
    run.problem = played.err().map(|error| format!("{error:#}"));
    run
}

async fn steps(lab: &Lab, browser: &Browser, row: &Scenario, limit: u64, run: &mut Run) -> Result<()> {
    lab.take_log_of(&row.id);
    lab.begin(&row.id);
    let probes: Vec<String> = row.sees(browser.engine).into_keys().filter(|id| id != CALL).collect();
    run.observed = serde_json::from_value(
        step(lab, browser, row, include_str!("page/observe.js"), "observe", json!({ "probes": probes })).await?,
    )?;
    lab.take_log_of(&row.id);

    call_under_whycors(lab, browser, row, limit, "install", run).await?;

    if !row.is_for_diagnose() {
        return Ok(());
    }
    run.direct =
        step(lab, browser, row, include_str!("page/diagnose.js"), "diagnose", json!({ "limit": limit })).await?;
    run.direct_log = lab.take_log_of(&row.id);
    Ok(())
}

/// The application's own call under an installed whycors, and what came of it; `name` is part of its URL.
pub(crate) async fn call_under_whycors(
    lab: &Lab,
    browser: &Browser,
    row: &Scenario,
    limit: u64,
    name: &str,
    run: &mut Run,
) -> Result<()> {
    browser.devtools_log().await?;
    // As long as after a call that passed.
    let own_limit = if row.is_silent() { limit.min(300) } else { limit };
    let mut heard = step(lab, browser, row, INSTALL, name, json!({ "limit": own_limit })).await?;
    run.log = lab.take_log_of(&row.id);
    run.truth = truth::of_call(&browser.devtools_log().await?, &call_url(lab, row, name));
    run.observed.extend(heard["call"].as_str().map(|saw| (CALL.to_string(), saw.to_string())));
    run.rejection = serde_json::from_value(heard["rejection"].take())?;
    run.diagnosis = heard["diagnosis"].take();
    run.by_callback = heard["by-callback"] == true;
    run.by_error = heard["by-error"].as_bool();
    Ok(())
}

const INSTALL: &str = concat!(include_str!("page/send.js"), include_str!("page/install.js"));

async fn step(lab: &Lab, browser: &Browser, row: &Scenario, body: &str, name: &str, more: Value) -> Result<Value> {
    browser.open_page(&lab.page_url(row)).await?;
    if let Some(state) = row.call.permission {
        browser.permit_loopback(state).await?;
    }
    let mut input = input_of(row, &call_url(lab, row, name));
    if let (Value::Object(input), Value::Object(more)) = (&mut input, more) {
        input.extend(more);
    }
    browser.run_row(row, &[include_str!("page/call.js"), body].concat(), &input).await
}

impl Browser {
    /// As `run`, without a network if the row is so.
    pub(crate) async fn run_row(&self, row: &Scenario, body: &str, input: &Value) -> Result<Value> {
        if row.offline {
            self.offline(true).await?;
        }
        let answer = self.run(body, input).await;
        if row.offline {
            self.offline(false).await?;
        }
        answer
    }
}

/// What the scripts of `page` are told of the row's call to a URL.
pub(crate) fn input_of(row: &Scenario, url: &str) -> Value {
    let may_hang = row.server.iter().any(|rule| rule.reply == Reply::Fails(Failure::Hang))
        || row.call.permission == Some(Permission::Prompt);
    json!({
        "url": url,
        "init": row.init(),
        "using": row.call.using.name(),
        "upload-listener": row.call.upload_listener,
        "streams": row.call.body == Some(Body::Stream),
        "signal": row.call.signal.map(Signal::name),
        "before": row.call.before.map(|Before::NoCors| "no-cors"),
        "first": !row.first.is_empty(),
        "patience": may_hang.then_some(PATIENCE),
        "options": if may_hang { json!({ "timeout": PATIENCE }) } else { json!({}) },
    })
}

/// Each step has a URL of its own, for preflights are cached by URL; its token must never be reported.
fn call_url(lab: &Lab, row: &Scenario, step: &str) -> String {
    let url = lab.call_url(row);
    if !url.starts_with("http") {
        return url;
    }
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}token=marked-secret-query&run={step}")
}

fn name<S: Serializer>(engine: &Engine, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(engine.name())
}
