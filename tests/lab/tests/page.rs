//! The page origin over real sockets: its pages, files and endpoints.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

use lab::{Config, Lab};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The public page's name is one that only the tests' browsers are told of.
fn host(origin: &str) -> String {
    origin.split_once("://").unwrap().1.replace(lab::PUBLIC, "localhost")
}

async fn get(lab: &Lab, origin: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(host(origin)).await.unwrap();
    stream.write_all(format!("GET {path} HTTP/1.1\r\n\r\n").as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(lab.log_of("a").is_empty());
    answer
}

async fn lab() -> Lab {
    let folders = vec![("/crate".to_string(), env!("CARGO_MANIFEST_DIR").into())];
    let scenarios = lab::parse(
        "[[row]]\nid = \"a\"\ntitle = \"A\"\nserver = [{ status = 200 }]\n\
         [[row]]\nid = \"b\"\ntitle = \"Under a worker\"\ncall = { page = \"worker\" }\n\
         [[row]]\nid = \"c\"\ntitle = \"Over HTTP/2\"\ncall = { api = \"h2\" }",
    )
    .unwrap();
    Lab::start(Config { folders, scenarios, ..Config::default() }).await.unwrap()
}

#[tokio::test]
async fn a_page_has_its_policy_its_cookie_and_the_script() {
    let lab = lab().await;
    let page = lab.origins().page.clone();
    let plain = get(&lab, &page, "/lab/page").await;
    assert!(plain.contains("<script src=\"/pkg/dist/whycors.global.js\">"));
    assert!(plain.contains("Set-Cookie: session=marked-secret-cookie; Path=/\r\n"));
    assert!(!plain.contains("Content-Security-Policy"));
    assert!(get(&lab, &page, "/lab/page?csp=strict").await.contains("Content-Security-Policy: connect-src 'self'\r\n"));
    assert!(get(&lab, &page, "/lab/page?coep=require-corp").await.contains("Embedder-Policy: require-corp\r\n"));
    assert!(get(&lab, &page, "/lab/page?isolated").await.contains("Opener-Policy: same-origin\r\n"));
}

#[tokio::test]
async fn a_page_may_have_no_origin_or_a_public_one() {
    let lab = lab().await;
    let page = lab.origins().page.clone();
    assert!(get(&lab, &page, "/lab/page?sandboxed").await.contains("Security-Policy: sandbox allow-scripts\r\n"));
    assert!(!get(&lab, &page, "/lab/page").await.contains("sandbox"));
    assert!(get(&lab, &lab.origins().page_public, "/lab/page").await.contains("whycors.global.js"));
}

#[tokio::test]
async fn a_page_may_allow_its_calls_and_little_else() {
    let lab = lab().await;
    let origins = lab.origins();
    let strict = get(&lab, &origins.page, "/lab/page?strict").await;
    let policy = strict.lines().find_map(|line| line.strip_prefix("Content-Security-Policy: ")).unwrap();
    assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe-inline"), "{policy}");
    for origin in [&origins.api, &origins.api_https, &origins.api_h2, &origins.other, &origins.closed] {
        assert!(policy.contains(&format!(" {origin} ")), "{policy}");
    }
    let moved: Vec<_> = lab.scenarios().filter_map(|row| row.under(lab::Page::Strict)).collect();
    assert_eq!(moved.iter().map(|row| &*row.id).collect::<Vec<_>>(), ["a", "c"], "not from under a worker");
    assert_eq!(lab.page_url(&moved[0]), format!("{}/lab/page?strict", origins.page));
}

#[tokio::test]
async fn a_worker_answers_for_the_pages_of_its_folder() {
    let lab = lab().await;
    let page = lab.origins().page.clone();
    for (folder, answer) in [("worker-error", "Response.error()"), ("worker-opaque", "mode: 'no-cors'")] {
        assert!(get(&lab, &page, &format!("/lab/{folder}/page")).await.contains("register('worker.js')"));
        let worker = get(&lab, &page, &format!("/lab/{folder}/worker.js")).await;
        assert!(worker.contains("Content-Type: text/javascript") && worker.contains(answer), "{worker}");
    }
    assert!(get(&lab, &page, "/lab/worker-error/other").await.starts_with("HTTP/1.1 404"));
}

#[tokio::test]
async fn files_are_served_from_the_named_folders_and_from_nowhere_else() {
    let lab = lab().await;
    let page = lab.origins().page.clone();
    assert!(get(&lab, &page, "/crate/Cargo.toml").await.contains("name = \"lab\""));
    assert!(get(&lab, &page, "/crate/../../Cargo.toml").await.starts_with("HTTP/1.1 404"));
    assert!(get(&lab, &page, "/crate//etc/passwd").await.starts_with("HTTP/1.1 404"));
    assert!(get(&lab, &page, "/crateCargo.toml").await.starts_with("HTTP/1.1 404"));
    assert!(get(&lab, &lab.origins().api, "/crate/Cargo.toml").await.starts_with("HTTP/1.1 404"));
}

#[tokio::test]
async fn the_demo_reads_the_rows_and_the_log() {
    let lab = lab().await;
    let page = lab.origins().page.clone();
    let rows = get(&lab, &page, "/lab/scenarios.json").await;
    assert!(rows.contains(&format!("\"url\":\"{}/s/a\"", lab.origins().api)), "{rows}");
    assert!(!rows.contains("/s/b"), "the demo's page has no worker: {rows}");
    assert!(!rows.contains("/s/c"), "the demo's reader has not accepted the certificate: {rows}");
    let empty = get(&lab, &page, "/lab/log?id=a").await;
    assert!(empty.ends_with("\r\n\r\n[]"), "{empty}");
}

#[tokio::test]
async fn a_fixed_port_is_kept_and_a_taken_one_is_an_error() {
    let lab = lab().await;
    let port: u16 = lab.origins().page.rsplit_once(':').unwrap().1.parse().unwrap();
    let taken = Lab::start(Config { page_port: Some(port), ..Config::default() }).await;
    let error = taken.err().map(|error| format!("{error:#}")).unwrap_or_default();
    assert!(error.contains(&format!("cannot bind port {port} of 127.0.0.1")), "{error}");
    drop(lab);
    for _ in 0..50 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        if let Ok(again) = Lab::start(Config { page_port: Some(port), ..Config::default() }).await {
            assert_eq!(again.origins().page, format!("http://localhost:{port}"));
            return;
        }
    }
    panic!("port {port} is not free again after the lab was dropped");
}

#[tokio::test]
async fn a_page_may_be_a_file_with_the_script_beside_it() {
    let stub = concat!(env!("CARGO_MANIFEST_DIR"), "/../browser/tests/stub").into();
    let scenarios = lab::parse("[[row]]\nid = \"a\"\ntitle = \"On disk\"\ncall = { page = \"file\" }").unwrap();
    let config =
        Config { folders: vec![("/pkg".to_string(), stub)], scenarios: scenarios.clone(), ..Config::default() };
    let lab = Lab::start(config).await.unwrap();
    let page = lab.page_url(&scenarios[0]).strip_prefix("file://").map(std::path::PathBuf::from).unwrap();
    assert!(std::fs::read_to_string(&page).unwrap().contains("<script src=\"whycors.global.js\">"));
    assert!(page.with_file_name("whycors.global.js").is_file());
    drop(lab);
    assert!(!page.exists());
}

#[tokio::test]
async fn a_page_may_begin_with_whycors_installed_with_another_script_or_with_none() {
    let lab = lab().await;
    let page = lab.origins().page.clone();
    let installed = get(&lab, &page, "/lab/page?installed").await;
    assert!(installed.find("whycors.global.js") < installed.find("whycors.install("), "{installed}");
    assert!(!get(&lab, &page, "/lab/page?bare").await.contains("whycors.global.js"));
    let other = get(&lab, &page, "/lab/page?script=/other.js").await;
    assert!(other.contains("<script src=\"/other.js\">") && !other.contains("whycors.global.js"), "{other}");
}
