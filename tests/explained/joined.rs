//! A paste against a Diagnosis, a line against an answer, an answer against the browser's own request.

use super::*;

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
fn a_line_about_a_preflight_does_not_contradict_an_answer_to_the_request() {
    let line = format!("{LINE}Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.");
    let ok = format!(
        "$ curl -i {URL} -H 'Origin: {PAGE}'\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: {PAGE}\nVary: Origin\n\n"
    );
    let explanation = explain(&format!("{line}\n{ok}"), &About::default());
    assert_eq!(codes(&explanation), ["method-not-allowed"]);
    assert_eq!(explanation.contradiction, None);
}
