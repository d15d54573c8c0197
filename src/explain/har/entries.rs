//! Which entries can matter for CORS, and what is taken from them.

use super::draft::Draft;
use super::table::Node;
use super::{Entry, Kind, Source, net_error};
use crate::explain::call::{Call, Exchange, Reply};
use crate::prelude::*;
use crate::request::{Engine, Mode};
use crate::text;

/// How an entry can matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Matters {
    /// Not at all: it is no call to another origin, and did not fail.
    No,
    /// To compare with: it seems to have passed, or need not.
    Little,
    /// It failed, or may have; it is a preflight or a redirect.
    Much,
}

/// What `_resourceType`, or else `Sec-Fetch-Dest`, says.
const KINDS: &[(&str, Kind)] = &[
    ("fetch", Kind::Fetch),
    ("xhr", Kind::Xhr),
    ("empty", Kind::Fetch),
    ("preflight", Kind::Preflight),
    ("eventsource", Kind::EventSource),
    ("ping", Kind::Ping),
    ("websocket", Kind::WebSocket),
    ("document", Kind::Document),
    ("iframe", Kind::Document),
    ("frame", Kind::Document),
    ("image", Kind::Image),
    ("script", Kind::Script),
    ("stylesheet", Kind::Stylesheet),
    ("style", Kind::Stylesheet),
    ("font", Kind::Font),
    ("media", Kind::Media),
    ("audio", Kind::Media),
    ("video", Kind::Media),
];

/// Words in the names of headers whose values are nobody's business: all that CORS asks of those is whether they were there.
/// They are in no name of a header that the protocol reads.
const SECRET: [&str; 12] = [
    "cookie",
    "auth",
    "token",
    "secret",
    "key",
    "session",
    "password",
    "csrf",
    "xsrf",
    "signature",
    "assertion",
    "dpop",
];

/// How much this entry matters, of a page of this origin.
pub(super) fn matters(draft: &Draft, page: Option<&str>) -> Matters {
    let request = |name: &str| draft.header(Node::Request, name);
    let (url, kind, mode) = (draft.text(Node::Url), kind(draft), request("sec-fetch-mode"));
    if url.is_empty() || text::is_one_of(text::until(&url, ":"), "data blob about") {
        return Matters::No;
    }
    let answer = status(draft);
    if answer.is_none() || draft.has(Node::Error) || kind == Kind::Preflight || draft.text(Node::Method) == "OPTIONS" {
        return Matters::Much;
    }
    // CORS does not apply to them.
    if matches!(kind, Kind::Document | Kind::WebSocket) {
        return Matters::No;
    }
    if answer.is_some_and(|status| (300..400).contains(&status) && status != 304) {
        return Matters::Much;
    }
    let origin = request("origin");
    let is_same = match &*request("sec-fetch-site") {
        "same-origin" => Some(true),
        "same-site" | "cross-site" => Some(false),
        _ => {
            let from =
                if origin.is_empty() { initiator(kind, &request("referer"), page) } else { Some(origin.to_string()) };
            from.map(|from| Some(from) == origin_of(&url))
        }
    };
    let is_cors = !origin.is_empty() || mode == "cors";
    match is_same {
        Some(true) => Matters::No,
        _ if is_cors && draft.header(Node::Response, "access-control-allow-origin").is_empty() => Matters::Much,
        None if !is_cors && mode != "no-cors" => Matters::No,
        _ => Matters::Little,
    }
}

/// The entry, all but for its page.
pub(super) fn entry(draft: &Draft, engine: Option<Engine>, number: u32) -> Entry {
    let text = |node: Node| Some(draft.text(node).into_owned()).filter(|text| !text.is_empty());
    let error = text(Node::Error);
    let reply = match status(draft) {
        Some(status) => Reply::Answer { status: Some(status), headers: headers(draft, Node::Response) },
        None => Reply::Fails(error.as_deref().and_then(net_error::meaning).and_then(|meaning| meaning.failure)),
    };
    let mode = match &*draft.header(Node::Request, "sec-fetch-mode") {
        "cors" => Some(Mode::Cors),
        "no-cors" => Some(Mode::NoCors),
        "same-origin" => Some(Mode::SameOrigin),
        _ => None,
    };
    let fetch_type = draft.text(Node::FetchType);
    // What a HAR says of the cache after a request, it says of answers from the network too; but not Firefox.
    let is_from_cache = draft.has(Node::FromCache)
        || draft.has(Node::Before)
        || (draft.has(Node::After) && engine == Some(Engine::Firefox))
        || text::contains(&fetch_type, "Cache");
    let source = if draft.has(Node::Worker) || fetch_type == "Service Worker" {
        Source::ServiceWorker
    } else if is_from_cache {
        Source::Cache
    } else {
        Source::Unknown
    };
    let request_headers = draft.has(Node::Headers).then(|| headers(draft, Node::Request));
    let has_cookie =
        |headers: &Vec<(String, String)>| headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("cookie"));
    Entry {
        has_cookies: draft.has(Node::Cookie) || request_headers.as_ref().is_some_and(has_cookie),
        exchange: Exchange {
            call: Call {
                url: text(Node::Url),
                method: text(Node::Method),
                headers: request_headers,
                credentials: None,
                mode,
                origin: None,
            },
            reply,
        },
        number,
        started: text(Node::Started),
        kind: kind(draft),
        source,
        error,
        redirect: text(Node::Redirect),
        server: text(Node::Server),
    }
}

/// The origin that a request without an `Origin` header came from: that of its document. What an element loads may have a
/// stylesheet for its referrer; what script sends has the document, also where that stands in a frame of the page.
pub(super) fn initiator(kind: Kind, referrer: &str, page: Option<&str>) -> Option<String> {
    let (referrer, page) = (origin_of(referrer), page.map(String::from));
    match kind {
        Kind::Preflight | Kind::Fetch | Kind::Xhr | Kind::EventSource | Kind::Ping | Kind::Other => referrer.or(page),
        _ => page.or(referrer),
    }
}

/// The origin of an absolute URL that has one, as it is serialised. Not a parser: what is no URL may have one too.
pub(super) fn origin_of(url: &str) -> Option<String> {
    let (scheme, rest) = text::split_once(url, "://")?;
    let authority = text::until(rest, "/?#\\");
    let host = text::rsplit_once(authority, b'@').map_or(authority, |(_, host)| host);
    let scheme = scheme.to_ascii_lowercase();
    let port = match scheme.as_str() {
        "http" | "ws" => ":80",
        "https" | "wss" => ":443",
        _ => ":",
    };
    let host = host.strip_suffix(port).unwrap_or(host);
    let is_scheme = text::all(&scheme, |byte| byte.is_ascii_alphanumeric() || text::is_any_of(byte, "+-."));
    let has_both = is_scheme && !scheme.is_empty() && !host.is_empty();
    has_both.then(|| text::fill("{}://{}", &[&scheme, &host.to_ascii_lowercase()]))
}

fn kind(draft: &Draft) -> Kind {
    // Script may not set it.
    if !draft.header(Node::Request, "access-control-request-method").is_empty()
        || draft.text(Node::InitiatorType) == "preflight"
    {
        return Kind::Preflight;
    }
    match &*draft.header(Node::Request, "sec-fetch-mode") {
        "navigate" => return Kind::Document,
        "websocket" => return Kind::WebSocket,
        _ => {}
    }
    let mut said = draft.text(Node::Type);
    if said.is_empty() {
        said = draft.header(Node::Request, "sec-fetch-dest");
    }
    KINDS.iter().find(|(word, _)| said.eq_ignore_ascii_case(word)).map_or(Kind::Other, |(_, kind)| *kind)
}

/// The status of an answer, if there was one: `0` and `-1` say that there was none.
fn status(draft: &Draft) -> Option<u16> {
    text::number(text::until(&draft.text(Node::Status), ".")).filter(|status| *status > 99)
}

/// The headers of one side. Those of HTTP/2 that begin with a colon are none; repeats in one value, as Chromium's protocol
/// has them, are repeats.
fn headers(draft: &Draft, side: Node) -> Vec<(String, String)> {
    let mut headers = Vec::new();
    for (name, value) in draft.headers(side) {
        if name.starts_with(":") {
            continue;
        }
        if is_secret(&name) {
            headers.push((name.into_owned(), String::new()));
            continue;
        }
        for value in text::split(&value, "\n") {
            headers.push((name.to_string(), value.to_string()));
        }
    }
    headers
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET.iter().any(|word| text::contains(&name, word))
}
