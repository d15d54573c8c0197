//! The time that calls take which pass: each variant against the native calls, and whycors against each patch.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use lab::Lab;
use serde_json::json;

use super::spread::Random;
use super::{Calls, Effort, Figure, batch, open};
use crate::engines::{Browser, Engine};

/// One way of calling, and the patches of it that whycors is held against, in words.
struct Kind {
    id: &'static str,
    name: &'static str,
    /// Which of [`Effort::calls`].
    effort: usize,
    patches: &'static [(&'static str, &'static str)],
}

const BARE_FETCH: (&str, &str) = ("bare", "a bare chained wrapper");
const BARE_XHR: (&str, &str) = ("bare", "a bare patched prototype");
const THROUGH: (&str, &str) = ("through", "a patch that passes through");

const STUBBED: &[Kind] = &[
    Kind { id: "fetch", name: "fetch(url)", effort: 0, patches: &[BARE_FETCH, ("rest", "one of rest arguments")] },
    Kind { id: "fetch-init", name: "fetch(url, init)", effort: 0, patches: &[BARE_FETCH] },
    Kind { id: "xhr", name: "XMLHttpRequest", effort: 1, patches: &[BARE_XHR, THROUGH] },
    Kind { id: "xhr-header", name: "XMLHttpRequest, one header", effort: 1, patches: &[BARE_XHR] },
];

const REAL: &[Kind] = &[
    Kind { id: "real-fetch", name: "fetch on loopback", effort: 2, patches: &[BARE_FETCH] },
    Kind { id: "real-xhr", name: "XMLHttpRequest on loopback", effort: 2, patches: &[BARE_XHR] },
];

/// What is measured of every kind beside its patches.
const NATIVE: &str = "native";
const OURS: &str = "whycors";

/// Milliseconds of each variant's batches, round by round.
type Taken = BTreeMap<&'static str, Vec<f64>>;

pub async fn figures(lab: &Lab, browser: &Browser, effort: &Effort) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for kind in STUBBED {
        // A page of its own: what the engine has learnt of one kind of call is not for the next.
        open(lab, browser, Calls::Pass).await?;
        let taken = alternate(browser, kind, effort).await?;
        figures.extend(added(kind, &taken, effort.calls[kind.effort]));
    }
    for kind in REAL {
        open(lab, browser, Calls::Real).await?;
        let taken = alternate(browser, kind, effort).await?;
        figures.extend(whole(kind, &taken, effort.calls[kind.effort]));
    }
    lab.take_log();
    Ok(figures)
}

async fn alternate(browser: &Browser, kind: &Kind, effort: &Effort) -> Result<Taken> {
    let clock = Clock::start(browser).await?;
    let variants: Vec<&str> = [NATIVE, OURS].into_iter().chain(kind.patches.iter().map(|patch| patch.0)).collect();
    let mut taken = Taken::new();
    let mut random = Random(1);
    for round in 0..effort.warm_up + effort.rounds {
        for variant in random.shuffled(&variants) {
            let took = clock.time(browser, kind.id, variant, effort.calls[kind.effort]).await?;
            if round >= effort.warm_up {
                taken.entry(variant).or_default().push(took);
            }
        }
    }
    Ok(taken)
}

/// In Chromium the processor time of the main thread, which other processes do not add to; the others tell only the time of
/// day. What it takes to have a batch run is measured too, and not counted.
struct Clock {
    overhead: f64,
}

impl Clock {
    async fn start(browser: &Browser) -> Result<Clock> {
        if browser.engine != Engine::Chromium {
            return Ok(Clock { overhead: 0.0 });
        }
        browser.devtools("Performance.enable", json!({})).await?;
        let mut empty = Vec::new();
        let clock = Clock { overhead: 0.0 };
        for _ in 0..9 {
            empty.push(clock.time(browser, "fetch", NATIVE, 0).await?);
        }
        Ok(Clock { overhead: super::Spread::of(&empty).median })
    }

    async fn time(&self, browser: &Browser, kind: &str, variant: &str, calls: usize) -> Result<f64> {
        if browser.engine != Engine::Chromium {
            return batch(browser, kind, variant, calls).await;
        }
        // What the batch before has left is not for this one to clear away.
        browser.devtools("HeapProfiler.collectGarbage", json!({})).await?;
        let before = main_thread(browser).await?;
        batch(browser, kind, variant, calls).await?;
        Ok(main_thread(browser).await? - before - self.overhead)
    }
}

/// Milliseconds of processor time that the page's main thread has had.
async fn main_thread(browser: &Browser) -> Result<f64> {
    let answer = browser.devtools("Performance.getMetrics", json!({})).await?;
    let mut metrics = answer["metrics"].as_array().into_iter().flatten();
    let seconds = metrics.find(|metric| metric["name"] == "ThreadTime").and_then(|metric| metric["value"].as_f64());
    Ok(seconds.context("Chromium tells no ThreadTime")? * 1e3)
}

/// What each variant adds to a native call, and whycors by each patch, round by round.
fn added(kind: &Kind, taken: &Taken, calls: usize) -> Vec<Figure> {
    let per_call = 1e6 / calls as f64;
    let native = &taken[NATIVE];
    let above = |variant: &str| pairs(&taken[variant], native, |own, native| (own - native) * per_call);
    let figure = |what: &str, samples| Figure::of(format!("{}: {what}", kind.name), "ns", samples);
    let mut figures = vec![figure("native", native.iter().map(|took| took * per_call).collect())];
    figures.extend(kind.patches.iter().map(|(id, name)| figure(&format!("added by {name}"), above(id))));
    figures.push(figure("added by whycors", above(OURS)));
    figures.extend(kind.patches.iter().map(|(id, name)| {
        let samples = pairs(&above(OURS), &above(id), ratio);
        Figure::of(format!("{}: whycors / {name}", kind.name), "times", samples)
    }));
    figures
}

/// What a whole call takes natively, and how many times as long under each variant.
fn whole(kind: &Kind, taken: &Taken, calls: usize) -> Vec<Figure> {
    let native = &taken[NATIVE];
    let figure = |what: &str, unit, samples| Figure::of(format!("{}: {what}", kind.name), unit, samples);
    let mut figures = vec![figure("native", "ns", native.iter().map(|took| took * 1e6 / calls as f64).collect())];
    for (id, name) in kind.patches.iter().chain(&[(OURS, OURS)]) {
        figures.push(figure(&format!("{name} / native"), "times", pairs(&taken[id], native, ratio)));
    }
    figures
}

fn pairs(left: &[f64], right: &[f64], of: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    left.iter().zip(right).map(|(left, right)| of(*left, *right)).collect()
}

/// Of a cost to one that was too small to be seen, it is infinite.
fn ratio(cost: f64, to: f64) -> f64 {
    if to > 0.0 { cost / to } else { f64::INFINITY }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken() -> Taken {
        let of = |values: [f64; 3]| values.to_vec();
        Taken::from([
            (NATIVE, of([10.0, 11.0, 20.0])),
            ("bare", of([14.0, 15.0, 20.0])),
            (OURS, of([16.0, 19.0, 26.0])),
        ])
    }

    fn figure<'a>(figures: &'a [Figure], end: &str) -> Option<&'a [f64]> {
        figures.iter().find(|figure| figure.name.ends_with(end)).map(|figure| figure.samples.as_slice())
    }

    #[test]
    fn a_cost_is_what_a_call_takes_beyond_the_native_one_of_its_round() {
        let figures = added(&STUBBED[1], &taken(), 1000);
        assert_eq!(figure(&figures, ": native"), Some(&[10_000.0, 11_000.0, 20_000.0][..]));
        assert_eq!(figure(&figures, "added by whycors"), Some(&[6000.0, 8000.0, 6000.0][..]));
        assert_eq!(figure(&figures, "whycors / a bare chained wrapper"), Some(&[1.5, 2.0, f64::INFINITY][..]));
    }

    #[test]
    fn a_whole_call_is_held_against_the_native_one_of_its_round() {
        let figures = whole(&REAL[1], &taken(), 1000);
        assert_eq!(figure(&figures, "whycors / native"), Some(&[1.6, 19.0 / 11.0, 1.3][..]));
        assert_eq!(figure(&figures, "prototype / native"), Some(&[1.4, 15.0 / 11.0, 1.0][..]));
    }
}
