//! The calls whose diagnosis is weighed: one of each kind that pages make.

use std::sync::LazyLock;

use whycors::gate::CallOutcome;
use whycors::probe::Outcome;
use whycors::request::{Credentials, Engine, Mode, PreflightReason, Redirect, Request};

/// A kind of call.
pub struct Shape {
    pub name: &'static str,
    pub request: Request,
    told: Told,
}

/// How the page learns that something is wrong.
#[derive(Clone, Copy)]
enum Told {
    /// The call fails, or our own time limit passes.
    Failed,
    /// The caller's time limit passes.
    TimedOut,
    /// `diagnose` is asked about a call that it must not send.
    NotSent,
}

impl Shape {
    /// What a page can see of such a call.
    pub fn calls(&self, engine: Engine) -> Vec<CallOutcome> {
        let outcomes: &[Outcome] = match (self.told, engine) {
            (Told::TimedOut, _) => return vec![CallOutcome::TimedOut],
            (Told::NotSent, _) => return vec![CallOutcome::NotSent],
            (Told::Failed, Engine::Firefox) => &[Outcome::FailedEarly, Outcome::FailedLate, Outcome::TimedOut],
            (Told::Failed, _) => &[Outcome::Failed, Outcome::TimedOut],
        };
        outcomes.iter().map(|outcome| CallOutcome::Failed(*outcome)).collect()
    }
}

/// Every kind.
pub fn all() -> &'static [Shape] {
    static ALL: LazyLock<Vec<Shape>> = LazyLock::new(make);
    &ALL
}

const PAGE: &str = "http://localhost:5173";
const HTTP: &str = "http://localhost:3000";
const HTTPS: &str = "https://api.example.com";

const NONE: &[(&str, &str)] = &[];
const ONE: &[(&str, &str)] = &[("x-client", "1")];
const TWO: &[(&str, &str)] = &[("authorization", "Bearer 1"), ("x-client", "1")];
const THREE: &[(&str, &str)] = &[("authorization", "Bearer 1"), ("x-client", "1"), ("x-trace", "1")];
const TEXT: &[(&str, &str)] = &[("content-type", "text/plain")];
const JSON: &[(&str, &str)] = &[("content-type", "application/json")];
const JSON_AND_ONE: &[(&str, &str)] = &[("content-type", "application/json"), ("x-client", "1")];

fn make() -> Vec<Shape> {
    let call = |target, method: &str, headers: &[(&str, &str)]| {
        let mut request = Request::new(PAGE, target, &format!("{target}/items"));
        request.method = method.to_string();
        let headers: Vec<_> = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        request.with_headers(&headers)
    };
    let with = |request: Request| Request { credentials: Credentials::Include, ..request };
    let shape = |name, request| Shape { name, request, told: Told::Failed };
    let get = || call(HTTP, "GET", NONE);
    vec![
        shape("GET", get()),
        shape("GET to https", call(HTTPS, "GET", NONE)),
        shape("GET, 1 header", call(HTTP, "GET", ONE)),
        shape("GET to https, 1 header", call(HTTPS, "GET", ONE)),
        shape("GET, 2 headers", call(HTTP, "GET", TWO)),
        shape("GET, credentials", with(get())),
        shape("GET to https, credentials", with(call(HTTPS, "GET", NONE))),
        shape("GET, 1 header, credentials", with(call(HTTP, "GET", ONE))),
        shape("GET, 2 headers, credentials", with(call(HTTP, "GET", TWO))),
        shape("GET, 3 headers, credentials", with(call(HTTP, "GET", THREE))),
        shape("GET, upload listener", Request { forces_preflight: Some(PreflightReason::UploadListener), ..get() }),
        shape("GET, redirect: 'error'", Request { redirect: Redirect::Error, ..get() }),
        shape("GET, mode: 'no-cors'", Request { mode: Mode::NoCors, ..get() }),
        shape("GET to the page's own origin", call(PAGE, "GET", NONE)),
        shape("HEAD", call(HTTP, "HEAD", NONE)),
        shape("POST text", call(HTTP, "POST", TEXT)),
        shape("POST text, credentials", with(call(HTTP, "POST", TEXT))),
        shape("POST json", call(HTTP, "POST", JSON)),
        shape("POST json to https", call(HTTPS, "POST", JSON)),
        shape(
            "POST stream",
            Request { forces_preflight: Some(PreflightReason::StreamBody), ..call(HTTP, "POST", NONE) },
        ),
        shape("PUT json, 1 more", call(HTTP, "PUT", JSON_AND_ONE)),
        shape("PUT json, 1 more, credentials", with(call(HTTP, "PUT", JSON_AND_ONE))),
        shape("PUT json to https, 1 more, credentials", with(call(HTTPS, "PUT", JSON_AND_ONE))),
        shape("DELETE", call(HTTP, "DELETE", NONE)),
        shape("patch", call(HTTP, "patch", JSON)),
        Shape { told: Told::TimedOut, ..shape("GET, given up by the caller", get()) },
        Shape { told: Told::NotSent, ..shape("PUT json, 1 more, not sent", call(HTTP, "PUT", JSON_AND_ONE)) },
    ]
}
