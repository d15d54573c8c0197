//! The harness itself, in every engine, with a stand-in for whycors: what it plays, hears, logs and judges.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

use browser::{ENGINES, Engine, Run, accuracy, judge, run_rows};
use lab::{Config, Lab, Scenario};

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

async fn runs() -> (Vec<Run>, Vec<Scenario>) {
    let scenarios = lab::parse(ROWS).unwrap();
    let stub = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stub").into();
    let config = Config { scenarios: scenarios.clone(), folders: vec![("/pkg".to_string(), stub)], page_port: None };
    let lab = Lab::start(config).await.unwrap();
    (run_rows(&lab, &ENGINES, |_| true).await.unwrap(), scenarios)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_engine_plays_rows_and_the_judge_finds_what_is_wrong() {
    let (runs, scenarios) = runs().await;
    for engine in ENGINES {
        let of_engine: Vec<&Run> = runs.iter().filter(|run| run.engine == engine).collect();
        assert_eq!(of_engine.len(), 4, "{}", engine.name());
        for run in of_engine {
            match run.scenario.as_str() {
                "bare" => bare(run),
                "refused" => refused(run),
                "healthy" => assert_eq!(run.rejection.kind, "resolved", "{run:#?}"),
                _ => assert!(run.log.is_empty(), "the policy lets nothing out: {run:#?}"),
            }
        }
    }
    let failures: Vec<String> = judge(&runs, &scenarios).iter().map(ToString::to_string).collect();
    for engine in ENGINES {
        let name = engine.name();
        let settled =
            format!("refused in {name}: the Diagnosis settled on connection-refused (settled); the table says corp");
        assert!(failures.contains(&settled), "{failures:#?}");
        assert!(failures.contains(&format!("refused in {name}: probe opaque saw failed, the table says opaque")));
        assert!(!failures.iter().any(|failure| failure.contains("probe call")), "{failures:#?}");
        assert!(!failures.iter().any(|failure| failure.starts_with(&format!("bare in {name}"))), "{failures:#?}");
    }
    let figures = accuracy(&runs, &scenarios);
    assert_eq!(figures.len(), 3);
    assert!(figures.iter().all(|line| (line.rows, line.contained, line.settled_wrong) == (3, 1, 2)), "{figures:#?}");
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

fn refused(run: &Run) {
    assert!(run.log.is_empty());
    if run.engine == Engine::Chromium {
        assert_eq!(run.truth.net_error.as_deref(), Some("net::ERR_CONNECTION_REFUSED"));
    }
}
