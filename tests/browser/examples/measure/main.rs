//! `cargo run -p browser --example measure [engine ...]` prints what a page of each engine sees of typical server behaviours,
//! and how often the server was asked: the measurements that the model rests on. It needs no built whycors.

use anyhow::Result;
use browser::{Browser, Certificates, ENGINES};
use lab::{Config, Lab};
use serde_json::json;

/// What is sent, and how the table calls it.
const COLUMNS: [(&str, &str); 11] = [
    ("call", "the call"),
    ("cors", "cors GET"),
    ("no-cors", "no-cors GET"),
    ("manual", "manual GET"),
    ("source", "EventSource"),
    ("prefetch", "prefetch, credentialless frame"),
    ("frame", "no-cors GET, frame's policy"),
    ("frame-cors", "cors GET, frame's policy"),
    ("null-origin", "GET, Origin: null"),
    ("upload", "HEAD with upload listener"),
    ("websocket", "WebSocket's close code"),
];

#[tokio::main]
async fn main() -> Result<()> {
    let rows = lab::parse(include_str!("rows.toml"))?;
    let lab = Lab::start(Config { scenarios: rows.clone(), ..Config::default() }).await?;
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    for engine in
        ENGINES.into_iter().filter(|engine| wanted.is_empty() || wanted.iter().any(|name| name == engine.name()))
    {
        let browser = Browser::open(&lab, engine, Certificates::Strict).await?;
        println!("\n## {}\n", engine.name());
        println!("| behaviour | {} | requests, retries with | marked |", COLUMNS.map(|(_, title)| title).join(" | "));
        println!("|{}", "---|".repeat(COLUMNS.len() + 3));
        for row in &rows {
            browser.open_page(&lab.page_url(row)).await?;
            let input = json!({ "url": lab.call_url(row), "init": row.init(), "run": engine.name() });
            let seen = browser.run(include_str!("probes.js"), &input).await?;
            let log = lab.take_log_of(&row.id);
            let column = |name: &str| seen[name].as_str().unwrap_or_default().to_string();
            let asked: Vec<String> = COLUMNS
                .iter()
                .map(|(name, _)| {
                    log.iter()
                        .filter(|received| received.query == format!("run={}~{name}", engine.name()))
                        .count()
                        .to_string()
                })
                .collect();
            let marked =
                log.iter().filter(|received| received.header("referer").is_some_and(|from| from.contains("?app")));
            let columns = COLUMNS.map(|(name, _)| column(name)).join(" | ");
            println!("| {} | {columns} | {} | {} |", row.title, asked.join(" "), marked.count());
        }
        browser.close().await?;
    }
    Ok(())
}
