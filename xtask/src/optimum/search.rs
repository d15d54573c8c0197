//! The best that any order of the allowed probes could reach.
//!
//! The search is exact: the least mean over every strategy that asks one probe at a time, chooses the next by what it has
//! seen, and may stop. It is short because an answer never lets more stand: what forbids no other probe is asked without
//! looking for something better. Three things forbid: a probe with credentials the other ones, an error answer all of these,
//! and the budget whatever comes last.
//!
//! A search that grows too large gives a bound that no strategy can be below, and says so.

use std::collections::{BTreeMap, HashMap};

use whycors::probe::Outcome;
use whycors::session;

use super::table::{Set, Table};

/// What no strategy is below.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Least {
    /// Causes left, times the weight of the worlds.
    pub left: f64,
    /// A strategy reaches it.
    pub is_reached: bool,
}

/// States looked at before a search gives up.
const PATIENCE: usize = 20_000;

/// The least that a strategy leaves in the mean; `mean` is the one it is of.
pub fn least(table: &Table, budget: usize, mean: usize) -> Least {
    let start = State::start(table);
    let mut search = Search::new(table, budget, mean, Limits::Kept);
    let left = search.least(&start);
    if !search.has_given_up() {
        return Least { left, is_reached: true };
    }
    let left = Search::new(table, budget, mean, Limits::Ignored).least(&start);
    Least { left, is_reached: false }
}

/// What has been asked and seen.
#[derive(Clone)]
pub struct State {
    pub asked: Vec<bool>,
    pub standing: Set,
    /// The looks that the world may have, each with the share of its worlds in which all of this was seen: where a world allows
    /// several answers, each is as likely as the others.
    pub alive: Vec<(usize, f64)>,
    pub errors_seen: bool,
}

impl State {
    /// Nothing yet.
    pub fn start(table: &Table) -> State {
        let could_be = |look: &usize| !table.looks[*look].weights.is_empty();
        State {
            asked: vec![false; table.probes.len()],
            standing: table.start(),
            alive: (0..table.looks.len()).filter(could_be).map(|look| (look, 1.0)).collect(),
            errors_seen: false,
        }
    }

    /// After each answer that this probe may get, in the order of [`Outcome`].
    pub fn after(&self, table: &Table, probe: usize) -> Vec<(Outcome, State)> {
        let mut alive: BTreeMap<Outcome, Vec<(usize, f64)>> = BTreeMap::new();
        for (look, share) in &self.alive {
            let outcomes = table.looks[*look].sees[probe];
            let count = outcomes.iter().count() as f64;
            for outcome in outcomes.iter() {
                alive.entry(outcome).or_default().push((*look, share / count));
            }
        }
        let mut asked = self.asked.clone();
        asked[probe] = true;
        let state = |(outcome, alive): (Outcome, _)| {
            let next = State {
                asked: asked.clone(),
                standing: table.after(&self.standing, probe, outcome),
                alive,
                errors_seen: self.errors_seen || outcome == Outcome::ReadableError,
            };
            (outcome, next)
        };
        alive.into_iter().map(state).collect()
    }

    /// This answer is possible.
    fn may_see(&self, table: &Table, probe: usize, answer: Outcome) -> bool {
        self.alive.iter().any(|(look, _)| table.looks[*look].sees[probe].iter().any(|outcome| outcome == answer))
    }

    /// Some answer tells something. If none does now, none will later.
    fn may_change(&self, table: &Table, probe: usize) -> bool {
        let tells = |outcome: Outcome| table.after(&self.standing, probe, outcome) != self.standing;
        Outcome::ALL.into_iter().any(|outcome| self.may_see(table, probe, outcome) && tells(outcome))
    }

    fn key(&self) -> Key {
        Key {
            asked: self.asked.clone(),
            standing: self.standing.clone(),
            alive: self.alive.iter().map(|(look, _)| *look).collect(),
            errors_seen: self.errors_seen,
        }
    }

    /// The weight of the worlds it may be.
    pub fn weight(&self, table: &Table, mean: usize) -> f64 {
        let of = |(look, share): &(usize, f64)| {
            share * table.looks[*look].weights.iter().map(|weight| weight.of[mean]).sum::<f64>()
        };
        self.alive.iter().map(of).sum()
    }
}

struct Search<'a> {
    table: &'a Table,
    budget: usize,
    mean: usize,
    limits: Limits,
    known: HashMap<Key, f64>,
    states: usize,
}

/// What forbids a probe.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Limits {
    /// All that does in a session.
    Kept,
    /// Neither the budget nor an error answer: the least is then a bound.
    Ignored,
}

/// What the rest of a diagnosis depends on.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    asked: Vec<bool>,
    standing: Set,
    alive: Set,
    errors_seen: bool,
}

impl<'a> Search<'a> {
    fn new(table: &'a Table, budget: usize, mean: usize, limits: Limits) -> Search<'a> {
        Search { table, budget, mean, limits, known: HashMap::new(), states: 0 }
    }

    fn least(&mut self, state: &State) -> f64 {
        self.states += 1;
        let asked = state.asked.iter().filter(|asked| **asked).count();
        let spare = if self.limits == Limits::Ignored { usize::MAX } else { self.budget.saturating_sub(asked) };
        let forbids_credentials = state.errors_seen && self.limits == Limits::Kept;
        let mut open = session::allowed(&self.table.probes, &state.asked, forbids_credentials);
        open.retain(|probe| state.may_change(self.table, *probe));
        let left = self.table.left(self.table.standing(&state.standing));
        if left == 1 || spare == 0 || open.is_empty() || self.has_given_up() {
            return self.weigh(state, left);
        }
        match self.free(state, &open, spare) {
            Some(probe) => state.after(self.table, probe).iter().map(|(_, next)| self.least(next)).sum(),
            None => self.choose(state, &open, left),
        }
    }

    fn has_given_up(&self) -> bool {
        self.states > PATIENCE && self.limits == Limits::Kept
    }

    fn weigh(&self, state: &State, left: u32) -> f64 {
        state.weight(self.table, self.mean) * f64::from(left)
    }

    /// A probe that forbids no other one.
    fn free(&self, state: &State, open: &[usize], spare: usize) -> Option<usize> {
        let is_credentialed = |probe: &usize| self.table.probes[*probe].is_credentialed();
        let (credentialed, others): (Vec<usize>, Vec<usize>) = open.iter().partition(|probe| is_credentialed(probe));
        match credentialed.as_slice() {
            _ if others.len() + credentialed.len().min(1) > spare => None,
            [] => others.first().copied(),
            [only] => Some(*only),
            _ if self.limits == Limits::Ignored => others.first().copied(),
            _ => others.into_iter().find(|probe| !state.may_see(self.table, *probe, Outcome::ReadableError)),
        }
    }

    /// The best of every choice, and of stopping here.
    fn choose(&mut self, state: &State, open: &[usize], left: u32) -> f64 {
        let key = state.key();
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let mut best = self.weigh(state, left);
        let bound = match self.limits {
            Limits::Ignored => 0.0,
            Limits::Kept => Search::new(self.table, self.budget, self.mean, Limits::Ignored).least(state),
        };
        let mut open = open.to_vec();
        open.sort_by_key(|probe| !self.table.probes[*probe].is_credentialed());
        for probe in open {
            if best <= bound * (1.0 + 1e-12) {
                break;
            }
            let mut sum = 0.0;
            for (_, next) in state.after(self.table, probe) {
                sum += self.least(&next);
                if sum >= best {
                    break;
                }
            }
            best = best.min(sum);
        }
        self.known.insert(key, best);
        best
    }
}

#[cfg(test)]
mod tests {
    use whycors::probe::{Outcomes, Probe, Send};
    use whycors::request::{Credentials, Mode, Redirect};

    use super::*;
    use Outcome::*;

    fn plain(id: &str) -> Probe {
        Probe { id: id.into(), send: Send::EventSource }
    }

    fn credentialed(id: &str) -> Probe {
        let send = Send::Fetch {
            method: "GET",
            mode: Mode::Cors,
            credentials: Credentials::Include,
            redirect: Redirect::Follow,
            headers: Vec::new(),
            caller_values: true,
        };
        Probe { id: id.into(), send }
    }

    /// Worlds of one cause each: a row a world, a column a probe.
    fn table(probes: Vec<Probe>, worlds: &[&[Outcome]]) -> Table {
        let sees = |row: &[Outcome]| row.iter().map(|outcome| Outcomes::of(&[*outcome])).collect();
        let worlds: Vec<_> = (0..).zip(worlds.iter().map(|row| sees(row))).collect();
        Table::by_hand(probes, &worlds)
    }

    fn left(table: &Table, budget: usize) -> f64 {
        let least = least(table, budget, 0);
        assert!(least.is_reached);
        (least.left * 1000.0).round() / 1000.0
    }

    /// Nine worlds in a square: `row` and `column` together tell them all apart, `greedy` alone tells five from the rest.
    fn square() -> Table {
        table(
            vec![plain("greedy"), plain("row"), plain("column")],
            &[
                &[Failed, Failed, Failed],
                &[Failed, Failed, Open],
                &[Readable, Failed, Closed],
                &[Failed, Open, Failed],
                &[Failed, Open, Open],
                &[ReadableError, Open, Closed],
                &[Opaque, Closed, Failed],
                &[OpaqueRedirect, Closed, Open],
                &[TimedOut, Closed, Closed],
            ],
        )
    }

    #[test]
    fn the_probe_that_tells_most_at_once_is_not_always_the_best_first() {
        // With one probe: five worlds alone, four together.
        assert_eq!(left(&square(), 1), 2.333);
        // `greedy` and the better of the others after it would leave 13 / 9.
        assert_eq!(left(&square(), 2), 1.0);
    }

    #[test]
    fn without_a_budget_nothing_is_left() {
        assert_eq!(left(&square(), 0), 9.0);
    }

    #[test]
    fn a_bound_is_never_above_what_a_strategy_reaches() {
        let table = square();
        let bound = Search::new(&table, 1, 0, Limits::Ignored).least(&State::start(&table));
        assert!((bound - 1.0).abs() < 1e-9, "{bound}");
    }

    #[test]
    fn what_an_error_answer_would_forbid_is_asked_before_it() {
        let worlds: &[&[Outcome]] = &[&[ReadableError, Readable], &[ReadableError, Failed], &[Readable, Failed]];
        assert_eq!(left(&table(vec![plain("error"), credentialed("one")], worlds), 8), 1.0);
    }

    #[test]
    fn of_two_probes_with_credentials_the_one_that_tells_is_asked() {
        let probes = || vec![plain("which"), credentialed("one"), credentialed("other")];
        let safe: &[&[Outcome]] = &[
            &[Open, Readable, Failed],
            &[Open, Failed, Failed],
            &[Closed, Failed, Readable],
            &[Closed, Failed, Failed],
        ];
        assert_eq!(left(&table(probes(), safe), 8), 1.0);
        // The same where to ask which of them would tell forbids both: in half of the worlds, in most.
        let risky: &[&[Outcome]] = &[
            &[Open, Readable, Failed],
            &[Open, Failed, Failed],
            &[ReadableError, Failed, Readable],
            &[ReadableError, Failed, Failed],
        ];
        assert_eq!(left(&table(probes(), risky), 8), 1.5);
        let futile: &[&[Outcome]] = &[
            &[ReadableError, Readable, Failed],
            &[ReadableError, Failed, Readable],
            &[ReadableError, Failed, Failed],
            &[Open, Failed, Failed],
        ];
        assert_eq!(left(&table(probes(), futile), 8), 1.5);
    }

    #[test]
    fn a_world_that_allows_two_answers_counts_half_with_each() {
        let worlds = [(0, vec![Outcomes::of(&[Failed])]), (1, vec![Outcomes::of(&[Failed, Opaque])])];
        assert_eq!(left(&Table::by_hand(vec![plain("varies")], &worlds), 8), 1.75);
    }
}
