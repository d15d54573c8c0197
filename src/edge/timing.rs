//! What Resource Timing says of a failed request. Firefox only: elsewhere an entry of a failed request tells nothing.

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::js;
use crate::probe::Outcome;

/// A `PerformanceResourceTiming`, as the wrapper's observer keeps it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The URL, fragment included.
    pub name: String,
    /// `startTime + duration`, in ms.
    pub end: f64,
    /// In ms.
    pub duration: f64,
    /// When the observer was told, in ms.
    pub told: f64,
}

/// Begins the fragment that a probe gets in Firefox, which keeps it in the entry's name; no engine sends it.
pub const PROBE: &str = "#whycors-";

/// How far apart a failure and its entry may be: the entry ends with the failure, or the observer is told soon after it.
const APART: f64 = 150.0;

/// What `timings`, the entries that the wrapper's observer has been told of, say about the request to `name` that failed at
/// `ended`: an outcome's name, or `undefined` while there is no entry of it.
#[wasm_bindgen(js_name = refine)]
pub fn refine_by(timings: &Array, name: &str, ended: f64) -> JsValue {
    let mut about = Vec::new();
    for index in 0..timings.length() {
        if let Some(entry) = entry(&timings.get(index)).filter(|entry| is_about(entry, name, ended)) {
            about.push(entry);
        }
    }
    if about.is_empty() { JsValue::UNDEFINED } else { refine(&about, name, ended).name().into() }
}

fn entry(item: &JsValue) -> Option<Entry> {
    let duration = js::number(item, "duration")?;
    let end = js::number(item, "startTime")? + duration;
    Some(Entry { name: js::text(item, "name"), end, duration, told: js::number(item, "told")? })
}

/// Reads the entries about one failure. Several requests to one URL may fail at once, as in React's strict mode: they count
/// if they agree.
pub fn refine(entries: &[Entry], name: &str, ended: f64) -> Outcome {
    let about = || entries.iter().filter(|entry| is_about(entry, name, ended));
    let early = about().any(|entry| entry.duration == 0.0);
    let late = about().any(|entry| entry.duration > 0.0);
    match (early, late) {
        (true, false) => Outcome::FailedEarly,
        (false, true) => Outcome::FailedLate,
        _ => Outcome::Failed,
    }
}

fn is_about(entry: &Entry, name: &str, ended: f64) -> bool {
    let is_near = |time: f64| (time - ended).abs() < APART;
    // Firefox keeps the fragment: the caller's tells nothing, and a probe's is its own.
    let is_named = match entry.name.strip_prefix(name) {
        Some(rest) => rest.is_empty() || (rest.starts_with('#') && !rest.starts_with(PROBE)),
        None => false,
    };
    is_named && (is_near(entry.end) || is_near(entry.told))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn entry(name: &str, start: f64, duration: f64) -> Entry {
        Entry { name: name.to_string(), end: start + duration, duration, told: start + duration + 3.0 }
    }

    #[wasm_bindgen_test]
    fn a_duration_of_exactly_zero_is_early() {
        assert_eq!(refine(&[entry("u", 100.0, 0.0)], "u", 103.0), Outcome::FailedEarly);
        assert_eq!(refine(&[entry("u", 100.0, 1.0)], "u", 103.0), Outcome::FailedLate);
    }

    #[wasm_bindgen_test]
    fn a_slow_preflight_counts_by_when_the_observer_was_told() {
        let slow = Entry { told: 2103.0, ..entry("u", 100.0, 0.0) };
        assert_eq!(refine(&[slow], "u", 2100.0), Outcome::FailedEarly);
    }

    #[wasm_bindgen_test]
    fn entries_of_other_requests_and_other_times_tell_nothing() {
        assert_eq!(refine(&[], "u", 100.0), Outcome::Failed);
        assert_eq!(refine(&[entry("u#whycors-simple", 100.0, 0.0)], "u", 100.0), Outcome::Failed);
        assert_eq!(refine(&[entry("u#own", 100.0, 0.0)], "u", 100.0), Outcome::FailedEarly);
        assert_eq!(refine(&[entry("u", 100.0, 0.0)], "u", 900.0), Outcome::Failed);
    }

    #[wasm_bindgen_test]
    fn several_entries_count_only_if_they_agree() {
        assert_eq!(refine(&[entry("u", 100.0, 0.0), entry("u", 101.0, 0.0)], "u", 103.0), Outcome::FailedEarly);
        assert_eq!(refine(&[entry("u", 100.0, 0.0), entry("u", 101.0, 4.0)], "u", 103.0), Outcome::Failed);
    }
}
