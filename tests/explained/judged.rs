//! What answers are judged to be, and what is warned of.

use super::*;

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
