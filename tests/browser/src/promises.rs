//! The promises of safety, checked at the server's log and in what is reported.
//!
//! The application's own requests carry the whole page URL as referrer (or, sent by XMLHttpRequest, came before the failure);
//! all others are probes.

use std::collections::BTreeSet;

use lab::{Received, Scenario, Using};
use serde_json::Value;
use whycors::request::Credentials;

use crate::rows::Run;

/// Probe calls a diagnosis may make.
const BUDGET: usize = 8;

/// Starts every value of the table that must not be reported or sent where it was not meant to go.
const SECRET: &str = "marked-secret";

/// Every promise that a run broke, in words.
pub fn broken(run: &Run, row: &Scenario) -> Vec<String> {
    let (own, probes): (Vec<&Received>, Vec<&Received>) =
        run.log.iter().partition(|received| is_own(received, run, row));
    let mut broken = check(&probes, row);
    broken.extend(check_own(&own, 1 + usize::from(row.call.before.is_some())));
    // `diagnose` makes the call itself once and first, if it is a GET or HEAD.
    let log: Vec<Received> = run.direct_log.iter().filter(|received| !is_marked(received)).cloned().collect();
    let (own, probes) = log.split_at(if is_repeatable(row) { first_call(&log) } else { 0 });
    let diagnose = |text| format!("diagnose: {text}");
    broken.extend(check(&refs(probes), row).into_iter().map(diagnose));
    broken.extend(check_own(&refs(own), 1).into_iter().map(diagnose));
    broken.extend(secret("the Diagnosis", &run.diagnosis));
    broken.extend(secret("the Diagnosis of diagnose", &run.direct));
    broken
}

/// The requests of a run that are not the application's own.
pub fn probe_requests<'a>(run: &'a Run, row: &'a Scenario) -> impl Iterator<Item = &'a Received> {
    run.log.iter().filter(|received| !is_own(received, run, row))
}

fn check(probes: &[&Received], row: &Scenario) -> Vec<String> {
    let mut broken = BTreeSet::new();
    for probe in probes {
        broken.extend(check_one(probe, row).into_iter().map(|text| format!("{text}, in {}", words(probe))));
    }
    let calls = distinct(probes.iter().copied().filter(|probe| is_first_hop(probe)));
    if calls > BUDGET {
        broken.insert(format!("5: {calls} probe calls, {BUDGET} are allowed"));
    }
    let credentialed = |probe: &&&Received| probe.header("cookie").is_some() && is_first_hop(probe);
    let credentialed = distinct(probes.iter().filter(credentialed).copied());
    let allowed = usize::from(row.call.credentials == Some(Credentials::Include));
    if credentialed > allowed {
        broken.insert(format!("3: {credentialed} credentialed probes, {allowed} are allowed"));
    }
    broken.into_iter().collect()
}

fn check_own(own: &[&Received], allowed: usize) -> Vec<String> {
    let calls = distinct(own.iter().copied().filter(|received| is_first_hop(received)));
    let too_often = calls > allowed;
    too_often.then(|| format!("1: the call itself went out {calls} times instead of {allowed}")).into_iter().collect()
}

fn secret(name: &str, diagnosis: &Value) -> Option<String> {
    let text = diagnosis.to_string();
    let before = text[..text.find(SECRET)?].chars().count();
    let around: String = text.chars().skip(before.saturating_sub(60)).take(100).collect();
    Some(format!("10: {name} holds a secret: ...{around}..."))
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
    let own_kind = match row.call.api {
        lab::Scheme::Http => "api",
        lab::Scheme::Https => "api-https",
        lab::Scheme::H2 => "api-h2",
    };
    if row.call.url.is_none() && probe.origin_kind != own_kind && !probe.query.is_empty() {
        broken.push("6: a neighbour was told the query");
    }
    let by_fetch = probe.header("sec-fetch-dest").is_none_or(|dest| dest == "empty");
    let by_event_source = probe.header("accept") == Some("text/event-stream");
    let stored = probe.header("cache-control") != Some("no-cache");
    // A credentialless frame has a cache of its own.
    let is_apart = probe.header("sec-purpose") == Some("prefetch") && probe.header("cookie").is_none();
    // An XMLHttpRequest has no cache mode: ours is a HEAD, whose answer no GET is given.
    let by_xhr = probe.method == "HEAD"
        && row.request(&lab::Origins::fixed()).has_preflight()
        && probe.header("origin").is_some()
        && probe.header("cookie").is_none();
    // WebKit leaves the header out once it is redirected.
    if by_fetch && !by_event_source && stored && !is_apart && !by_xhr && !probe.is_preflight() && is_first_hop(probe) {
        broken.push("4: a probe may have been answered from a cache or have filled it");
    }
    broken
}

fn is_own(received: &Received, run: &Run, row: &Scenario) -> bool {
    // A page without an origin sends no referrer, and to another site browsers send the origin at most.
    let is_unmarked = row.call.using != Using::Fetch
        || row.call.url.is_some()
        || matches!(row.call.page, lab::Page::Sandboxed | lab::Page::File | lab::Page::Public);
    // The page's clock and the lab's tick in milliseconds each, and a probe waits for the core.
    let before_failure = is_unmarked && received.epoch_ms as f64 <= run.rejection.at + 5.0;
    is_marked(received) || before_failure
}

fn is_marked(received: &Received) -> bool {
    received.header("referer").is_some_and(|from| from.ends_with("?app"))
}

/// Where the first call of a log ends, with its preflight, redirects and retries.
fn first_call(log: &[Received]) -> usize {
    let mut calls = log.iter().enumerate().filter(|(_, received)| is_first_hop(received));
    let Some((_, first)) = calls.next() else { return 0 };
    let is_retry = |again: &Received| again.query == first.query && again.headers == first.headers && is_dropped(first);
    calls.find(|(_, received)| !is_retry(received)).map_or(log.len(), |(index, _)| index)
}

fn refs(log: &[Received]) -> Vec<&Received> {
    log.iter().collect()
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
            if is_dropped(request) {
                dropped.insert(key);
            }
            !retried
        })
        .count()
}

fn is_dropped(received: &Received) -> bool {
    matches!(received.reply.as_str(), "reset" | "empty")
}

fn words(received: &Received) -> String {
    let usual =
        |name: &str| name.starts_with("sec-") || ["user-agent", "accept-encoding", "accept-language"].contains(&name);
    let unusual = received.headers.iter().filter(|(name, _)| !usual(name));
    let headers: Vec<String> = unusual.map(|(name, value)| format!("{name}: {value}")).collect();
    format!("{} {} at {} [{}]", received.method, received.path, received.origin_kind, headers.join(" | "))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test ends where it fails")]
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
        check(&probes, row).iter().map(|text| &text[..1]).collect()
    }

    #[test]
    fn only_get_and_head_and_preflights_are_sent() {
        let get = row("{ method = \"GET\" }");
        let preflight = received("OPTIONS", &[("access-control-request-method", "PUT")]);
        assert_eq!(numbers(&get, &[received("GET", &[]), received("HEAD", &[]), preflight]), "");
        assert_eq!(numbers(&get, &[received("PUT", &[]), received("OPTIONS", &[])]), "11");
        assert_eq!(check_own(&[&received("PUT", &[])], 1).len(), 0);
        assert_eq!(check_own(&[&received("PUT", &[]), &received("PUT", &[])], 1).len(), 1);
        assert_eq!(check_own(&[&received("PUT", &[])], 0).len(), 1);
        let mut body = received("GET", &[]);
        body.body_len = 1;
        assert_eq!(numbers(&get, &[body]), "1");
    }

    #[test]
    fn a_call_that_is_no_get_lends_its_probes_nothing_but_names() {
        let put =
            row("{ method = \"PUT\", headers = { X-Token = \"marked-secret\", Authorization = \"marked-secret\" } }");
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

    #[test]
    fn nothing_secret_is_reported() {
        assert_eq!(secret("the Diagnosis", &json!({ "url": "http://a/?token=…" })), None);
        let told = secret("the Diagnosis", &json!({ "saw": ["…", { "did": "GET /?token=marked-secret-query" }] }));
        assert!(told.is_some_and(|told| told.starts_with("10: the Diagnosis holds") && told.contains("GET /?token=marked-")));
    }

    #[test]
    fn the_first_call_of_diagnose_ends_where_another_begins() {
        let mut hop = received("GET", &[]);
        hop.query = String::new();
        let preflight = received("OPTIONS", &[("access-control-request-method", "GET")]);
        let probe = received("GET", &[("accept", "*/*")]);
        assert_eq!(first_call(&[preflight, received("GET", &[]), hop, probe.clone(), probe.clone()]), 3);
        let mut dropped = received("GET", &[]);
        dropped.reply = "reset".to_string();
        assert_eq!(first_call(&[dropped.clone(), dropped, probe]), 2);
        assert_eq!(first_call(&[]), 0);
    }
}
