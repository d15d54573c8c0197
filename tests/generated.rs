//! Servers from a generator that knows nothing of the catalogue: arbitrary statuses and headers by method, path, `Origin`, cookie
//! and header. Whatever they do, in every engine: the verdict contains the truth or is unknown, a settled verdict is right, and
//! every promise about probes holds.
//!
//! The truth is the first refusal of `fetch.rs` on the call's way. `WHYCORS_WORLDS` sets the number of worlds, `WHYCORS_SEED` the
//! first one; `cargo xtask test unit --all` runs a million. What the generator keeps to is what [`whycors::hypothesis`]
//! assumes of servers, and nothing more:
//!
//! - an answer depends on the request's method, path, `Origin`, cookies and headers that are not safelisted; HEAD is GET without
//!   the body (RFC 9110, 9.3.2);
//! - a call that ends where the catalogue has no cause (a redirect to what is not HTTP, or of a streamed body) is not looked at;
//! - a connection breaks for every request, for preflights, or for requests like the call, whatever their `Origin`.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, reason = "a test that cannot be set up has failed")]

mod generator;

use std::collections::{BTreeMap, HashMap};
use std::thread;

use generator::{Dice, shapes};
use whycors::browser::{self, Call};
use whycors::causes;
use whycors::diagnosis::{Diagnosis, Verdict};
use whycors::gate::{CallOutcome, Facts};
use whycors::probe::{self, Outcome, Outcomes, Probe, Send};
use whycors::request::{Credentials, Engine, Mode, Redirect, Request};
use whycors::session::{Options, Session};
use whycors::world::World;

const ENGINES: [Engine; 4] = [Engine::Chromium, Engine::Firefox, Engine::WebKit, Engine::Other];

/// How callers may ask to be diagnosed, and why that is here.
const OPTIONS: [(Options, &str); 3] = [
    (Options { budget: 8, as_caller: false, timeout_ms: 5000, local_network: false, automatic: false }, "the default"),
    (
        Options { budget: 2, as_caller: false, timeout_ms: 5000, local_network: false, automatic: false },
        "little is asked, little is claimed",
    ),
    (
        Options { budget: 8, as_caller: true, timeout_ms: 5000, local_network: false, automatic: true },
        "probes may carry what the call carries",
    ),
];

/// Enough for a first look; see above for more.
const WORLDS: u64 = 20_000;

#[test]
fn in_no_generated_world_a_verdict_leaves_out_the_truth() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
    let worlds = number("WHYCORS_WORLDS").unwrap_or(WORLDS);
    let first = number("WHYCORS_SEED").unwrap_or(1);
    let threads = thread::available_parallelism().map_or(1, |count| count.get() as u64);
    let mut tally = Tally::default();
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|worker| {
                scope.spawn(move || {
                    let mut checker = Checker::new();
                    (first..first + worlds)
                        .filter(|seed| seed % threads == worker)
                        .for_each(|seed| checker.check(seed));
                    checker.tally
                })
            })
            .collect();
        for worker in workers {
            tally.add(worker.join().expect("a worker found a violation"));
        }
    });
    let violations = std::mem::take(&mut tally.violations);
    println!("{worlds} worlds, {tally:?}");
    assert!(
        violations.is_empty(),
        "{} violations, the first of them:\n{}",
        violations.len(),
        violations[..violations.len().min(3)].join("\n")
    );
    assert!(tally.diagnosed > worlds, "the generator makes too little to diagnose: {tally:?}");
    assert!(tally.settled > 0 && tally.families > 0 && tally.unknown * 50 < tally.diagnosed, "{tally:?}");
    assert!(tally.truths.len() > 20, "the generator reaches too few causes: {:?}", tally.truths);
}

/// What became of the worlds.
#[derive(Debug, Default)]
struct Tally {
    diagnosed: u64,
    settled: u64,
    families: u64,
    unknown: u64,
    causes: u64,
    truths: BTreeMap<&'static str, u64>,
    violations: Vec<String>,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.diagnosed += other.diagnosed;
        self.settled += other.settled;
        self.families += other.families;
        self.unknown += other.unknown;
        self.causes += other.causes;
        for (code, count) in other.truths {
            *self.truths.entry(code).or_default() += count;
        }
        self.violations.extend(other.violations);
    }
}

/// Plays worlds. Sessions are deterministic: what follows from the same answers is worked out once.
struct Checker {
    shapes: Vec<Request>,
    trees: HashMap<(usize, Engine, Option<Outcome>, usize), Node>,
    tally: Tally,
}

/// A session after some answers.
enum Node {
    Asks { session: Box<Session>, options: Options, round: Vec<Probe>, next: HashMap<Vec<Outcome>, Node> },
    Ends(End),
}

/// Of a Diagnosis only what is looked at: there are many.
struct End {
    verdict: Verdict,
    /// Code and phase.
    causes: Vec<(&'static str, Option<&'static str>)>,
    report: String,
}

impl Checker {
    fn new() -> Checker {
        Checker { shapes: shapes(), trees: HashMap::new(), tally: Tally::default() }
    }

    fn check(&mut self, seed: u64) {
        let mut dice = Dice::new(seed);
        let shape = dice.roll(self.shapes.len() as u64) as usize;
        let request = self.shapes[shape].clone();
        let world = generator::world(&mut dice, &request);
        for engine in ENGINES {
            let Err(stop) = browser::run(&world, &request, engine, &Call::of(&request)) else { continue };
            let Some((truth, phase)) = causes::of(&stop) else { continue };
            let is_sent = request.is_repeatable() || !dice.one_in(4);
            if !is_sent && truth == "no-response" {
                // A call that was not sent is not suspected of hanging alone.
                continue;
            }
            let call = is_sent.then(|| one(probe::predict_call(&world, &request, engine).0, &mut dice));
            let which = dice.roll(OPTIONS.len() as u64) as usize;
            let (options, _) = OPTIONS[which];
            let root = self.trees.entry((shape, engine, call, which)).or_insert_with(|| {
                let facts = Facts::new(engine, call.map_or(CallOutcome::NotSent, CallOutcome::Failed));
                Node::new(Session::new(request.clone(), facts, options), &Path::default(), &request, options)
            });
            let diagnosis = root.follow(&world, &request, engine, &mut dice, &mut Path::default());
            let named = diagnosis.causes.iter().find(|(code, _)| *code == truth);
            let is_named = named.is_some_and(|(_, named)| named.is_none() || *named == phase.map(|phase| phase.name()));
            let codes: Vec<&str> = diagnosis.causes.iter().map(|(code, _)| *code).collect();
            let verdict = diagnosis.verdict;
            let tally = &mut self.tally;
            if !is_named && verdict != Verdict::Unknown {
                let engine = engine.name();
                tally.violations.push(format!(
                    "seed {seed} in {engine}: it is {truth} {phase:?} after {} redirects, not {codes:?}\n{world:?}\n{}",
                    stop.hops, diagnosis.report
                ));
            }
            tally.diagnosed += 1;
            tally.settled += u64::from(verdict == Verdict::Settled);
            tally.families += u64::from(verdict == Verdict::Family);
            tally.unknown += u64::from(verdict == Verdict::Unknown);
            tally.causes += codes.len() as u64;
            *tally.truths.entry(truth).or_default() += 1;
        }
    }
}

/// The probes sent so far.
#[derive(Default)]
struct Path {
    sent: Vec<Probe>,
    error_seen: bool,
}

impl Node {
    fn new(mut session: Session, path: &Path, request: &Request, options: Options) -> Node {
        let round = session.round();
        keeps_the_promises(&round, path, request, options);
        if !round.is_empty() {
            return Node::Asks { session: Box::new(session), options, round, next: HashMap::new() };
        }
        let Diagnosis { verdict, causes, report, .. } = session.finish(0);
        Node::Ends(End { verdict, causes: causes.iter().map(|cause| (cause.code, cause.phase)).collect(), report })
    }

    fn follow(&mut self, world: &World, request: &Request, engine: Engine, dice: &mut Dice, path: &mut Path) -> &End {
        let (session, options, round, next) = match self {
            Node::Asks { session, options, round, next } => (session, *options, round, next),
            Node::Ends(end) => return end,
        };
        let see = |probe| one(probe::predict(world, request, engine, probe), dice);
        let seen: Vec<Outcome> = round.iter().map(see).collect();
        path.sent.extend(round.iter().cloned());
        path.error_seen |= seen.contains(&Outcome::ReadableError);
        let next = next.entry(seen).or_insert_with_key(|seen| {
            let mut session = Session::clone(session);
            for (probe, outcome) in round.iter().zip(seen) {
                session.saw(&probe.id, *outcome, 0);
            }
            Node::new(session, path, request, options)
        });
        next.follow(world, request, engine, dice, path)
    }
}

/// Where an engine's behaviour varies, any of it.
fn one(outcomes: Outcomes, dice: &mut Dice) -> Outcome {
    let all: Vec<Outcome> = outcomes.iter().collect();
    dice.pick(&all)
}

/// The promises of DESIGN.md that a session's choice of probes can break.
fn keeps_the_promises(round: &[Probe], path: &Path, request: &Request, options: Options) {
    let is_safe = matches!(request.method.as_str(), "GET" | "HEAD") || options.as_caller;
    let mut credentialed = path.sent.iter().filter(|probe| probe.is_credentialed()).count();
    assert!(path.sent.len() + round.len() <= options.budget, "more probes than {}: {request:?}", options.budget);
    for probe in round {
        assert!(!path.sent.contains(probe), "{} is asked twice", probe.id);
        let Send::Fetch { method, mode, credentials, redirect, headers, caller_values } = &probe.send else { continue };
        assert!(*method == "GET" || (*method == "HEAD" && request.method == "HEAD"), "{} is a {method}", probe.id);
        assert!(headers.iter().all(|name| request.headers.contains(name)), "{} has a header of its own", probe.id);
        assert!(
            headers.is_empty() || *redirect == Redirect::Manual,
            "{} lets header values follow a redirect",
            probe.id
        );
        assert!(*mode != Mode::NoCors || headers.is_empty(), "{} sends headers without asking", probe.id);
        let secret = ["authorization", "cookie", "csrf", "dpop", "signature", "idempotency", "method-override"];
        let is_secret = |name: &String| secret.iter().any(|part| name.contains(part));
        assert!(is_safe || (!caller_values && !headers.iter().any(is_secret)), "{} sends what is not ours", probe.id);
        if *credentials != Credentials::Omit {
            credentialed += 1;
            assert!(is_safe && request.credentials == Credentials::Include, "{} has credentials", probe.id);
            assert!(!path.error_seen, "{} has credentials, after an error answer", probe.id);
        }
    }
    assert!(credentialed <= 1, "more than one probe with credentials: {request:?}");
}
