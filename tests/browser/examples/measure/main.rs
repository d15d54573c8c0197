//! `cargo run -p browser --example measure [engine ...]` prints what a page of each engine sees of typical server behaviours,
//! and how often the server was asked: the measurements that the model rests on. It needs no built whycors.

use anyhow::Result;
use browser::{Browser, Certificates, ENGINES};
use lab::{Config, Lab};
use serde_json::json;

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
        println!(
            "| behaviour | the call | cors GET | no-cors GET | manual GET | EventSource | requests, retries with | marked |"
        );
        println!("|---|---|---|---|---|---|---|---|");
        for row in &rows {
            browser.open_page(&lab.page_url(row)).await?;
            let input = json!({ "url": lab.call_url(row), "init": row.init(), "run": engine.name() });
            let seen = browser.run(include_str!("probes.js"), &input).await?;
            let log = lab.take_log_of(&row.id);
            let column = |name: &str| seen[name].as_str().unwrap_or_default().to_string();
            let asked: Vec<String> = ["call", "cors", "no-cors", "manual", "source"]
                .iter()
                .map(|name| {
                    log.iter()
                        .filter(|received| received.query == format!("run={}~{name}", engine.name()))
                        .count()
                        .to_string()
                })
                .collect();
            let marked =
                log.iter().filter(|received| received.header("referer").is_some_and(|from| from.contains("?app")));
            println!(
                "| {} | {} | {} | {} | {} | {} | {} | {} |",
                row.title,
                column("call"),
                column("cors"),
                column("no-cors"),
                column("manual"),
                column("source"),
                asked.join(" "),
                marked.count()
            );
        }
        browser.close().await?;
    }
    Ok(())
}
