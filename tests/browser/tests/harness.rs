//! The harness itself, in each engine, with a stand-in for whycors: what it plays, hears, logs and judges.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

mod runs;

use browser::{Engine, Run, accuracy, judge, judge_soundly, run_rows, run_rows_under};
use lab::Page;

const ROWS: &str = r#"
[[row]]
id = "bare"
title = "200 without headers, called with a secret"
call = { headers = { Authorization = "marked-secret" } }
server = [
  { when = { preflight = true }, status = 204, headers = ["Access-Control-Allow-Origin: *", "Access-Control-Allow-Headers: authorization"] },
  { status = 200 },
]
cause = "missing-allow-origin"
remains = ["missing-allow-origin"]
sees = { call = "failed", opaque = "opaque", other = "not-asked" }
sees-firefox = { call = "failed-late" }

[[row]]
id = "refused"
title = "Nothing listens; the table is wrong on purpose"
server = [{ fails = "refused" }]
cause = "corp"
sees = { call = "failed", opaque = "opaque" }
sees-firefox = { call = "failed-early" }

[[row]]
id = "blocked"
title = "Stopped by an extension"
only = ["chromium", "firefox"]
why = "WebKitGTK has no extensions"
server = [{ fails = "blocked" }]
cause = "blocked-by-client"

[[row]]
id = "healthy"
title = "Passes"
call = { page = "https", api = "https" }
server = [{ status = 200, headers = ["Access-Control-Allow-Origin: {page}"] }]

[[row]]
id = "policy"
title = "The page's own policy"
call = { page = "csp" }
server = [{ status = 200 }]
cause = "missing-allow-origin"
"#;

#[tokio::test]
async fn in_chromium() {
    rows_are_played_and_the_judge_finds_what_is_wrong(Engine::Chromium).await;
}

#[tokio::test]
async fn in_firefox() {
    rows_are_played_and_the_judge_finds_what_is_wrong(Engine::Firefox).await;
}

#[tokio::test]
async fn in_webkit() {
    rows_are_played_and_the_judge_finds_what_is_wrong(Engine::WebKit).await;
}

async fn rows_are_played_and_the_judge_finds_what_is_wrong(engine: Engine) {
    let (lab, scenarios) = runs::lab(ROWS).await;
    let runs = run_rows(&lab, &[engine], |_| true).await.unwrap();
    let ids: Vec<&str> = runs.iter().map(|run| run.scenario.as_str()).collect();
    match engine {
        Engine::WebKit => assert_eq!(ids, ["bare", "refused", "policy", "healthy"]),
        _ => assert_eq!(ids, ["bare", "refused", "blocked", "policy", "healthy"]),
    }
    for run in &runs {
        assert_eq!(run.problem, None);
        match run.scenario.as_str() {
            "bare" => bare(run),
            "refused" => refused(run),
            "blocked" => blocked(run),
            "healthy" => assert_eq!(run.rejection.kind, "resolved", "{run:#?}"),
            _ => assert!(run.log.is_empty(), "the policy lets nothing out: {run:#?}"),
        }
    }
    let name = engine.name();
    let failures: Vec<String> = judge(&runs, &scenarios).iter().map(ToString::to_string).collect();
    let settled = "the Diagnosis settled on connection-refused (settled); the table says corp";
    assert!(failures.contains(&format!("refused in {name}: {settled}")), "{failures:#?}");
    assert!(failures.contains(&format!("refused in {name}: probe opaque saw failed, the table says opaque")));
    assert!(!failures.iter().any(|failure| failure.contains("probe call")), "{failures:#?}");
    let innocent = format!("bare in {name}");
    assert!(!failures.iter().any(|failure| failure.starts_with(&innocent)), "{failures:#?}");
    let figures = accuracy(&runs, &scenarios);
    assert_eq!((figures.len(), figures[0].contained, figures[0].rows), (1, 1, runs.len() - 1), "{figures:#?}");
    assert_eq!(figures[0].settled_wrong, runs.len() - 2, "{figures:#?}");

    // From another page the same two rows: what probes saw there is not held against the table, a wrong verdict is.
    let runs = run_rows_under(&lab, &[engine], Page::Strict, |row| row.id != "blocked").await.unwrap();
    let ids: Vec<&str> = runs.iter().map(|run| run.scenario.as_str()).collect();
    assert_eq!(ids, ["bare", "refused"]);
    bare(&runs[0]);
    let failures: Vec<String> = judge_soundly(&runs, &scenarios).iter().map(ToString::to_string).collect();
    assert!(failures.contains(&format!("refused in {name}: {settled}")), "{failures:#?}");
    assert!(!failures.iter().any(|failure| failure.contains("probe opaque") || failure.starts_with("bare")));
}

fn bare(run: &Run) {
    assert_eq!(run.problem, None);
    assert_eq!(run.rejection.kind, "type-error");
    assert!(run.by_callback && run.by_error == Some(true));
    assert_eq!(run.observed["opaque"], "opaque");
    assert_eq!(run.observed["other"], "not-asked");
    let marked = |run: &Run| {
        run.log.iter().filter(|one| one.header("referer").is_some_and(|from| from.ends_with("?app"))).count()
    };
    assert_eq!((marked(run), run.log.len()), (2, 3), "a preflight and a call of its own, and a probe: {:#?}", run.log);
    assert_eq!(run.direct_log.len(), 1);
    if run.engine == Engine::Chromium {
        assert_eq!(run.truth.cors_error.as_deref(), Some("MissingAllowOriginHeader"));
    }
}

fn blocked(run: &Run) {
    assert!(run.log.is_empty(), "{run:#?}");
    assert_eq!(run.observed["call"], if run.engine == Engine::Firefox { "failed-early" } else { "failed" });
    if run.engine == Engine::Chromium {
        assert_eq!(run.truth.net_error.as_deref(), Some("net::ERR_BLOCKED_BY_CLIENT"), "{run:#?}");
    }
}

fn refused(run: &Run) {
    assert!(run.log.is_empty());
    if run.engine == Engine::Chromium {
        assert_eq!(run.truth.net_error.as_deref(), Some("net::ERR_CONNECTION_REFUSED"));
    }
}
