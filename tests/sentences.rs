//! The printed report, to the letter, and the promises that a session keeps without a browser.

#![allow(clippy::expect_used, reason = "a test that cannot be set up has failed")]

use whycors::diagnosis::Verdict;
use whycors::gate::{CallOutcome, Facts, Permission};
use whycors::probe::{self, Outcome, Send};
use whycors::request::{Credentials, Engine, Request};
use whycors::session::{self, Options, Session};
use whycors::world::{Answer, Reply, Rule, When, World};

#[test]
fn a_report_reads_like_this() {
    let world = answers(Answer::new(200));
    let mut facts = Facts::new(Engine::Chromium, CallOutcome::Failed(Outcome::Failed));
    facts.called_at = Some("load (http://localhost:5173/app.js:3:9)".to_string());
    let diagnosis = session::play(&world, &call(), facts, Options::default()).expect("the call fails");
    assert!(diagnosis.causes.len() > 4 && diagnosis.fix.steps.len() > 1, "{}", diagnosis.report);
    // New causes may join: their lines are theirs to word, how a report is laid out is not.
    let lines = |lines: Vec<String>| lines.join("\n");
    let rules_out = |id: &str| {
        let seen = diagnosis.saw.iter().find(|observation| observation.id == id).expect("it was asked");
        seen.ruled_out.join(", ")
    };
    let (by_manual, by_event_source) = (rules_out("manual"), rules_out("event-source"));
    let plain = diagnosis.causes.iter().filter(|cause| cause.detail.is_none());
    let remains = lines(plain.map(|cause| format!("  {}: {}", cause.code, cause.title)).collect());
    let steps = lines(diagnosis.fix.steps.iter().map(|step| format!("  - {step}")).collect());
    assert_eq!(
        diagnosis.report,
        format!(
            "\
whycors: GET http://localhost:3000/items
from http://localhost:5173, called at load (http://localhost:5173/app.js:3:9)

Saw
  GET as the page made it: failed, no reason given
  GET with CORS, without credentials, redirects not followed: failed, no reason given
    rules out {by_manual}
  opened an EventSource: gave up (readyState 2), as after an HTTP answer
    rules out {by_event_source}
  looked for a redirect to another origin, by a GET: there is none, an answer comes
  prefetch, without cookies: loaded, the status is no error
    speaks against error-response-without-cors
  (Later lines of the console about this URL may come from these probes.)

So
  The simplest explanation: http://localhost:3000 answers, but not so that http://localhost:5173 may read it.

Remains
{remains}
  Only if the server answers requests without Origin, or prefetches, differently.
    error-response-without-cors

Check
  The request itself:
    curl -i http://localhost:3000/items -H 'Origin: http://localhost:5173'
    look for: the status first: 4xx or 5xx is the real fault; then the Access-Control-Allow-* lines of the fix

Fix
  The response, error answers included:
    Access-Control-Allow-Origin: http://localhost:5173
    Vary: Origin
{steps}
  - http://localhost:5173 is every developer's machine: allow it in development only.
"
        )
    );
}

#[test]
fn probes_of_a_call_that_changes_things_are_plain_gets() {
    let names =
        ["Content-Type", "Authorization", "X-CSRF-Token", "Idempotency-Key", "X-HTTP-Method-Override", "X-Client"];
    let headers = names.map(|name| (name.to_string(), "application/json".to_string()));
    for method in ["POST", "PUT", "PATCH", "patch", "DELETE", "OPTIONS"] {
        let mut call = call().with_headers(&headers);
        call.method = method.to_string();
        call.credentials = Credentials::Include;
        for probe in probe::all(&call, Engine::Firefox, false) {
            let Send::Fetch { method, headers, credentials, caller_values, .. } = &probe.send else { continue };
            assert_eq!(*method, "GET", "{}", probe.id);
            assert_eq!(*credentials, Credentials::Omit, "{}", probe.id);
            assert!(!caller_values, "{}", probe.id);
            assert!(headers.iter().all(|name| ["content-type", "x-client"].contains(&name.as_str())), "{headers:?}");
        }
    }
}

#[test]
fn a_probe_with_the_callers_headers_never_follows_a_redirect() {
    let headers = [("Authorization".to_string(), "Bearer 1".to_string()), ("X-Client".to_string(), "1".to_string())];
    let mut call = call().with_headers(&headers);
    call.credentials = Credentials::Include;
    for probe in probe::all(&call, Engine::Firefox, false) {
        let Send::Fetch { headers, redirect, .. } = &probe.send else { continue };
        assert!(headers.is_empty() || *redirect == whycors::request::Redirect::Manual, "{}", probe.id);
    }
}

#[test]
fn at_most_one_credentialed_probe_and_none_after_an_error_answer() {
    let mut call = call();
    call.credentials = Credentials::Include;
    let credentialed = |first: Outcome| {
        let facts = Facts::new(Engine::Chromium, CallOutcome::Failed(Outcome::Failed));
        let mut session = Session::new(call.clone(), facts, Options::default());
        let (mut asked, mut after_error) = (0, 0);
        let mut seen_error = false;
        for _ in 0..9 {
            let round = session.round();
            asked += round.iter().filter(|probe| probe.is_credentialed()).count();
            after_error += round.iter().filter(|probe| seen_error && probe.is_credentialed()).count();
            seen_error |= !round.is_empty() && first == Outcome::ReadableError;
            round.iter().for_each(|probe| session.saw(&probe.id, first, 1));
        }
        (asked, after_error)
    };
    assert!(credentialed(Outcome::Readable).0 <= 1);
    assert_eq!(credentialed(Outcome::ReadableError).1, 0);
}

#[test]
fn the_budget_bounds_the_probes() {
    for budget in [0, 1, 2, 8] {
        let facts = Facts::new(Engine::Chromium, CallOutcome::Failed(Outcome::Failed));
        let mut session = Session::new(call(), facts, Options { budget, ..Options::default() });
        let mut asked = 0;
        loop {
            let round = session.round();
            if round.is_empty() {
                break;
            }
            asked += round.len();
            round.iter().for_each(|probe| session.saw(&probe.id, Outcome::Failed, 1));
        }
        assert!(asked <= budget, "{asked} of {budget}");
        assert!(budget == 0 || asked > 0);
    }
}

#[test]
fn a_public_page_does_not_open_the_local_network_prompt() {
    let call = Request::new("https://app.example.com", "http://192.168.0.7", "http://192.168.0.7/items");
    let mut facts = Facts::new(Engine::Chromium, CallOutcome::Failed(Outcome::Failed));
    facts.local_network = Permission::Prompt;
    let mut session = Session::new(call.clone(), facts.clone(), Options::default());
    assert!(session.round().is_empty());
    let diagnosis = session.finish(1);
    assert!(
        diagnosis.report.contains("not asked, they would open the browser's local network prompt"),
        "{}",
        diagnosis.report
    );
    assert!(diagnosis.causes.iter().any(|cause| cause.code == "local-network-access"));
    let mut allowed = Session::new(call, facts, Options { local_network: true, ..Options::default() });
    assert!(!allowed.round().is_empty());
}

#[test]
fn a_call_that_passes_now_is_not_reproduced() {
    let facts = Facts::new(Engine::Firefox, CallOutcome::Failed(Outcome::FailedLate));
    let mut session = Session::new(call(), facts, Options::default());
    loop {
        let round = session.round();
        if round.is_empty() {
            break;
        }
        for probe in round {
            let outcome = if probe.is_no_cors() { Outcome::Opaque } else { Outcome::Readable };
            session.saw(&probe.id, outcome, 1);
        }
    }
    let diagnosis = session.finish(1);
    assert_eq!(diagnosis.verdict, Verdict::NotReproduced);
    let codes: Vec<&str> = diagnosis.causes.iter().map(|cause| cause.code).collect();
    assert_eq!(codes, ["stale-cached-response", "intermittent"]);
}

#[test]
fn a_duration_of_zero_alone_tells_nothing() {
    let verdict = |call_saw: Outcome, no_cors: Outcome, manual: Outcome| {
        let mut session =
            Session::new(call(), Facts::new(Engine::Firefox, CallOutcome::Failed(call_saw)), Options::default());
        loop {
            let round = session.round();
            if round.is_empty() {
                break;
            }
            round.iter().for_each(|probe| session.saw(&probe.id, if probe.is_no_cors() { no_cors } else { manual }, 1));
        }
        session.finish(1)
    };
    use Outcome::{FailedEarly, FailedLate, Opaque};
    // A fast server without CORS headers: the call shows 0 by chance.
    assert_eq!(verdict(FailedEarly, Opaque, FailedLate).family, Some("answer-not-readable"));
    assert_eq!(verdict(FailedEarly, Opaque, FailedEarly).family, Some("answer-not-readable"));
    // The same behind helmet: the no-cors probe shows 0 by chance.
    assert_ne!(verdict(FailedLate, FailedEarly, FailedLate).family, Some("unreachable"));
    assert_eq!(verdict(FailedEarly, FailedEarly, FailedEarly).family, Some("unreachable"));
}

#[test]
fn not_reproduced_is_said_only_of_a_call_that_was_seen_to_pass() {
    let facts = Facts::new(Engine::Chromium, CallOutcome::Failed(Outcome::Failed));
    let mut session = Session::new(call(), facts, Options::default());
    session.saw("manual", Outcome::Readable, 1);
    assert!(session.round().iter().any(|probe| probe.id == "simple"), "the call itself is repeated");
    session.saw("simple", Outcome::Failed, 1);
    assert_eq!(session.finish(1).verdict, Verdict::Unknown);
}

#[test]
fn a_digest_that_does_not_match_is_not_called_intermittent_alone() {
    let mut call = call();
    call.integrity = true;
    let facts = Facts::new(Engine::Chromium, CallOutcome::Failed(Outcome::Failed));
    let mut session = Session::new(call, facts, Options::default());
    loop {
        let round = session.round();
        if round.is_empty() {
            break;
        }
        for probe in round {
            let outcome = match probe.id.as_str() {
                "no-cors" | "frame" => Outcome::Opaque,
                "event-source" => Outcome::Open,
                "prefetch" => Outcome::Loaded,
                _ => Outcome::Readable,
            };
            session.saw(&probe.id, outcome, 1);
        }
    }
    let diagnosis = session.finish(1);
    assert_eq!(diagnosis.verdict, Verdict::Family);
    assert!(diagnosis.causes.iter().any(|cause| cause.code == "integrity-mismatch"));
}

#[test]
fn a_probe_that_waits_rules_out_nothing_if_the_call_itself_did_not() {
    let facts = Facts::new(Engine::Chromium, CallOutcome::Failed(Outcome::Failed));
    let mut session = Session::new(call(), facts, Options::default());
    loop {
        let round = session.round();
        if round.is_empty() {
            break;
        }
        round.iter().for_each(|probe| session.saw(&probe.id, Outcome::TimedOut, 5000));
    }
    let diagnosis = session.finish(1);
    assert_eq!(diagnosis.verdict, Verdict::Family);
    assert!(diagnosis.causes.iter().any(|cause| cause.code == "missing-allow-origin"));
}

#[test]
fn a_summary_never_says_that_a_call_was_not_sent_if_it_may_have_been() {
    let mut call = call();
    call.method = "DELETE".to_string();
    let when = When { method: Some("DELETE".into()), preflight: Some(false), ..When::default() };
    let preflight = When { preflight: Some(true), ..When::default() };
    let allowed = |status: u16| {
        Answer::new(status).with("Access-Control-Allow-Origin", "*").with("Access-Control-Allow-Methods", "DELETE, PUT")
    };
    let rules = vec![
        Rule { when: preflight, reply: allowed(204).into() },
        Rule { when, reply: Answer::new(500).into() },
        Rule { when: When::default(), reply: allowed(200).into() },
    ];
    let facts = Facts::new(Engine::Chromium, CallOutcome::Failed(Outcome::Failed));
    let world = World { rules, ..World::default() };
    let diagnosis = session::play(&world, &call, facts, Options::default()).expect("the call fails");
    assert!(diagnosis.causes.iter().any(|cause| cause.code == "error-response-without-cors"));
    assert!(!diagnosis.summary.contains("never sent"), "{}", diagnosis.summary);
}

#[test]
fn a_redirect_to_where_nothing_answers_is_not_a_silent_server() {
    let hop = Answer::new(302).with("Access-Control-Allow-Origin", "*").with("Location", "{closed}/target");
    let facts = Facts::new(Engine::WebKit, CallOutcome::Failed(Outcome::Failed));
    let diagnosis = session::play(&answers(hop), &call(), facts, Options::default()).expect("the call fails");
    let codes: Vec<&str> = diagnosis.causes.iter().map(|cause| cause.code).collect();
    assert!(codes.contains(&"connection-refused") && codes.contains(&"tls-failure"), "{codes:?}");
    assert!(diagnosis.summary.contains("http://localhost:3000 redirects"), "{}", diagnosis.summary);
    assert!(diagnosis.fix.response.0.is_empty(), "headers of this server mend nothing");
}

#[test]
fn a_policy_that_stops_a_probe_settles_only_what_it_is_certain_to_stop() {
    let causes_after = |sent: CallOutcome, id: &str| {
        let mut session = Session::new(call(), Facts::new(Engine::Chromium, sent), Options::default());
        session.violated(id, "connect-src");
        session.finish(1).causes.iter().map(|cause| cause.code).collect::<Vec<_>>()
    };
    assert_eq!(causes_after(CallOutcome::NotSent, "manual"), ["csp-connect-src"]);
    // A redirect to a login page that the policy does not list, for one.
    assert!(causes_after(CallOutcome::NotSent, "no-cors").contains(&"redirect-without-cors"));
    // The call itself was sent, and no violation was reported of it.
    assert!(causes_after(CallOutcome::Failed(Outcome::Failed), "manual").contains(&"redirect-without-cors"));
}

#[test]
fn patch_in_lower_case_is_mended_in_the_call() {
    let mut call = call();
    call.method = "patch".to_string();
    let preflight =
        Answer::new(204).with("Access-Control-Allow-Origin", "*").with("Access-Control-Allow-Methods", "PATCH");
    let facts = Facts::new(Engine::Firefox, CallOutcome::Failed(Outcome::Failed));
    let diagnosis = session::play(&answers(preflight), &call, facts, Options::default()).expect("the call fails");
    assert_eq!(diagnosis.fix.place, "page");
    assert!(diagnosis.fix.steps[0].starts_with("Write PATCH"), "{:?}", diagnosis.fix.steps);
    assert!(diagnosis.fix.preflight.0.contains(&("Access-Control-Allow-Methods", "PATCH".to_string())));
}

#[test]
fn what_no_world_explains_is_unknown() {
    let facts = Facts::new(Engine::Chromium, CallOutcome::Failed(Outcome::Failed));
    let mut session = Session::new(call(), facts, Options::default());
    session.saw("no-cors", Outcome::Opaque, 1);
    session.saw("event-source", Outcome::Reconnecting, 1);
    session.saw("manual", Outcome::Failed, 1);
    session.saw("a probe that does not exist", Outcome::Open, 1);
    let diagnosis = session.finish(1);
    assert_eq!(diagnosis.verdict, Verdict::Unknown);
    assert_eq!(diagnosis.summary, "Nothing in the catalogue explains all that was seen.");
}

#[test]
fn a_call_that_is_not_sent_is_never_no_failure() {
    let mut call = call();
    call.method = "DELETE".to_string();
    let mut session = Session::new(call, Facts::new(Engine::Chromium, CallOutcome::NotSent), Options::default());
    for probe in session.round() {
        session.saw(&probe.id, Outcome::Readable, 1);
    }
    let diagnosis = session.finish(1);
    assert_ne!(diagnosis.verdict, Verdict::NoFailure);
    assert!(!diagnosis.request.sent);
}

fn call() -> Request {
    Request::new("http://localhost:5173", "http://localhost:3000", "http://localhost:3000/items")
}

fn answers(answer: Answer) -> World {
    World { rules: vec![Rule::always(Reply::Answer(answer))], ..World::default() }
}

#[test]
fn an_error_for_a_get_without_its_token_is_nothing_odd() {
    let token = [("Authorization".to_string(), "Bearer marked-secret".to_string())];
    let preflight = When { preflight: Some(true), ..When::default() };
    let unauthorized = Answer::new(401).with("Access-Control-Allow-Origin", "http://localhost:5173");
    let rules = vec![
        Rule { when: preflight, reply: Answer::new(401).into() },
        Rule {
            when: When { without_header: Some("authorization".into()), ..When::default() },
            reply: unauthorized.into(),
        },
    ];
    for method in ["GET", "PUT"] {
        let mut call = call().with_headers(&token);
        call.method = method.to_string();
        let facts = Facts::new(Engine::Chromium, CallOutcome::Failed(Outcome::Failed));
        let world = World { rules: rules.clone(), ..World::default() };
        let diagnosis = session::play(&world, &call, facts, Options::default()).expect("the call fails");
        let plain: Vec<&str> =
            diagnosis.causes.iter().filter(|cause| cause.detail.is_none()).map(|cause| cause.code).collect();
        assert!(plain.contains(&"preflight-status"), "{method}: {}", diagnosis.report);
        assert!(diagnosis.causes.len() > plain.len(), "{method}: {}", diagnosis.report);
    }
}
