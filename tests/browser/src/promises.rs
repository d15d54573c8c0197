//! The promises of safety, checked at the server's log and in what is reported.
//!
//! The application's own requests carry the whole page URL as referrer (or, sent by XMLHttpRequest, came before the failure);
//! all others are probes.

use std::collections::BTreeSet;

use lab::{Received, Scenario};
use whycors::request::{Api, Credentials};

use crate::rows::Run;

/// Probe calls a diagnosis may make.
const BUDGET: usize = 8;

/// Starts every value of the table that must not be reported or sent where it was not meant to go.
const SECRET: &str = "marked-secret";

/// Every promise that a run broke, in words.
pub fn broken(run: &Run, row: &Scenario) -> Vec<String> {
    let mut broken = Vec::new();
    let probes: Vec<&Received> = run.log.iter().filter(|received| !is_own(received, run, row)).collect();
    let own = run.log.len() - probes.len();
    broken.extend(check(&probes, row, BUDGET));
    let own_calls = run.log.iter().filter(|received| is_own(received, run, row) && is_first_hop(received));
    if distinct(own_calls) > 1 {
        broken.push(format!("1: the application's own call went out more than once ({own} requests)"));
    }
    let direct: Vec<&Received> = run.direct_log.iter().filter(|received| !is_marked(received)).collect();
    // `diagnose` makes the call itself once, if it is a GET or HEAD.
    let budget = if is_repeatable(row) { BUDGET + 1 } else { BUDGET };
    broken.extend(check(&direct, row, budget).into_iter().map(|text| format!("diagnose: {text}")));
    for (name, diagnosis) in [("the Diagnosis", &run.diagnosis), ("the Diagnosis of diagnose", &run.direct)] {
        let text = diagnosis.to_string();
        if let Some(at) = text.find(SECRET) {
            let around = text.get(at.saturating_sub(60)..at + 40).unwrap_or_default();
            broken.push(format!("10: {name} holds a secret: ...{around}..."));
        }
    }
    broken
}

/// The requests of a run that are not the application's own.
pub fn probe_requests(run: &Run, row: &Scenario) -> usize {
    run.log.iter().filter(|received| !is_own(received, run, row)).count()
}

fn check(probes: &[&Received], row: &Scenario, budget: usize) -> Vec<String> {
    let mut broken = Vec::new();
    for probe in probes {
        broken.extend(check_one(probe, row).into_iter().map(|text| format!("{text}, in {}", words(probe))));
    }
    let calls = distinct(probes.iter().copied().filter(|probe| is_first_hop(probe)));
    if calls > budget {
        broken.push(format!("5: {calls} probe calls, {budget} are allowed"));
    }
    let credentialed = |probe: &&&Received| probe.header("cookie").is_some() && is_first_hop(probe);
    let credentialed = distinct(probes.iter().filter(credentialed).copied());
    // The call that `diagnose` makes is credentialed like the caller's, and is no probe.
    let allowed = if row.call.credentials == Some(Credentials::Include) { budget + 1 - BUDGET } else { 0 };
    if credentialed > allowed {
        broken.push(format!("3: {credentialed} credentialed probes, {allowed} are allowed"));
    }
    broken
}

fn check_one(probe: &Received, row: &Scenario) -> Vec<&'static str> {
    let mut broken = Vec::new();
    if !probe.is_preflight() && probe.method != "GET" && probe.method != "HEAD" {
        broken.push("1: a probe is neither GET nor HEAD");
    }
    if probe.body_len > 0 {
        broken.push("1: a probe has a body");
    }
    if !is_repeatable(row) {
        if probe.header("authorization").is_some() || probe.header("cookie").is_some() {
            broken.push("2: a probe of a call that is no GET carries credentials");
        }
        let differs = |name: &String| {
            let value = probe.header(&name.to_ascii_lowercase());
            // Browsers send an Accept of their own.
            value.is_some_and(|value| value != "whycors" && !name.eq_ignore_ascii_case("accept"))
        };
        if row.call.headers.keys().any(differs) {
            broken.push("2: a probe of a call that is no GET carries a header value");
        }
    }
    let secret_header = |(name, value): &(String, String)| name != "cookie" && value.contains(SECRET);
    if !is_first_hop(probe) && probe.headers.iter().any(secret_header) {
        broken.push("2: a header value followed a redirect");
    }
    let own_kind = if row.call.api == lab::Scheme::Https { "api-https" } else { "api" };
    if row.call.url.is_none() && probe.origin_kind != own_kind && !probe.query.is_empty() {
        broken.push("6: a neighbour was told the query");
    }
    let by_fetch = probe.header("sec-fetch-dest").is_none_or(|dest| dest == "empty");
    let by_event_source = probe.header("accept") == Some("text/event-stream");
    let stored = probe.header("cache-control") != Some("no-cache");
    if by_fetch && !by_event_source && stored && !probe.is_preflight() {
        broken.push("4: a probe may have been answered from a cache or have filled it");
    }
    broken
}

fn is_own(received: &Received, run: &Run, row: &Scenario) -> bool {
    let before_failure = row.call.using == Api::Xhr && received.epoch_ms as f64 <= run.rejection.at;
    is_marked(received) || before_failure
}

fn is_marked(received: &Received) -> bool {
    received.header("referer").is_some_and(|from| from.ends_with("?app"))
}

/// Redirects of the table lose the query that every call and probe is made with; neighbours are asked by HEAD.
fn is_first_hop(received: &Received) -> bool {
    !received.is_preflight() && (received.query.contains("run=") || received.method == "HEAD")
}

fn is_repeatable(row: &Scenario) -> bool {
    matches!(row.call.method().as_str(), "GET" | "HEAD")
}

/// How many requests were made, where the browser's own retries after a drop count as one.
fn distinct<'a>(requests: impl Iterator<Item = &'a Received>) -> usize {
    let mut dropped = BTreeSet::new();
    requests
        .filter(|request| {
            let key = (&request.method, &request.query, &request.headers);
            let retried = dropped.contains(&key);
            if matches!(request.reply.as_str(), "reset" | "empty") {
                dropped.insert(key);
            }
            !retried
        })
        .count()
}

fn words(received: &Received) -> String {
    let headers: Vec<String> = received.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    format!("{} {} at {} [{}]", received.method, received.path, received.origin_kind, headers.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn row(call: &str) -> Scenario {
        lab::parse(&format!("[[row]]\nid = \"a\"\ntitle = \"\"\ncall = {call}")).unwrap().remove(0)
    }

    fn received(method: &str, headers: &[(&str, &str)]) -> Received {
        let mut all = vec![("cache-control", "no-cache")];
        all.extend(headers);
        serde_json::from_value(json!({
            "scenario": "a", "origin_kind": "api", "at": 0, "epoch_ms": 0, "method": method, "path": "/s/a",
            "query": "token=marked-secret-query&run=1", "headers": all, "body_len": 0, "reply": "200",
        }))
        .unwrap()
    }

    fn numbers(row: &Scenario, probes: &[Received]) -> String {
        let probes: Vec<&Received> = probes.iter().collect();
        check(&probes, row, BUDGET).iter().map(|text| &text[..1]).collect()
    }

    #[test]
    fn only_get_and_head_and_preflights_are_sent() {
        let get = row("{ method = \"GET\" }");
        let preflight = received("OPTIONS", &[("access-control-request-method", "PUT")]);
        assert_eq!(numbers(&get, &[received("GET", &[]), received("HEAD", &[]), preflight]), "");
        assert_eq!(numbers(&get, &[received("PUT", &[]), received("OPTIONS", &[])]), "11");
        let mut body = received("GET", &[]);
        body.body_len = 1;
        assert_eq!(numbers(&get, &[body]), "1");
    }

    #[test]
    fn a_call_that_is_no_get_lends_its_probes_nothing_but_names() {
        let put = row("{ method = \"PUT\", headers = { X-Token = \"marked-secret\", Authorization = \"marked-secret\" } }");
        assert_eq!(numbers(&put, &[received("GET", &[("x-token", "whycors")])]), "");
        assert_eq!(numbers(&put, &[received("GET", &[("x-token", "marked-secret")])]), "2");
        assert_eq!(numbers(&put, &[received("GET", &[("authorization", "whycors")])]), "2");
        assert_eq!(numbers(&put, &[received("GET", &[("cookie", "a=b")])]), "23");
        let get = row("{ headers = { X-Token = \"marked-secret\" } }");
        assert_eq!(numbers(&get, &[received("GET", &[("x-token", "marked-secret")])]), "");
    }

    #[test]
    fn no_header_value_follows_a_redirect() {
        let get = row("{ headers = { X-Token = \"marked-secret\" } }");
        let mut hop = received("GET", &[("x-token", "marked-secret")]);
        hop.query = String::new();
        assert_eq!(numbers(&get, &[hop]), "2");
    }

    #[test]
    fn one_probe_may_be_credentialed_if_the_call_was() {
        let probe = || received("GET", &[("cookie", "a=b")]);
        assert_eq!(numbers(&row("{ credentials = \"include\" }"), &[probe()]), "");
        assert_eq!(numbers(&row("{ credentials = \"include\" }"), &[probe(), probe()]), "3");
        assert_eq!(numbers(&row("{}"), &[probe()]), "3");
    }

    #[test]
    fn no_probe_reads_or_fills_a_cache() {
        let mut cached = received("GET", &[]);
        cached.headers.clear();
        assert_eq!(numbers(&row("{}"), &[cached.clone()]), "4");
        cached.headers = vec![("accept".to_string(), "text/event-stream".to_string())];
        assert_eq!(numbers(&row("{}"), &[cached]), "");
    }

    #[test]
    fn eight_probes_are_allowed_and_retries_after_a_drop_are_not_counted() {
        let probes = |count: usize| vec![received("GET", &[]); count];
        assert_eq!(numbers(&row("{}"), &probes(8)), "");
        assert_eq!(numbers(&row("{}"), &probes(9)), "5");
        let mut dropped = probes(30);
        dropped.iter_mut().for_each(|probe| probe.reply = "reset".to_string());
        assert_eq!(numbers(&row("{}"), &dropped), "");
    }

    #[test]
    fn a_neighbour_is_not_told_the_query() {
        let mut neighbour = received("HEAD", &[]);
        neighbour.origin_kind = "other".to_string();
        assert_eq!(numbers(&row("{}"), &[neighbour.clone()]), "6");
        neighbour.query = String::new();
        assert_eq!(numbers(&row("{}"), &[neighbour]), "");
    }
}
