//! Real pastes, which nobody who wrote the decoder has read: how many it gets right.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

use toml_edit::{DocumentMut, Item, Table};
use whycors::explain::{About, Explanation, explain};

/// What is asked for.
const CAUSES: f64 = 0.97;
const FIELDS: f64 = 0.95;

#[derive(Default)]
struct Score {
    right: usize,
    all: usize,
    misses: Vec<String>,
}

impl Score {
    fn count(&mut self, is_right: bool, miss: impl FnOnce() -> String) {
        self.all += 1;
        self.right += usize::from(is_right);
        if !is_right {
            self.misses.push(miss());
        }
    }

    fn share(&self) -> f64 {
        self.right as f64 / self.all as f64
    }
}

#[test]
fn real_pastes_are_read() {
    let table: DocumentMut = include_str!("pastes.toml").parse().unwrap();
    let (mut causes, mut fields, mut silent) = (Score::default(), Score::default(), Score::default());
    for (index, paste) in table["paste"].as_array_of_tables().unwrap().iter().enumerate() {
        let text = paste["text"].as_str().unwrap();
        let explanation = explain(text, &About::default());
        let named: Vec<&str> = paste["causes"].as_array().unwrap().iter().filter_map(|code| code.as_str()).collect();
        let said: Vec<&str> = explanation.findings.iter().map(|finding| finding.code).collect();
        let shown = || format!("{index} {} {}: {named:?}, said {said:?}", paste["engine"], paste["lang"]);
        let Some(first) = named.first() else {
            silent.count(said.is_empty(), || format!("{}\n{text}", shown()));
            continue;
        };
        causes.count(said.contains(first), || format!("{}\n{text}", shown()));
        let Some(expected) = paste.get("fields").and_then(Item::as_table_like) else { continue };
        for (name, value) in expected.iter() {
            let value = value.as_str().map_or_else(|| value.to_string().trim().to_string(), str::to_string);
            let read = field(&explanation, name);
            fields.count(read.iter().any(|read| is_same(name, read, &value)), || {
                format!("{index} {}: {name} = {value:?}, read {read:?}", table_name(paste))
            });
        }
    }
    for score in [&causes, &fields, &silent] {
        println!("{} of {} ({:.1} %)\n{}\n", score.right, score.all, 100.0 * score.share(), score.misses.join("\n"));
    }
    assert!(causes.share() >= CAUSES, "causes: {} of {}", causes.right, causes.all);
    assert!(fields.share() >= FIELDS, "fields: {} of {}", fields.right, fields.all);
    assert!(silent.misses.is_empty(), "a cause for a text that names none:\n{}", silent.misses.join("\n"));
}

fn table_name(paste: &Table) -> String {
    format!("{} {}", paste["engine"], paste["lang"])
}

/// What the findings name.
fn field(explanation: &Explanation, name: &str) -> Vec<String> {
    explanation.findings.iter().filter_map(|finding| finding.fields.of(name).map(str::to_string)).collect()
}

/// As written; of a URL what is masked fits anything, and a fragment is left out.
fn is_same(name: &str, read: &str, expected: &str) -> bool {
    match name {
        "url" | "redirected_from" | "origin" => read == whycors::explain::mask::url(expected),
        _ => read == whycors::explain::mask::text(expected, 200),
    }
}
