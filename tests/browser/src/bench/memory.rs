//! The memory of calls, while they are under way and once they have passed; Chromium only.

use std::collections::BTreeMap;

use anyhow::Result;
use lab::Lab;
use serde_json::{Value, json};

use super::spread::Random;
use super::{Calls, Effort, Figure, open};
use crate::engines::Browser;

const VARIANTS: [&str; 3] = ["native", "bare", "whycors"];

/// Bytes a call of each variant, round by round.
type Left = BTreeMap<&'static str, Vec<f64>>;

pub async fn figures(lab: &Lab, browser: &Browser, effort: &Effort) -> Result<Vec<Figure>> {
    let [fetches, xhrs] = effort.retained;
    let mut figures = Vec::new();
    for (calls, what, kinds) in [
        (Calls::Pass, "retained", [("fetch", "fetch(url)", fetches), ("xhr", "XMLHttpRequest", xhrs)]),
        (
            Calls::Hang,
            "in flight",
            [("held-fetch", "fetch(url)", effort.held), ("held-xhr", "XMLHttpRequest", effort.held)],
        ),
    ] {
        open(lab, browser, calls).await?;
        for (kind, name, count) in kinds {
            let left = measure(browser, kind, count, effort.memory_rounds).await?;
            figures.extend(compared(&format!("{name}, {what}"), &left));
        }
    }
    Ok(figures)
}

async fn measure(browser: &Browser, kind: &str, calls: usize, rounds: usize) -> Result<Left> {
    let mut left = Left::new();
    let mut random = Random(1);
    // The first round is the engine's: code is compiled, tables grow.
    for round in 0..=rounds {
        for variant in random.shuffled(&VARIANTS) {
            let before = heap(browser).await?;
            let input = json!({ "kind": kind, "variant": variant, "calls": calls });
            browser.run("await bench.calls(input)", &input).await?;
            let bytes = heap(browser).await? - before;
            browser.run("bench.release()", &Value::Null).await?;
            if round > 0 {
                left.entry(variant).or_default().push(bytes / calls as f64);
            }
        }
    }
    Ok(left)
}

/// Bytes in use by script and by the objects of the engine that it holds, with nothing unused among them.
async fn heap(browser: &Browser) -> Result<f64> {
    for _ in 0..2 {
        browser.devtools("HeapProfiler.collectGarbage", json!({})).await?;
    }
    let usage = browser.devtools("Runtime.getHeapUsage", json!({})).await?;
    let bytes = |name: &str| usage[name].as_f64().unwrap_or(0.0);
    Ok(bytes("usedSize") + bytes("embedderHeapUsedSize") + bytes("backingStorageSize"))
}

fn compared(name: &str, left: &Left) -> Vec<Figure> {
    let native = &left["native"];
    let above = |variant: &str| left[variant].iter().zip(native).map(|(own, native)| own - native).collect();
    vec![
        Figure::of(format!("{name}: native"), "bytes", native.clone()),
        Figure::of(format!("{name}: added by a bare patch"), "bytes", above("bare")),
        Figure::of(format!("{name}: added by whycors"), "bytes", above("whycors")),
    ]
}
