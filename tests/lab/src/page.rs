//! The page origin: static files, the page that tests run in, and the lab's own endpoints.

use std::path::{Component, Path};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::State;
use crate::call::Page;
use crate::http::{Answer, Message};
use crate::origins::{Origins, Site};

const PAGE: &str = "<!doctype html>
<meta charset=\"utf-8\">
<title>whycors lab</title>
<link rel=\"icon\" href=\"data:,\">
<script src=\"/pkg/dist/whycors.global.js\"></script>
";

/// Where that page has its script from.
const SCRIPTS: &str = "/pkg/dist/";
const SCRIPT: &str = "whycors.global.js";

/// Where rows call that have an address of their own.
const ELSEWHERE: &str = "http://whycors-lab.invalid http://localhost:6000 ws://localhost:3000 ftp://localhost file:";

/// As a tracing library does it.
const WRAPPER: &str = "<script>
const native = fetch;
fetch = (input, init) => native(input, init);
</script>
";

/// Whycors is there before any other script; what it says is not looked at.
const INSTALLED: &str = "<script>whycors.install({ report: 'silent' })</script>
";

/// The page is ready when its worker has taken it over.
const WORKED_PAGE: &str = "<script>
ready = new Promise(resolve => {
  if (navigator.serviceWorker.controller) return resolve();
  navigator.serviceWorker.addEventListener('controllerchange', () => resolve());
  navigator.serviceWorker.register('worker.js');
});
</script>
";

const WORKER: &str = "addEventListener('install', () => skipWaiting());
addEventListener('activate', event => event.waitUntil(clients.claim()));
const answer = { ANSWER };
addEventListener('fetch', event => {
  if (new URL(event.request.url).pathname.startsWith('/s/')) event.respondWith(answer(event.request));
});
";

/// What workers answer, by the folder of their page.
const ERROR: (&str, &str) = ("/lab/worker-error/", "request => Response.error()");
const OPAQUE: (&str, &str) = (
    "/lab/worker-opaque/",
    "({ url, referrer }) => fetch(url, { mode: 'no-cors', credentials: 'omit', cache: 'no-store', referrer, referrerPolicy: 'unsafe-url' })",
);

const PASSES: (&str, &str) = ("/lab/worker-passes/", "request => fetch(request)");

/// The URL of the page that a row's call is made from; of a file, where the lab would serve it.
pub fn url(page: Page, origins: &Origins) -> String {
    match page {
        Page::Http | Page::File => format!("{}/lab/page", origins.page),
        Page::Https => format!("{}/lab/page", origins.page_https),
        Page::Csp => format!("{}/lab/page?csp=strict", origins.page),
        Page::Coep => format!("{}/lab/page?coep=require-corp", origins.page),
        Page::Wrapped => format!("{}/lab/page?wrapped", origins.page),
        Page::Sandboxed => format!("{}/lab/page?sandboxed", origins.page),
        Page::Worker => format!("{}{}page", origins.page, ERROR.0),
        Page::WorkerOpaque => format!("{}{}page", origins.page, OPAQUE.0),
        Page::WorkerPasses => format!("{}{}page", origins.page, PASSES.0),
        Page::Public => format!("{}/lab/page", origins.page_public),
        Page::Strict => format!("{}/lab/page?strict", origins.page),
    }
}

/// Writes the page to a folder of its own, with the script beside it: `page.html`.
pub fn write(state: &State) -> std::io::Result<TempDir> {
    let folder = tempfile::tempdir()?;
    let path = |name| folder.path().join(name);
    if let Some(script) = file(&format!("{SCRIPTS}{SCRIPT}"), state) {
        std::fs::write(path(SCRIPT), script.body)?;
    }
    std::fs::write(path("page.html"), PAGE.replace(SCRIPTS, ""))?;
    Ok(folder)
}

/// Answers what is no row.
pub fn answer(message: &Message, site: Site, state: &State) -> Answer {
    if !matches!(site, Site::Page | Site::PageHttps | Site::PagePublic) {
        return not_found();
    }
    match message.path.as_str() {
        "/lab/page" => page(&message.query, &state.origins),
        "/lab/scenarios.json" => json_answer(&scenarios(state)),
        "/lab/origins.json" => json_answer(&json!(state.origins)),
        "/lab/log" => json_answer(&json!(state.log.of(parameter(&message.query, "id").unwrap_or_default()))),
        "/lab/cookie" => with("text/plain", b"a cookie".to_vec(), &[cookie()]),
        path => worked(path).or_else(|| file(path, state)).unwrap_or_else(not_found),
    }
}

fn page(query: &str, origins: &Origins) -> Answer {
    let strict = strict(origins);
    let mut headers = vec![cookie()];
    if parameter(query, "csp") == Some("strict") {
        headers.push(("Content-Security-Policy", "connect-src 'self'"));
    }
    if parameter(query, "coep") == Some("require-corp") {
        headers.push(("Cross-Origin-Embedder-Policy", "require-corp"));
    }
    if query == "isolated" {
        headers.push(("Cross-Origin-Opener-Policy", "same-origin"));
        headers.push(("Cross-Origin-Embedder-Policy", "require-corp"));
    }
    if query == "sandboxed" {
        headers.push(("Content-Security-Policy", "sandbox allow-scripts"));
    }
    if query == "strict" {
        headers.push(("Content-Security-Policy", &strict));
    }
    let script = [SCRIPTS, SCRIPT].concat();
    let text = match query {
        "wrapped" => [WRAPPER, PAGE].concat(),
        "installed" => [PAGE, INSTALLED].concat(),
        "bare" => PAGE.replace(&script, "data:text/javascript,"),
        // Another script in the place of whycors.
        _ => PAGE.replace(&script, parameter(query, "script").unwrap_or(&script)),
    };
    with("text/html; charset=utf-8", text.into_bytes(), &headers)
}

/// What an application needs that keeps everything out but its own scripts and the APIs it calls. The harness puts its
/// scripts into the page, with this nonce.
fn strict(origins: &Origins) -> String {
    let Origins { api, api_https, api_h2, other, closed, .. } = origins;
    let by_address = api.replace("localhost", "127.0.0.1");
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'nonce-lab'; \
         connect-src 'self' {api} {by_address} {api_https} {api_h2} {other} {closed} {ELSEWHERE}; \
         style-src 'self'; base-uri 'none'; form-action 'none'"
    )
}

/// A page under a service worker, and the worker, whose scope is the page's folder.
fn worked(path: &str) -> Option<Answer> {
    let of = |(folder, answer)| Some((path.strip_prefix(folder)?, answer));
    match [ERROR, OPAQUE, PASSES].into_iter().find_map(of)? {
        ("page", _) => Some(with("text/html; charset=utf-8", [PAGE, WORKED_PAGE].concat().into_bytes(), &[cookie()])),
        ("worker.js", answer) => {
            Some(with("text/javascript; charset=utf-8", WORKER.replace("{ ANSWER }", answer).into_bytes(), &[]))
        }
        _ => None,
    }
}

/// Cookies know no ports, so the page's cookie travels to the API origins where credentials do.
fn cookie() -> (&'static str, &'static str) {
    ("Set-Cookie", "session=marked-secret-cookie; Path=/")
}

fn scenarios(state: &State) -> Value {
    let rows = state.order.iter().filter_map(|id| state.scenarios.get(id)).filter(|row| row.is_for_demo());
    rows.map(|row| {
        json!({
            "id": row.id,
            "title": row.title,
            "cause": row.cause,
            "phase": row.phase,
            "page": url(row.call.page, &state.origins),
            "url": row.call_url(&state.origins),
            "init": row.init(),
        })
    })
    .collect()
}

fn file(path: &str, state: &State) -> Option<Answer> {
    let (prefix, folder) = state.folders.iter().find(|(prefix, _)| {
        path.strip_prefix(prefix.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'))
    })?;
    let below = Path::new(path.strip_prefix(prefix.trim_end_matches('/'))?.trim_start_matches('/'));
    if below.components().any(|part| !matches!(part, Component::Normal(_))) {
        return None;
    }
    let mut found = folder.join(below);
    if found.is_dir() {
        found.push("index.html");
    }
    let body = std::fs::read(&found).ok()?;
    Some(with(media_type(&found), body, &[]))
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" | "md" | "ts" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

pub fn parameter<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query.split('&').filter_map(|pair| pair.split_once('=')).find(|(known, _)| *known == name).map(|(_, value)| value)
}

fn json_answer(value: &Value) -> Answer {
    with("application/json", value.to_string().into_bytes(), &[])
}

fn not_found() -> Answer {
    Answer { status: 404, headers: Vec::new(), body: b"not found".to_vec() }
}

fn with(media_type: &str, body: Vec<u8>, more: &[(&str, &str)]) -> Answer {
    let mut headers = vec![("Content-Type", media_type), ("Cache-Control", "no-store")];
    headers.extend_from_slice(more);
    let headers = headers.into_iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    Answer { status: 200, headers, body }
}
