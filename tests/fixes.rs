//! What mends a call, and the commands that show whether it is mended.

#![allow(clippy::expect_used, reason = "a test that cannot be set up has failed")]

use whycors::gate::{CallOutcome, Facts};
use whycors::probe::Outcome;
use whycors::request::{Credentials, Engine, Request};
use whycors::session::{self, Options};
use whycors::world::{Answer, Reply, Rule, World};

#[test]
fn the_fix_of_a_preflighted_call_is_complete() {
    let headers = [("Content-Type", "application/json"), ("Authorization", "Bearer marked-secret")];
    let mut call = call().with_headers(&headers.map(|(name, value)| (name.to_string(), value.to_string())));
    call.method = "PUT".to_string();
    call.credentials = Credentials::Include;
    let facts = Facts::new(Engine::WebKit, CallOutcome::Failed(Outcome::Failed));
    let diagnosis =
        session::play(&answers(Answer::new(404)), &call, facts, Options::default()).expect("the call fails");
    let lines = |headers: &whycors::diagnosis::HeaderLines| {
        headers.0.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>()
    };
    assert_eq!(
        lines(&diagnosis.fix.preflight),
        [
            "Access-Control-Allow-Origin: http://localhost:5173",
            "Access-Control-Allow-Methods: PUT",
            "Access-Control-Allow-Headers: authorization, content-type",
            "Access-Control-Allow-Credentials: true",
            "Vary: Origin"
        ]
    );
    assert_eq!(
        lines(&diagnosis.fix.response),
        [
            "Access-Control-Allow-Origin: http://localhost:5173",
            "Access-Control-Allow-Credentials: true",
            "Vary: Origin"
        ]
    );
    assert_eq!(
        diagnosis.fix.notes,
        [
            "With credentials, whatever runs on http://localhost:5173 acts as the user who is signed in: allow exact origins, never whatever Origin comes.",
            "http://localhost:5173 is every developer's machine: allow it in development only."
        ]
    );
    assert!(!diagnosis.report.contains("marked-secret"));
    assert_eq!(
        diagnosis.check[0].command,
        "curl -i -X OPTIONS http://localhost:3000/items -H 'Origin: http://localhost:5173' \
         -H 'Access-Control-Request-Method: PUT' -H 'Access-Control-Request-Headers: authorization,content-type'"
    );
    assert!(
        diagnosis.check.iter().any(|check| check.shell == "powershell" && check.command.starts_with("curl.exe -i"))
    );
}

#[test]
fn the_error_path_and_the_server_behind_a_cdn_are_checks_for_later() {
    let call = Request::new("http://app.example.com", "https://api.example.com", "https://api.example.com/v1/it's?a=b");
    let facts = Facts::new(Engine::Chromium, CallOutcome::Failed(Outcome::Failed));
    let diagnosis =
        session::play(&answers(Answer::new(200)), &call, facts, Options::default()).expect("the call fails");
    let later: Vec<(&str, &str)> = diagnosis
        .check
        .iter()
        .filter(|check| check.is_for_later)
        .map(|check| (check.shell, check.command.as_str()))
        .collect();
    assert_eq!(
        later,
        [
            ("posix", r"curl -i 'https://api.example.com/v1/it'\''s/no-such-page' -H 'Origin: http://app.example.com'"),
            (
                "powershell",
                "curl.exe -i 'https://api.example.com/v1/it''s/no-such-page' -H 'Origin: http://app.example.com'"
            ),
            (
                "posix",
                r"curl -i --resolve api.example.com:443:ADDRESS 'https://api.example.com/v1/it'\''s?a=b' -H 'Origin: http://app.example.com'"
            ),
            (
                "powershell",
                "curl.exe -i --resolve api.example.com:443:ADDRESS 'https://api.example.com/v1/it''s?a=b' -H 'Origin: http://app.example.com'"
            ),
        ]
    );
    assert!(diagnosis.check.len() > 4 && !diagnosis.report.contains("--resolve"), "{}", diagnosis.report);
    assert_eq!(
        diagnosis.fix.notes,
        [
            "http://app.example.com is not encrypted: anyone on the network path can serve a page as this origin. Allow its https origin instead."
        ]
    );
}

fn call() -> Request {
    Request::new("http://localhost:5173", "http://localhost:3000", "http://localhost:3000/items")
}

fn answers(answer: Answer) -> World {
    World { rules: vec![Rule::always(Reply::Answer(answer))], ..World::default() }
}
