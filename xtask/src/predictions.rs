//! The model against what real browsers showed: every observation of every row is one that it predicts.

use browser::Run;
use lab::Scenario;
use lab::model;

use crate::tally::Tally;

/// Holds the runs against the model, and says how many predictions allow more than one outcome: such a one can only widen a
/// verdict.
pub fn check(runs: &[Run], rows: &[Scenario]) -> Tally {
    let (mut exact, mut loose, mut wrong) = (0, Vec::new(), Vec::new());
    for run in runs {
        let Some(row) = rows.iter().find(|row| row.id == run.scenario && model::sees(row)) else { continue };
        let predicted = model::predictions(row, run.engine);
        for (id, saw) in &run.observed {
            let name = format!("{} {id}", row.id);
            match predicted.get(id) {
                Some(outcomes) if !outcomes.contains(saw.as_str()) => {
                    wrong.push(format!("{name} saw {saw}, the model predicts {outcomes:?}"));
                }
                Some(outcomes) if outcomes.len() > 1 => loose.push(name),
                Some(_) => exact += 1,
                // Behind a gate no probe is asked, and none is predicted.
                None => {}
            }
        }
    }
    println!(
        "{exact} observations are the one that the model predicts, {} one of several: {}",
        loose.len(),
        brief(&loose)
    );
    let details = wrong.join("\n");
    Tally { passed: exact + loose.len(), failed: wrong.len(), details }
}

/// By probe, for a line that can be read.
fn brief(names: &[String]) -> String {
    let mut counts = std::collections::BTreeMap::<&str, usize>::new();
    for name in names {
        let probe = name.split_once(' ').map_or("", |(_, probe)| probe);
        *counts.entry(probe).or_default() += 1;
    }
    counts.iter().map(|(probe, count)| format!("{count} {probe}")).collect::<Vec<_>>().join(", ")
}
