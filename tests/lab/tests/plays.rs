//! The lab over real sockets: what it plays, and what it logs.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

use std::io::ErrorKind;

use lab::{Config, Lab};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const ROWS: &str = r#"
[[row]]
id = "doubled"
title = "Two header lines"
server = [{ status = 200, headers = ["access-control-ALLOW-origin: *", "access-control-ALLOW-origin:  {origin}", "X: {page}|{self}|{other}|{headers}"] }]

[[row]]
id = "drops"
title = "Drops in every way"
server = [
  { when = { path = "/reset" }, fails = "reset" },
  { when = { path = "/empty" }, fails = "empty" },
  { when = { path = "/garbage" }, fails = "garbage" },
  { when = { path = "/hang" }, fails = "hang" },
]

[[row]]
id = "matching"
title = "One rule for each condition"
server = [
  { when = { preflight = true, method = "PUT", without-header = "x-token" }, status = 201 },
  { when = { preflight = true, header = "x-token" }, status = 202 },
  { when = { preflight = true }, status = 204 },
  { when = { method = "OPTIONS" }, status = 205 },
  { when = { header = "x-token" }, status = 206 },
  { when = { cookies = true }, status = 301 },
  { when = { origin = "page" }, status = 207 },
  { when = { origin = "null" }, status = 208 },
  { when = { path = "/below", origin = "none" }, status = 209 },
  { when = { path = "" }, status = 210 },
]

[[row]]
id = "first"
title = "The first answer differs"
first = [{ when = { method = "GET" }, status = 503 }]
server = [{ status = 200 }]

[[row]]
id = "slow-image"
title = "A picture after a while"
server = [{ status = 200 }]
content = "image"
delay = 150

[[row]]
id = "blocked"
title = "An extension stops it"
server = [{ fails = "blocked" }]

[[row]]
id = "refused"
title = "Nothing listens"
server = [{ fails = "refused" }]
"#;

async fn lab() -> Lab {
    Lab::start(Config { scenarios: lab::parse(ROWS).unwrap(), ..Config::default() }).await.unwrap()
}

/// The public page's name is one that only the tests' browsers are told of.
fn host(origin: &str) -> String {
    origin.split_once("://").unwrap().1.replace(lab::PUBLIC, "localhost")
}

/// Sends a head and reads until the connection ends.
async fn send(origin: &str, head: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(host(origin)).await?;
    stream.write_all(format!("{}\r\n\r\n", head.replace('\n', "\r\n")).as_bytes()).await?;
    stream.shutdown().await?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

async fn status(lab: &Lab, head: &str) -> String {
    let answer = send(&lab.origins().api, head).await.unwrap();
    answer.split(' ').nth(1).unwrap_or_default().to_string()
}

#[tokio::test]
async fn header_lines_go_out_as_written_with_their_placeholders() {
    let lab = lab().await;
    let head = "GET /s/doubled HTTP/1.1\nOrigin: http://a.example\nAccess-Control-Request-Headers: x-a,x-b";
    let answer = send(&lab.origins().api, head).await.unwrap();
    let expected = format!(
        "HTTP/1.1 200 OK\r\naccess-control-ALLOW-origin: *\r\naccess-control-ALLOW-origin:  http://a.example\r\n\
         X: {page}|{api}/s/doubled|{other}/s/doubled|x-a,x-b\r\nContent-Length: 11\r\n\r\n{{\"ok\":true}}",
        page = lab.origins().page,
        api = lab.origins().api,
        other = lab.origins().other,
    );
    assert_eq!(answer, expected);
}

#[tokio::test]
async fn a_reset_resets_and_an_empty_answer_only_closes() {
    let lab = lab().await;
    let reset = send(&lab.origins().api, "GET /s/drops/reset HTTP/1.1").await.unwrap_err();
    assert_eq!(reset.kind(), ErrorKind::ConnectionReset);
    assert_eq!(send(&lab.origins().api, "GET /s/drops/empty HTTP/1.1").await.unwrap(), "");
    assert!(send(&lab.origins().api, "GET /s/drops/garbage HTTP/1.1").await.unwrap().contains("not HTTP"));
}

#[tokio::test]
async fn a_hang_lasts_until_the_client_leaves() {
    let lab = lab().await;
    let mut stream = TcpStream::connect(host(&lab.origins().api)).await.unwrap();
    stream.write_all(b"GET /s/drops/hang HTTP/1.1\r\n\r\n").await.unwrap();
    let waited = tokio::time::timeout(std::time::Duration::from_millis(200), stream.read_u8()).await;
    assert!(waited.is_err(), "{waited:?}");
}

#[tokio::test]
async fn nothing_listens_where_a_row_is_refused() {
    let lab = lab().await;
    let refused = TcpStream::connect(host(&lab.origins().closed)).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
    let rows = lab::parse(ROWS).unwrap();
    let row = rows.iter().find(|row| row.id == "refused").unwrap();
    assert_eq!(lab.call_url(row), format!("{}/s/refused", lab.origins().closed));
}

#[tokio::test]
async fn each_condition_of_a_rule_is_looked_at() {
    let lab = lab().await;
    let page = lab.origins().page.clone();
    let preflight = "OPTIONS /s/matching HTTP/1.1\nAccess-Control-Request-Method:";
    for (head, expected) in [
        (format!("{preflight} PUT"), "201"),
        (format!("{preflight} PUT\nAccess-Control-Request-Headers: x-a, X-Token"), "202"),
        (format!("{preflight} POST"), "204"),
        ("OPTIONS /s/matching HTTP/1.1".to_string(), "205"),
        ("PUT /s/matching HTTP/1.1\nX-Token: 1".to_string(), "206"),
        ("GET /s/matching HTTP/1.1\nCookie: a=b".to_string(), "301"),
        (format!("GET /s/matching/x HTTP/1.1\nOrigin: {page}"), "207"),
        ("GET /s/matching HTTP/1.1\nOrigin: null".to_string(), "208"),
        ("GET /s/matching/below?q HTTP/1.1".to_string(), "209"),
        ("GET /s/matching?q HTTP/1.1".to_string(), "210"),
        ("GET /s/matching/above HTTP/1.1".to_string(), "404"),
        ("GET /s/unknown HTTP/1.1".to_string(), "404"),
    ] {
        assert_eq!(status(&lab, &head).await, expected, "{head}");
    }
}

#[tokio::test]
async fn the_first_answer_of_each_run_may_differ() {
    let lab = lab().await;
    for (head, expected) in [
        ("GET /s/first?run=a HTTP/1.1", "503"),
        ("GET /s/first?run=a HTTP/1.1", "200"),
        ("GET /s/first?x&run=b HTTP/1.1", "503"),
        ("PUT /s/first?run=c HTTP/1.1", "200"),
        ("GET /s/first?run=c HTTP/1.1", "200"),
    ] {
        assert_eq!(status(&lab, head).await, expected, "{head}");
    }
    lab.begin("other");
    assert_eq!(status(&lab, "GET /s/first?run=a HTTP/1.1").await, "200");
    lab.begin("first");
    assert_eq!(status(&lab, "GET /s/first?run=a HTTP/1.1").await, "503");
}

#[tokio::test]
async fn an_answer_may_be_slow_and_a_picture() {
    let lab = lab().await;
    let start = std::time::Instant::now();
    assert!(send(&lab.origins().api, "GET /s/slow-image HTTP/1.1").await.unwrap().contains("\r\n\r\nGIF89a"));
    assert!(start.elapsed().as_millis() >= 150);
}

#[tokio::test]
async fn every_request_to_a_row_without_a_pace_of_its_own_may_be_slow_and_no_other_is() {
    let delay = std::time::Duration::from_millis(150);
    let config = Config { scenarios: lab::parse(ROWS).unwrap(), delay, ..Config::default() };
    let lab = Lab::start(config).await.unwrap();
    for (origin, head, is_slow) in [
        (&lab.origins().api, "GET /s/doubled HTTP/1.1", true),
        (&lab.origins().other, "OPTIONS /s/matching HTTP/1.1\nAccess-Control-Request-Method: PUT", true),
        (&lab.origins().api, "GET /s/drops/empty HTTP/1.1", false),
        (&lab.origins().api, "GET /s/first HTTP/1.1", false),
        (&lab.origins().page, "GET /lab/page HTTP/1.1", false),
    ] {
        let start = std::time::Instant::now();
        send(origin, head).await.unwrap();
        assert_eq!(start.elapsed() >= delay, is_slow, "{head}");
    }
}

#[tokio::test]
async fn what_a_browser_stops_is_healthy_behind_it() {
    let lab = lab().await;
    let answer = send(&lab.origins().api, "GET /s/blocked HTTP/1.1").await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\n"), "{answer}");
}

#[tokio::test]
async fn a_row_is_played_at_every_origin() {
    let lab = lab().await;
    let origins = lab.origins();
    for origin in [&origins.page, &origins.page_public, &origins.api, &origins.other] {
        assert!(send(origin, "GET /s/first HTTP/1.1").await.unwrap().starts_with("HTTP/1.1 "), "{origin}");
    }
    assert_eq!(lab.take_log_of("first").len(), 4);
}

#[tokio::test]
async fn the_log_keeps_what_was_received_and_forgets_what_was_taken() {
    let lab = lab().await;
    send(&lab.origins().other, "POST /s/doubled/below?a=b HTTP/1.1\nX-A: 1\nContent-Length: 2\n\nhi").await.unwrap();
    send(&lab.origins().api, "GET /s/matching HTTP/1.1").await.unwrap();
    let log = lab.log_of("doubled");
    assert_eq!(log.len(), 1);
    let seen = (&*log[0].origin_kind, &*log[0].method, &*log[0].path, &*log[0].query, log[0].body_len, &*log[0].reply);
    assert_eq!(seen, ("other", "POST", "/s/doubled/below", "a=b", 2, "200"));
    assert_eq!(log[0].header("x-a"), Some("1"));
    assert_eq!(lab.take_log_of("doubled").len(), 1);
    assert_eq!(lab.take_log().len(), 1);
    assert!(lab.take_log().is_empty());
}

#[tokio::test]
async fn a_request_is_logged_when_it_comes_and_not_when_it_is_answered() {
    let lab = lab().await;
    for row in ["slow-image", "matching"] {
        let mut stream = TcpStream::connect(host(&lab.origins().api)).await.unwrap();
        stream.write_all(format!("GET /s/{row} HTTP/1.1\r\n\r\n").as_bytes()).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
    }
    let rows: Vec<String> = lab.take_log().into_iter().map(|received| received.scenario).collect();
    assert_eq!(rows, ["slow-image", "matching"]);
}

#[tokio::test]
async fn a_head_request_gets_the_length_without_the_body() {
    let lab = lab().await;
    let answer = send(&lab.origins().api, "HEAD /s/doubled HTTP/1.1").await.unwrap();
    assert!(answer.contains("Content-Length: 11\r\n") && answer.ends_with("\r\n\r\n"), "{answer}");
}

#[tokio::test]
async fn a_connection_is_kept_and_a_body_is_no_request() {
    let lab = lab().await;
    let post = "POST /s/doubled HTTP/1.1\nContent-Length: 21\n\nGET /s/x HTTP/1.1\n\n";
    let answers = send(&lab.origins().api, &format!("{post}GET /s/matching HTTP/1.1")).await.unwrap();
    assert_eq!(answers.matches("HTTP/1.1 ").count(), 2, "{answers}");
    assert_eq!(lab.take_log().iter().map(|received| received.method.as_str()).collect::<Vec<_>>(), ["POST", "GET"]);
}

#[tokio::test]
async fn what_is_no_tls_is_logged_as_a_connection_that_never_became_a_request() {
    let lab = lab().await;
    let _ = send(&lab.origins().api_https, "GET /s/doubled HTTP/1.1").await;
    let facts: Vec<String> = lab.take_connections().into_iter().map(|connection| connection.fact).collect();
    assert_eq!(facts[0], "accepted");
    assert!(facts[1].starts_with("tls-handshake-failed: "), "{facts:?}");
    assert!(lab.take_log().is_empty());
}
