//! The three engines' exports: each sample has the engine's own members, order and layout.

use whycors::explain::call::Reply;
use whycors::explain::har::{Entry, Har, Kind, Source, net_error};
use whycors::request::{Engine, Mode};
use whycors::world::Failure;

use crate::{CHROMIUM, FIREFOX, WEBKIT, entry, log, read};

#[test]
fn chromiums_keeps_what_can_matter() {
    let har = read(CHROMIUM).expect("it is a HAR");
    assert_eq!((har.engine, har.seen, har.left_out), (Some(Engine::Chromium), 14, 0));
    assert_eq!(
        lines(&har),
        [
            "2 Xhr POST https://api.example.com/signup: 400 net::ERR_FAILED",
            "3 Preflight OPTIONS https://api.example.com/signup: 204",
            "4 Fetch PUT https://api.example.com/items/1: none net::ERR_FAILED",
            "5 Preflight OPTIONS https://api.example.com/items/1: 404",
            "7 Image GET https://cdn.example.net/a.png: 200 net::ERR_BLOCKED_BY_ORB",
            "8 Fetch GET https://api.example.com/cached: 200",
            "9 Fetch GET https://api.example.com/worked: 200",
            "10 Fetch GET https://nowhere.invalid/x?token=sesame: none net::ERR_NAME_NOT_RESOLVED",
            "11 Fetch GET http://localhost:5173/login: 302",
            "12 Fetch GET https://login.example.org/: 200 net::ERR_FAILED",
            "13 Ping POST https://stats.example.net/collect: none net::ERR_BLOCKED_BY_CLIENT",
            "14 Image GET https://cdn.example.net/b.png: 200",
        ]
    );
    let by = |number: u32| of(&har, number);
    assert_eq!((by(8).source, by(9).source, by(2).source), (Source::Cache, Source::ServiceWorker, Source::Unknown));
    assert_eq!(by(4).exchange.reply, Reply::Fails(None));
    assert_eq!(by(10).exchange.reply, Reply::Fails(Some(Failure::Dns)));
    assert_eq!(by(13).exchange.reply, Reply::Fails(Some(Failure::Blocked)));
    assert_eq!(by(11).redirect.as_deref(), Some("https://login.example.org/"));
    assert_eq!((by(3).server.as_deref(), by(2).server.as_deref()), (Some("203.0.113.7"), None));
    assert_eq!(by(2).started.as_deref(), Some("2025-01-12T10:00:01.736Z"));
    assert!(by(14).started < by(13).started, "the order is the file's");
    assert!(har.entries.iter().all(|entry| entry.exchange.call.origin.as_deref() == Some("http://localhost:5173")));
    assert_eq!((by(2).exchange.call.mode, by(7).exchange.call.mode), (Some(Mode::Cors), Some(Mode::NoCors)));
    assert_eq!(answered(by(3)).iter().filter(|(name, _)| name == "access-control-allow-origin").count(), 2);
}

#[test]
fn of_secrets_it_keeps_that_they_were_there() {
    let har = read(CHROMIUM).expect("it is a HAR");
    let call = of(&har, 2);
    assert!(call.has_cookies && !of(&har, 3).has_cookies);
    for name in ["Authorization", "Cookie", "X-Api-Key"] {
        assert_eq!(call.exchange.call.header(name), Some(""), "{name}");
    }
    assert_eq!(call.exchange.call.header("content-type"), Some("application/json"));
    assert!(answered(call).contains(&("set-cookie".to_string(), String::new())));
    let names = |name: &str| of(&har, 3).exchange.call.header(name).map(str::to_string);
    assert_eq!(names("access-control-request-headers").as_deref(), Some("authorization,content-type,x-api-key"));
    assert_eq!(names(":method"), None, "HTTP/2 carries the request line so");
    // In URLs too there are secrets: explain masks those.
    let kept = format!("{har:?}").replace("token=sesame", "");
    assert!(!kept.contains("sesame"), "{kept}");
}

#[test]
fn firefoxs_does_not_say_that_an_answer_was_refused() {
    let har = read(FIREFOX).expect("it is a HAR");
    assert_eq!((har.engine, har.seen, har.left_out), (Some(Engine::Firefox), 6, 0));
    assert_eq!(
        lines(&har),
        [
            "2 Preflight OPTIONS https://api.example.com/items: 200",
            "3 Fetch GET https://api.example.com/list: 200",
            "4 Fetch GET https://api.example.com/cached: 200",
            "5 Fetch GET https://down.example.com/: none",
        ]
    );
    assert_eq!((of(&har, 4).source, of(&har, 3).source), (Source::Cache, Source::Unknown));
    // The page's title is none of its URL.
    assert_eq!(of(&har, 3).exchange.call.origin.as_deref(), Some("https://app.example.com"));
    assert_eq!(of(&har, 3).started.as_deref(), Some("2025-01-12T11:00:00.200+01:00"));
}

#[test]
fn webkits_says_what_its_console_says() {
    let har = read(WEBKIT).expect("it is a HAR");
    assert_eq!((har.engine, har.seen, har.left_out), (Some(Engine::WebKit), 7, 0));
    let refused = "Origin http://localhost:5173 is not allowed by Access-Control-Allow-Origin. Status code: 200";
    assert_eq!(
        lines(&har),
        [
            &format!("2 Other GET https://api.example.com/list: 200 {refused}"),
            "3 Preflight OPTIONS https://api.example.com/items: 405",
            "4 Other GET https://api.example.com/mem: 200",
            "5 Other GET https://api.example.com/worker: 200",
            "6 Other GET https://nowhere.invalid/: none A server with the specified hostname could not be found.",
        ]
    );
    assert_eq!((of(&har, 4).source, of(&har, 5).source), (Source::Cache, Source::ServiceWorker));
    assert_eq!(of(&har, 6).exchange.reply, Reply::Fails(None), "its sentence is in the user's language");
}

#[test]
fn kinds_are_told_from_whatever_tells_them() {
    let kind = |more: &str, headers: &str| {
        let entry = entry(more, &format!(r#", "headers": [{headers}]"#), "");
        read(log(&entry)).expect("it is a HAR").entries[0].kind
    };
    let requested = r#"{"name": "Access-Control-Request-Method", "value": "PUT"}"#;
    assert_eq!(kind(r#""_resourceType": "XHR", "#, ""), Kind::Xhr);
    assert_eq!(kind(r#""_resourceType": "fetch", "#, requested), Kind::Preflight);
    assert_eq!(kind(r#""_resourceType": "other", "_initiator": {"type": "preflight"}, "#, ""), Kind::Preflight);
    assert_eq!(kind("", r#"{"name": "Sec-Fetch-Dest", "value": "style"}"#), Kind::Stylesheet);
    assert_eq!(kind("", r#"{"name": "Sec-Fetch-Mode", "value": "navigate"}"#), Kind::Document);
    assert_eq!(kind("", ""), Kind::Other);
}

#[test]
fn net_errors_mean_causes_of_the_catalogue() {
    let means = |error: &str| net_error::meaning(error).map(|meaning| (meaning.failure, meaning.causes));
    assert_eq!(means("net::ERR_SSL_PROTOCOL_ERROR"), Some((Some(Failure::Tls), &["tls-failure"][..])));
    assert_eq!(means("net::ERR_SSL_CLIENT_AUTH_CERT_NEEDED").and_then(|it| it.0), Some(Failure::ClientCertificate));
    assert_eq!(means("ERR_CONNECTION_REFUSED"), means("NS_ERROR_CONNECTION_REFUSED"));
    assert_eq!(means("NS_BINDING_ABORTED"), means("net::ERR_ABORTED"));
    assert_eq!(means("net::ERR_BLOCKED_BY_RESPONSE").map(|it| it.1), Some(&["corp", "coep"][..]));
    assert_eq!(means("net::ERR_BLOCKED_BY_RESPONSE.NotSameSite").map(|it| it.1), Some(&["corp"][..]));
    let by_embedder = "net::ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep";
    assert_eq!(means(by_embedder).map(|it| it.1), Some(&["coep"][..]));
    for unknown in ["net::ERR_FAILED", "", "net::ERR_", "net::ERR_ABORTED_BY_SOMETHING_NEW", "Load failed"] {
        assert_eq!(means(unknown), None, "{unknown}");
    }
    for meaning in net_error::all() {
        let codes = whycors::causes::all().map(|cause| cause.code).collect::<Vec<_>>();
        let places: Vec<_> = meaning.causes.iter().map(|code| codes.iter().position(|known| known == code)).collect();
        assert!(places.iter().all(Option::is_some), "{meaning:?}");
    }
}

/// Number, kind, method, URL, status and net error of each.
fn lines(har: &Har) -> Vec<String> {
    har.entries.iter().map(line).collect()
}

fn line(entry: &Entry) -> String {
    let call = &entry.exchange.call;
    let status = match &entry.exchange.reply {
        Reply::Answer { status: Some(status), .. } | Reply::Status(status) => status.to_string(),
        Reply::Answer { .. } => "unknown".to_string(),
        Reply::TooManyRedirects | Reply::Fails(_) => "none".to_string(),
    };
    let [method, url] = [&call.method, &call.url].map(|text| text.as_deref().unwrap_or_default());
    let error = entry.error.as_ref().map(|error| format!(" {error}")).unwrap_or_default();
    format!("{} {:?} {method} {url}: {status}{error}", entry.number, entry.kind)
}

fn of(har: &Har, number: u32) -> &Entry {
    har.entries.iter().find(|entry| entry.number == number).expect("it is kept")
}

fn answered(entry: &Entry) -> &[(String, String)] {
    match &entry.exchange.reply {
        Reply::Answer { headers, .. } => headers,
        Reply::Status(_) | Reply::TooManyRedirects | Reply::Fails(_) => &[],
    }
}
