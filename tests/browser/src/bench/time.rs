//! The time that calls take which pass: each variant against the native calls, and whycors against each patch.
//!
//! Batches of half a millisecond of every variant take turns, so that what the engine and the machine do beside them is
//! shared by all; the page is isolated and so has an exact clock. The processor time that Chromium tells of its main thread
//! would not count other processes, but can be asked only once a batch is hundreds of times as long, and then it is the
//! collections of garbage that are compared.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use lab::Lab;
use serde_json::json;

use super::spread::{mean, middle};
use super::{Calls, Effort, Figure, open};
use crate::engines::{Browser, Certificates, Engine};

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

/// Milliseconds of each variant's batches, by round.
type Taken = BTreeMap<String, Vec<Vec<f64>>>;

/// What a batch of a round took, of all that it made.
type Summary = fn(&[f64]) -> f64;

pub async fn figures(lab: &Lab, browser: &Browser, effort: &Effort) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for kind in STUBBED {
        let taken = alternate(lab, browser, kind, Calls::Pass, effort).await?;
        figures.extend(added(kind, &taken, effort.calls[kind.effort]));
    }
    for kind in REAL {
        let taken = alternate(lab, browser, kind, Calls::Real, effort).await?;
        figures.extend(whole(kind, &taken, effort.calls[kind.effort]));
        lab.take_log();
    }
    Ok(figures)
}

async fn alternate(lab: &Lab, browser: &Browser, kind: &Kind, stub: Calls, effort: &Effort) -> Result<Taken> {
    let variants: Vec<&str> = [NATIVE, OURS].into_iter().chain(kind.patches.iter().map(|patch| patch.0)).collect();
    let calls = effort.calls[kind.effort];
    let input = json!({ "kind": kind.id, "variants": variants, "calls": calls, "batches": effort.batches });
    let mut taken = Taken::new();
    for _ in 0..effort.pages {
        // WebKit stalls for a minute over the XMLHttpRequests that the page before has left.
        let fresh = match browser.engine {
            Engine::WebKit => Some(Browser::open(lab, Engine::WebKit, Certificates::Strict).await?),
            _ => None,
        };
        let browser = fresh.as_ref().unwrap_or(browser);
        open(lab, browser, stub).await?;
        for round in 0..effort.warm_up + effort.rounds {
            let answer = browser.run("return bench.round(input)", &input).await?;
            if round >= effort.warm_up {
                let batches: BTreeMap<String, Vec<f64>> = serde_json::from_value(answer)?;
                batches.into_iter().for_each(|(variant, took)| taken.entry(variant).or_default().push(took));
            }
        }
    }
    ensure!(taken.len() == variants.len(), "{} was not measured under every variant", kind.name);
    Ok(taken)
}

/// What each variant adds to a native call, and whycors by each patch, round by round.
fn added(kind: &Kind, taken: &Taken, calls: usize) -> Vec<Figure> {
    let above = |variant: &str, of: Summary| {
        pairs(&summed(taken, variant, of, calls), &summed(taken, NATIVE, of, calls), |own, native| own - native)
    };
    let figure = |what: &str, samples| Figure::of(format!("{}: {what}", kind.name), "ns", samples);
    let against = |id: &str, name: &str, of: Summary| {
        let samples = pairs(&above(OURS, of), &above(id, of), ratio);
        Figure::of(format!("{}: whycors / {name}", kind.name), "times", samples)
    };
    let mut figures = vec![figure("native", summed(taken, NATIVE, middle, calls))];
    figures.extend(kind.patches.iter().map(|(id, name)| figure(&format!("added by {name}"), above(id, middle))));
    figures.push(figure("added by whycors", above(OURS, middle)));
    figures.extend(kind.patches.iter().map(|(id, name)| against(id, name, middle)));
    figures.push(against("bare", "the bare one, pauses counted", mean));
    figures
}

/// What a whole call takes natively, and how many times as long under each variant.
fn whole(kind: &Kind, taken: &Taken, calls: usize) -> Vec<Figure> {
    let native = summed(taken, NATIVE, middle, calls);
    let figure = |what: &str, unit, samples| Figure::of(format!("{}: {what}", kind.name), unit, samples);
    let times = |(id, name): &(&str, &str)| {
        figure(&format!("{name} / native"), "times", pairs(&summed(taken, id, middle, calls), &native, ratio))
    };
    let ratios: Vec<Figure> = kind.patches.iter().chain(&[(OURS, OURS)]).map(times).collect();
    [vec![figure("native", "ns", native.clone())], ratios].concat()
}

/// Nanoseconds a call, round by round.
fn summed(taken: &Taken, variant: &str, of: Summary, calls: usize) -> Vec<f64> {
    let rounds = taken.get(variant).into_iter().flatten();
    rounds.map(|batches| of(batches) * 1e6 / calls as f64).collect()
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
        let of = |name: &str, rounds: [f64; 3]| (name.to_string(), rounds.map(|took| vec![took; 4]).to_vec());
        let mut taken = Taken::from([
            of(NATIVE, [10.0, 11.0, 20.0]),
            of("bare", [14.0, 15.0, 20.0]),
            of("rest", [14.0; 3]),
            of(OURS, [16.0, 19.0, 26.0]),
        ]);
        // A pause of the engine.
        taken.values_mut().for_each(|rounds| rounds[0][0] += 0.5);
        if let Some(rounds) = taken.get_mut(OURS) {
            rounds[0][0] += 4.0;
        }
        taken
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
        assert_eq!(figure(&figures, "pauses counted"), Some(&[1.75, 2.0, f64::INFINITY][..]));
    }

    #[test]
    fn a_whole_call_is_held_against_the_native_one_of_its_round() {
        let figures = whole(&REAL[1], &taken(), 1000);
        assert_eq!(figure(&figures, "whycors / native"), Some(&[1.6, 19.0 / 11.0, 1.3][..]));
        assert_eq!(figure(&figures, "prototype / native"), Some(&[1.4, 15.0 / 11.0, 1.0][..]));
    }
}
