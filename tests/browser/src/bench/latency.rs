//! From a failure to its diagnosis, where every answer takes [`DELAY`](crate::DELAY).

use anyhow::{Context, Result, ensure};
use lab::Lab;

use super::Figure;
use crate::engines::Browser;
use crate::rows::{self, Run};
use crate::{promises, trips};

/// Rows that stand for many: their id, and what is called there.
const ROWS: [(&str, &str); 4] = [
    ("get-no-cors-headers", "GET"),
    ("get-header-not-allowed", "GET with a header"),
    ("post-options-204-bare", "POST of JSON"),
    ("get-credentials-not-allowed", "GET with credentials"),
];

/// How long a diagnosis is waited for, in milliseconds.
const LIMIT: u64 = 20_000;

pub async fn figures(lab: &Lab, browser: &Browser, times: usize) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for (id, name) in ROWS {
        let row = lab.scenarios().find(|row| row.id == id).with_context(|| format!("the table has no row {id}"))?;
        let [mut ms, mut chains, mut requests] = [const { Vec::new() }; 3];
        for time in 0..times {
            lab.take_log_of(id);
            lab.begin(id);
            let mut run = Run::new(browser.engine, id);
            // A URL of its own each time, for preflights are cached by URL.
            rows::call_under_whycors(lab, browser, row, LIMIT, &format!("install-{time}"), &mut run).await?;
            let duration = run.diagnosis["duration"].as_f64();
            ensure!(duration.is_some(), "{id} was not diagnosed in {}", browser.engine.name());
            ms.extend(duration);
            chains.push(trips::longest_chain(promises::probe_requests(&run, row)) as f64);
            requests.push(promises::probe_requests(&run, row).count() as f64);
        }
        figures.push(Figure::of(format!("{name}: failure to diagnosis"), "ms", ms));
        figures.push(Figure::of(format!("{name}: one after another"), "trips", chains));
        figures.push(Figure::of(format!("{name}: at the server"), "requests", requests));
    }
    Ok(figures)
}
