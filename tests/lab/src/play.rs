//! Plays the rows: which rule answers a request, and what it does to the connection.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufStream};
use whycors::world::{Failure, Reply, Rule, Sender, When};

use crate::http::{self, Answer, Message};
use crate::log::{self, Received};
use crate::origins::{Origins, Site};
use crate::scenario::Scenario;
use crate::{State, echo, page};

/// Real servers take this long at least. Firefox's timers tick in milliseconds: an answer within the tick of its request has
/// a Resource Timing duration of 0, as if there had been no connection.
const SERVICE_TIME: Duration = Duration::from_millis(2);

/// From the last answer of a connection to its end.
const LAST: Duration = Duration::from_millis(50);

/// How a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// By a FIN.
    Close,
    /// By a RST.
    Reset,
}

/// Answers requests until one of the two sides ends the connection.
pub async fn converse(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), site: Site, state: &State) -> Ending {
    let mut stream = BufStream::new(stream);
    loop {
        let message = match http::read(&mut stream).await {
            Ok(Some(message)) => message,
            Ok(None) => return Ending::Close,
            Err(error) => {
                state.log.connection(site, error.to_string());
                return Ending::Close;
            }
        };
        let answer = match react(&message, site, state).await {
            Reaction::Answer(answer) => answer,
            Reaction::Fails(failure) => return fail(failure, &mut stream).await,
        };
        if http::write(&mut stream, &answer, message.method == "HEAD").await.is_err() {
            return Ending::Close;
        }
        if answer.is_last() {
            // What came before the end is read before the end is seen.
            tokio::time::sleep(LAST).await;
            return Ending::Close;
        }
    }
}

/// What a request gets.
pub enum Reaction {
    /// An answer.
    Answer(Answer),
    /// None.
    Fails(Failure),
}

/// What a request gets, after the time that it takes; it is logged at once, whether or not its client waits.
pub async fn react(message: &Message, site: Site, state: &State) -> Reaction {
    if message.path == echo::PATH {
        return Reaction::Answer(echo::answer(message, site, state).await);
    }
    let reaction = reply(message, site, state);
    if let Some((row, _)) = row_of(&message.path, state) {
        let delay = if row.has_own_pace() { Duration::ZERO } else { state.delay };
        tokio::time::sleep(SERVICE_TIME.max(Duration::from_millis(row.delay)) + delay).await;
    }
    reaction
}

fn reply(message: &Message, site: Site, state: &State) -> Reaction {
    let Some((row, below)) = row_of(&message.path, state) else {
        return Reaction::Answer(page::answer(message, site, state));
    };
    let first: &[Rule] = if is_first(message, row, state) { &row.first } else { &[] };
    let mut rules = first.iter().chain(&row.server);
    let rule = rules.find(|rule| matches(&rule.when, message, below, row.page_origin(&state.origins)));
    let (reaction, said) = match rule.map(|rule| &rule.reply) {
        Some(Reply::Answer(answer)) => {
            let line = |header: &whycors::world::Header| {
                (header.name.to_string(), resolve(&header.value, message, row, &state.origins))
            };
            let headers = answer.headers.iter().map(line).collect();
            let body: &[u8] = if (300..400).contains(&answer.status) { b"" } else { row.content.bytes() };
            let answer = Answer { status: answer.status, headers, body: body.to_vec() };
            let said = answer.status.to_string();
            (Reaction::Answer(answer), said)
        }
        // Stopped inside the browser, if at all: what arrives nevertheless finds a healthy server.
        Some(Reply::Fails(Failure::Blocked | Failure::BlockedLate | Failure::Denied)) => {
            let allowed = ("Access-Control-Allow-Origin".to_string(), "*".to_string());
            let answer = Answer { status: 200, headers: vec![allowed], body: row.content.bytes().to_vec() };
            (Reaction::Answer(answer), "200".to_string())
        }
        Some(Reply::Fails(failure)) => (Reaction::Fails(*failure), format!("{failure:?}").to_lowercase()),
        None => {
            (Reaction::Answer(Answer { status: 404, headers: Vec::new(), body: Vec::new() }), "no rule".to_string())
        }
    };
    state.log.add(received(message, site, &row.id, said));
    reaction
}

/// What the log says of a request; when it came, the log knows.
pub fn received(message: &Message, site: Site, scenario: &str, reply: String) -> Received {
    Received {
        scenario: scenario.to_string(),
        origin_kind: site.name().to_string(),
        at: 0,
        epoch_ms: 0,
        method: message.method.clone(),
        path: message.path.clone(),
        query: message.query.clone(),
        headers: message.headers.clone(),
        body_len: message.body.len(),
        reply,
    }
}

/// `/s/<id>` and what stands below it.
fn row_of<'a, 'b>(path: &'b str, state: &'a State) -> Option<(&'a Scenario, &'b str)> {
    let rest = path.strip_prefix("/s/")?;
    let id = &rest[..rest.find('/').unwrap_or(rest.len())];
    Some((state.scenarios.get(id)?, &rest[id.len()..]))
}

/// No other request of the same run came: of the same value of the parameter `run`.
fn is_first(message: &Message, row: &Scenario, state: &State) -> bool {
    let run = page::parameter(&message.query, "run").unwrap_or_default().to_string();
    !row.first.is_empty() && log::lock(&state.begun).insert((row.id.clone(), run))
}

fn matches(when: &When, message: &Message, below: &str, page: &str) -> bool {
    let requested_method = message.header("access-control-request-method").filter(|_| message.method == "OPTIONS");
    let preflight = requested_method.is_some();
    let method = requested_method.unwrap_or(&message.method);
    let carries = |name: &str| {
        if !preflight {
            return message.header(name).is_some();
        }
        let named = message.header("access-control-request-headers").unwrap_or_default();
        named.split(',').any(|known| known.trim().eq_ignore_ascii_case(name))
    };
    let cookies = message.header("cookie").is_some_and(|cookies| !cookies.is_empty());
    let sender = |sender| match sender {
        Sender::Page => message.header("origin") == Some(page),
        Sender::Null => message.header("origin") == Some("null"),
        Sender::None => message.header("origin").is_none(),
    };
    when.preflight.is_none_or(|expected| expected == preflight)
        && when.method.as_deref().is_none_or(|expected| expected == method)
        && when.path.as_deref().is_none_or(|expected| expected == below)
        && when.header.as_deref().is_none_or(carries)
        && when.without_header.as_deref().is_none_or(|name| !carries(name))
        && when.cookies.is_none_or(|expected| expected == cookies)
        && when.origin.is_none_or(sender)
}

fn resolve(value: &str, message: &Message, row: &Scenario, origins: &Origins) -> String {
    let header = |name| message.header(name).unwrap_or_default();
    row.resolve(value, origins)
        .replace("{origin}", header("origin"))
        .replace("{headers}", header("access-control-request-headers"))
}

async fn fail(failure: Failure, stream: &mut (impl AsyncRead + AsyncWrite + Unpin)) -> Ending {
    match failure {
        Failure::Empty => Ending::Close,
        Failure::Garbage => garble(stream).await,
        Failure::Hang => {
            let mut rest = [0; 1024];
            while stream.read(&mut rest).await.is_ok_and(|read| read > 0) {}
            Ending::Close
        }
        // The others happen before there is a connection; a rule that plays them on one can only drop it.
        _ => Ending::Reset,
    }
}

/// Says what is no HTTP of any version: as a frame of HTTP/2 it is too long.
pub async fn garble(stream: &mut (impl AsyncWrite + Unpin)) -> Ending {
    let _ = stream.write_all(b"\xff\xfe this is not HTTP \x00\x01\r\n\r\n").await;
    let _ = stream.flush().await;
    Ending::Close
}
