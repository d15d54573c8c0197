//! How many tests passed, and what the failed ones printed.

use anyhow::Result;
use browser::{Check, Failure, Run};

use crate::process::Printed;

/// What one part of the tests came to.
#[derive(Debug, Default, PartialEq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
    /// What to read if something failed; printed only then.
    pub details: String,
}

impl Tally {
    /// A check that holds or does not.
    pub fn check(printed: Printed) -> Tally {
        let passed = usize::from(printed.success);
        Tally { passed, failed: 1 - passed, details: printed.text }
    }

    /// The tests of every harness that ran.
    pub fn tests(printed: Printed) -> Tally {
        let (passed, mut failed) = count(&printed.text);
        let mut details = printed.text;
        if failed == 0 && !printed.success {
            details.push_str("\nno test failed, but the command did: see above\n");
            failed = 1;
        }
        Tally { passed, failed, details }.ran()
    }

    /// The table in real engines: each row in each engine is a test.
    pub fn rows(runs: &[Run], failures: &[Failure]) -> Tally {
        let fails =
            |run: &&Run| failures.iter().any(|it| it.scenario == run.scenario && it.engine == run.engine.name());
        let failed = runs.iter().filter(fails).count();
        let details = failures.iter().map(|failure| format!("{failure}\n")).collect();
        Tally { passed: runs.len() - failed, failed, details }.ran()
    }

    /// Checks of pages in a real engine.
    pub fn checks(checks: &[Check]) -> Tally {
        let (passed, failed): (Vec<_>, Vec<_>) = checks.iter().partition(|check| check.ok);
        let details = failed.iter().map(|check| format!("{}: {}\n", check.name, check.detail)).collect();
        Tally { passed: passed.len(), failed: failed.len(), details }.ran()
    }

    /// A part without tests is a failure: whatever it was to test was not tested.
    pub fn ran(mut self) -> Tally {
        if self.passed + self.failed == 0 {
            self.details.push_str("\nno test ran\n");
            self.failed = 1;
        }
        self
    }

    /// A part that could not be run at all is one failure.
    pub fn of(part: Result<Tally>) -> Tally {
        part.unwrap_or_else(|error| Tally { passed: 0, failed: 1, details: format!("{error:#}\n") })
    }
}

/// Sums `test result: ok. 3 passed; 0 failed; …`, the last line of libtest and of wasm-bindgen-test.
fn count(text: &str) -> (usize, usize) {
    text.lines()
        .filter_map(|line| line.trim().strip_prefix("test result: ")?.split_once(". "))
        .map(|(_, counts)| (number_before(counts, " passed"), number_before(counts, " failed")))
        .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
}

fn number_before(counts: &str, word: &str) -> usize {
    counts.split(';').find_map(|count| count.trim().strip_suffix(word)?.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = "running 3 tests\n\
        test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
        test result: FAILED. 12 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s\n";

    fn printed(success: bool, text: &str) -> Printed {
        Printed { success, text: text.into() }
    }

    #[test]
    fn the_results_of_all_harnesses_are_summed() {
        assert_eq!(count(TWO), (15, 2));
    }

    #[test]
    fn a_test_that_prints_the_words_is_not_counted() {
        assert_eq!(count("the test result: ok. 3 passed; 0 failed\ntest results: 9 passed"), (0, 0));
    }

    #[test]
    fn a_harness_that_does_not_build_is_a_failure_beside_those_that_pass() {
        let text = "error[E0308]: mismatched types\ntest result: ok. 3 passed; 0 failed; 0 ignored";
        let tally = Tally::tests(printed(false, text));
        assert_eq!((tally.passed, tally.failed), (3, 1));
    }

    #[test]
    fn no_tests_is_a_failure() {
        let tally = Tally::tests(printed(true, "no tests to run!"));
        assert_eq!((tally.passed, tally.failed), (0, 1));
        assert!(tally.details.ends_with("no test ran\n"));
    }
}
