//! What a row wants of the page, of the browser and of the call itself, in each engine, with a stand-in for whycors.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

mod runs;

use browser::{Engine, Run, judge, run_rows};

const ROWS: &str = r#"
[[row]]
id = "first"
title = "Only the first answer keeps others out"
call = { mode = "no-cors" }
first = [{ status = 200, headers = ["Cross-Origin-Resource-Policy: same-origin"] }]
server = [{ status = 200 }]
sees = { opaque = "opaque" }

[[row]]
id = "aborted"
title = "Aborted by its signal"
call = { signal = "aborted" }
server = [{ fails = "hang" }]
cause = "aborted"
verdict = "none"

[[row]]
id = "timeout"
title = "Too slow for its signal"
call = { signal = "timeout" }
server = [{ status = 200 }]
delay = 1000

[[row]]
id = "stale"
title = "Loaded before without CORS, and stored"
call = { before = "no-cors" }
server = [
  { when = { origin = "none" }, status = 200, headers = ["Cache-Control: max-age=600"] },
  { status = 200, headers = ["Cache-Control: max-age=600", "Access-Control-Allow-Origin: {origin}"] },
]

[[row]]
id = "worker"
title = "A service worker answers with an error"
call = { page = "worker" }
server = [{ status = 200 }]
sees = { opaque = "failed" }

[[row]]
id = "sandboxed"
title = "The page has no origin"
call = { page = "sandboxed" }
server = [{ status = 200, headers = ["Access-Control-Allow-Origin: null"] }]

[[row]]
id = "file"
title = "The page is a file"
call = { page = "file" }
server = [{ status = 200, headers = ["Access-Control-Allow-Origin: null"] }]

[[row]]
id = "h2"
title = "The API speaks HTTP/2 only"
call = { api = "h2" }
server = [{ status = 200, headers = ["Access-Control-Allow-Origin: {page}"] }]

[[row]]
id = "strict"
title = "The policy allows the call and the harness"
call = { page = "strict" }
server = [{ status = 200, headers = ["Access-Control-Allow-Origin: {page}"] }]

[[row]]
id = "strict-image"
title = "The policy allows no image"
call = { page = "strict", using = "image" }
server = [{ status = 200 }]
content = "image"
verdict = "none"

[[row]]
id = "denied"
title = "A public page must not call loopback"
call = { page = "public", permission = "denied" }
server = [{ status = 200, headers = ["Access-Control-Allow-Origin: *"] }]
only = ["chromium", "firefox"]
why = "WebKit knows no such permission"

[[row]]
id = "granted"
title = "A public page may call loopback"
call = { page = "public", permission = "granted" }
server = [{ status = 200, headers = ["Access-Control-Allow-Origin: *"] }]
only = ["chromium", "firefox"]
why = "WebKit knows no such permission"

[[row]]
id = "offline"
title = "No network"
call = { url = "http://whycors-lab.invalid/items" }
offline = true
only = ["chromium", "firefox"]
why = "WebKitGTK cannot be told to be offline"

[[row]]
id = "upload-listener"
title = "A listener on the upload"
call = { method = "POST", body = "text", using = "xhr", upload-listener = true }
server = [{ status = 200, headers = ["Access-Control-Allow-Origin: {origin}"] }]
verdict = "none"

[[row]]
id = "stream"
title = "A stream"
call = { method = "POST", body = "stream" }
server = [{ when = { preflight = true }, status = 204 }, { status = 200, headers = ["Access-Control-Allow-Origin: *"] }]
only = ["chromium"]
why = "the others send no streams"

[[row]]
id = "image"
title = "An image element, of which whycors must say nothing"
call = { using = "image" }
server = [{ status = 200 }]
content = "image"
verdict = "none"
"#;

#[tokio::test]
async fn in_chromium() {
    pages_and_browsers_are_as_the_rows_want_them(Engine::Chromium).await;
}

#[tokio::test]
async fn in_firefox() {
    pages_and_browsers_are_as_the_rows_want_them(Engine::Firefox).await;
}

#[tokio::test]
async fn in_webkit() {
    pages_and_browsers_are_as_the_rows_want_them(Engine::WebKit).await;
}

async fn pages_and_browsers_are_as_the_rows_want_them(engine: Engine) {
    let (lab, scenarios) = runs::lab(ROWS).await;
    let runs = run_rows(&lab, &[engine], |_| true).await.unwrap();
    assert_eq!(runs.len(), scenarios.iter().filter(|row| row.is_for(engine)).count());
    let wrong: Vec<String> = runs.iter().filter(|run| !is_as_wanted(run)).map(in_short).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let failures: Vec<String> = judge(&runs, &scenarios).iter().map(ToString::to_string).collect();
    let is_innocent = |failure: &&String| {
        ["aborted", "upload-listener", "image"].iter().any(|row| failure.starts_with(row)) || failure.contains(": 4: ")
    };
    assert_eq!(failures.iter().find(is_innocent), None);
}

fn is_as_wanted(run: &Run) -> bool {
    let call = run.observed.get("call").map_or("nothing", String::as_str);
    let is_late = call == "failed-late" || (call == "failed" && run.engine != Engine::Firefox);
    let is_early = call == "failed-early" || (call == "failed" && run.engine != Engine::Firefox);
    let has_preflight = || run.log.iter().any(|received| received.is_preflight());
    let has_origin = |origin: &str| run.log.iter().all(|received| received.header("origin") == Some(origin));
    if run.problem.is_some() {
        return false;
    }
    match run.scenario.as_str() {
        "first" => is_late && run.observed["opaque"] == "opaque",
        "aborted" => call == "aborted" && run.diagnosis.is_null() && run.log.len() == 1,
        "timeout" => call == "timed-out",
        "stale" => {
            if run.engine == Engine::WebKit {
                call == "readable"
            } else {
                is_late
            }
        }
        "worker" => is_early && run.log.is_empty() && run.observed["opaque"] == "failed",
        "denied" => is_early && run.log.is_empty(),
        "sandboxed" | "file" => call == "readable" && has_origin("null"),
        "h2" => call == "readable" && run.log[0].origin_kind == "api-h2",
        "granted" | "strict" => call == "readable" && run.log.len() == 1,
        "offline" => is_early && run.diagnosis["online"] == false,
        "strict-image" => run.rejection.kind == "error-event" && run.log.is_empty(),
        "upload-listener" => call == "failed" || has_preflight(),
        "stream" => is_late && has_preflight(),
        _ => call == "readable" && run.diagnosis.is_null() && run.direct.is_null(),
    }
}

fn in_short(run: &Run) -> String {
    let log: Vec<_> = run.log.iter().map(|it| (&it.method, it.header("origin"), &it.reply)).collect();
    format!("{}: {:?} {:?} {:?} {log:?} {}", run.scenario, run.problem, run.observed, run.rejection, run.diagnosis)
}
