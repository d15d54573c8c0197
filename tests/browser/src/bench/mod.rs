//! What whycors costs a page, in one engine: time and memory of calls that pass, round trips after one that fails.

mod latency;
mod memory;
mod printed;
mod spread;
mod time;

use anyhow::{Context, Result};
use lab::Lab;
use serde::Serialize;
use serde_json::json;

use crate::engines::{Browser, Certificates, Engine};

pub use printed::PrintedBench;
pub use spread::Spread;

/// How much is measured.
#[derive(Debug, Clone)]
pub struct Effort {
    /// Pages, each opened anew: engines do not compile the same code alike each time.
    pub pages: usize,
    /// Rounds of batches in each.
    pub rounds: usize,
    /// Rounds in each before these, which are not counted.
    pub warm_up: usize,
    /// Batches of every variant in a round.
    pub batches: usize,
    /// Calls of a batch by `fetch`, of one by XMLHttpRequest, of one that goes to a server.
    pub calls: [usize; 3],
    /// Calls by `fetch` and by XMLHttpRequest that may retain something.
    pub retained: [usize; 2],
    /// Calls under way at once.
    pub held: usize,
    /// Rounds of measuring memory.
    pub memory_rounds: usize,
    /// How often each failure is diagnosed.
    pub diagnoses: usize,
}

impl Effort {
    /// As much as gives stable figures.
    pub fn whole() -> Effort {
        let (calls, retained) = ([5000, 300, 1], [20_000, 5_000]);
        Effort {
            pages: 3,
            rounds: 5,
            warm_up: 2,
            batches: 60,
            calls,
            retained,
            held: 10_000,
            memory_rounds: 7,
            diagnoses: 3,
        }
    }

    /// As little as shows that everything can be measured.
    pub fn tiny() -> Effort {
        let (calls, retained) = ([500, 100, 1], [500, 100]);
        Effort {
            pages: 1,
            rounds: 3,
            warm_up: 1,
            batches: 4,
            calls,
            retained,
            held: 200,
            memory_rounds: 1,
            diagnoses: 1,
        }
    }
}

/// The figures of one engine.
#[derive(Debug, Clone, Serialize)]
pub struct Bench {
    /// The engine's name.
    pub engine: &'static str,
    /// In the order in which they are printed.
    pub figures: Vec<Figure>,
}

/// One figure, and how sure it is.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// What it is of.
    pub name: String,
    /// `ns`, `ms`, `bytes`, `times`, `trips`, `requests`.
    pub unit: &'static str,
    /// Its middle.
    #[serde(flatten)]
    pub spread: Spread,
    /// Round by round.
    pub samples: Vec<f64>,
}

impl Figure {
    fn of(name: impl Into<String>, unit: &'static str, samples: Vec<f64>) -> Figure {
        Figure { name: name.into(), unit, spread: Spread::of(&samples), samples }
    }
}

/// Measures one engine. Both labs serve the package at `/pkg` and play the table; the second holds its answers back for
/// [`DELAY`](crate::DELAY).
///
/// # Errors
/// If something could not be measured; however it turns out, it is no error.
pub async fn bench(lab: &Lab, delayed: &Lab, engine: Engine, effort: &Effort) -> Result<Bench> {
    let browser = Browser::open(lab, engine, Certificates::Strict).await?;
    let mut figures = time::figures(lab, &browser, effort).await?;
    // Only Chromium lets a driver free what is unused, and tells what is left.
    if engine == Engine::Chromium {
        figures.extend(memory::figures(lab, &browser, effort).await?);
    }
    let _ = browser.close().await;
    let browser = Browser::open(delayed, engine, Certificates::Strict).await?;
    figures.extend(latency::figures(delayed, &browser, effort.diagnoses).await?);
    let _ = browser.close().await;
    Ok(Bench { engine: engine.name(), figures })
}

/// What the page's calls end in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Calls {
    /// An answer that is there at once: what is left is the cost of calling.
    Pass,
    /// Nothing.
    Hang,
    /// The answer of the lab.
    Real,
}

/// The row whose calls pass.
const PASSES: &str = "get-passes";

/// Opens a page of such calls, with every variant of them.
async fn open(lab: &Lab, browser: &Browser, calls: Calls) -> Result<()> {
    let row = lab.scenarios().find(|row| row.id == PASSES).with_context(|| format!("the table has no row {PASSES}"))?;
    // Only an isolated page has an exact clock.
    browser.open_page(&format!("{}/lab/page?isolated", lab.origins().page)).await?;
    let stub = match calls {
        Calls::Pass => Some("passes"),
        Calls::Hang => Some("hangs"),
        Calls::Real => None,
    };
    let input = json!({ "stub": stub, "url": lab.call_url(row) });
    browser.run(include_str!("../page/bench.js"), &input).await?;
    Ok(())
}
