//! What is made of a paste: warnings, a Diagnosis narrowed or contradicted, secrets masked, the report.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

use whycors::causes::Phase;
use whycors::explain::about::Diagnosed;
use whycors::explain::{About, Explainer, Explanation, Verdict, WARNINGS, json};
use whycors::request::{Api, Credentials, Engine};

const URL: &str = "https://api.example.com/items";
const PAGE: &str = "https://app.example.org";
const LINE: &str = "Access to fetch at 'https://api.example.com/items' from origin 'https://app.example.org' has been blocked by CORS policy: ";

fn explain(pasted: &str, about: &About) -> Explanation {
    let mut explainer = Explainer::new(about.clone());
    explainer.feed(pasted.as_bytes());
    explainer.finish()
}

fn get() -> About {
    About {
        url: Some(URL.into()),
        origin: Some(PAGE.into()),
        method: Some("GET".into()),
        unsafe_headers: Some(Vec::new()),
        engine: Some(Engine::Chromium),
        ..About::default()
    }
}

fn put() -> About {
    About { method: Some("PUT".into()), unsafe_headers: Some(vec!["x-one".into(), "x-two".into()]), ..get() }
}

fn diagnosed(verdict: &str, causes: &[(&str, Option<Phase>)]) -> About {
    let causes = causes.iter().map(|(code, phase)| (code.to_string(), *phase)).collect();
    let report = "whycors: GET https://api.example.com/items\nfrom https://app.example.org\n\nSaw\n  a probe\n\nSo\n  It is so.\n";
    About { diagnosed: Some(Diagnosed { verdict: verdict.into(), causes, report: report.into() }), ..get() }
}

fn codes(explanation: &Explanation) -> Vec<&'static str> {
    explanation.findings.iter().map(|finding| finding.code).collect()
}

fn warned(explanation: &Explanation) -> Vec<&'static str> {
    explanation.hints.iter().map(|hint| hint.code).collect()
}

#[test]
fn each_warning_has_an_answer_that_gives_it_and_a_nearest_that_does_not() {
    let ok = "HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://app.example.org\n";
    let rows: &[(&str, About, String, String)] = &[
        ("vary-origin-missing", get(), format!("{ok}Vary: Accept-Encoding\n"), format!("{ok}Vary: accept, ORIGIN\n")),
        (
            "wildcard-is-no-wildcard",
            get(),
            "HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Credentials: true\n".into(),
            "HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: *\n".into(),
        ),
        (
            "wildcard-is-no-wildcard",
            About { credentials: Some(Credentials::Include), ..get() },
            format!("{ok}Access-Control-Expose-Headers: *\n"),
            format!("{ok}Access-Control-Expose-Headers: x-a\n"),
        ),
        (
            "max-age-not-honoured",
            put(),
            "HTTP/1.1 204 No Content\nAccess-Control-Max-Age: 86400\nAccess-Control-Allow-Methods: PUT\n".into(),
            "HTTP/1.1 204 No Content\nAccess-Control-Max-Age: 7200\nAccess-Control-Allow-Methods: PUT\n".into(),
        ),
        (
            "max-age-not-honoured",
            put(),
            "HTTP/1.1 204 No Content\nAccess-Control-Max-Age: 1h\nAccess-Control-Allow-Methods: PUT\n".into(),
            "HTTP/1.1 204 No Content\nAccess-Control-Max-Age: 0\nAccess-Control-Allow-Methods: PUT\n".into(),
        ),
        (
            "header-not-exposed",
            get(),
            format!("{ok}X-Total-Count: 7\nX-Powered-By: x\n"),
            format!("{ok}X-Total-Count: 7\nX-Powered-By: x\nAccess-Control-Expose-Headers: x-total-count\n"),
        ),
        (
            "cookies-need-samesite-none-secure",
            get(),
            format!("{ok}Set-Cookie: a=b; SameSite=Lax; Secure\n"),
            format!("{ok}Set-Cookie: a=b; Secure; samesite=none\n"),
        ),
        (
            "headers-on-success-only",
            get(),
            format!(
                "$ curl -i {URL} -H 'Origin: {PAGE}'\n{ok}\n$ curl -i {URL}/nope -H 'Origin: {PAGE}'\nHTTP/1.1 404 Not Found\nServer: nginx\n\n"
            ),
            format!(
                "$ curl -i {URL} -H 'Origin: {PAGE}'\n{ok}\n$ curl -i {URL}/nope -H 'Origin: {PAGE}'\nHTTP/1.1 404 Not Found\nAccess-Control-Allow-Origin: {PAGE}\n\n"
            ),
        ),
    ];
    for (code, about, gives, nearest) in rows {
        assert!(warned(&explain(&format!("{gives}\n"), about)).contains(code), "{code} is not given for\n{gives}");
        assert!(!warned(&explain(&format!("{nearest}\n"), about)).contains(code), "{code} is given for\n{nearest}");
    }
    for warning in WARNINGS {
        assert!(rows.iter().any(|(code, ..)| *code == warning.code), "{} has no row", warning.code);
    }
}

#[test]
fn a_preflights_answer_is_in_no_cache_and_read_by_no_script() {
    let asked = format!("$ curl -i -X OPTIONS {URL} -H 'Origin: {PAGE}' -H 'Access-Control-Request-Method: PUT'\n");
    let answer = format!(
        "HTTP/1.1 204 No Content\nAccess-Control-Allow-Origin: {PAGE}\nAccess-Control-Allow-Methods: PUT\nX-Total-Count: 7\n\n"
    );
    assert_eq!(warned(&explain(&(asked + &answer), &put())), Vec::<&str>::new());
}

#[test]
fn each_mistake_is_told_with_its_values() {
    let allowed = |value: &str| format!("HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: {value}\n\n");
    let preflight =
        |status: &str, lines: &str| format!("HTTP/1.1 {status}\nAccess-Control-Allow-Methods: GET, HEAD\n{lines}\n");
    let include = About { credentials: Some(Credentials::Include), ..get() };
    let local = About { origin: Some("http://localhost:3000".into()), ..get() };
    for (about, pasted, says) in [
        (
            get(),
            allowed("https://app.example.org/"),
            "and the call comes from https://app.example.org: an origin has no slash at its end.",
        ),
        (get(), allowed("http://app.example.org"), ": the schemes differ."),
        (get(), allowed("https://app.example.org:8443"), ": the ports differ."),
        (
            get(),
            allowed("https://app.example.org:443"),
            ": a browser leaves out the scheme's own port, and what follows the host.",
        ),
        (get(), allowed("https://www.app.example.org"), ": www. makes another origin."),
        (get(), allowed("https://App.example.org"), ": the two are compared letter by letter."),
        (
            get(),
            allowed("https://other.example"),
            "It is https://other.example, and the call comes from https://app.example.org.",
        ),
        (get(), allowed("null"), "It is null, and the call comes from https://app.example.org."),
        (local, allowed("http://127.0.0.1:3000"), ": localhost and 127.0.0.1 are two origins."),
        (get(), allowed("app.example.org"), "It is app.example.org: the scheme is missing."),
        (get(), allowed("true"), "It is true: the header takes one origin, or *."),
        (get(), allowed(""), "It is empty."),
        (get(), allowed("*, *"), "It is *, *."),
        (
            include.clone(),
            format!("HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: {PAGE}\n\n"),
            "The header is missing.",
        ),
        (
            include,
            format!("HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: {PAGE}\nAccess-Control-Allow-Credentials: TRUE\n\n"),
            "It is TRUE; only true counts, in lower case.",
        ),
        (get(), "HTTP/1.1 503 X\nServer: y\n\n".into(), "The status is 503."),
        (
            put(),
            preflight("401 Unauthorized", "") + "x",
            "The status is 401: a preflight never carries cookies or Authorization",
        ),
        (put(), preflight("204 No Content", ""), "PUT is not in Access-Control-Allow-Methods: GET, HEAD."),
        (
            put(),
            preflight("204 No Content", "Access-Control-Allow-Headers: x-one\n"),
            "x-two is not in Access-Control-Allow-Headers: x-one.",
        ),
        (
            put(),
            preflight("204 No Content", ""),
            "x-one needs the header Access-Control-Allow-Headers, which is missing.",
        ),
        (put(), preflight("204 No Content", "Access-Control-Allow-Headers: x one\n"), "It is x one."),
    ] {
        let asked = match about.method.as_deref() {
            Some("PUT") => {
                format!("$ curl -i -X OPTIONS {URL} -H 'Origin: {PAGE}' -H 'Access-Control-Request-Method: PUT'\n")
            }
            _ => String::new(),
        };
        let explanation = explain(&(asked + &pasted), &about);
        let details: Vec<&str> = explanation.findings.iter().map(|finding| finding.detail.as_str()).collect();
        assert!(details.iter().any(|detail| detail.contains(says)), "{details:?} lacks {says:?} for\n{pasted}");
    }
}

#[test]
fn a_preflight_belongs_to_the_request_of_its_url_and_method() {
    let ask = |method: &str, url: &str| {
        format!("$ curl -i -X OPTIONS {url} -H 'Origin: {PAGE}' -H 'Access-Control-Request-Method: {method}'\n")
    };
    let passes =
        format!("HTTP/1.1 204 X\nAccess-Control-Allow-Origin: {PAGE}\nAccess-Control-Allow-Methods: PUT, DELETE\n\n");
    let call = |method: &str, url: &str| format!("$ curl -i -X {method} {url} -H 'Origin: {PAGE}'\n");
    let ok = format!("HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: {PAGE}\n\n");
    let other = "https://api.example.com/other";
    // Whatever the order: of DELETE the preflight is refused, of PUT the answer.
    let text = [
        call("PUT", URL) + "HTTP/1.1 500 X\nServer: y\n\n",
        call("DELETE", URL) + &ok,
        ask("DELETE", URL) + "HTTP/1.1 405 X\nServer: y\n\n",
        ask("PUT", URL) + &passes,
        ask("PUT", other) + &passes,
        call("PUT", other) + &ok,
    ]
    .concat();
    let explanation = explain(&text, &About::default());
    let said: Vec<_> = explanation
        .findings
        .iter()
        .map(|finding| (finding.code, finding.fields.of("method").unwrap(), finding.fields.of("url").unwrap()))
        .collect();
    assert_eq!(
        said,
        [
            ("error-response-without-cors", "PUT", URL),
            ("preflight-status", "DELETE", URL),
            ("missing-allow-origin", "DELETE", URL),
            ("method-not-allowed", "DELETE", URL),
        ]
    );
}

#[test]
fn after_a_redirect_to_another_origin_the_browser_sends_null() {
    let first = format!(
        "$ curl -iL {URL} -H 'Origin: {PAGE}'\nHTTP/1.1 302 X\nAccess-Control-Allow-Origin: {PAGE}\nLocation: https://other.example/x\n\n"
    );
    let explanation =
        explain(&format!("{first}HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://else.example\n\n"), &get());
    assert_eq!(codes(&explanation), ["redirect-target-without-cors"]);
    let fields = &explanation.findings[0].fields;
    assert_eq!(fields.of("url"), Some("https://other.example/x"));
    assert_eq!(fields.of("redirected_from"), Some(URL));
    assert_eq!(fields.of("origin"), Some("null"));
    // What reflects the origin that curl sent may reflect null as well.
    let reflected = explain(&format!("{first}HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: {PAGE}\n\n"), &get());
    assert_eq!(codes(&reflected), Vec::<&str>::new());
    assert!(
        reflected.open.iter().any(|sentence| sentence.contains("the browser sends Origin: null")),
        "{:?}",
        reflected.open
    );
    assert!(
        explain(&first, &get())
            .open
            .iter()
            .any(|sentence| sentence.contains("It redirects to https://other.example/x"))
    );
}

#[test]
fn a_line_settles_what_the_probes_left() {
    let about = diagnosed(
        "family",
        &[
            ("missing-allow-origin", Some(Phase::Response)),
            ("origin-mismatch", Some(Phase::Response)),
            ("redirect-without-cors", None),
        ],
    );
    let line = format!(
        "{LINE}No 'Access-Control-Allow-Origin' header is present on the requested resource.\nGET {URL} net::ERR_FAILED 200 (OK)"
    );
    let explanation = explain(&line, &about);
    let narrowed = explanation.narrowed.unwrap();
    assert_eq!(narrowed.verdict.name(), "settled");
    assert_eq!(narrowed.causes.len(), 1);
    assert_eq!(narrowed.causes[0].phase, Some("response"));
    assert_eq!(narrowed.family, None);
    assert!(narrowed.check.is_empty());
    let line = &explanation.findings[0].quote;
    assert!(line.starts_with("Access to fetch at 'https://api.example.com/items' from"));
    assert_eq!(
        narrowed.report,
        format!(
            "whycors: GET https://api.example.com/items\nfrom https://app.example.org\n\nSaw\n  a probe\n  pasted: console: {line}\n\n\
             So\n  The paste settles it: the response has no Access-Control-Allow-Origin header.\n\n\
             Fix\n  The response, error answers included:\n    Access-Control-Allow-Origin: https://app.example.org\n    Vary: Origin\n"
        )
    );
    assert_eq!(explanation.contradiction, None);
}

#[test]
fn a_line_without_the_status_does_not_rule_out_an_error() {
    let about = diagnosed(
        "family",
        &[("missing-allow-origin", None), ("origin-mismatch", None), ("error-response-without-cors", None)],
    );
    let line = format!("{LINE}No 'Access-Control-Allow-Origin' header is present on the requested resource.");
    let left = |pasted: &str| -> Vec<&'static str> {
        explain(pasted, &about).narrowed.unwrap().causes.iter().map(|cause| cause.code).collect()
    };
    assert_eq!(left(&line), ["missing-allow-origin", "error-response-without-cors"]);
    assert_eq!(left(&format!("{line}\nGET {URL} net::ERR_FAILED 200 (OK)")), ["missing-allow-origin"]);
    assert_eq!(
        left(&format!("{line}\nGET {URL} net::ERR_FAILED 500 (Internal Server Error)")),
        ["error-response-without-cors"]
    );
    assert!(explain(&line, &about).open[0].contains("The status is not in the paste"));
}

#[test]
fn of_an_answer_only_what_stops_the_call_first_narrows() {
    let about = About {
        diagnosed: diagnosed("family", &[("method-not-allowed", None), ("header-not-allowed", None)]).diagnosed,
        ..put()
    };
    let answer = format!(
        "$ curl -i -X OPTIONS {URL} -H 'Origin: {PAGE}' -H 'Access-Control-Request-Method: PUT' -H 'Access-Control-Request-Headers: x-one,x-two'\nHTTP/1.1 204 No Content\n\
         Access-Control-Allow-Origin: {PAGE}\nAccess-Control-Allow-Methods: GET\n\n"
    );
    let explanation = explain(&answer, &about);
    assert_eq!(codes(&explanation), ["method-not-allowed", "header-not-allowed", "header-not-allowed"]);
    let narrowed = explanation.narrowed.unwrap();
    assert_eq!(narrowed.causes.iter().map(|cause| cause.code).collect::<Vec<_>>(), ["method-not-allowed"]);
    let lists = narrowed.fix.preflight.0.iter().find(|(name, _)| *name == "Access-Control-Allow-Headers").unwrap();
    assert_eq!(lists.1, "x-one, x-two");
}

#[test]
fn what_contradicts_says_why_that_happens() {
    let missing = &[("missing-allow-origin", Some(Phase::Response))];
    let passes = format!("HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: {PAGE}\nVary: Origin\n");
    for (about, pasted, says) in [
        (
            diagnosed("settled", &[("connection-refused", None)]),
            format!("{LINE}No 'Access-Control-Allow-Origin' header is present on the requested resource."),
            "missing-allow-origin, which the probes have ruled out. Then the two were not the same request",
        ),
        (
            diagnosed("family", missing),
            format!("{LINE}No 'Access-Control-Allow-Origin' header is present on the requested resource.")
                .replace("/items", "/other"),
            "The paste is about https://api.example.com/other, the diagnosis about https://api.example.com/items",
        ),
        (
            diagnosed("family", missing),
            format!("{passes}\n"),
            "lets the page read it, and the call failed. Then the two were not",
        ),
        (
            diagnosed("family", missing),
            format!("{passes}X-Cache: HIT from edge\n\n"),
            "through a cache (x-cache: HIT from edge)",
        ),
        (
            About { diagnosed: diagnosed("settled", &[("preflight-status", None)]).diagnosed, ..put() },
            format!(
                "$ curl -i -X OPTIONS {URL} -H 'Origin: {PAGE}' -H 'Access-Control-Request-Method: PUT'\nHTTP/1.1 204 No Content\nAccess-Control-Allow-Origin: {PAGE}\n\
                 Access-Control-Allow-Methods: GET\nAccess-Control-Max-Age: 600\n\n"
            ),
            "an earlier answer to the preflight (Access-Control-Max-Age: 600)",
        ),
        (
            diagnosed("settled", &[("origin-mismatch", None)]),
            format!("$ curl -i {URL} -H 'Origin: https://other.example'\nHTTP/1.1 200 OK\nServer: x\n\n"),
            "sent with Origin: https://other.example, the browser sends Origin: https://app.example.org",
        ),
        (
            diagnosed("settled", &[("origin-mismatch", None)]),
            format!("$ curl -i {URL}\nHTTP/1.1 200 OK\nServer: x\n\n"),
            "sent without an Origin header",
        ),
        (
            diagnosed("not-reproduced", &[("intermittent", None), ("missing-allow-origin", None)]),
            format!("{LINE}No 'Access-Control-Allow-Origin' header is present on the requested resource."),
            "the same request passes now",
        ),
        (diagnosed("family", missing), format!("{passes}Age: 0\n\n"), "the call failed. Then the two were not"),
        (
            diagnosed("no-failure", &[]),
            format!("{LINE}No 'Access-Control-Allow-Origin' header is present on the requested resource."),
            "the same request passes now",
        ),
        (
            get(),
            format!(
                "{LINE}No 'Access-Control-Allow-Origin' header is present on the requested resource.\n$ curl -i {URL} -H 'Origin: {PAGE}'\n{passes}\n"
            ),
            "The console line says missing-allow-origin, and the pasted answer lets the page read it",
        ),
    ] {
        let explanation = explain(&pasted, &about);
        let contradiction = explanation.contradiction.clone().unwrap_or_default();
        assert!(contradiction.contains(says), "{contradiction:?} lacks {says:?} for\n{pasted}\n{}", explanation.report);
        assert!(explanation.narrowed.is_none());
        assert!(explanation.report.contains(&format!("\nBut\n  {contradiction}\n")));
    }
}

#[test]
fn an_answer_that_was_not_asked_for_as_a_browser_asks_is_no_exact_one() {
    for (asked, verdict) in [
        (format!("$ curl -i {URL}\n"), Verdict::Narrowed),
        (format!("$ curl -i {URL} -H 'Origin: https://other.example'\n"), Verdict::Narrowed),
        (format!("$ curl -i {URL} -H 'Origin: {PAGE}'\n"), Verdict::Exact),
    ] {
        let explanation = explain(&format!("{asked}HTTP/1.1 200 OK\nServer: x\n\n"), &get());
        assert_eq!(codes(&explanation), ["missing-allow-origin"], "{asked}");
        assert_eq!(explanation.verdict, verdict, "{asked}");
    }
    // Without the command it is the answer to the call that it is said to be about, or to nobody knows what.
    let bare = "HTTP/1.1 200 OK\nServer: x\n\n";
    assert_eq!(explain(bare, &get()).verdict, Verdict::Exact);
    assert_eq!(explain(bare, &About::default()).verdict, Verdict::Narrowed);
    let settled = explain(bare, &diagnosed("family", &[("missing-allow-origin", None), ("origin-mismatch", None)]))
        .narrowed
        .unwrap();
    assert!(
        settled.summary.contains("if it was asked for with Origin: https://app.example.org"),
        "{}",
        settled.summary
    );
}

#[test]
fn what_is_asked_unlike_the_browser_asks_is_doubted_and_settles_nothing() {
    let preflight = |sent: &str, answer: &str| {
        format!("$ curl -i -X OPTIONS {URL} -H 'Origin: {PAGE}' {sent}\nHTTP/1.1 {answer}\n\n")
    };
    let with = |name: &str| About { unsafe_headers: Some(vec![name.into()]), ..get() };
    let include = About { credentials: Some(Credentials::Include), ..get() };
    let asked = "-H 'Access-Control-Request-Method: PUT' -H 'Access-Control-Request-Headers: x-one,x-two'";
    for (about, pasted, says) in [
        (
            with("authorization"),
            format!("$ curl -i {URL} -H 'Origin: {PAGE}'\nHTTP/1.1 401 X\nServer: y\n\n"),
            "sent without authorization",
        ),
        (
            put(),
            format!("$ curl -i {URL} -H 'Origin: {PAGE}'\nHTTP/1.1 404 X\nServer: y\n\n"),
            "sent by GET, and the browser sends PUT",
        ),
        (put(), preflight("", "405 X\nAccess-Control-Allow-Origin: *"), "without Access-Control-Request-Method"),
        (
            put(),
            preflight("-H 'Access-Control-Request-Method: GET'", "200 X\nAccess-Control-Allow-Methods: GET"),
            "asked for GET, and the call is PUT",
        ),
        (
            put(),
            preflight("-H 'Access-Control-Request-Method: PUT'", "204 X\nAccess-Control-Allow-Methods: PUT"),
            "did not ask for x-one",
        ),
        (
            put(),
            preflight(&format!("{asked} -H 'Authorization: x'"), "204 X\nServer: y"),
            "with authorization, which no preflight carries",
        ),
        (include, format!("$ curl -i {URL} -H 'Origin: {PAGE}'\nHTTP/1.1 401 X\nServer: y\n\n"), "without a cookie"),
        (
            get(),
            format!("$ curl -i {URL} -H 'Origin: {PAGE}/'\nHTTP/1.1 200 OK\nServer: y\n\n"),
            "as no browser sends it",
        ),
    ] {
        let explanation = explain(&pasted, &about);
        assert_ne!(explanation.verdict, Verdict::Exact, "{pasted}");
        assert!(
            explanation.open.iter().any(|sentence| sentence.contains(says)),
            "{:?} lack {says:?} for\n{pasted}",
            explanation.open
        );
        let all = [
            "error-response-without-cors",
            "preflight-status",
            "missing-allow-origin",
            "method-not-allowed",
            "header-not-allowed",
        ];
        let causes: Vec<_> = all.iter().map(|code| (*code, None)).collect();
        let narrowed = explain(&pasted, &About { diagnosed: diagnosed("family", &causes).diagnosed, ..about });
        assert!(narrowed.narrowed.is_none(), "{pasted}\n{}", narrowed.report);
    }
}

#[test]
fn an_answer_is_said_to_pass_only_if_the_whole_way_is_there_and_does() {
    let ok = format!("HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: {PAGE}\nVary: Origin\n\n");
    let hop = |location: &str| {
        format!(
            "$ curl -iL {URL} -H 'Origin: {PAGE}'\nHTTP/1.1 307 X\nAccess-Control-Allow-Origin: *\nLocation: {location}\n\n"
        )
    };
    for (about, pasted, passes, expected) in [
        (get(), format!("$ curl -i {URL} -H 'Origin: {PAGE}'\n{ok}"), true, &[][..]),
        (put(), format!("$ curl -i -X PUT {URL} -H 'Origin: {PAGE}' -H 'X-One: 1' -H 'X-Two: 1'\n{ok}"), false, &[]),
        (put(), ok.clone(), false, &[]),
        (get(), ok.replace(PAGE, "https://app.example.org:443"), false, &["origin-mismatch"]),
        (About { mode: Some(whycors::request::Mode::NoCors), ..get() }, ok.clone(), false, &[]),
        (get(), "HTTP/1.1 304 Not Modified\nETag: x\n\n".into(), false, &[]),
        (get(), hop("http://api.example.com/items/") + &ok, false, &["mixed-content"]),
        (get(), hop("https://api.example.com/items/") + &ok, true, &[]),
        (get(), hop("//u:p@api.example.com/x") + &ok, false, &["redirect-with-credentials"]),
        (About { origin: Some("https://api.example.com".into()), ..get() }, hop("https://u:p@api.example.com/x") + &ok, true, &[]),
        // The preflight's 200, alone.
        (
            put(),
            "HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: GET\nAccess-Control-Allow-Headers: *\n\n".into(),
            false,
            &["method-not-allowed"],
        ),
        // The response first, then the preflight.
        (
            put(),
            format!(
                "HTTP/1.1 404 X\nServer: y\n\nHTTP/1.1 204 X\nAccess-Control-Allow-Origin: {PAGE}\nAccess-Control-Allow-Methods: PUT\n\
                 Access-Control-Allow-Headers: x-one, x-two\n\n"
            ),
            false,
            &["error-response-without-cors"],
        ),
    ] {
        let explanation = explain(&pasted, &about);
        assert_eq!(codes(&explanation), expected, "{pasted}\n{}", explanation.report);
        assert_eq!(explanation.report.contains("The answer lets the page read it"), passes, "{pasted}\n{}", explanation.report);
    }
}

#[test]
fn a_fix_is_of_one_call_and_holds_what_its_last_server_lacks() {
    let redirected = format!(
        "$ curl -iL {URL} -H 'Origin: {PAGE}'\nHTTP/1.1 301 X\nAccess-Control-Allow-Origin: *\nLocation: /items/\n\nHTTP/1.1 200 OK\nServer: y\n\n"
    );
    let explanation = explain(&redirected, &get());
    assert_eq!(codes(&explanation), ["redirect-target-without-cors"]);
    assert_eq!(explanation.fix.unwrap().response.0[0], ("Access-Control-Allow-Origin", PAGE.to_string()));
    let two = format!(
        "$ curl -i {URL} -H 'Origin: {PAGE}'\nHTTP/1.1 200 OK\nServer: y\n\n$ curl -i https://two.example/b -H 'Origin: {PAGE}'\nHTTP/1.1 500 X\nServer: y\n\n"
    );
    let explanation = explain(&two, &About::default());
    assert!(
        explanation.report.contains("call by call.\n  GET https://api.example.com/items\n"),
        "{}",
        explanation.report
    );
    assert!(explanation.report.contains("  GET https://two.example/b\n"), "{}", explanation.report);
    assert!(explanation.fix.unwrap().response.0.is_empty());
    let elsewhere = explain(&two, &About { url: Some("https://three.example/".into()), ..get() });
    assert!(
        elsewhere.open[0]
            .starts_with("The paste is about https://api.example.com/items, the call about https://three.example/")
    );
}

#[test]
fn a_line_about_a_preflight_does_not_contradict_an_answer_to_the_request() {
    let line = format!("{LINE}Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.");
    let ok = format!(
        "$ curl -i {URL} -H 'Origin: {PAGE}'\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: {PAGE}\nVary: Origin\n\n"
    );
    let explanation = explain(&format!("{line}\n{ok}"), &About::default());
    assert_eq!(codes(&explanation), ["method-not-allowed"]);
    assert_eq!(explanation.contradiction, None);
}

#[test]
fn a_copied_request_says_what_was_asked() {
    let copied = format!(
        "fetch(\"{URL}\", {{\n  \"headers\": {{ \"content-type\": \"application/json\", \"x-one\": \"marked-secret\" }},\n  \"referrer\": \"{PAGE}/\",\n  \"body\": \"{{}}\",\n  \
         \"method\": \"PUT\",\n  \"mode\": \"cors\",\n  \"credentials\": \"include\"\n}});\n\nHTTP/1.1 204 No Content\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: *\n\
         Access-Control-Allow-Headers: content-type\n\n"
    );
    let explanation = explain(&copied, &About::default());
    assert_eq!(
        codes(&explanation),
        ["wildcard-with-credentials", "allow-credentials-not-true", "method-not-allowed", "header-not-allowed"],
        "{}",
        explanation.report
    );
    assert_eq!(explanation.findings[3].fields.of("header"), Some("x-one"));
    assert!(!json(&explanation).contains("marked-secret"));
}

#[test]
fn a_har_gives_every_call_that_was_refused_and_no_secret() {
    let entry = |method: &str, url: &str, request: &str, status: u16, response: &str| {
        format!(
            r#"{{"_resourceType":"{}","request":{{"method":"{method}","url":"{url}","headers":[{{"name":"Origin","value":"{PAGE}"}}{request}]}},"response":{{"status":{status},"headers":[{{"name":"Server","value":"x"}}{response}]}}}}"#,
            if method == "OPTIONS" { "preflight" } else { "fetch" }
        )
    };
    let header = |name: &str, value: &str| format!(r#",{{"name":"{name}","value":"{value}"}}"#);
    let entries = [
        entry(
            "GET",
            "https://one.example/a?api_key=marked-secret",
            &header("Authorization", "Bearer marked-secret"),
            200,
            "",
        ),
        entry("PUT", "https://two.example/b", &header("X-One", "marked-secret"), 0, ""),
        entry(
            "OPTIONS",
            "https://two.example/b",
            &(header("Access-Control-Request-Method", "PUT") + &header("Access-Control-Request-Headers", "x-one")),
            204,
            &(header("Access-Control-Allow-Origin", PAGE) + &header("Access-Control-Allow-Methods", "PUT")),
        ),
        entry("GET", "https://three.example/c", "", 200, &header("Access-Control-Allow-Origin", "*")),
        entry("GET", "https://four.example/d", "", 500, ""),
    ];
    let har = format!(
        r#"{{"log":{{"version":"1.2","creator":{{"name":"WebInspector"}},"entries":[{}]}}}}"#,
        entries.join(",")
    );
    let all = explain(&har, &About::default());
    let said: Vec<_> = all.findings.iter().map(|finding| (finding.code, finding.fields.of("url").unwrap())).collect();
    assert_eq!(
        said,
        [
            ("missing-allow-origin", "https://one.example/a?api_key=…"),
            ("header-not-allowed", "https://two.example/b"),
            ("error-response-without-cors", "https://four.example/d"),
        ]
    );
    assert!(!json(&all).contains("marked-secret"));
    let one = explain(&har, &About { url: Some("https://four.example/d".into()), ..get() });
    assert_eq!(codes(&one), ["error-response-without-cors"]);
}

#[test]
fn an_event_stream_and_an_element_need_an_answer_that_they_can_use() {
    let answer = |status: u16, kind: &str| {
        format!("HTTP/1.1 {status} X\nAccess-Control-Allow-Origin: {PAGE}\nVary: Origin\nContent-Type: {kind}\n\n")
    };
    for (api, status, kind, expected) in [
        (Api::EventSource, 200, "text/event-stream; charset=utf-8", &[][..]),
        (Api::EventSource, 200, "application/json", &["unusable-answer"]),
        (Api::EventSource, 204, "text/event-stream", &["unusable-answer"]),
        (Api::Element, 200, "image/png", &[]),
        (Api::Element, 200, "text/html", &["unusable-answer"]),
        (Api::Element, 404, "image/png", &["unusable-answer"]),
        (Api::Fetch, 404, "text/html", &[]),
    ] {
        assert_eq!(
            codes(&explain(&answer(status, kind), &About { api, ..get() })),
            expected,
            "{api:?} {status} {kind}"
        );
    }
}

#[test]
fn what_names_nothing_is_told_what_would() {
    for (text, says) in [
        ("TypeError: Failed to fetch", "Access to fetch at"),
        ("TypeError: NetworkError when attempting to fetch resource.", "Cross-Origin Request Blocked"),
        ("TypeError: Load failed", "Show JavaScript Console"),
        ("TypeError: fetch failed", "Node made this call"),
        ("TypeError: Network request failed", "React Native has no CORS"),
        ("hello", "curl -i URL"),
        ("{\"log\": {\"entries\": [", "Read as a HAR: ends in the middle"),
        ("{\"error\": \"x\"}", "Read as a HAR: this is JSON, but no HAR: it has no log.entries."),
    ] {
        let explanation = explain(text, &About::default());
        assert_eq!(explanation.verdict, Verdict::NothingFound, "{text}");
        assert!(explanation.report.contains(says), "{says:?} is not in\n{}", explanation.report);
    }
}
