//! What each answer of each probe leaves standing: a diagnosis as a table, which can be searched.
//!
//! The rules of [`Session`] are not written down a second time: what an answer leaves is asked of a session, and
//! which probes are allowed of [`session::allowed`]. That the answers of several probes leave what each of them leaves is
//! checked against sessions by [`super::ours`], at the end of each.

use std::collections::{BTreeMap, HashMap, HashSet};

use anyhow::{Context, Result};
use whycors::causes::{self, Cause, Fault, Phase};
use whycors::gate::{CallOutcome, Facts};
use whycors::hypothesis::Assumptions;
use whycors::infer::Inference;
use whycors::probe::{Outcome, Outcomes, Probe};
use whycors::request::{Engine, Request};
use whycors::session::Session;

/// A call that failed in one way, and all that its probes can tell.
pub struct Table {
    pub probes: Vec<Probe>,
    /// Worlds that no probe tells apart, in a fixed order.
    pub looks: Vec<Look>,
    /// By probe and answer: the looks that stand after it.
    leaves: Vec<HashMap<Outcome, Set>>,
    /// How many codes there are: what a verdict that names none leaves.
    pub catalogue: u32,
}

/// What some worlds have in common: all that the probes see in them.
pub struct Look {
    pub sees: Vec<Outcomes>,
    /// Whose worlds they are.
    pub codes: Codes,
    /// How much of the mean they are, by code.
    pub weights: Vec<Weight>,
}

/// How much of each mean a world is.
#[derive(Clone, Copy)]
pub struct Weight {
    pub code: u32,
    /// Of the mean over all worlds, and over the plain ones alone.
    pub of: [f64; 2],
}

/// Codes, by their place in the catalogue.
pub type Codes = u64;

/// A world in which the call could have failed so.
pub struct Truth {
    pub code: &'static str,
    /// Tells the two phases of a code apart.
    pub title: &'static str,
    pub phase: Option<&'static str>,
    pub assumes: Assumptions,
    pub sees: Vec<Outcomes>,
}

impl Truth {
    /// A server that treats the probes as it treats the call.
    pub fn is_plain(&self) -> bool {
        self.assumes.oddity() == 0
    }
}

/// The worlds in which the model lets this call fail so.
pub fn truths(request: &Request, engine: Engine, call: &CallOutcome, probes: &[Probe]) -> Vec<Truth> {
    listed(&Inference::new(request, &Facts::new(engine, call.clone()), probes))
}

/// What a session holds possible at its start. It may be more, for it trusts no single duration of 0.
pub fn suspected(session: &Session) -> Vec<Truth> {
    listed(session.inference())
}

fn listed(inference: &Inference) -> Vec<Truth> {
    let truth = |(cause, assumes, sees): (&'static Cause, Assumptions, &[Outcomes])| Truth {
        code: cause.code,
        title: cause.title,
        phase: phase(cause),
        assumes,
        sees: sees.to_vec(),
    };
    inference.worlds().map(truth).collect()
}

/// The exchange, where there is a cause of this code for more than one.
fn phase(cause: &Cause) -> Option<&'static str> {
    let is_of_preflights = matches!(cause.fault, Fault::Preflight { .. });
    let has_others = causes::all().any(|other| other.code == cause.code && other.title != cause.title);
    cause.phase.map(Phase::name).or((is_of_preflights && has_others).then_some(Phase::Preflight.name()))
}

impl Table {
    /// Asks a session what each answer leaves. `weight` is how much of each mean a world is.
    pub fn new(
        session: &Session,
        probes: &[Probe],
        truths: &[Truth],
        weight: impl Fn(&Truth) -> [f64; 2],
    ) -> Result<Table> {
        let probes = probes.to_vec();
        let codes = codes();
        let place = |code| codes.iter().position(|known| *known == code).context("a code that is not in the catalogue");
        let mut looks: BTreeMap<Vec<Vec<Outcome>>, Look> = BTreeMap::new();
        for (cause, _, sees) in session.inference().worlds() {
            let look = looks.entry(key(sees)).or_insert_with(|| Look::new(sees));
            look.codes |= 1 << place(cause.code)?;
        }
        for truth in truths {
            let look =
                looks.get_mut(&key(&truth.sees)).context("a session leaves out a world that explains the call")?;
            look.add(place(truth.code)? as u32, weight(truth));
        }
        let looks: Vec<Look> = looks.into_values().collect();
        let leaves = (0..probes.len()).map(|probe| leaves(session, &probes, &looks, probe)).collect();
        Ok(Table { probes, looks, leaves, catalogue: codes.len() as u32 })
    }

    /// A table whose probes leave what they see, from worlds of one code each.
    #[cfg(test)]
    pub fn by_hand(probes: Vec<Probe>, worlds: &[(u32, Vec<Outcomes>)]) -> Table {
        let share = 1.0 / worlds.len() as f64;
        let look = |(code, sees): &(u32, Vec<Outcomes>)| Look {
            sees: sees.clone(),
            codes: 1 << code,
            weights: vec![Weight { code: *code, of: [share, 0.0] }],
        };
        let sees = |probe: usize, outcome| {
            worlds.iter().enumerate().filter(move |(_, (_, sees))| sees[probe].iter().any(|seen| seen == outcome))
        };
        let leaves = |probe| {
            Outcome::ALL
                .into_iter()
                .map(|outcome| (outcome, sees(probe, outcome).map(|(look, _)| look).collect()))
                .collect()
        };
        Table {
            looks: worlds.iter().map(look).collect(),
            leaves: (0..probes.len()).map(leaves).collect(),
            catalogue: 40,
            probes,
        }
    }

    /// Before any probe.
    pub fn start(&self) -> Set {
        (0..self.looks.len()).collect()
    }

    /// What of it stands after this answer.
    pub fn after(&self, standing: &Set, probe: usize, outcome: Outcome) -> Set {
        self.leaves[probe].get(&outcome).map_or_else(Set::default, |leaves| standing.and(leaves))
    }

    /// The look of worlds in which the probes see this.
    pub fn look(&self, sees: &[Outcomes]) -> Option<usize> {
        self.looks.iter().position(|look| look.sees == sees)
    }

    /// A probe may leave one of these standing where the other is the truth.
    pub fn may_confuse(&self, probe: usize, one: usize, other: usize) -> bool {
        let leaves = |truth: usize, look: usize| {
            let mut seen = self.looks[truth].sees[probe].iter();
            seen.any(|outcome| self.leaves[probe].get(&outcome).is_some_and(|leaves| leaves.contains(look)))
        };
        leaves(one, other) || leaves(other, one)
    }

    /// The codes that stand.
    pub fn standing(&self, standing: &Set) -> Codes {
        standing.iter().fold(0, |codes, look| codes | self.looks[look].codes)
    }

    /// How many causes a verdict leaves that names these.
    pub fn left(&self, codes: Codes) -> u32 {
        if codes == 0 { self.catalogue } else { codes.count_ones() }
    }
}

impl Look {
    fn new(sees: &[Outcomes]) -> Look {
        Look { sees: sees.to_vec(), codes: 0, weights: Vec::new() }
    }

    fn add(&mut self, code: u32, more: [f64; 2]) {
        match self.weights.iter_mut().find(|weight| weight.code == code) {
            Some(weight) => weight.of = [weight.of[0] + more[0], weight.of[1] + more[1]],
            None => self.weights.push(Weight { code, of: more }),
        }
    }
}

/// The codes of the catalogue.
pub fn codes() -> Vec<&'static str> {
    let mut codes: Vec<&str> = Vec::new();
    for cause in causes::all() {
        if !codes.contains(&cause.code) {
            codes.push(cause.code);
        }
    }
    codes
}

/// Sorts looks, so that sums come out the same each time.
fn key(sees: &[Outcomes]) -> Vec<Vec<Outcome>> {
    sees.iter().map(|outcomes| outcomes.iter().collect()).collect()
}

/// What each answer of a probe leaves of these looks.
fn leaves(session: &Session, probes: &[Probe], looks: &[Look], probe: usize) -> HashMap<Outcome, Set> {
    let answers: HashSet<Outcome> = looks.iter().flat_map(|look| look.sees[probe].iter()).collect();
    let leave = |answer| {
        let mut session = session.clone();
        if probes[probe].is_no_cors() && answer == Outcome::FailedEarly {
            // Trusted only beside another; where nothing is sent, nothing is sent of the simple one either.
            session.saw("simple", answer, 0);
        }
        session.saw(&probes[probe].id, answer, 0);
        if probes[probe].is_no_cors() {
            // Settles what was waiting for the rest of its round.
            session.round();
        }
        let left: HashSet<&[Outcomes]> = session.inference().worlds().map(|(_, _, sees)| sees).collect();
        (0..looks.len()).filter(|look| left.contains(looks[*look].sees.as_slice())).collect()
    };
    answers.into_iter().map(|answer| (answer, leave(answer))).collect()
}

/// A set of small numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Set(Vec<u64>);

impl Set {
    pub fn insert(&mut self, number: usize) {
        let word = number / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (number % 64);
    }

    pub fn contains(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|word| word & 1 << (number % 64) != 0)
    }

    pub fn and(&self, other: &Set) -> Set {
        let mut both: Vec<u64> = self.0.iter().zip(&other.0).map(|(mine, theirs)| mine & theirs).collect();
        // So that equal sets are equal.
        while both.last() == Some(&0) {
            both.pop();
        }
        Set(both)
    }

    pub fn iter(&self) -> impl Iterator<Item = usize> {
        let numbers = |(word, bits): (usize, &u64)| {
            let bits = *bits;
            (0..64).filter(move |bit| bits & 1 << bit != 0).map(move |bit| word * 64 + bit)
        };
        self.0.iter().enumerate().flat_map(numbers)
    }
}

impl FromIterator<usize> for Set {
    fn from_iter<T: IntoIterator<Item = usize>>(numbers: T) -> Set {
        let mut set = Set::default();
        for number in numbers {
            set.insert(number);
        }
        set
    }
}
