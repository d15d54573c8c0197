//! Writes into the table of scenarios what the model now says, where `WHYCORS_BLESS=1` asks for it. The reader of the change judges it,
//! and the real browsers after him.

use std::collections::BTreeMap;
use std::path::Path;

use lab::Scenario;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, value};
use whycors::request::Engine;

use crate::ENGINES;

/// What the model says of a row in an engine.
pub struct Said {
    pub engine: Engine,
    pub remains: Vec<String>,
    pub hints: Vec<String>,
    /// For each probe, every outcome that the model allows.
    pub sees: BTreeMap<String, Vec<String>>,
}

/// The table is to be rewritten.
pub fn is_asked_for() -> bool {
    std::env::var_os("WHYCORS_BLESS").is_some()
}

/// Rewrites `remains`, `hints` and `sees` of every row; everything else stays as it is written.
pub fn rewrite(rows: &[(Scenario, Vec<Said>)]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios.toml");
    let text = std::fs::read_to_string(&path).expect("the table can be read");
    let mut document: DocumentMut = text.parse().expect("the table parses");
    let tables = document["row"].as_array_of_tables_mut().expect("the table has rows");
    for table in tables.iter_mut() {
        let Some((row, said)) = rows.iter().find(|(row, _)| table["id"].as_str() == Some(&row.id)) else { continue };
        let why = table.remove("why");
        for name in ["remains", "hints", "sees"] {
            table.remove(name);
            ENGINES.iter().for_each(|engine| drop(table.remove(&format!("{name}-{}", engine.name()))));
        }
        lists(table, "remains", said, |said| &said.remains);
        lists(table, "hints", said, |said| &said.hints);
        // What not every engine is asked stands with its engine.
        let mut common = chosen(row, &said[0]);
        let asked = || said.iter().filter(|said| said.sees.len() > 1);
        common.retain(|id, _| asked().all(|said| said.sees.contains_key(id)));
        table.insert("sees", inline(&common));
        for said in said {
            let mut sees = chosen(row, said);
            sees.retain(|id, outcome| common.get(id) != Some(outcome));
            if !sees.is_empty() {
                table.insert(&format!("sees-{}", said.engine.name()), inline(&sees));
            }
        }
        if let Some(why) = why {
            table.insert("why", why);
        }
    }
    std::fs::write(&path, document.to_string()).expect("the table can be written");
}

/// Where the model allows several outcomes, the table keeps the one it names; behind a gate, what it says of probes that are not
/// asked.
fn chosen(row: &Scenario, said: &Said) -> BTreeMap<String, String> {
    let mut written = row.sees(said.engine);
    written.retain(|id, _| said.sees.contains_key(id) || said.sees.len() < 2);
    let choose = |id: &String, allowed: &Vec<String>| {
        let kept = written.get(id).filter(|outcome| allowed.contains(outcome));
        kept.or(allowed.first()).cloned().unwrap_or_default()
    };
    let mut chosen = written.clone();
    chosen.extend(said.sees.iter().map(|(id, allowed)| (id.clone(), choose(id, allowed))));
    chosen
}

/// The first engine's list, and those that differ from it.
fn lists(table: &mut Table, name: &str, said: &[Said], list: fn(&Said) -> &Vec<String>) {
    let none = Vec::new();
    for (index, said_here) in said.iter().enumerate() {
        let common = if index == 0 { &none } else { list(&said[0]) };
        if list(said_here) != common {
            table.insert(&key(name, said_here.engine, index), value(list(said_here).iter().collect::<Array>()));
        }
    }
}

/// The first engine that plays a row, usually Chromium, needs no suffix.
fn key(name: &str, engine: Engine, index: usize) -> String {
    if index == 0 { name.to_string() } else { format!("{name}-{}", engine.name()) }
}

fn inline(sees: &BTreeMap<String, String>) -> Item {
    let first = ["call", "no-cors", "simple", "event-source", "manual"];
    let mut ids: Vec<&String> = sees.keys().collect();
    ids.sort_by_key(|id| first.iter().position(|known| known == id).unwrap_or(first.len()));
    let mut table = InlineTable::new();
    for id in ids {
        table.insert(id, sees[id].as_str().into());
    }
    value(table)
}
