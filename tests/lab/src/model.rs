//! What the model says of the table's rows: what the tests hold against the table, and the harness against real browsers.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use whycors::Request;
use whycors::browser::Why;
use whycors::diagnosis::Diagnosis;
use whycors::gate::{self, CallOutcome, Facts, Violation};
use whycors::probe::{self, CALL, Outcome, Outcomes, Probe, Send};
use whycors::request::{Engine, PreflightReason};
use whycors::session::{Options, Session};
use whycors::unusable;
use whycors::world::{Answer, Failure, Reply, Rule, Sender, When, World};

use crate::call::{Before, Page, Permission, Signal, Using};
use crate::origins::Origins;
use crate::scenario::{Content, Scenario};
use crate::table::scenarios;

/// The engines that play the table.
pub const ENGINES: [Engine; 3] = [Engine::Chromium, Engine::Firefox, Engine::WebKit];

/// Every row whose call whycors can see.
pub fn rows() -> Result<Vec<Scenario>> {
    Ok(scenarios()?.into_iter().filter(sees).collect())
}

/// Whycors can see the row's call; an image's it cannot.
pub fn sees(row: &Scenario) -> bool {
    row.call.using != Using::Image
}

/// The profile of a row's call.
pub fn request(row: &Scenario) -> Request {
    row.request(&Origins::fixed())
}

/// What the page knows of a row's call.
pub fn facts(row: &Scenario, engine: Engine) -> Facts {
    let call = match (unusable(row), row.call.signal) {
        (Some(why), _) => CallOutcome::Invalid(why),
        (_, Some(Signal::Aborted)) => CallOutcome::Aborted,
        (_, Some(Signal::Timeout)) => CallOutcome::TimedOut,
        _ => CallOutcome::Failed(Outcome::Failed),
    };
    let mut facts = Facts::new(engine, call);
    facts.online = !row.offline;
    facts.worker_controlled = matches!(row.call.page, Page::Worker | Page::WorkerOpaque | Page::WorkerPasses);
    // WebKit says so in the error.
    facts.worker_failed = matches!(row.call.page, Page::Worker | Page::WorkerOpaque) && engine == Engine::WebKit;
    // Chromium and WebKit report it.
    let stop = probe::predict_call(&world_of_the_call(row, engine), &request(row), engine).1;
    facts.embedder_reported = engine != Engine::Firefox && stop.is_some_and(|stop| stop.why == Why::EmbedderPolicy);
    facts.fetch_is_wrapped = row.call.page == Page::Wrapped;
    facts.local_network = match row.call.permission {
        Some(Permission::Granted) => gate::Permission::Granted,
        Some(Permission::Denied) => gate::Permission::Denied,
        Some(Permission::Prompt) => gate::Permission::Prompt,
        None => gate::Permission::Unknown,
    };
    match row.call.page {
        Page::Https => facts.page_scheme = "https".to_string(),
        Page::File => {
            facts.page_scheme = "file".to_string();
            facts.page_host = String::new();
        }
        Page::Csp => facts.violation = Some(Violation { directive: "connect-src".to_string(), enforced: true }),
        _ => {}
    }
    facts
}

/// Why no browser constructs a row's request. An XMLHttpRequest has rules of its own: it drops the body of a GET.
fn unusable(row: &Scenario) -> Option<String> {
    if row.call.using != Using::Fetch {
        return None;
    }
    let url = row.call_url(&Origins::fixed());
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Some("its URL holds credentials".to_string());
    }
    unusable::reason(&row.call.method(), row.call.mode.unwrap_or_default(), row.call.body.is_some())
}

/// No probe is asked: the page's facts alone decide.
pub fn is_gated(row: &Scenario, engine: Engine) -> bool {
    gate::gate(&request(row), &facts(row, engine)).is_some()
}

/// What the call meets, where it is not what the probes meet.
pub fn world_of_the_call(row: &Scenario, engine: Engine) -> World {
    let mut world = world(row, engine);
    let has_vary = |rule: &Rule| matches!(&rule.reply, Reply::Answer(answer) if answer.headers.iter().any(|header| header.name == "Vary"));
    if row.call.before == Some(Before::NoCors) && !world.rules.iter().any(has_vary) {
        // The stored answer to a request without an Origin.
        world.rules.retain(|rule| matches!(rule.when.origin, None | Some(Sender::None)));
        world.rules.iter_mut().for_each(|rule| rule.when.origin = None);
    }
    world.rules.splice(0..0, row.first.clone());
    world
}

/// What the probes meet.
pub fn world(row: &Scenario, engine: Engine) -> World {
    let mut world = row.world();
    let fails = |failure| Rule { when: When::default(), reply: Reply::Fails(failure) };
    match (row.call.page, row.call.permission) {
        (Page::Worker, _) => world.rules = vec![fails(Failure::Worker)],
        (Page::WorkerOpaque, _) => {
            let opaque = When { origin: Some(Sender::None), ..When::default() };
            world.rules = vec![Rule { when: opaque, reply: Answer::new(200).into() }, fails(Failure::WorkerOpaque)];
        }
        // Without a window Chromium denies what nobody answers; Firefox waits.
        (Page::Public, Some(Permission::Prompt)) if engine == Engine::Firefox => {
            world.rules = vec![fails(Failure::Asked)]
        }
        (Page::Public, Some(Permission::Denied | Permission::Prompt)) => world.rules = vec![fails(Failure::Denied)],
        _ => {}
    }
    world
}

/// What the call shows.
pub fn call(row: &Scenario, engine: Engine) -> Outcomes {
    let request = request(row);
    match facts(row, engine).call {
        CallOutcome::Failed(_) if is_gated(row, engine) => {
            // What is denied leaves an entry in Firefox's Resource Timing; what is refused before leaves none.
            let is_denied = row.call.permission.is_some() && engine == Engine::Firefox;
            Outcomes::of(&[if is_denied { Outcome::FailedEarly } else { Outcome::Failed }])
        }
        // The answer passes, and is no picture.
        CallOutcome::Failed(_) if row.call.using == Using::CorsImage && row.content != Content::Image => {
            Outcomes::of(&[Outcome::Failed])
        }
        CallOutcome::Failed(_) if row.call.integrity.is_some() => {
            let seen = if engine == Engine::Firefox { Outcome::FailedLate } else { Outcome::Failed };
            Outcomes::of(&[seen])
        }
        CallOutcome::Failed(_) => told(row, probe::predict_call(&world_of_the_call(row, engine), &request, engine).0),
        CallOutcome::TimedOut => Outcomes::of(&[Outcome::TimedOut]),
        _ => Outcomes::of(&[Outcome::Failed]),
    }
}

/// What each probe may see, and the call.
pub fn predictions(row: &Scenario, engine: Engine) -> BTreeMap<String, BTreeSet<&'static str>> {
    let (world, request) = (world(row, engine), request(row));
    let names = |outcomes: Outcomes| outcomes.iter().map(Outcome::name).collect();
    let mut seen = BTreeMap::new();
    let is_aborted = facts(row, engine).call == CallOutcome::Aborted;
    let call = if is_aborted { BTreeSet::from(["aborted"]) } else { names(call(row, engine)) };
    seen.insert(CALL.to_string(), call);
    if !is_gated(row, engine) {
        let is_under_worker = facts(row, engine).worker_controlled;
        // The arguments of `observe` have no listeners.
        let mut observed = request.clone();
        observed.forces_preflight.take_if(|reason| *reason == PreflightReason::UploadListener);
        for probe in probe::all(&observed, engine, false) {
            if is_under_worker && probe.is_framed() {
                continue;
            }
            let outcomes = match is_forbidden(row, &probe) {
                true => BTreeSet::from(["not-asked"]),
                false => names(told(row, probe::predict(&world, &request, engine, &probe))),
            };
            seen.insert(probe.id.clone(), outcomes);
        }
    }
    seen
}

/// What fails behind a worker that passes it on fails in the worker.
fn told(row: &Scenario, outcomes: Outcomes) -> Outcomes {
    if row.call.page == Page::WorkerPasses { outcomes.under_worker() } else { outcomes }
}

/// The page's policy does not let it be sent: this one's frame needs a script of its own.
fn is_forbidden(row: &Scenario, probe: &Probe) -> bool {
    row.call.page == Page::Strict && probe.send == Send::NullOrigin
}

/// What whycors says; `None` if it cannot see the call, or would not send one that passes.
pub fn diagnose(row: &Scenario, engine: Engine) -> Option<Diagnosis> {
    let mut session = session(row, engine)?;
    loop {
        let round = session.round();
        if round.is_empty() {
            return Some(session.finish(0));
        }
        for probe in round {
            match answer(row, engine, &probe) {
                Some(seen) => session.saw(&probe.id, seen, 0),
                None => session.skipped(&probe.id, "the page's policy"),
            }
        }
    }
}

/// The diagnosis of the row's call before its first probe; `None` as above.
pub fn session(row: &Scenario, engine: Engine) -> Option<Session> {
    if !row.is_for(engine) {
        return None;
    }
    let mut facts = facts(row, engine);
    if matches!(facts.call, CallOutcome::Failed(_)) {
        let seen = shown(row, engine, CALL, call(row, engine))?;
        facts.call = match seen.is_failure() {
            // The harness limits the calls that may hang.
            false if seen == Outcome::TimedOut => CallOutcome::TimedOut,
            false if matches!(seen, Outcome::Closed | Outcome::Reconnecting) => CallOutcome::Failed(seen),
            true => CallOutcome::Failed(seen),
            false if request(row).is_repeatable() => CallOutcome::Succeeded(seen),
            false => return None,
        };
    }
    // Event streams are not probed.
    let budget = if row.call.using == Using::EventSource { 0 } else { Options::default().budget };
    Some(Session::new(request(row), facts, Options { budget, ..Options::default() }))
}

/// What a probe of it sees; `None` if the page's policy does not let it be sent.
pub fn answer(row: &Scenario, engine: Engine, probe: &Probe) -> Option<Outcome> {
    let allowed = told(row, probe::predict(&world(row, engine), &request(row), engine, probe));
    if is_forbidden(row, probe) { None } else { shown(row, engine, &probe.id, allowed) }
}

/// Where the model allows several outcomes, the one that browsers show.
fn shown(row: &Scenario, engine: Engine, id: &str, allowed: Outcomes) -> Option<Outcome> {
    let written = row.sees(engine).get(id).and_then(|name| Outcome::named(name));
    written.filter(|outcome| allowed.iter().any(|known| known == *outcome)).or(allowed.iter().next())
}

/// The codes it names.
pub fn codes(row: &Scenario, engine: Engine) -> Vec<&'static str> {
    diagnose(row, engine).iter().flat_map(|diagnosis| &diagnosis.causes).map(|cause| cause.code).collect()
}
