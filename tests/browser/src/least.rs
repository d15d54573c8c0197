//! The least that any choice of probes leaves of a row, in the model: what ours is measured against.

use lab::{Permission, Scenario, model};
use whycors::probe::{self, Outcome, Probe, Send};
use whycors::request::Engine;
use whycors::session::{self, Session};

/// How many causes remain when every probe is asked that the promises allow, however many these are, and each sees what it sees
/// in the row; `None` if none remains, or whycors cannot see the call.
///
/// An answer only ever rules out, so all of them leave the least. One probe with credentials may be asked, and only before an
/// error is seen: it is asked first, and the best one counts.
pub fn least(row: &Scenario, engine: Engine) -> Option<usize> {
    let session = model::session(row, engine)?;
    // Any request could open the prompt.
    let is_silent = row.call.permission == Some(Permission::Prompt);
    let probes = if is_silent { Vec::new() } else { probes(row, engine) };
    let credentialed = (0..probes.len()).filter(|index| probes[*index].is_credentialed()).map(Some);
    let left = |first| left(session.clone(), &probes, first, |probe| model::answer(row, engine, probe));
    credentialed.chain([None]).map(left).filter(|left| *left > 0).min()
}

fn probes(row: &Scenario, engine: Engine) -> Vec<Probe> {
    let mut probes = probe::all(&model::request(row), engine, false);
    // A session has no others either, where a service worker may answer.
    probes.retain(|probe| !(model::facts(row, engine).worker_controlled && probe.is_framed()));
    probes
}

/// What remains when `first` is asked, and then all that is still allowed.
fn left(
    mut session: Session,
    probes: &[Probe],
    first: Option<usize>,
    answer: impl Fn(&Probe) -> Option<Outcome>,
) -> usize {
    let is_socket = |index: &usize| probes[*index].send == Send::WebSocket;
    let all = 0..probes.len();
    let order = first.into_iter().chain(all.clone().filter(|index| !is_socket(index))).chain(all.filter(is_socket));
    let mut asked = vec![false; probes.len()];
    let mut seen: Vec<Outcome> = Vec::new();
    for index in order {
        let errors_seen = seen.contains(&Outcome::ReadableError);
        // A socket may follow whatever was not answered over HTTP.
        let may_connect = !is_socket(&index) || seen.iter().any(|outcome| !outcome.is_answer());
        if !may_connect || !session::allowed(probes, &asked, errors_seen).contains(&index) {
            continue;
        }
        asked[index] = true;
        if let Some(outcome) = answer(&probes[index]) {
            session.saw(&probes[index].id, outcome, 0);
            seen.push(outcome);
        }
    }
    session.finish(0).causes.len()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test ends where it fails")]
mod tests {
    use std::cell::RefCell;

    use super::*;

    fn row(rest: &str) -> Scenario {
        lab::parse(&format!("[[row]]\nid = \"a\"\ntitle = \"\"\n{rest}")).unwrap().remove(0)
    }

    #[test]
    fn where_nothing_listens_every_request_looks_the_same_and_three_causes_are_left() {
        let refused = row("server = [{ fails = \"refused\" }]");
        // Refused, dropped, blocked: an EventSource tells them from an answer, and nothing from each other.
        assert_eq!(least(&refused, Engine::Chromium), Some(3));
        // Resource Timing says that no request was on its way: none was dropped.
        assert_eq!(least(&refused, Engine::Firefox), Some(2));
    }

    #[test]
    fn what_the_page_knows_for_certain_leaves_one() {
        let mixed = row("call = { page = \"https\" }\nserver = [{ status = 200 }]");
        let csp = row("call = { page = \"csp\" }\nserver = [{ status = 200 }]");
        assert_eq!([&mixed, &csp].map(|row| least(row, Engine::WebKit)), [Some(1), Some(1)]);
    }

    #[test]
    fn nothing_is_asked_where_it_could_open_a_prompt() {
        let row = row("call = { page = \"public\", permission = \"prompt\" }\nserver = [{ status = 200 }]");
        let before = model::session(&row, Engine::Chromium).unwrap().finish(0).causes.len();
        assert_eq!(least(&row, Engine::Chromium), Some(before));
        let probes = probes(&row, Engine::Chromium);
        let all = left(model::session(&row, Engine::Chromium).unwrap(), &probes, None, |probe| {
            model::answer(&row, Engine::Chromium, probe)
        });
        assert!(all < before, "{all} {before}");
    }

    /// The probes that are asked of a call with cookies and a header of its own, if all of them see the same.
    fn asked(first: Option<&str>, seen: Outcome) -> Vec<String> {
        let row = row(
            "call = { url = \"https://whycors-lab.invalid/\", headers = { X-A = \"1\" }, credentials = \"include\" }",
        );
        let probes = probes(&row, Engine::Firefox);
        let first = first.map(|id| probes.iter().position(|probe| probe.id == id).unwrap());
        let asked = RefCell::new(Vec::new());
        left(model::session(&row, Engine::Firefox).unwrap(), &probes, first, |probe| {
            asked.borrow_mut().push(probe.id.clone());
            Some(seen)
        });
        asked.into_inner()
    }

    const BARE: [&str; 8] =
        ["no-cors", "simple", "event-source", "manual", "frame", "null-origin", "bare-preflight", "headers"];

    #[test]
    fn all_is_asked_but_one_probe_with_credentials_at_most_and_a_socket_only_where_nobody_answers() {
        let silence = asked(Some("credentials"), Outcome::Failed);
        assert_eq!(silence, [&["credentials"], &BARE[..], &["websocket"]].concat());
        let errors = asked(Some("credentials-headers"), Outcome::ReadableError);
        assert_eq!(errors, [&["credentials-headers"], &BARE[..]].concat());
        assert_eq!(asked(None, Outcome::ReadableError), BARE);
        assert_eq!(asked(None, Outcome::Opaque), [&BARE[..], &["credentials"]].concat());
    }

    #[test]
    fn of_the_probes_with_credentials_the_one_that_leaves_least_counts() {
        let row = row("call = { headers = { X-A = \"1\" }, credentials = \"include\" }\n\
             server = [{ when = { cookies = true }, status = 200 }, { status = 200, headers = [\"Access-Control-Allow-Origin: *\", \"Access-Control-Allow-Headers: x-a\"] }]");
        let probes = probes(&row, Engine::Chromium);
        let left = |id: Option<&str>| {
            let first = id.and_then(|id| probes.iter().position(|probe| probe.id == id));
            let answer = |probe: &Probe| model::answer(&row, Engine::Chromium, probe);
            left(model::session(&row, Engine::Chromium).unwrap(), &probes, first, answer)
        };
        let [none, cookies, both] = [None, Some("credentials"), Some("credentials-headers")].map(left);
        assert!(both < none && none == cookies, "{both} {none} {cookies}");
        assert_eq!(least(&row, Engine::Chromium), Some(both));
    }
}
