//! Which causes no page can tell apart, and which probe tells the others apart.
//!
//! Every probe is asked, and only plain worlds count. Two causes are of one class if every verdict that is then possible
//! names both or neither.

use std::collections::{BTreeMap, BTreeSet};

use whycors::probe::{CALL, Outcome};

use super::Way;
use super::signals::ONE_HEADER;
use super::table::{Set, Truth};

/// What tells two classes apart: ids of probes, or the call itself.
pub type By = Vec<String>;

/// A cause as the page names it: code and phase.
pub type Named = (&'static str, Option<&'static str>);

/// The classes of a kind of call in an engine.
pub struct Classes {
    /// The causes of each class.
    pub causes: Vec<Vec<Named>>,
    /// By pair of classes, the smaller number first.
    pub splits: BTreeMap<(usize, usize), Split>,
}

/// How two classes are told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Split {
    /// In all worlds: each by one of these.
    Always(By),
    /// Only in some worlds, by one of these.
    Sometimes(By),
}

/// The classes, most frequent causes first.
pub fn classes(ways: &[Way]) -> Classes {
    let worlds = plain_worlds(ways);
    let verdicts: BTreeSet<Vec<&str>> = ways.iter().flat_map(verdicts).collect();
    let mut classes: Vec<(Vec<bool>, Vec<&World>)> = Vec::new();
    for world in &worlds {
        let named: Vec<bool> = verdicts.iter().map(|verdict| verdict.contains(&world.title)).collect();
        match classes.iter_mut().find(|(known, _)| *known == named) {
            Some((_, class)) => class.push(world),
            None => classes.push((named, vec![world])),
        }
    }
    let causes = classes.iter().map(|(_, class)| {
        let mut causes = Vec::new();
        for world in class {
            if !causes.contains(&(world.code, world.phase)) {
                causes.push((world.code, world.phase));
            }
        }
        causes
    });
    let causes = causes.collect();
    let mut splits = BTreeMap::new();
    for (first, (_, one)) in classes.iter().enumerate() {
        for (second, (_, other)) in classes.iter().enumerate().skip(first + 1) {
            splits.insert((first, second), split(ways, one, other));
        }
    }
    Classes { causes, splits }
}

/// A plain world of one of the causes.
struct World {
    code: &'static str,
    phase: Option<&'static str>,
    title: &'static str,
    way: usize,
    look: usize,
}

/// By cause, in the order of verdicts.
fn plain_worlds(ways: &[Way]) -> Vec<World> {
    let mut worlds = Vec::new();
    for (way, Way { truths, table, .. }) in ways.iter().enumerate() {
        for truth in truths.iter().filter(|truth| truth.is_plain()) {
            if let Some(look) = table.look(&truth.sees) {
                worlds.push(World { code: truth.code, phase: truth.phase, title: truth.title, way, look });
            }
        }
    }
    let order = |title: &str| whycors::causes::ordered().iter().position(|cause| cause.title == title);
    worlds.sort_by_cached_key(|world| (order(world.title), world.way, world.look));
    worlds
}

/// The titles of the causes that every possible verdict names, when all is asked.
fn verdicts(way: &Way) -> BTreeSet<Vec<&'static str>> {
    let Way { truths, suspected, table } = way;
    let looks = |truths: &[Truth]| -> Vec<(&'static str, usize)> {
        let plain = truths.iter().filter(|truth| truth.is_plain());
        plain.filter_map(|truth| Some((truth.title, table.look(&truth.sees)?))).collect()
    };
    let suspected = looks(suspected);
    let mut ends: BTreeSet<(Vec<Outcome>, usize)> = looks(truths).iter().map(|(_, look)| (Vec::new(), *look)).collect();
    for probe in 0..table.probes.len() {
        let answers = |(seen, look): (Vec<Outcome>, usize)| {
            let answer = move |outcome| ([seen.as_slice(), &[outcome]].concat(), look);
            table.looks[look].sees[probe].iter().map(answer).collect::<Vec<_>>()
        };
        ends = ends.into_iter().flat_map(answers).collect();
    }
    let verdict = |seen: Vec<Outcome>| {
        let standing = seen
            .iter()
            .enumerate()
            .fold(table.start(), |standing: Set, (probe, outcome)| table.after(&standing, probe, *outcome));
        let named: BTreeSet<&str> =
            suspected.iter().filter(|(_, look)| standing.contains(*look)).map(|(title, _)| *title).collect();
        named.into_iter().collect()
    };
    let seen: BTreeSet<Vec<Outcome>> = ends.into_iter().map(|(seen, _)| seen).collect();
    seen.into_iter().map(verdict).collect()
}

/// What tells each world of one class from each of the other: the fewest probes that do, found greedily.
fn split(ways: &[Way], one: &[&World], other: &[&World]) -> Split {
    let mut pairs: Vec<By> = Vec::new();
    for first in one {
        for second in other {
            pairs.push(telling(ways, first, second));
        }
    }
    let count = pairs.len();
    pairs.retain(|by| !by.is_empty());
    let is_always = pairs.len() == count;
    let mut chosen = Vec::new();
    while let Some(best) = most_telling(ways, &pairs) {
        pairs.retain(|by| !by.contains(&best));
        chosen.push(best);
    }
    if is_always { Split::Always(chosen) } else { Split::Sometimes(chosen) }
}

/// The one of the probes that tells most pairs apart; the call itself, which costs nothing, before them.
fn most_telling(ways: &[Way], pairs: &[By]) -> Option<String> {
    let probes = ways.iter().flat_map(|way| &way.table.probes).map(|probe| name(&probe.id));
    let mut best: Option<(usize, String)> = None;
    for id in [CALL.to_string()].into_iter().chain(probes) {
        let told = pairs.iter().filter(|by| by.contains(&id)).count();
        if told > best.as_ref().map_or(0, |(most, _)| *most) {
            best = Some((told, id));
        }
    }
    best.map(|(_, id)| id)
}

/// What never gives the same answer in these two worlds.
fn telling(ways: &[Way], one: &World, other: &World) -> By {
    // Where each of them is the truth, and the other stands after the call.
    let meets = |truth: &World, other: &World| {
        let Way { suspected, table, .. } = &ways[truth.way];
        let sees = &ways[other.way].table.looks[other.look].sees;
        let is_suspected = suspected.iter().any(|world| world.title == other.title && world.sees == *sees);
        is_suspected.then(|| Some((table, truth.look, table.look(sees)?))).flatten()
    };
    let meetings: Vec<_> = meets(one, other).into_iter().chain(meets(other, one)).collect();
    let Some((table, ..)) = meetings.first() else { return vec![CALL.to_string()] };
    let tells = |probe: &usize| meetings.iter().all(|(table, truth, other)| !table.may_confuse(*probe, *truth, *other));
    let mut by: By = (0..table.probes.len()).filter(tells).map(|probe| name(&table.probes[probe].id)).collect();
    by.dedup();
    by
}

/// Probes with one of the headers each have one name.
fn name(id: &str) -> String {
    if id.starts_with(ONE_HEADER) { ONE_HEADER.to_string() } else { id.to_string() }
}

#[cfg(test)]
mod tests {
    use anyhow::Result;
    use whycors::request::Engine;

    use super::super::{case, shapes};
    use super::*;

    /// The numbers of the classes with these causes, and what tells the classes apart.
    fn pair(shape: &str, engine: Engine, one: Named, other: Named) -> Result<Option<Split>> {
        let shape = shapes::all().iter().find(|known| known.name == shape);
        let classes = classes(&case(shape.expect("a kind of call"), engine)?.ways);
        let class = |cause| classes.causes.iter().position(|causes| causes.contains(&cause)).expect("a class");
        let (one, other) = (class(one), class(other));
        Ok(classes.splits.get(&(one.min(other), one.max(other))).cloned())
    }

    const MISSING: Named = ("missing-allow-origin", Some("response"));

    #[test]
    fn a_missing_header_is_told_from_a_redirect_without_it_only_where_that_leads_away() -> Result<()> {
        let told = |other| pair("GET", Engine::Chromium, MISSING, other);
        assert_eq!(told(("redirect-without-cors", None))?, Some(Split::Sometimes(vec!["frame".into()])));
        assert_eq!(told(("origin-mismatch", Some("response")))?, None);
        Ok(())
    }

    #[test]
    fn chromium_tells_an_answer_from_silence_by_an_event_source_and_firefox_only_sometimes() -> Result<()> {
        let told = |engine| pair("GET", engine, MISSING, ("connection-dropped", None));
        assert_eq!(told(Engine::Chromium)?, Some(Split::Always(vec!["event-source".into()])));
        assert_eq!(told(Engine::Firefox)?, Some(Split::Sometimes(vec!["no-cors".into()])));
        Ok(())
    }

    #[test]
    fn firefox_tells_a_refused_preflight_from_a_refused_response_by_the_call_alone() -> Result<()> {
        let preflight = ("missing-allow-origin", Some("preflight"));
        let told = |engine| pair("GET, 1 header", engine, MISSING, preflight);
        assert_eq!(told(Engine::Firefox)?, Some(Split::Always(vec!["call".into()])));
        assert!(matches!(told(Engine::Chromium)?, Some(Split::Sometimes(_))));
        Ok(())
    }
}
