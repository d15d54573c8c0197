//! `/lab/echo` over real sockets.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

use lab::{Config, Lab};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

async fn send(origin: &str, head: &str) -> String {
    let mut stream = TcpStream::connect(origin.split_once("://").unwrap().1).await.unwrap();
    stream.write_all(format!("{}\r\n\r\n", head.replace('\n', "\r\n")).as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn without_a_wish_it_says_what_was_asked_at_every_origin() {
    let lab = Lab::start(Config::default()).await.unwrap();
    for origin in [&lab.origins().page, &lab.origins().api, &lab.origins().other] {
        let answer = send(origin, "PUT /lab/echo HTTP/1.1\nX-A: 1\nContent-Length: 2\n\nhi").await;
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        let said: serde_json::Value = serde_json::from_str(body).unwrap();
        let asked = json!({ "method": "PUT", "headers": [["x-a", "1"], ["content-length", "2"]], "body": "hi" });
        assert_eq!(said, asked);
    }
}

#[tokio::test]
async fn status_headers_body_and_time_are_those_wanted() {
    let lab = Lab::start(Config::default()).await.unwrap();
    let query = r#"{"status":404,"headers":[["X-A","%C3%A4"]],"body":"a%20b","delay":50}"#;
    let start = std::time::Instant::now();
    let answer = send(&lab.origins().api, &format!("GET /lab/echo?{query} HTTP/1.1")).await;
    assert_eq!(answer, "HTTP/1.1 404 Not Found\r\nX-A: ä\r\nContent-Length: 3\r\n\r\na b");
    assert!(start.elapsed().as_millis() >= 50);
    assert!(send(&lab.origins().api, "GET /lab/echo?{\"more\":1} HTTP/1.1").await.starts_with("HTTP/1.1 400"));
}

#[tokio::test]
async fn a_preflight_has_a_status_of_its_own_and_is_logged_with_its_request() {
    let lab = Lab::start(Config::default()).await.unwrap();
    let query = r#"{"status":201,"preflight":403,"log":"twice"}"#;
    let preflight = format!("OPTIONS /lab/echo?{query} HTTP/1.1\nAccess-Control-Request-Method: PUT");
    assert!(send(&lab.origins().api, &preflight).await.starts_with("HTTP/1.1 403"));
    assert!(send(&lab.origins().api, &format!("PUT /lab/echo?{query} HTTP/1.1")).await.starts_with("HTTP/1.1 201"));
    let log: Vec<_> = lab.take_log_of("twice").into_iter().map(|one| (one.method, one.reply)).collect();
    assert_eq!(log, [("OPTIONS".to_string(), "403".to_string()), ("PUT".to_string(), "201".to_string())]);
}

#[tokio::test]
async fn an_answer_that_closes_is_the_last_of_its_connection() {
    let lab = Lab::start(Config::default()).await.unwrap();
    let query = r#"{"headers":[["Connection","close"],["Content-Length","9"]],"body":"cut"}"#;
    let answer = send(&lab.origins().api, &format!("GET /lab/echo?{query} HTTP/1.1\n\nGET /lab/echo HTTP/1.1")).await;
    assert!(answer.ends_with("\r\n\r\ncut"), "{answer}");
}
