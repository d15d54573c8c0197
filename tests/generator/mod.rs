//! Makes servers and the calls that meet them.

use whycors::request::{Credentials, Mode, PreflightReason, Redirect, Request};
use whycors::world::{Answer, Failure, Reply, Rule, Sender, Text, When, World};

/// Pseudo-random numbers (splitmix64): a seed says all.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// A number below `sides`.
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % sides
    }

    pub fn pick<T: Clone>(&mut self, options: &[T]) -> T {
        options[self.roll(options.len() as u64) as usize].clone()
    }

    pub fn one_in(&mut self, sides: u64) -> bool {
        self.roll(sides) == 0
    }
}

/// The calls: methods, header sets, credentials, modes, redirect modes, forced preflights.
pub fn shapes() -> Vec<Request> {
    let mut shapes = Vec::new();
    let header_sets: [&[(&str, &str)]; 6] = [
        &[],
        &[("accept", "application/json")],
        &[("x-client", "1")],
        &[("content-type", "application/json")],
        &[("content-type", "application/json"), ("authorization", "Bearer 1")],
        &[("authorization", "Bearer 1"), ("x-client", "1"), ("x-trace", "1")],
    ];
    for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "patch"] {
        for headers in header_sets {
            for credentials in [Credentials::SameOrigin, Credentials::Include] {
                let mut request = a_call();
                request.method = method.to_string();
                request.credentials = credentials;
                let headers: Vec<_> =
                    headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
                shapes.push(request.with_headers(&headers));
            }
        }
    }
    for (method, headers) in [("GET", 0), ("POST", 2), ("PUT", 2)] {
        for redirect in [Redirect::Error, Redirect::Manual] {
            let headers: Vec<_> =
                header_sets[headers].iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
            let mut request = a_call().with_headers(&headers);
            request.method = method.to_string();
            request.redirect = redirect;
            shapes.push(request);
        }
    }
    for (method, reason) in [
        ("GET", PreflightReason::UploadListener),
        ("POST", PreflightReason::UploadListener),
        ("POST", PreflightReason::StreamBody),
    ] {
        let mut request = a_call();
        request.method = method.to_string();
        request.forces_preflight = Some(reason);
        shapes.push(request);
    }
    let mut opaque = a_call();
    opaque.mode = Mode::NoCors;
    shapes.push(opaque);
    for (mut request, redirect) in [
        (a_call(), Redirect::Error),
        (a_call(), Redirect::Manual),
        (at_home(), Redirect::Error),
        (at_home(), Redirect::Follow),
    ] {
        request.redirect = redirect;
        request.credentials = Credentials::Include;
        shapes.push(request);
    }
    for mode in [Mode::NoCors, Mode::SameOrigin] {
        let mut request = at_home();
        request.mode = mode;
        shapes.push(request);
    }
    for (method, headers) in [("GET", 0), ("GET", 2)] {
        let headers: Vec<_> =
            header_sets[headers].iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let mut request = a_call().with_headers(&headers);
        request.method = method.to_string();
        request.credentials = Credentials::Include;
        request.forces_preflight = Some(PreflightReason::UploadListener);
        shapes.push(request);
    }
    let sandboxed = Request::new("null", "https://api.example.com", "https://api.example.com/items");
    shapes.push(sandboxed);
    let same_origin = at_home();
    shapes.push(same_origin.clone());
    let mut put = same_origin;
    put.method = "PUT".to_string();
    shapes.push(put);
    shapes
}

fn at_home() -> Request {
    Request::new("http://localhost:5173", "http://localhost:5173", "http://localhost:5173/items")
}

fn a_call() -> Request {
    Request::new("http://localhost:5173", "https://api.example.com", "https://api.example.com/items")
}

/// A server, or a host that does not answer at all.
pub fn world(dice: &mut Dice, request: &Request) -> World {
    if dice.one_in(20) {
        let mut ways = vec![Failure::Refused, Failure::Reset, Failure::Empty, Failure::Garbage, Failure::Hang];
        if request.scheme == "https" {
            ways.extend([Failure::Dns, Failure::Tls]);
        }
        let reply = Reply::Fails(dice.pick(&ways));
        return World { rules: vec![Rule { when: When::default(), reply }], ..World::default() };
    }
    let mut rules = Vec::new();
    if dice.one_in(8) {
        rules.push(a_break(dice, request));
    }
    for _ in 0..dice.roll(6) {
        let rule = Rule { when: condition(dice, request), reply: answer(dice, request).into() };
        if rule.when.method.as_deref() == Some("GET") {
            let head = When { method: Some("HEAD".into()), ..rule.when.clone() };
            rules.push(Rule { when: head, reply: rule.reply.clone() });
        }
        rules.push(rule);
    }
    let preflight = When { preflight: Some(true), ..When::default() };
    let passes = |status| Answer::new(status).with("Access-Control-Allow-Origin", "{origin}");
    let to_preflights = match dice.one_in(2) {
        true => passes(204)
            .with("Access-Control-Allow-Credentials", "true")
            .with("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE, patch")
            .with("Access-Control-Allow-Headers", "{headers}"),
        false => answer(dice, request),
    };
    rules.push(Rule { when: preflight, reply: to_preflights.into() });
    let to_others = if dice.one_in(4) { passes(200) } else { answer(dice, request) };
    rules.push(Rule { when: When::default(), reply: to_others.into() });
    World { rules, embedder_policy: dice.one_in(8), ..World::default() }
}

/// Where connections break: at preflights, or at requests like the call.
fn a_break(dice: &mut Dice, request: &Request) -> Rule {
    let failure = dice.pick(&[Failure::Reset, Failure::Empty, Failure::Hang]);
    let mut when = When { preflight: Some(true), ..When::default() };
    if !request.is_repeatable() && dice.one_in(2) {
        when = When { preflight: Some(false), method: Some(Text::from(request.method.clone())), ..When::default() };
    }
    Rule { when, reply: Reply::Fails(failure) }
}

fn condition(dice: &mut Dice, request: &Request) -> When {
    let mut when = When::default();
    let name = |dice: &mut Dice| -> Text {
        match request.unsafe_headers.is_empty() {
            true => "x-client".into(),
            false => dice.pick(&request.unsafe_headers).into(),
        }
    };
    while when == When::default() {
        if dice.one_in(4) {
            when.preflight = Some(dice.one_in(2));
        }
        if dice.one_in(4) {
            when.method = Some(dice.pick(&["GET", "GET", "POST", "PUT", "DELETE", "patch"]).into());
        }
        if dice.one_in(5) {
            when.header = Some(name(dice));
        }
        if dice.one_in(5) {
            when.without_header = Some(name(dice));
        }
        if dice.one_in(6) {
            when.cookies = Some(dice.one_in(2));
        }
        if dice.one_in(5) {
            when.origin = Some(dice.pick(&[Sender::Page, Sender::Null, Sender::None]));
        }
        if dice.one_in(5) {
            when.path = Some(dice.pick(&["", "/target"]).into());
        }
    }
    when
}

fn answer(dice: &mut Dice, request: &Request) -> Answer {
    let common = [200, 200, 200, 204, 204, 301, 302, 307, 308, 400, 401, 403, 404, 405, 500, 502];
    let status = if dice.one_in(6) { 200 + dice.roll(400) as u16 } else { dice.pick(&common) };
    let mut answer = Answer::new(status);
    if !dice.one_in(4) {
        let values = ["{origin}", "{origin}", "{origin}", "{page}", "*", "*", "null", "https://app.example.com"];
        let odd =
            ["{page}/", "{page}, *", "{page}, {page}", "", "app.example.com", "true", "*.example.com", "{page} null"];
        let value = if dice.one_in(4) { dice.pick(&odd) } else { dice.pick(&values) };
        answer = answer.with("Access-Control-Allow-Origin", value);
    }
    if dice.one_in(2) {
        let values = ["true", "true", "true", "True", "1", "", "true, true"];
        answer = answer.with("Access-Control-Allow-Credentials", dice.pick(&values));
    }
    if !dice.one_in(4) {
        let own = request.method.clone();
        let lists: [Text; 8] = [
            "*".into(),
            own.clone().into(),
            own.into(),
            "GET, POST".into(),
            "GET, PUT, DELETE, PATCH".into(),
            "PUT;GET".into(),
            "".into(),
            ",,GET ,\tPUT".into(),
        ];
        answer = answer.with("Access-Control-Allow-Methods", dice.pick(&lists));
    }
    if !dice.one_in(4) {
        let lists = [
            "*",
            "{headers}",
            "{headers}",
            "{headers}",
            "content-type",
            "X-Client, Authorization",
            "a b",
            "*, authorization",
        ];
        answer = answer.with("Access-Control-Allow-Headers", dice.pick(&lists));
    }
    if (answer.status / 100 == 3 && !dice.one_in(5)) || dice.one_in(20) {
        let targets = [
            "{self}/target",
            "{other}/target",
            "{self}",
            "{other}",
            "{user@other}/target",
            "{closed}/target",
            "/target",
            "myapp:open",
        ];
        answer = answer.with("Location", dice.pick(&targets));
    }
    if dice.one_in(5) {
        answer = answer.with("Cross-Origin-Resource-Policy", dice.pick(&["same-origin", "cross-origin"]));
    }
    answer
}
