//! What our own choice of probes reaches: sessions, played against every world.

use anyhow::{Context, Result, ensure};
use whycors::session::Session;

use super::search::State;
use super::table::{Codes, Table, codes};

/// What sessions came to.
#[derive(Debug, Default)]
pub struct Ours {
    /// Causes left, times the weight of the worlds: of all of them, of the plain ones alone.
    pub left: [f64; 2],
    /// The weight of the worlds whose verdict is unknown.
    pub unknown: f64,
    /// The weight of the worlds that took so many probes.
    pub probes: Histogram,
    /// The weight of the worlds that took so many rounds.
    pub rounds: Histogram,
}

impl Ours {
    /// Plays a session against every world of the table. Where a world allows several answers, each is played.
    pub fn play(&mut self, table: &Table, session: Session) -> Result<()> {
        self.go_on(table, session, State::start(table), 0)
    }

    fn go_on(&mut self, table: &Table, mut session: Session, state: State, rounds: usize) -> Result<()> {
        let round = session.round();
        if round.is_empty() {
            return self.conclude(table, session, &state, rounds);
        }
        let mut ends = vec![(session, state)];
        for probe in &round {
            let index = table
                .probes
                .iter()
                .position(|known| known == probe)
                .context("a session sends a probe that is not listed")?;
            let mut next = Vec::new();
            for (session, state) in ends {
                for (outcome, state) in state.after(table, index) {
                    let mut session = session.clone();
                    session.saw(&probe.id, outcome, 0);
                    next.push((session, state));
                }
            }
            ends = next;
        }
        ends.into_iter().try_for_each(|(session, state)| self.go_on(table, session, state, rounds + 1))
    }

    fn conclude(&mut self, table: &Table, session: Session, state: &State, rounds: usize) -> Result<()> {
        let diagnosis = session.finish(0);
        let is_named = |code: &&str| diagnosis.causes.iter().any(|cause| cause.code == *code);
        let named: Codes = (0..).zip(codes()).filter(|(_, code)| is_named(code)).map(|(place, _)| 1 << place).sum();
        ensure!(
            named == table.standing(&state.standing),
            "a session names other causes than the table that the optimum is searched in; it says\n{}",
            diagnosis.report
        );
        let left = f64::from(table.left(named));
        let mut worlds = 0.0;
        for (look, share) in &state.alive {
            for weight in &table.looks[*look].weights {
                ensure!(
                    named == 0 || named & 1 << weight.code != 0,
                    "a verdict leaves out the truth:\n{}",
                    diagnosis.report
                );
                worlds += share * weight.of[0];
                self.left[0] += left * share * weight.of[0];
                self.left[1] += left * share * weight.of[1];
            }
        }
        if named == 0 {
            self.unknown += worlds;
        }
        self.probes.add(state.asked.iter().filter(|asked| **asked).count(), worlds);
        self.rounds.add(rounds, worlds);
        Ok(())
    }
}

/// Weights by number.
#[derive(Debug, Default)]
pub struct Histogram(Vec<f64>);

impl Histogram {
    fn add(&mut self, number: usize, weight: f64) {
        if self.0.len() <= number {
            self.0.resize(number + 1, 0.0);
        }
        self.0[number] += weight;
    }

    /// The least number that half of the weight does not exceed.
    pub fn median(&self) -> usize {
        let half = self.0.iter().sum::<f64>() / 2.0;
        let mut sum = 0.0;
        self.0
            .iter()
            .take_while(|weight| {
                sum += **weight;
                sum < half
            })
            .count()
    }

    /// The greatest number.
    pub fn max(&self) -> usize {
        self.0.len().saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_where_half_of_the_weight_lies() {
        let mut histogram = Histogram::default();
        for (number, weight) in [(1, 0.2), (3, 0.2), (4, 0.2), (8, 0.4)] {
            histogram.add(number, weight);
        }
        assert_eq!((histogram.median(), histogram.max()), (4, 8));
    }
}
