//! Rows over HTTP/2: what a client of that protocol gets, and what the log says of it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use h2::client::SendRequest;
use h2::{Reason, RecvStream};
use http::{Request, Response};
use lab::{Config, Lab};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme, crypto};

const ROWS: &str = r#"
[[row]]
id = "doubled"
title = "Two header lines of one name, and placeholders"
call = { api = "h2" }
server = [
  { when = { preflight = true, method = "PUT" }, status = 204 },
  { when = { path = "/elsewhere" }, status = 302, headers = ["Location: {other}/there"] },
  { status = 200, headers = ["Access-Control-Allow-Origin: *", "access-control-allow-origin: {origin}", "X: {self}"] },
]

[[row]]
id = "drops"
title = "One failure a path"
server = [
  { when = { path = "/reset" }, fails = "reset" },
  { when = { path = "/empty" }, fails = "empty" },
  { when = { path = "/garbage" }, fails = "garbage" },
  { when = { path = "/hang" }, fails = "hang" },
]
"#;

async fn lab() -> Lab {
    Lab::start(Config { scenarios: lab::parse(ROWS).unwrap(), ..Config::default() }).await.unwrap()
}

/// Trusts the lab's certificate, as nobody else does.
#[derive(Debug)]
struct Trusting;

impl ServerCertVerifier for Trusting {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        crypto::ring::default_provider().signature_verification_algorithms.supported_schemes()
    }
}

async fn connect(lab: &Lab, protocol: &str) -> std::io::Result<TlsStream<TcpStream>> {
    let mut config = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Trusting))
        .with_no_client_auth();
    config.alpn_protocols = vec![protocol.as_bytes().to_vec()];
    let tcp = TcpStream::connect(lab.origins().api_h2.strip_prefix("https://").unwrap()).await?;
    TlsConnector::from(Arc::new(config)).connect("localhost".try_into().unwrap(), tcp).await
}

async fn client(lab: &Lab) -> SendRequest<Bytes> {
    let (client, connection) = h2::client::handshake(connect(lab, "h2").await.unwrap()).await.unwrap();
    tokio::spawn(connection);
    client
}

fn to(lab: &Lab, method: &str, path: &str) -> Request<()> {
    let request = Request::builder().method(method).uri(format!("{}/s/{path}", lab.origins().api_h2));
    request.header("Origin", "http://a.example").body(()).unwrap()
}

async fn send(client: &SendRequest<Bytes>, request: Request<()>) -> Result<Response<RecvStream>, h2::Error> {
    let mut client = client.clone().ready().await?;
    client.send_request(request, true)?.0.await
}

async fn text(answer: Response<RecvStream>) -> String {
    let (mut body, mut text) = (answer.into_body(), String::new());
    while let Some(chunk) = body.data().await {
        text += std::str::from_utf8(&chunk.unwrap()).unwrap();
    }
    text
}

#[tokio::test]
async fn header_lines_go_out_doubled_with_their_placeholders() {
    let lab = lab().await;
    let answer = send(&client(&lab).await, to(&lab, "GET", "doubled")).await.unwrap();
    let allowed: Vec<_> = answer.headers().get_all("access-control-allow-origin").iter().collect();
    assert_eq!((answer.status().as_u16(), allowed.len()), (200, 2));
    assert!(allowed[0] == "*" && allowed[1] == "http://a.example", "{allowed:?}");
    assert_eq!(answer.headers()["x"], format!("{}/s/doubled", lab.origins().api_h2));
    assert_eq!(text(answer).await, r#"{"ok":true}"#);
    let rows = lab::parse(ROWS).unwrap();
    assert_eq!(lab.call_url(&rows[0]), format!("{}/s/doubled", lab.origins().api_h2));
}

#[tokio::test]
async fn a_preflight_a_redirect_and_a_head_have_no_body() {
    let lab = lab().await;
    let client = client(&lab).await;
    let mut preflight = to(&lab, "OPTIONS", "doubled");
    preflight.headers_mut().insert("access-control-request-method", "PUT".parse().unwrap());
    let answer = send(&client, preflight).await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.headers().contains_key("content-length")), (204, false));
    let answer = send(&client, to(&lab, "GET", "doubled/elsewhere")).await.unwrap();
    assert_eq!(answer.headers()["location"], format!("{}/s/doubled/there", lab.origins().other));
    let answer = send(&client, to(&lab, "HEAD", "doubled")).await.unwrap();
    assert_eq!(answer.headers()["content-length"], "11");
    assert_eq!(text(answer).await, "");
}

#[tokio::test]
async fn a_reset_ends_its_stream_and_a_hang_holds_up_no_other() {
    let lab = lab().await;
    let client = client(&lab).await;
    let hang = send(&client, to(&lab, "GET", "drops/hang"));
    assert!(tokio::time::timeout(Duration::from_millis(200), hang).await.is_err());
    let reset = send(&client, to(&lab, "GET", "drops/reset")).await.unwrap_err();
    assert_eq!((reset.is_reset(), reset.reason()), (true, Some(Reason::INTERNAL_ERROR)));
    assert_eq!(send(&client, to(&lab, "GET", "doubled")).await.unwrap().status(), 200);
}

#[tokio::test]
async fn an_empty_answer_and_garbage_end_the_connection() {
    let lab = lab().await;
    let empty = send(&client(&lab).await, to(&lab, "GET", "drops/empty")).await.unwrap_err();
    assert!(empty.is_io(), "{empty}");
    let garbage = send(&client(&lab).await, to(&lab, "GET", "drops/garbage")).await.unwrap_err();
    assert!(garbage.is_go_away() && garbage.is_library(), "{garbage}");
}

#[tokio::test]
async fn the_log_names_the_origin_and_counts_the_body() {
    let lab = lab().await;
    let mut client = client(&lab).await.ready().await.unwrap();
    let mut request = to(&lab, "POST", "doubled/below?a=b");
    request.headers_mut().insert("x-a", "1".parse().unwrap());
    let (answer, mut body) = client.send_request(request, false).unwrap();
    body.send_data("hello".into(), true).unwrap();
    answer.await.unwrap();
    let log = lab.take_log_of("doubled");
    let seen = (&*log[0].origin_kind, &*log[0].method, &*log[0].path, &*log[0].query, log[0].body_len, &*log[0].reply);
    assert_eq!(seen, ("api-h2", "POST", "/s/doubled/below", "a=b", 5, "200"));
    assert_eq!(log[0].header("x-a"), Some("1"));
}

#[tokio::test]
async fn nothing_else_is_spoken_there() {
    let lab = lab().await;
    let refused = connect(&lab, "http/1.1").await;
    let mut stream = connect(&lab, "h2").await.unwrap();
    assert!(refused.is_err_and(|error| error.to_string().contains("NoApplicationProtocol")));
    stream.write_all(b"GET /s/doubled HTTP/1.1\r\n\r\n").await.unwrap();
    let _ = stream.read_to_end(&mut Vec::new()).await;
    let facts: Vec<String> = lab.take_connections().into_iter().map(|connection| connection.fact).collect();
    assert!(facts.iter().any(|fact| fact.starts_with("not-http: ")), "{facts:?}");
    assert!(lab.take_log().is_empty());
}
