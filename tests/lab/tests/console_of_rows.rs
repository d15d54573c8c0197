//! What the consoles of real engines say of each row, read: the row's cause is in it, and none that its exchanges exclude.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

use std::collections::{BTreeMap, BTreeSet};

use lab::Scenario;
use whycors::explain::{About, Finding, Verdict, explain};
use whycors::request::Engine;

type Lines = BTreeMap<String, Vec<String>>;

fn table<T: serde::de::DeserializeOwned>(name: &str) -> BTreeMap<String, T> {
    let path = format!("{}/../{name}", env!("CARGO_MANIFEST_DIR"));
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Origins that look like those of the lab.
fn filled(line: &str) -> String {
    let mut line = line.to_string();
    for (name, origin) in [
        ("{page}", "http://localhost:3000"),
        ("{page_https}", "https://localhost:3443"),
        ("{page_public}", "http://whycors.trycloudflare.com:3080"),
        ("{api}", "http://localhost:4000"),
        ("{api_https}", "https://localhost:4443"),
        ("{api_h2}", "https://localhost:4444"),
        ("{other}", "http://localhost:5000"),
        ("{closed}", "http://localhost:9"),
        ("{127.0.0.1}", "http://127.0.0.1:4000"),
        ("{api_address}", "127.0.0.1:4000"),
        ("{user@other}", "http://user:pass@localhost:5000"),
        ("{file}", "file:///tmp/page.html"),
    ] {
        line = line.replace(name, origin);
    }
    line
}

/// Rows whose console names no cause, or another one than there is: `(row or cause, engine, why)`; no engine means all.
const NAMELESS: &[(&str, &str, &str)] = &[
    ("redirect-target-without-cors", "firefox", "its line names the target's URL alone, as if that had been called"),
    ("same-origin-redirected-away", "webkit", "the origin is the page's own, and no line tells of the redirect"),
    ("get-redirect-to-unauthorized", "webkit", "the origin is the page's own, and no line tells of the redirect"),
    ("put-redirect-target-preflight", "webkit", "its line is of a preflight, and does not tell whose"),
    ("put-redirect-same-origin-preflight", "webkit", "its line is of a preflight, and does not tell whose"),
    ("redirect-mode-error", "chromium", "only net::ERR_FAILED, with the redirect's status"),
    ("redirect-mode-error", "firefox", "only that fetch failed"),
    ("same-origin-mode", "webkit", "only that access control checks failed"),
    ("bad-port", "firefox", "only that fetch failed"),
    ("get-websocket", "firefox", "only that fetch failed"),
    ("intermittent", "", "no line tells that the next call passes"),
    ("stale-cached-response", "", "the line says what the cached copy lacks, and not that it is one"),
    ("service-worker", "chromium", "only net::ERR_FAILED; the rest is in the console of the worker"),
    ("worker-passes-no-cors-headers", "chromium", "only net::ERR_FAILED; the rest is in the console of the worker"),
    ("worker-passes-no-cors-headers", "webkit", "only that the worker's own fetch failed"),
    ("worker-passes-refused", "chromium", "only net::ERR_FAILED; the rest is in the console of the worker"),
    ("worker-passes-refused", "webkit", "only that the worker's own fetch failed"),
    ("xhr-timed-out-hang", "", "nobody prints that an XMLHttpRequest timed out"),
    ("event-source-wrong-type", "firefox", "only that no connection came"),
    ("cors-image-no-picture", "", "nobody prints that a picture is none"),
    ("cors-image-not-found", "", "a status, as of any call that passes"),
    ("orb", "chromium", "blocks a picture without a word"),
];

/// The entry that lets this console name another cause than the row's, or none.
fn nameless(row: &Scenario, cause: &str, engine: Engine) -> Option<usize> {
    NAMELESS.iter().position(|(named, known, _)| {
        (*named == row.id || *named == cause) && (*known == engine.name() || known.is_empty())
    })
}

#[test]
fn the_lines_of_each_engine_name_the_rows_cause_and_none_that_its_exchanges_exclude() {
    let consoles: BTreeMap<String, Lines> = table("console-of-rows.toml");
    let mistakes: BTreeMap<String, Vec<String>> = table("mistakes-of-rows.toml");
    let mut wrong = Vec::new();
    let mut read = 0;
    let mut used = BTreeSet::new();
    for row in lab::scenarios().unwrap() {
        for engine in [Engine::Chromium, Engine::Firefox, Engine::WebKit] {
            let Some(lines) = consoles.get(&row.id).and_then(|lines| lines.get(engine.name())) else { continue };
            let text: Vec<String> = lines.iter().map(|line| filled(line)).collect();
            let text = text.join("\n");
            let explanation = explain(&text, &About::default());
            let said: Vec<&str> = explanation.findings.iter().map(|finding| finding.code).collect();
            let cause = row.cause(engine);
            let is_among = |code: &&str| {
                Some(*code) == cause || mistakes[&row.id].iter().any(|mistake| mistake.split(' ').next() == Some(code))
            };
            let is_said = cause.is_some_and(|cause| said.contains(&cause));
            let entry = cause.and_then(|cause| nameless(&row, cause, engine)).filter(|_| !is_said);
            used.extend(entry);
            if let Some(cause) = cause.filter(|_| entry.is_none() && !is_said) {
                wrong.push(format!("{} {}: the cause is {cause}, said {said:?}\n{text}\n", row.id, engine.name()));
            }
            // What a line leaves open, it does not claim; of a redirect's target it says besides what is wrong there.
            let is_of_target = |finding: &&Finding| finding.is_further && cause == Some("redirect-target-without-cors");
            let claimed = explanation.findings.iter().filter(|finding| !is_of_target(finding));
            let excluded: Vec<&str> = claimed.map(|finding| finding.code).filter(|code| !is_among(code)).collect();
            if !excluded.is_empty() && entry.is_none() && (explanation.verdict == Verdict::Exact || cause.is_none()) {
                wrong.push(format!(
                    "{} {}: {excluded:?} are excluded, the cause is {cause:?}\n{text}\n",
                    row.id,
                    engine.name()
                ));
            }
            read += usize::from(!said.is_empty());
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    let unused: Vec<_> = NAMELESS.iter().enumerate().filter(|(entry, _)| !used.contains(entry)).collect();
    assert!(unused.is_empty(), "these are named by now: {unused:?}");
    assert!(read > 250, "only {read} of them say something");
}
