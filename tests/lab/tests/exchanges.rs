//! Every row's exchanges, as `curl` prints them and as a HAR holds them: the row's cause, and every other mistake of that server.
//!
//! The other mistakes are written down in `tests/mistakes-of-rows.toml`, which was read row by row. `WHYCORS_BLESS=1` writes what is
//! found now: read that diff.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

mod curl;

use std::collections::BTreeMap;

use curl::Step;
use lab::{Config, Lab, Scenario, Using};
use whycors::explain::{About, Explainer, Explanation};
use whycors::request::{Engine, Mode};

const MISTAKES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../mistakes-of-rows.toml");

const HEAD: &str = "\
# What the exchanges of each row of scenarios.toml show: its cause first, then every other mistake of that server. Rows without any\n\
# are those that pass, and those whose cause lies in the page, in the browser or in the past, which no answer shows.\n\n";

/// Why the exchanges of a row need not show its cause.
const UNSEEN: [(&str, &str); 15] = [
    ("csp-connect-src", "the page's policy"),
    ("coep", "the page's policy"),
    ("service-worker", "the page's worker"),
    ("local-network-access", "the browser"),
    ("blocked-by-client", "the browser"),
    ("orb", "the browser looks at the body"),
    ("offline", "the machine, which is online while the exchanges are made"),
    ("aborted", "the caller"),
    ("timed-out", "the caller"),
    ("integrity-mismatch", "the caller's digest and the body"),
    ("intermittent", "what passes now"),
    ("stale-cached-response", "a copy of the past"),
    ("invalid-request get-with-body", "the body of the call, which no exchange has"),
    ("preflight-status put-intermittent", "what passes now"),
    ("connection-refused get-bad-port", "curl knows no bad ports"),
];

async fn lab() -> Lab {
    Lab::start(Config { scenarios: lab::scenarios().unwrap(), ..Config::default() }).await.unwrap()
}

/// What the page knows of the row's call.
fn about(lab: &Lab, row: &Scenario) -> About {
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
        engine: Some(Engine::Chromium),
        diagnosed: None,
    }
}

fn explain(text: &str, about: About) -> Explanation {
    let mut explainer = Explainer::new(about);
    explainer.feed(text.as_bytes());
    explainer.finish()
}

fn text(steps: &[Step]) -> String {
    steps.iter().map(|step| format!("$ {}\n{}\n", step.command, step.output)).collect()
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
async fn the_exchanges_of_every_row_show_its_cause_and_every_other_mistake() {
    let lab = lab().await;
    let recorded: BTreeMap<String, Vec<String>> =
        toml::from_str(&std::fs::read_to_string(MISTAKES).unwrap_or_default()).unwrap();
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in lab.scenarios() {
        let steps = curl::play(&lab, row);
        let of_curl = explain(&text(&steps), about(&lab, row));
        let mistakes = codes(&of_curl);
        let of_har = codes(&explain(&curl::har(&steps), about(&lab, row)));
        // A browser that has an answer was not kept from asking; and where it had none, it says why.
        if of_har != mistakes && steps.iter().all(|step| step.url.starts_with("http") && step.status().is_some()) {
            wrong.push(format!("{}: curl {mistakes:?}, HAR {of_har:?}", row.id));
        }
        // Whoever pastes leaves the command out: what is asked about is known, and which answer is the preflight's shows.
        let bare: String = steps.iter().map(|step| format!("{}\n", step.output)).collect();
        let of_bare = codes(&explain(&bare, about(&lab, row)));
        // Which request a redirect answered, does not.
        let is_told =
            steps.len() < 3 && !(steps.len() == 2 && steps[0].status().is_some_and(|status| status / 100 == 3));
        if of_bare != mistakes && is_told && steps.iter().all(|step| step.status().is_some()) {
            wrong.push(format!("{}: with commands {mistakes:?}, without {of_bare:?}", row.id));
        }
        let phase = row.phase.as_ref().map(|phase| format!(" {phase}")).unwrap_or_default();
        let cause = row.cause(Engine::Chromium).map(|code| format!("{code}{phase}"));
        let is_seen = |cause: &String| {
            let of_row = format!("{cause} {}", row.id);
            !UNSEEN.iter().any(|(unseen, _)| unseen == cause || *unseen == of_row)
        };
        if let Some(cause) = cause.filter(is_seen).filter(|cause| mistakes.first() != Some(cause)) {
            wrong.push(format!("{}: the cause is {cause}, found {mistakes:?}", row.id));
        }
        if row.cause(Engine::Chromium).is_none() && !mistakes.is_empty() {
            wrong.push(format!("{}: passes, found {mistakes:?}", row.id));
        }
        found.insert(row.id.clone(), mistakes);
    }
    if std::env::var_os("WHYCORS_BLESS").is_some() {
        let lines: String = found.iter().map(|(id, codes)| format!("{id} = {codes:?}\n")).collect();
        std::fs::write(MISTAKES, format!("{HEAD}{lines}")).unwrap();
    } else if found != recorded {
        for (id, codes) in &found {
            if recorded.get(id) != Some(codes) {
                wrong.push(format!("{id}: found {codes:?}, recorded {:?}", recorded.get(id)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lines_of_the_fix_leave_nothing_to_mend() {
    let lab = lab().await;
    let mut mended = 0;
    for row in lab.scenarios() {
        let mut steps = curl::play(&lab, row);
        let explanation = explain(&text(&steps), about(&lab, row));
        let Some(fix) = explanation.fix.filter(|fix| fix.place == "server" && !fix.response.0.is_empty()) else {
            continue;
        };
        // The call alone: where a redirect leads, other servers answer.
        steps.truncate(1 + steps.iter().take_while(|step| step.method == "OPTIONS").count());
        for step in &mut steps {
            let (status, lines) = if step.method == "OPTIONS" { (204, &fix.preflight) } else { (200, &fix.response) };
            let lines: String = lines.0.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
            let kind = if row.call.using == Using::EventSource { "text/event-stream" } else { "image/gif" };
            step.output = format!("HTTP/1.1 {status} OK\r\nContent-Type: {kind}\r\n{lines}\r\n");
        }
        let after = explain(&text(&steps), about(&lab, row));
        assert_eq!(codes(&after), Vec::<String>::new(), "{}: {}", row.id, text(&steps));
        mended += 1;
    }
    assert!(mended > 50, "only {mended} rows have lines to mend them");
}
