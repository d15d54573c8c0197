//! What is kept of one entry, and when.

use whycors::explain::call::Reply;
use whycors::explain::har::{Entry, Kind, Source};

use crate::{entry, log, read};

/// The entry, if it is kept.
fn kept(entry: &str) -> Option<Entry> {
    let har = read(log(entry)).expect("it is a HAR");
    assert_eq!((har.seen, har.left_out), (1, 0), "{entry}");
    har.entries.into_iter().next()
}

fn headers(pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<_> =
        pairs.iter().map(|(name, value)| format!(r#"{{"name": "{name}", "value": "{value}"}}"#)).collect();
    format!(r#""headers": [{}]"#, pairs.join(", "))
}

#[test]
fn only_what_can_matter_for_cors_is_kept() {
    let is_kept = |url: &str, response: &str, pairs: &[(&str, &str)]| {
        let request = format!(r#", "url": "{url}", {}"#, headers(pairs));
        kept(&entry("", &request, response)).is_some()
    };
    let (there, here) = ("https://api.example/", "https://APP.example:443/x");
    let passed = r#""status": 200"#;
    assert!(is_kept(there, passed, &[]), "another origin");
    assert!(!is_kept(here, passed, &[]), "the page's own");
    assert!(!is_kept(here, passed, &[("Origin", "https://app.example")]), "a POST to the page's own");
    assert!(is_kept(here, passed, &[("Origin", "null")]), "redirected there and back");
    assert!(is_kept("https://app.example:8443/", passed, &[]), "a port is an origin");
    assert!(is_kept("http://app.example/", passed, &[]), "a scheme is an origin");
    assert!(!is_kept(there, passed, &[("Referer", "https://api.example/frame")]), "a frame's own");
    assert!(!is_kept(there, passed, &[("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "cors")]));
    assert!(is_kept(here, passed, &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "cors")]));
    assert!(!is_kept(
        there,
        passed,
        &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("origin", "https://app.example")]
    ));
    assert!(!is_kept(
        "wss://api.example/",
        r#""status": 101"#,
        &[("sec-fetch-mode", "websocket"), ("origin", "https://app.example")]
    ));
    assert!(is_kept(here, r#""status": 302, "redirectURL": "/y""#, &[]), "a redirect");
    assert!(!is_kept(here, r#""status": 304"#, &[]), "none");
    assert!(is_kept(here, r#""status": 0"#, &[]), "no answer");
    assert!(is_kept(here, r#""status": 200, "_error": "net::ERR_FAILED""#, &[]));
    assert!(!is_kept("data:image/png;base64,AAAA", r#""status": 0"#, &[]));
    assert!(!is_kept("", r#""status": 0"#, &[]), "without a URL there is nothing to say");
}

#[test]
fn without_a_page_an_entry_tells_of_itself() {
    let alone = |pairs: &[(&str, &str)]| {
        let entry = entry("", &format!(", {}", headers(pairs)), r#""status": 200"#).replace("\"p\"", "\"q\"");
        kept(&entry)
    };
    assert_eq!(alone(&[]), None);
    assert!(alone(&[("Origin", "https://app.example")]).is_some());
    assert!(alone(&[("Sec-Fetch-Mode", "no-cors")]).is_some());
    let by_referrer = alone(&[("Referer", "https://user@App.example:443/x?y")]).expect("it is kept");
    assert_eq!(by_referrer.exchange.call.origin.as_deref(), Some("https://app.example"));
    // Pages may stand behind the entries.
    let pages = r#""pages": [{"title": "https://app.example/", "id": "p"}], "creator": {"name": "Firefox"}"#;
    let origin = r#", "headers": [{"value": "https://app.example", "name": "origin"}]"#;
    let har = read(format!(r#"{{"log": {{"entries": [{}], {pages}}}}}"#, entry("", origin, ""))).expect("it is a HAR");
    assert_eq!(har.entries[0].exchange.call.origin.as_deref(), Some("https://app.example"));
    assert_eq!(har.engine, Some(whycors::request::Engine::Firefox));
}

#[test]
fn no_answer_is_written_in_many_ways() {
    for response in
        ["", r#""status": 0"#, r#""status": -1"#, r#""status": null"#, r#""status": "x""#, r#""status": 99999999"#]
    {
        let entry = kept(&entry("", "", response)).expect("it failed");
        assert_eq!(entry.exchange.reply, Reply::Fails(None), "{response}");
    }
    for response in [r#""status": 404"#, r#""status": "404""#, r#""status": 404.0"#] {
        let entry = kept(&entry("", "", response)).expect("it is another origin");
        assert_eq!(entry.exchange.reply, Reply::Answer { status: Some(404), headers: Vec::new() }, "{response}");
    }
}

#[test]
fn values_of_another_type_are_none() {
    let odd = r#""_initiator": null, "_resourceType": 1, "_fromCache": {"a": "disk"}, "startedDateTime": [1], "#;
    let request = r#", "headers": {"name": "origin"}, "cookies": "x""#;
    let response = r#""status": 0, "_error": {"a": "b"}, "headers": [1, "x", [], {"name": 5, "value": "v"}, {"name": "n", "value": 5}, {}]"#;
    let entry = kept(&entry(odd, request, response)).expect("it failed");
    assert_eq!((entry.kind, entry.source, entry.error, entry.started), (Kind::Other, Source::Unknown, None, None));
    assert_eq!((entry.exchange.call.headers, entry.has_cookies), (None, false));
    for odd in
        ["1", "null", "[]", "\"x\"", "{}", r#"{"request": 1}"#, r#"{"request": {"url": 12}}"#, r#"{"request": []}"#]
    {
        assert_eq!(kept(odd), None, "{odd}");
    }
    assert_eq!(read(log(&format!("1, {}", self::entry("", "", "")))).expect("it is a HAR").entries[0].number, 2);
}

#[test]
fn of_what_is_said_twice_the_last_counts() {
    let twice = r#", "url": "https://b.example/", "headers": [{"name": "a", "value": "1"}], "headers": [{"name": "b", "value": "1", "value": "2"}]"#;
    let entry = kept(&entry("", twice, r#""status": 200, "headers": [{"name": "c", "value": "3"}], "status": 201"#))
        .expect("kept");
    let pair = |name: &str, value: &str| vec![(name.to_string(), value.to_string())];
    assert_eq!(entry.exchange.call.url.as_deref(), Some("https://b.example/"));
    assert_eq!(entry.exchange.call.headers, Some(pair("b", "2")));
    assert_eq!(entry.exchange.reply, Reply::Answer { status: Some(201), headers: pair("c", "3") });
    let first =
        r#"{"request": {"url": "https://a.example/", "method": "PUT", "cookies": [{}], "headers": [{"name": "a"}]}, "#;
    let second =
        r#""request": {"url": "https://b.example/"}, "response": {"status": 200, "_error": "x"}, "response": {}}"#;
    let entry = kept(&format!("{first}{second}")).expect("it failed");
    let call = &entry.exchange.call;
    assert_eq!((call.url.as_deref(), &call.method, &call.headers), (Some("https://b.example/"), &None, &None));
    assert_eq!((entry.has_cookies, &entry.error, &entry.exchange.reply), (false, &None, &Reply::Fails(None)));
    let logs = format!(r#"{{"log": {{"entries": [{first}{second}]}}, "log": {{"entries": []}}}}"#);
    assert_eq!(read(logs).expect("it is a HAR").seen, 0);
    assert!(read(r#"{"log": {"entries": []}, "log": {}}"#).is_err());
    // A list of headers that is none says nothing of the other side's.
    let entry = kept(&self::entry("", r#", "headers": []"#, r#""status": 0, "headers": 5"#)).expect("it failed");
    assert_eq!(entry.exchange.call.headers, Some(Vec::new()));
}

#[test]
fn texts_are_decoded_and_what_is_no_text_is_replaced() {
    let url =
        br#", "url": "https://api.example/\u00e9\ud83d\ude00\ud83d|\ude00\ud83d\ud83d\ude00\/\"\\\n\ud800","#.to_vec();
    let entry =
        entry("", "@", r#""status": 200, "headers": [{"name": "access-control-allow-origin", "value": "a\nb"}]"#);
    let (before, after) = entry.split_once('@').expect("it is there");
    let text = [before.as_bytes(), &url, b" \"method\": \"G\xFFT\"", after.as_bytes()].concat();
    let text = [log("@").split_once('@').expect("it is there").0.as_bytes(), &text, b"]}}"].concat();
    let entry = read(text).expect("it is a HAR").entries.remove(0);
    let call = entry.exchange.call;
    assert_eq!(call.url.as_deref(), Some("https://api.example/é😀\u{FFFD}|\u{FFFD}\u{FFFD}😀/\"\\\n\u{FFFD}"));
    assert_eq!(call.method.as_deref(), Some("G\u{FFFD}T"));
    let Reply::Answer { headers, .. } = entry.exchange.reply else { panic!("it was answered") };
    assert_eq!(headers.len(), 2, "Chromium's protocol joins repeats so");
}

#[test]
fn a_cookie_is_seen_in_the_list_of_cookies_too() {
    let cookies = vec![r#"{"name": "sid", "value": "sesame"}"#; 100].join(", ");
    let entry = kept(&entry("", &format!(r#", "cookies": [{cookies}]"#), "")).expect("it failed");
    assert!(entry.has_cookies && !format!("{entry:?}").contains("sesame"));
    assert!(!kept(&self::entry("", r#", "cookies": []"#, "")).expect("it failed").has_cookies);
}

#[test]
fn what_the_cache_had_before_was_the_answer() {
    let source = |cache: &str| {
        let entry = entry(&format!(r#""cache": {cache}, "#), "", r#""status": 200"#);
        kept(&entry).expect("it is another origin").source
    };
    assert_eq!(source(r#"{"beforeRequest": {"hitCount": 1}}"#), Source::Cache);
    assert_eq!(source(r#"{"beforeRequest": null, "afterRequest": {"hitCount": 1}}"#), Source::Unknown);
}

#[test]
fn playwrights_names_the_browser_and_the_failure_its_own_way() {
    let maker = r#""creator": {"name": "Playwright", "version": "1.49"}, "browser": {"name": "firefox"}, "entries""#;
    let failed = entry("", "", r#""status": -1, "_failureText": "NS_ERROR_UNKNOWN_HOST""#);
    let har = read(log(&failed).replace(r#""entries""#, maker)).expect("it is a HAR");
    assert_eq!(har.engine, Some(whycors::request::Engine::Firefox));
    assert_eq!(har.entries[0].exchange.reply, Reply::Fails(Some(whycors::world::Failure::Dns)));
    let reversed = maker.replace("Playwright", "Firefox").replace("\"firefox\"", "\"x\"");
    let har = read(log(&failed).replace(r#""entries""#, &reversed)).expect("it is a HAR");
    assert_eq!(har.engine, Some(whycors::request::Engine::Firefox));
}
