//! What is made of a paste: warnings, a Diagnosis narrowed or contradicted, secrets masked, the report.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

mod joined;
mod judged;

use whycors::causes::Phase;
use whycors::explain::about::Diagnosed;
use whycors::explain::{About, Explainer, Explanation, Verdict, WARNINGS, json};
use whycors::request::{Api, Credentials, Engine};

const URL: &str = "https://api.example.com/items";
const PAGE: &str = "https://app.example.org";
const LINE: &str = "Access to fetch at 'https://api.example.com/items' from origin 'https://app.example.org' has been blocked by CORS policy: ";

fn explain(pasted: &str, about: &About) -> Explanation {
    let mut explainer = Explainer::new(about.clone());
    explainer.feed(pasted.as_bytes());
    explainer.finish()
}

fn get() -> About {
    About {
        url: Some(URL.into()),
        origin: Some(PAGE.into()),
        method: Some("GET".into()),
        unsafe_headers: Some(Vec::new()),
        engine: Some(Engine::Chromium),
        ..About::default()
    }
}

fn put() -> About {
    About { method: Some("PUT".into()), unsafe_headers: Some(vec!["x-one".into(), "x-two".into()]), ..get() }
}

fn diagnosed(verdict: &str, causes: &[(&str, Option<Phase>)]) -> About {
    let causes = causes.iter().map(|(code, phase)| (code.to_string(), *phase)).collect();
    let report = "whycors: GET https://api.example.com/items\nfrom https://app.example.org\n\nSaw\n  a probe\n\nSo\n  It is so.\n";
    About { diagnosed: Some(Diagnosed { verdict: verdict.into(), causes, report: report.into() }), ..get() }
}

fn codes(explanation: &Explanation) -> Vec<&'static str> {
    explanation.findings.iter().map(|finding| finding.code).collect()
}

fn warned(explanation: &Explanation) -> Vec<&'static str> {
    explanation.hints.iter().map(|hint| hint.code).collect()
}
