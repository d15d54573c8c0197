//! Redirects, and the modes that say what becomes of them.

use std::borrow::Cow;

use whycors::Request;
use whycors::browser::{self, Call, Passed, Stop, Why};
use whycors::request::{Credentials, Engine, Mode, PreflightReason, Redirect};
use whycors::world::{Answer, Reply, Rule, Sender, When, World};

use crate::{API, PAGE};

const STATUSES: [u16; 5] = [301, 302, 303, 307, 308];

// fetch/api/redirect/redirect-origin.any.js, cors/redirect-origin.htm
#[test]
fn the_origin_is_null_after_a_redirect_from_a_foreign_origin_to_another() {
    for (call, way, origin) in [
        (at_home(), vec!["{self}/1"], Sender::None),
        (at_home(), vec!["{other}/1"], Sender::Page),
        (at_home(), vec!["{other}/1", "{other}/2"], Sender::Page),
        (at_home(), vec!["{other}/1", "{self}/2"], Sender::Null),
        (abroad(), vec!["{self}/1"], Sender::Page),
        (abroad(), vec!["/1", "/2"], Sender::Page),
        (abroad(), vec!["{other}/1"], Sender::Null),
        (abroad(), vec!["{other}/1", "{self}/2"], Sender::Null),
        (abroad(), vec!["{other}/1", "/2"], Sender::Null),
    ] {
        for status in STATUSES {
            for asked in [Sender::None, Sender::Page, Sender::Null] {
                let result = redirected(&call, status, &way, When { origin: Some(asked), ..When::default() });
                assert_eq!(arrived(&result), asked == origin, "{status} {way:?} {asked:?}: {result:?}");
            }
        }
    }
}

// fetch/api/basic/request-headers.any.js
#[test]
fn the_origin_is_sent_with_cors_and_with_what_is_not_get_or_head() {
    let no_cors = |method: &str| Request { mode: Mode::NoCors, method: method.to_string(), ..abroad() };
    let own = |method: &str| Request { method: method.to_string(), ..at_home() };
    for (call, origin) in [
        (abroad(), Sender::Page),
        (no_cors("GET"), Sender::None),
        (no_cors("HEAD"), Sender::None),
        (no_cors("POST"), Sender::Page),
        (own("GET"), Sender::None),
        (own("HEAD"), Sender::None),
        (own("POST"), Sender::Page),
        (own("PUT"), Sender::Page),
    ] {
        for asked in [Sender::None, Sender::Page, Sender::Null] {
            let when = When { origin: Some(asked), ..When::default() };
            let bare = Rule { when: When::default(), reply: Answer::new(404).with("Location", "{self}").into() };
            let meant = Rule { when, reply: allowed(200).with("Cross-Origin-Resource-Policy", "same-origin").into() };
            let world = World { rules: vec![meant, bare], ..World::default() };
            // Abroad an opaque answer looks like any other; only the resource policy tells that it was the meant one.
            let result = run(&world, &call);
            let is_meant = arrived(&result) || result.is_err_and(|stop| stop.why == Why::ResourcePolicy);
            assert_eq!(is_meant, asked == origin, "{} {} {asked:?}", call.mode.name(), call.method);
        }
    }
}

// fetch/api/cors/cors-cookies-redirect.any.js, fetch/api/credentials/cookies.any.js
#[test]
fn cookies_go_with_include_and_with_same_origin_until_a_redirect_leads_away() {
    use Credentials::{Include, Omit, SameOrigin};
    for (call, way, modes) in [
        (at_home(), vec!["{self}/1"], vec![Include, SameOrigin]),
        (at_home(), vec!["{other}/1"], vec![Include]),
        (at_home(), vec!["{other}/1", "{self}/2"], vec![Include]),
        (abroad(), vec!["{self}/1"], vec![Include]),
        (abroad(), vec!["{other}/1"], vec![Include]),
    ] {
        for credentials in [Include, SameOrigin, Omit] {
            let call = Request { credentials, ..call.clone() };
            let when = |cookies| When { cookies: Some(cookies), ..When::default() };
            let is_sent = arrived(&redirected(&call, 302, &way, when(true)));
            assert_eq!(is_sent, modes.contains(&credentials), "{credentials:?} {way:?}");
            assert_eq!(arrived(&redirected(&call, 302, &way, when(false))), !is_sent, "{credentials:?} {way:?}");
        }
    }
}

// fetch/api/redirect/redirect-method.any.js
#[test]
fn a_redirect_turns_some_methods_into_get_and_drops_what_described_the_body() {
    let body = ["content-encoding", "content-language", "content-location", "content-type"];
    let others = ["accept", "content-disposition", "x-test"];
    for (status, method, becomes_get) in [
        (301, "POST", true),
        (302, "POST", true),
        (303, "POST", true),
        (303, "PUT", true),
        (303, "TESTING", true),
        (301, "GET", false),
        (301, "HEAD", false),
        (301, "PUT", false),
        (301, "post", false),
        (302, "DELETE", false),
        (302, "HEAD", false),
        (303, "GET", false),
        (303, "HEAD", false),
        (307, "POST", false),
        (307, "PUT", false),
        (308, "POST", false),
    ] {
        let mut call = abroad().with_headers(&pairs(&[&body[..], &others].concat()));
        call.method = method.to_string();
        let sends = |when| arrived(&redirected(&call, status, &["{self}/1"], when));
        let after = if becomes_get { "GET" } else { method };
        assert!(sends(When { method: Some(Cow::Borrowed(after)), ..When::default() }), "{status} {method}");
        for name in body {
            assert_eq!(sends(with_header(name)), !becomes_get, "{status} {method} {name}");
        }
        for name in others {
            assert!(sends(with_header(name)), "{status} {method} {name}");
        }
    }
}

// fetch/api/credentials/authentication-redirection.any.js
#[test]
fn authorization_stays_behind_where_a_redirect_changes_the_origin() {
    for (call, way, is_kept) in [
        (at_home(), vec!["{self}/1"], true),
        (at_home(), vec!["{other}/1"], false),
        (at_home(), vec!["{other}/1", "{self}/2"], false),
        (abroad(), vec!["{self}/1"], true),
        (abroad(), vec!["/1", "/2"], true),
        (abroad(), vec!["{other}/1"], false),
        (abroad(), vec!["{other}/1", "{self}/2"], false),
    ] {
        let call = call.with_headers(&pairs(&["authorization", "x-test"]));
        let sends = |name| arrived(&redirected(&call, 302, &way, with_header(name)));
        assert_eq!(sends("authorization"), is_kept, "{way:?}");
        assert!(sends("x-test"), "{way:?}");
    }
}

// fetch/api/cors/cors-redirect-credentials.any.js
#[test]
fn a_redirect_to_a_url_with_user_and_password_fails_in_cors_mode() {
    for (call, location, fails) in [
        (at_home(), "{user@other}/1", true),
        (abroad(), "{user@other}/1", true),
        (abroad(), "{other}/1", false),
        (abroad(), "{other}/@scope/package", false),
        (abroad(), "/@scope/package", false),
        (abroad(), "/1?user=a@b", false),
        (Request { mode: Mode::NoCors, ..abroad() }, "{user@other}/1", false),
    ] {
        for status in STATUSES {
            let result = redirected(&call, status, &[location], When::default());
            let is_stopped = matches!(result, Err(Stop { why: Why::RedirectCredentials, hops: 0, .. }));
            assert_eq!(is_stopped, fails, "{status} {location}: {result:?}");
            assert!(fails || result.is_ok(), "{status} {location}: {result:?}");
        }
    }
}

// fetch/api/redirect/redirect-count.any.js
#[test]
fn twenty_redirects_are_followed_and_not_one_more() {
    let paths: Vec<String> = (1..=21).map(|hop| format!("/{hop}")).collect();
    let way: Vec<&str> = paths.iter().map(String::as_str).collect();
    for status in STATUSES {
        assert!(arrived(&redirected(&abroad(), status, &way[..20], When::default())));
        let result = redirected(&abroad(), status, &way, When::default());
        assert!(matches!(result, Err(Stop { why: Why::RedirectCount, hops: 20, .. })), "{result:?}");
    }
}

// fetch/api/redirect/redirect-mode.any.js, redirect-location.any.js
#[test]
fn the_redirect_mode_decides_over_a_redirect_that_has_a_location() {
    use Redirect::{Error, Follow, Manual};
    for status in [200, 300, 301, 302, 303, 304, 305, 307, 308] {
        for (call, redirect) in
            [at_home(), abroad()].iter().flat_map(|call| [Follow, Error, Manual].map(|it| (call, it)))
        {
            let call = Request { redirect, ..call.clone() };
            let result = redirected(&call, status, &["{self}/1"], When::default());
            match redirect {
                _ if !STATUSES.contains(&status) => assert_eq!(result, Ok(Passed::Readable(status))),
                Follow => assert_eq!(result, Ok(Passed::Readable(200))),
                Manual => assert_eq!(result, Ok(Passed::OpaqueRedirect)),
                Error => assert!(matches!(result, Err(Stop { why: Why::RedirectMode, .. })), "{result:?}"),
            }
            if redirect != Error {
                assert_eq!(
                    redirected(&call, status, &[], When::default()),
                    Ok(Passed::Readable(status)),
                    "no Location"
                );
            }
        }
    }
}

// fetch/api/redirect/redirect-schemes.html, redirect-to-dataurl.any.js
#[test]
fn a_redirect_leads_to_http_and_https_only() {
    for (location, fails) in [
        ("data:,text", true),
        ("mailto:a@b", true),
        ("ftp://api.example.com/", true),
        ("about:blank", true),
        ("httpx://api.example.com/", true),
        ("http:/1", false),
        ("HTTPS:/1", false),
        ("/a:b", false),
        ("?a:b", false),
        ("{other}/a:b", false),
    ] {
        for mode in [Mode::Cors, Mode::NoCors] {
            let result = redirected(&Request { mode, ..abroad() }, 302, &[location], When::default());
            let is_stopped = matches!(result, Err(Stop { why: Why::RedirectImpossible, .. }));
            assert_eq!(is_stopped, fails, "{location}: {result:?}");
        }
    }
}

// fetch/api/redirect/redirect-upload.h2.any.js
#[test]
fn a_streamed_body_is_sent_once() {
    for (status, method, way, fails) in [
        (301, "POST", vec!["/1"], true),
        (302, "POST", vec!["/1"], true),
        (307, "POST", vec!["/1"], true),
        (308, "PUT", vec!["/1"], true),
        (303, "POST", vec!["/1"], false),
    ] {
        let mut call = abroad();
        call.method = method.to_string();
        call.forces_preflight = Some(PreflightReason::StreamBody);
        let result = redirected(&call, status, &way, When::default());
        let is_stopped = matches!(result, Err(Stop { why: Why::RedirectImpossible, hops: 0, .. }));
        assert_eq!(is_stopped, fails, "{status} {method}: {result:?}");
        call.forces_preflight = Some(PreflightReason::UploadListener);
        assert!(arrived(&redirected(&call, status, &way, When::default())), "what has listeners can be sent again");
    }
    // After a 303 nothing of the body is left that a second redirect would need.
    let mut world = route(303, &["/1", "/2"], When::default());
    world.rules[2].reply = allowed(307).with("Location", "/2").into();
    let streamed =
        Request { method: "POST".to_string(), forces_preflight: Some(PreflightReason::StreamBody), ..abroad() };
    assert!(arrived(&run(&world, &streamed)));
}

// fetch/api/cors/cors-redirect-preflight.any.js
#[test]
fn a_preflight_follows_a_redirect_that_leaves_the_pages_origin() {
    for (call, way, is_asked) in [
        (at_home(), vec!["{self}/1"], false),
        (at_home(), vec!["{other}/1"], true),
        (at_home(), vec!["{other}/1", "{self}/2"], true),
        (abroad(), vec!["{self}/1"], true),
        (abroad(), vec!["{other}/1"], true),
    ] {
        let call = call.with_headers(&pairs(&["x-test"]));
        let mut world = route(302, &way, When::default());
        assert!(arrived(&run(&world, &call)), "{way:?}");
        let last = format!("/{}", way.len());
        let refused = When { preflight: Some(true), path: Some(last.into()), ..When::default() };
        world.rules.insert(0, Rule { when: refused, reply: Answer::new(500).into() });
        let result = run(&world, &call);
        assert_eq!(result.as_ref().is_err_and(|stop| stop.in_preflight), is_asked, "{way:?}: {result:?}");
    }
}

// fetch/api/basic/mode-same-origin.any.js, mode-no-cors.sub.any.js
#[test]
fn the_mode_decides_which_origins_answer_and_how() {
    use Mode::{Cors, NoCors, SameOrigin};
    use Redirect::{Error, Follow, Manual};
    let readable = Ok(Passed::Readable(200));
    for (mode, redirect, call, way, expected) in [
        (SameOrigin, Follow, at_home(), vec!["{self}/1"], readable.clone()),
        (SameOrigin, Follow, at_home(), vec!["{other}/1"], Err(Why::SameOriginMode)),
        (SameOrigin, Follow, abroad(), vec!["{self}/1"], Err(Why::SameOriginMode)),
        (NoCors, Follow, at_home(), vec!["{self}/1"], readable.clone()),
        (NoCors, Follow, at_home(), vec!["{other}/1"], Ok(Passed::Opaque(200))),
        (NoCors, Follow, at_home(), vec!["{other}/1", "{self}/2"], Ok(Passed::Opaque(200))),
        (NoCors, Follow, abroad(), vec!["{self}/1"], Ok(Passed::Opaque(200))),
        (NoCors, Manual, at_home(), vec!["{self}/1"], Ok(Passed::OpaqueRedirect)),
        (NoCors, Manual, abroad(), vec!["{self}/1"], Err(Why::RedirectImpossible)),
        (NoCors, Error, abroad(), vec!["{self}/1"], Err(Why::RedirectImpossible)),
        (Cors, Follow, at_home(), vec!["{self}/1"], readable.clone()),
        (Cors, Follow, at_home(), vec!["{other}/1"], readable.clone()),
        (Cors, Follow, abroad(), vec!["{self}/1"], readable.clone()),
    ] {
        let call = Request { mode, redirect, ..call };
        let result = redirected(&call, 302, &way, When::default()).map_err(|stop| stop.why);
        assert_eq!(result, expected, "{} {} {way:?}", mode.name(), redirect.name());
    }
}

// fetch/api/cors/cors-redirect.any.js, fetch/cross-origin-resource-policy/fetch.any.js
#[test]
fn the_cors_check_runs_at_every_foreign_address_and_a_resource_policy_only_without_it() {
    for (call, way, bare, expected) in [
        (at_home(), vec!["{self}/1"], "/1", None),
        (at_home(), vec!["{self}/1"], "", None),
        (at_home(), vec!["{other}/1"], "/1", Some(1)),
        (at_home(), vec!["{other}/1", "{self}/2"], "/2", Some(2)),
        (abroad(), vec!["{self}/1"], "", Some(0)),
        (abroad(), vec!["{self}/1"], "/1", Some(1)),
        (abroad(), vec!["{other}/1"], "", Some(0)),
    ] {
        let stopped = |mode, change: fn(Answer) -> Answer| {
            let mut world = route(302, &way, When::default());
            for rule in world.rules.iter_mut().filter(|rule| rule.when.path.as_deref() == Some(bare)) {
                if let Reply::Answer(answer) = &rule.reply {
                    rule.reply = change(answer.clone()).into();
                }
            }
            run(&world, &Request { mode, ..call.clone() }).err()
        };
        let by_check = stopped(Mode::Cors, |answer| answer.without("Access-Control-Allow-Origin"));
        assert_eq!(by_check.map(|stop| stop.hops), expected, "{way:?} {bare}");
        let restricted = |answer: Answer| answer.with("Cross-Origin-Resource-Policy", "same-origin");
        assert_eq!(stopped(Mode::Cors, restricted), None, "{way:?} {bare}");
        let by_policy = stopped(Mode::NoCors, restricted);
        assert!(by_policy.iter().all(|stop| stop.why == Why::ResourcePolicy), "{by_policy:?}");
        assert_eq!(by_policy.map(|stop| stop.hops), expected, "{way:?} {bare}");
    }
}

/// A call to the page's own origin.
fn at_home() -> Request {
    Request::new(PAGE, PAGE, PAGE)
}

/// A call to another origin.
fn abroad() -> Request {
    Request::new(PAGE, API, API)
}

fn pairs(names: &[&str]) -> Vec<(String, String)> {
    names.iter().map(|name| (name.to_string(), "1".to_string())).collect()
}

fn with_header(name: &'static str) -> When {
    When { header: Some(name.into()), ..When::default() }
}

fn run(world: &World, call: &Request) -> Result<Passed, Stop> {
    // The engine that does what the standard says, and nothing else.
    browser::run(world, call, Engine::Other, &Call::of(call))
}

/// What becomes of a call whose URL redirects along these locations.
fn redirected(call: &Request, status: u16, way: &[&str], when: When) -> Result<Passed, Stop> {
    run(&route(status, way, when), call)
}

/// It came to the end of its way, and was what the last address answers.
fn arrived(result: &Result<Passed, Stop>) -> bool {
    *result == Ok(Passed::Readable(200))
}

/// A world where the called URL redirects with `status` along these locations. The last one answers only what `when` means;
/// without any location, `status` is the answer.
fn route(status: u16, way: &[&str], when: When) -> World {
    let at = |when, answer: Answer| Rule { when, reply: answer.into() };
    let mut rules = vec![at(When { preflight: Some(true), ..When::default() }, allowed(204))];
    let mut path = String::new();
    for location in way {
        let here = When { path: Some(path.into()), ..When::default() };
        rules.push(at(here, allowed(status).with("Location", location.to_string())));
        path = location.rsplit_once('}').map_or(*location, |(_, path)| path).to_string();
    }
    let answer = allowed(if way.is_empty() { status } else { 200 });
    rules.push(at(When { path: Some(path.into()), ..when }, answer));
    World { rules, ..World::default() }
}

/// An answer that allows whatever the call asks for.
fn allowed(status: u16) -> Answer {
    Answer::new(status)
        .with("Access-Control-Allow-Origin", "{origin}")
        .with("Access-Control-Allow-Credentials", "true")
        .with("Access-Control-Allow-Methods", "*")
        .with("Access-Control-Allow-Headers", "{headers}")
}
