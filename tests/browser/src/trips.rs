//! Round trips: how many requests of a diagnosis waited for one another, read from the lab's log.

use std::time::Duration;

use lab::{Received, Scenario};
use whycors::world::{Reply, Rule};

/// How long a lab must hold every answer back for its log to tell: far longer than requests of one round are apart.
pub const DELAY: Duration = Duration::from_millis(100);

/// The log of such a row tells: each request is answered, by no redirect, and held back.
pub fn tells(row: &Scenario) -> bool {
    let redirects = [301, 302, 303, 307, 308];
    let answers = |rule: &Rule| matches!(&rule.reply, Reply::Answer(answer) if !redirects.contains(&answer.status));
    !row.has_own_pace() && row.server.iter().all(answers)
}

/// The most requests of which each began after the one before was answered.
pub fn longest_chain<'a>(log: impl IntoIterator<Item = &'a Received>) -> usize {
    let mut begins: Vec<u64> = log.into_iter().map(|received| received.at).collect();
    begins.sort_unstable();
    // All last as long, so whichever is answered first leaves most room.
    let (mut count, mut answered) = (0, 0);
    for begin in begins {
        if count == 0 || begin >= answered {
            count += 1;
            answered = begin + DELAY.as_millis() as u64;
        }
    }
    count
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test ends where it fails")]
mod tests {
    use serde_json::json;

    use super::*;

    fn chain(begins: &[u64]) -> usize {
        let received = |at: &u64| -> Received {
            serde_json::from_value(json!({
                "scenario": "a", "origin_kind": "api", "at": at, "epoch_ms": 0, "method": "GET", "path": "/s/a",
                "query": "", "headers": [], "body_len": 0, "reply": "200",
            }))
            .unwrap()
        };
        longest_chain(&begins.iter().map(received).collect::<Vec<_>>())
    }

    #[test]
    fn requests_under_way_at_once_are_one_round_trip() {
        assert_eq!([chain(&[]), chain(&[0]), chain(&[0, 30, 99]), chain(&[5, 105])], [0, 1, 1, 2]);
        // A preflight and its request, beside a request that a third one waits for.
        assert_eq!(chain(&[10, 12, 113, 115, 220]), 3);
        assert_eq!(chain(&[220, 113, 12, 115, 10]), 3);
        // Of a chain that begins late and one that begins early, the longer one.
        assert_eq!(chain(&[0, 60, 110, 170, 260, 300]), 3);
    }

    #[test]
    fn only_the_log_of_a_row_that_answers_at_the_lab_s_pace_tells() {
        let row = |rest: &str| lab::parse(&format!("[[row]]\nid = \"a\"\ntitle = \"\"\n{rest}")).unwrap().remove(0);
        assert!(tells(&row("server = [{ status = 304 }, { status = 500 }]")));
        for rest in [
            "server = [{ when = { method = \"PUT\" }, status = 307 }, { status = 200 }]",
            "server = [{ status = 200 }, { fails = \"reset\" }]",
            "server = [{ fails = \"hang\" }]",
            "server = [{ status = 200 }]\ndelay = 1",
            "server = [{ status = 200 }]\nfirst = [{ status = 503 }]",
            "server = [{ status = 200 }]\ncall = { signal = \"timeout\" }",
        ] {
            assert!(!tells(&row(rest)), "{rest}");
        }
    }
}
