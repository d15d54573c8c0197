//! Predict, keep, next: which causes explain all that was seen, and which probes could tell them apart.

use crate::browser::Stop;
use crate::causes::{self, Cause, Family, Standing};
use crate::gate::{self, CallOutcome, Facts};
use crate::hypothesis::{self, Assumption, Assumptions};
use crate::likeness::Open;
use crate::prelude::*;
use crate::probe::{self, Outcome, Outcomes, Probe};
use crate::request::Request;
use crate::world::World;

/// At most this many probes are under way at once.
const ROUND: usize = 4;

/// The causes that still stand, with what each of their worlds would show.
#[derive(Clone)]
pub struct Inference {
    causes: Vec<&'static Cause>,
    candidates: Vec<Candidate>,
}

/// One world, reduced to what the probes would see in it. Worlds of one cause that no probe tells apart are one candidate.
#[derive(Clone)]
struct Candidate {
    /// Index into `causes`.
    cause: usize,
    assumes: Assumptions,
    /// By probe.
    sees: Vec<Outcomes>,
}

impl Inference {
    /// Everything in the catalogue that explains what the page saw of the call.
    pub fn new(request: &Request, facts: &Facts, probes: &[Probe]) -> Inference {
        let mut causes = Vec::new();
        let may_have_left = gate::may_have_left(request, facts);
        for cause in causes::ordered() {
            if (cause.applies)(request, facts) && (may_have_left || !cause.needs_an_answer()) {
                causes.push(cause);
            }
        }
        let open = Open::new(request, facts.engine, probes);
        let mut candidates: Vec<Candidate> = Vec::new();
        for (index, cause) in causes.iter().enumerate() {
            let first = candidates.len();
            for hypothesis in hypothesis::worlds(cause, request) {
                let (mut call, stop) = probe::predict_call(&hypothesis.world, request, facts.engine);
                if facts.worker_controlled {
                    call = call.under_worker();
                }
                // A call that was not sent is not suspected of hanging alone.
                let hangs_alone = call.admit(Outcome::TimedOut) && hypothesis.assumes.oddity() > 0;
                let is_unfounded = facts.call == CallOutcome::NotSent && hangs_alone;
                let is_explained = !is_unfounded && explains(call, &facts.call) && is_fault_of(cause, stop.as_ref());
                if !is_explained && !hypothesis.call_is_past {
                    continue;
                }
                if hypothesis.is_open {
                    for sees in open.shows(&hypothesis, stop.as_ref(), request, facts.engine, probes) {
                        add(&mut candidates, first, Candidate { cause: index, assumes: hypothesis.assumes, sees });
                    }
                    continue;
                }
                let policy = hypothesis.with_resource_policy();
                let mut sees = Vec::new();
                let mut sees_with_policy = Vec::new();
                for probe in probes {
                    let see = |world: &World| probe::predict(world, request, facts.engine, probe);
                    let outcomes = see(&hypothesis.world);
                    sees.push(outcomes);
                    let is_met = probe.meets_resource_policy(facts.engine);
                    sees_with_policy.push(if is_met { see(&policy.world) } else { outcomes });
                }
                add(&mut candidates, first, Candidate { cause: index, assumes: hypothesis.assumes, sees });
                add(
                    &mut candidates,
                    first,
                    Candidate { cause: index, assumes: policy.assumes, sees: sees_with_policy },
                );
            }
        }
        if facts.worker_controlled {
            for outcomes in candidates.iter_mut().flat_map(|candidate| &mut candidate.sees) {
                *outcomes = outcomes.under_worker();
            }
        }
        Inference { causes, candidates }
    }

    /// Keeps the worlds that allow what was seen; tells which codes no longer stand, and which of the others no longer stand
    /// without an odd server.
    pub fn keep(&mut self, probe: usize, seen: Outcome) -> (Vec<&'static str>, Vec<&'static str>) {
        let (mut gone, mut unlikely) = (self.codes(false), self.codes(true));
        self.candidates.retain(|candidate| candidate.sees.get(probe).is_none_or(|outcomes| outcomes.admit(seen)));
        let (after, plain) = (self.codes(false), self.codes(true));
        gone.retain(|code| !after.contains(code));
        unlikely.retain(|code| after.contains(code) && !plain.contains(code));
        (gone, unlikely)
    }

    /// The call's URL was seen to redirect: that something happens where it leads is nothing odd.
    pub fn redirects(&mut self) {
        for candidate in &mut self.candidates {
            candidate.assumes = candidate.assumes.without(Assumption::Target);
        }
    }

    /// What stands: each cause with the assumptions of its simplest world, in the order of verdicts; a cause that needs an odd
    /// server comes after those that do not.
    pub fn standing(&self) -> Vec<(&'static Cause, Assumptions)> {
        let mut plain = Vec::new();
        let mut odd = Vec::new();
        for (index, cause) in self.causes.iter().enumerate() {
            let mut plainest: Option<Assumptions> = None;
            for candidate in &self.candidates {
                let is_plainer = plainest.is_none_or(|known| candidate.assumes.count() < known.count());
                if candidate.cause == index && is_plainer {
                    plainest = Some(candidate.assumes);
                }
            }
            if let Some(assumes) = plainest {
                if assumes.oddity() > 0 { &mut odd } else { &mut plain }.push((*cause, assumes));
            }
        }
        plain.append(&mut odd);
        plain
    }

    /// The worlds that stand, in a fixed order: the cause of each, what it assumes, what it lets each probe see. No two of one
    /// cause let them see the same. Native tools only, which weigh the choice of probes.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn worlds(&self) -> impl Iterator<Item = (&'static Cause, Assumptions, &[Outcomes])> {
        let seen = |candidate| {
            let Candidate { cause, assumes, sees }: &Candidate = candidate;
            Some((*self.causes.get(*cause)?, *assumes, sees.as_slice()))
        };
        self.candidates.iter().filter_map(seen)
    }

    /// All that stands says that the call would pass now.
    pub fn is_only_past(&self) -> bool {
        let is_past = |candidate: &Candidate| self.causes.get(candidate.cause).is_some_and(|cause| cause.is_past());
        !self.candidates.is_empty() && self.candidates.iter().all(is_past)
    }

    /// The codes that stand, or those of them that need no odd server.
    fn codes(&self, is_plain: bool) -> Vec<&'static str> {
        let mut codes = Vec::new();
        for (cause, assumes) in self.standing() {
            let is_meant = !is_plain || assumes.oddity() == 0;
            if is_meant && !codes.contains(&cause.code) {
                codes.push(cause.code);
            }
        }
        codes
    }

    /// The next round: up to four of `allowed` whose answers together split what stands best; none if none splits it.
    pub fn next(&self, allowed: &[usize], fits: impl Fn(&[usize], usize) -> bool) -> Vec<usize> {
        let mut round: Vec<usize> = Vec::new();
        let mut cells = vec![vec![0]; self.candidates.len()];
        let mut count = 1;
        let mut best = self.confusion(&cells, count);
        while round.len() < ROUND {
            let mut chosen = None;
            for probe in allowed {
                if round.contains(probe) || !fits(&round, *probe) {
                    continue;
                }
                let (split, count) = self.split(&cells, count, *probe);
                let confusion = self.confusion(&split, count);
                if confusion < best {
                    best = confusion;
                    chosen = Some((*probe, split, count));
                }
            }
            let Some((probe, split, split_count)) = chosen else { break };
            round.push(probe);
            (cells, count) = (split, split_count);
        }
        round
    }

    /// Each world's joint outcomes with those of one probe more, and how many there are of all worlds'.
    #[inline(never)]
    fn split(&self, cells: &[Vec<usize>], count: usize, probe: usize) -> (Vec<Vec<usize>>, usize) {
        let sees = |candidate: &Candidate| candidate.sees.get(probe).copied().unwrap_or_default();
        let mut possible = Outcomes::default();
        for candidate in &self.candidates {
            possible = possible.or(sees(candidate));
        }
        let mut split = Vec::new();
        for (candidate, cells) in self.candidates.iter().zip(cells) {
            let mut next = Vec::new();
            for cell in cells {
                for outcome in sees(candidate).iter() {
                    next.push(cell + count * possible.place(outcome));
                }
            }
            split.push(next);
        }
        (split, count * possible.count())
    }

    /// How many causes stay together where each world has these joint outcomes: summed over the causes, in thousandths, each the
    /// mean over its worlds.
    #[inline(never)]
    fn confusion(&self, cells: &[Vec<usize>], count: usize) -> u64 {
        // In each cell: the causes that stand, and those of them that stand without an odd server.
        let mut standing = vec![(0u64, 0u64); count];
        for (candidate, cells) in self.candidates.iter().zip(cells) {
            for cell in cells {
                standing[*cell].0 |= 1 << candidate.cause;
                if candidate.assumes.oddity() == 0 {
                    standing[*cell].1 |= 1 << candidate.cause;
                }
            }
        }
        let mut sums = vec![(0u64, 0u64); self.causes.len()];
        for (candidate, cells) in self.candidates.iter().zip(cells) {
            let mut worst = 0;
            for cell in cells {
                worst = worst.max(standing[*cell].0.count_ones() + standing[*cell].1.count_ones());
            }
            sums[candidate.cause].0 += u64::from(worst) * 1000;
            sums[candidate.cause].1 += 1;
        }
        let mut confusion = 0;
        for (sum, worlds) in sums {
            confusion += sum.checked_div(worlds).unwrap_or(0);
        }
        confusion
    }
}

/// Adds a world, unless one of the same cause, from `first` on, looks the same; of two alike the plainer one stays.
fn add(candidates: &mut Vec<Candidate>, first: usize, new: Candidate) {
    for known in candidates.iter_mut().skip(first) {
        if known.sees == new.sees {
            if new.assumes.count() < known.assumes.count() {
                known.assumes = new.assumes;
            }
            return;
        }
    }
    candidates.push(new);
}

/// Where faults meet, a world belongs to the cause that stops the call first.
fn is_fault_of(cause: &Cause, stop: Option<&Stop>) -> bool {
    let known = stop.and_then(causes::of);
    known.is_some_and(|(code, phase)| code == cause.code && phase.is_none_or(|phase| cause.phase == Some(phase)))
}

/// A world in which the call goes like this explains what the page saw of it.
fn explains(predicted: Outcomes, call: &CallOutcome) -> bool {
    match call {
        CallOutcome::Failed(outcome) => predicted.admit(*outcome),
        // The caller's limit cuts a hang off before our own would.
        CallOutcome::TimedOut => predicted.admit(Outcome::TimedOut),
        // Not sent: whatever would make it fail.
        CallOutcome::NotSent => predicted.iter().any(|outcome| outcome.is_failure() || outcome == Outcome::TimedOut),
        CallOutcome::Succeeded(_) | CallOutcome::Aborted | CallOutcome::Invalid(_) => false,
    }
}

/// The smallest family that covers these causes.
pub fn family(standing: Standing<'_>) -> Option<&'static str> {
    let covers = |family: &Family| standing.iter().all(|(cause, _)| cause.families.contains(family));
    Family::ALL.iter().find(|family| covers(family)).map(|family| family.name())
}
