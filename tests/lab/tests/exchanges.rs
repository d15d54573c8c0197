//! Every row's exchanges, as `curl` prints them and as a HAR holds them, against the row's cause.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

mod curl;

use lab::{Config, Lab, Scenario, Using};
use whycors::explain::{About, Explainer, Explanation};
use whycors::request::{Engine, Mode};

/// What the page knows of the row's call.
fn about(lab: &Lab, row: &Scenario, engine: Engine) -> About {
    let request = row.request(lab.origins());
    About {
        url: Some(lab.call_url(row)),
        origin: Some(request.origin.as_str().to_string()),
        method: Some(request.method.clone()),
        unsafe_headers: Some(request.unsafe_headers.clone()),
        forces_preflight: request.forces_preflight.is_some(),
        credentials: Some(request.credentials),
        mode: Some(if row.call.using == Using::Image { Mode::NoCors } else { request.mode }),
        redirect: request.redirect,
        api: request.api,
        engine: Some(engine),
        diagnosed: None,
    }
}

fn explain(text: &str, about: About) -> Explanation {
    let mut explainer = Explainer::new(about);
    explainer.feed(text.as_bytes());
    explainer.finish()
}

fn codes(explanation: &Explanation) -> Vec<String> {
    let mut codes = Vec::new();
    for finding in &explanation.findings {
        let phase = finding.phase.map(|phase| format!(" {}", phase.name())).unwrap_or_default();
        codes.push(format!("{}{phase}", finding.code));
    }
    codes.dedup();
    codes
}

#[tokio::test(flavor = "multi_thread")]
async fn show() {
    let lab = Lab::start(Config { scenarios: lab::scenarios().unwrap(), ..Config::default() }).await.unwrap();
    for row in lab.scenarios() {
        let steps = curl::play(&lab, row);
        let text: String = steps.iter().map(|step| format!("$ {}\n{}\n", step.command, step.output)).collect();
        let by_curl = explain(&text, about(&lab, row, Engine::Chromium));
        let by_har = explain(&curl::har(&steps), about(&lab, row, Engine::Chromium));
        if std::env::var("ROW").is_ok_and(|id| id == row.id) {
            println!("{text}\n{}", by_curl.report);
        }
        if codes(&by_curl) != codes(&by_har) {
            println!("{} curl {:?}", row.id, codes(&by_curl));
        }
        let explanation = by_har;
        println!(
            "{} | {} {} | {:?}",
            row.id,
            row.cause(Engine::Chromium).unwrap_or("-"),
            row.phase.as_deref().unwrap_or(""),
            codes(&explanation)
        );
    }
}
