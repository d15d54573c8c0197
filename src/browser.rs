//! What a browser does with a request in a world: preflight, redirects, checks, and who stopped it.
//!
//! [HTTP fetch](https://fetch.spec.whatwg.org/#http-fetch) and what it calls, as far as the CORS protocol sees it. The
//! engines' own additions (Resource Timing, EventSource states) are in [`crate::probe`].

use alloc::borrow::Cow;

use crate::fetch::{self, Refusal, Response, Sent};
use crate::prelude::*;
use crate::request::{Credentials, Engine, Mode, PreflightReason, Redirect, Request};
use crate::safelist;
use crate::text;
use crate::world::{Answer, Asked, Failure, Reply, Sender, World};

/// A request as script makes it.
#[derive(Debug, Clone)]
pub struct Call<'a> {
    /// Method.
    pub method: &'a str,
    /// Names of its headers, lower case.
    pub headers: &'a [String],
    /// The CORS-unsafe ones among them.
    pub unsafe_headers: &'a [String],
    /// Mode.
    pub mode: Mode,
    /// Credentials mode.
    pub credentials: Credentials,
    /// Redirect mode.
    pub redirect: Redirect,
    /// The use-CORS-preflight flag.
    pub use_preflight: bool,
    /// Its body is a stream.
    pub streams: bool,
    /// It is made by a document without an origin.
    pub is_opaque: bool,
    /// It is made by a document whose Content Security Policy allows the called origin alone.
    pub stays: bool,
}

impl<'a> Call<'a> {
    /// A GET without headers and credentials, as script makes it.
    pub fn get(mode: Mode) -> Call<'a> {
        Call {
            method: "GET",
            headers: &[],
            unsafe_headers: &[],
            mode,
            credentials: Credentials::Omit,
            redirect: Redirect::Follow,
            use_preflight: false,
            streams: false,
            is_opaque: false,
            stays: false,
        }
    }

    /// The call that failed.
    pub fn of(request: &'a Request) -> Call<'a> {
        Call {
            method: &request.method,
            headers: &request.headers,
            unsafe_headers: &request.unsafe_headers,
            mode: request.mode,
            credentials: request.credentials,
            redirect: request.redirect,
            use_preflight: request.forces_preflight.is_some(),
            streams: request.forces_preflight == Some(PreflightReason::StreamBody),
            ..Call::get(request.mode)
        }
    }
}

/// What comes back when nothing refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passed {
    /// A readable response with this status.
    Readable(u16),
    /// An opaque response; its status, which script is not told.
    Opaque(u16),
    /// An opaque-redirect filtered response.
    OpaqueRedirect,
}

/// Who stopped a request, and where on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// Why.
    pub why: Why,
    /// During a preflight.
    pub in_preflight: bool,
    /// How many redirects were followed before.
    pub hops: u8,
    /// Status of the refused answer; 0 if there was none.
    pub status: u16,
}

impl Stop {
    /// The actual request itself got no HTTP answer.
    pub fn is_silence(&self) -> bool {
        matches!(self.why, Why::Network(_)) && !self.in_preflight && self.hops == 0
    }
}

/// Why a request was stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// No HTTP answer.
    Network(Failure),
    /// No network at all.
    Offline,
    /// A check of the CORS protocol returned failure.
    Refused(Refusal),
    /// `Location` holds a user name or password.
    RedirectCredentials,
    /// The redirect mode is `error`.
    RedirectMode,
    /// More than twenty redirects.
    RedirectCount,
    /// A redirect that cannot be followed: `Location` is not HTTP(S), the body is a stream of which nothing is left to send
    /// again, or the mode is `no-cors` and the redirect mode is not `follow`, which fails before anything is sent.
    RedirectImpossible,
    /// `Cross-Origin-Resource-Policy`
    ResourcePolicy,
    /// `Cross-Origin-Embedder-Policy` of the page, and no `Cross-Origin-Resource-Policy`.
    EmbedderPolicy,
    /// The mode is `same-origin`.
    SameOriginMode,
    /// The document's Content Security Policy does not allow where a redirect leads.
    Policy,
}

/// Runs a call through a world.
pub fn run(world: &World, request: &Request, engine: Engine, call: &Call<'_>) -> Result<Passed, Stop> {
    let crossed = request.is_cross_origin();
    let mut at =
        Hop { path: Cow::Borrowed(""), other: false, closed: false, crossed, tainted: call.is_opaque, count: 0 };
    let mut streams = call.streams;
    let mut method = Cow::Borrowed(call.method);
    let mut headers = Cow::Borrowed(call.headers);
    let mut unsafe_headers = Cow::Borrowed(call.unsafe_headers);
    loop {
        let origin = if at.tainted { "null" } else { request.origin.as_str() };
        let sent = Sent {
            origin,
            method: &method,
            unsafe_headers: &unsafe_headers,
            credentials: call.credentials,
            use_preflight: call.use_preflight,
            wildcard_covers_authorization: matches!(engine, Engine::Chromium | Engine::WebKit),
        };
        let trip = Trip { engine, world, request, at: &at, sent: &sent };
        let needs_preflight =
            !unsafe_headers.is_empty() || !safelist::is_safelisted_method(&method) || call.use_preflight;
        // "request's current URL's origin is same origin with request's origin, and request's response tainting is "basic""
        // A same-origin URL is fetched without the protocol until a redirect leads away; back home, the protocol stays.
        let is_cors = call.mode == Mode::Cors && at.crossed;
        let is_opaque = call.mode == Mode::NoCors && at.crossed;
        // "request's mode is "same-origin"": "Return a network error."
        if call.mode == Mode::SameOrigin && at.crossed {
            return Err(trip.stop(Why::SameOriginMode, false, 0));
        }
        // "request's mode is "no-cors"": "If request's redirect mode is not "follow", then return a network error."
        if is_opaque && call.redirect != Redirect::Follow {
            return Err(trip.stop(Why::RedirectImpossible, false, 0));
        }
        if is_cors && needs_preflight {
            let response = trip.answer(true, &unsafe_headers, true)?;
            fetch::preflight_check(&sent, &response).map_err(|refusal| trip.refused(refusal, true, response.status))?;
        }
        // "If request's response tainting is "cors", or request's mode is "websocket", then append (`Origin`, serializedOrigin)"
        // "Otherwise, if request's method is neither `GET` nor `HEAD`": whatever a referrer policy makes of it, left out here.
        let sends_origin = is_cors || (method != "GET" && method != "HEAD");
        let response = trip.answer(false, &headers, sends_origin)?;
        // The standard looks at the redirect mode before it looks for a `Location`. Web Platform Tests have a redirect without one
        // be an ordinary answer with `follow` and `manual`, and so have browsers; with `error` they differ, which is left out.
        let location = response.get("location").filter(|_| response.is_redirect_status()).map(Cow::into_owned);
        let next = location.as_deref().map(|location| at.follow(location));
        let leaves = call.stays && next.as_ref().is_some_and(|next| next.other != at.other);
        // Firefox asks the policy before the standard's CORS check, the others after it.
        if leaves && engine == Engine::Firefox {
            return Err(trip.stop(Why::Policy, false, response.status));
        }
        if is_cors {
            fetch::cors_check(&sent, &response).map_err(|refusal| trip.refused(refusal, false, response.status))?;
        }
        if is_opaque {
            check_resource_policy(world, &response).map_err(|why| trip.stop(why, false, response.status))?;
        }
        let (Some(location), Some(next)) = (location, next) else {
            return Ok(if is_opaque { Passed::Opaque(response.status) } else { Passed::Readable(response.status) });
        };
        match call.redirect {
            Redirect::Error => return Err(trip.stop(Why::RedirectMode, false, response.status)),
            Redirect::Manual => return Ok(Passed::OpaqueRedirect),
            Redirect::Follow => {}
        }
        // "If request's mode is "cors", locationURL includes credentials, and request's origin is not same origin with
        // locationURL's origin": nor if it is, once the "response tainting is "cors"". Chromium holds to it in every mode.
        let may_hold_credentials = call.mode != Mode::Cors && engine != Engine::Chromium;
        let refused = if !is_http(&location) {
            // "If locationURL's scheme is not an HTTP(S) scheme, then return a network error."
            Some(Why::RedirectImpossible)
        } else if at.count == 20 {
            // "If request's redirect count is 20, then return a network error."
            Some(Why::RedirectCount)
        } else if !may_hold_credentials && text::contains(text::until(&location, "/"), "@") {
            Some(Why::RedirectCredentials)
        } else if streams && response.status != 303 {
            // "If internalResponse's status is not 303, request's body is non-null, and request's body's source is null, then
            // return a network error."
            Some(Why::RedirectImpossible)
        } else if leaves {
            Some(Why::Policy)
        } else {
            None
        };
        if let Some(why) = refused {
            return Err(trip.stop(why, false, response.status));
        }
        // "status is 301 or 302 and request's method is `POST`" or "status is 303 and method is not `GET` or `HEAD`"
        let becomes_get = match response.status {
            301 | 302 => method == "POST",
            303 => method != "GET" && method != "HEAD",
            _ => false,
        };
        if becomes_get {
            // "Set request's method to `GET` and request's body to null."
            method = Cow::Borrowed("GET");
            streams = false;
            // "For each headerName of request-body-header name, delete headerName from request's header list."
            drop_headers(&mut headers, &mut unsafe_headers, |name| {
                text::is_one_of(name, "content-encoding content-language content-location content-type")
            });
        }
        // "If request's current URL's origin is not same origin with locationURL's origin, then for each headerName of CORS
        // non-wildcard request-header name, delete headerName from request's header list."
        if next.other != at.other {
            drop_headers(&mut headers, &mut unsafe_headers, |name| name == "authorization");
        }
        at = next;
    }
}

/// It has no scheme of its own, or an [HTTP(S) scheme](https://fetch.spec.whatwg.org/#http-scheme).
fn is_http(location: &str) -> bool {
    let head = text::until(location, "/?#{");
    !text::contains(head, ":") || head.eq_ignore_ascii_case("http:") || head.eq_ignore_ascii_case("https:")
}

fn drop_headers<'a>(headers: &mut Cow<'a, [String]>, unsafe_headers: &mut Cow<'a, [String]>, drop: fn(&str) -> bool) {
    for list in [headers, unsafe_headers] {
        if list.iter().any(|name| drop(name)) {
            *list = Cow::Owned(text::only(list, &|name| !drop(name)));
        }
    }
}

/// The [cross-origin resource policy check](https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check); the lab's origins
/// are same-site, so `same-site` passes there and is left to nuisances.
fn check_resource_policy(world: &World, response: &Response<'_>) -> Result<(), Why> {
    match response.get("cross-origin-resource-policy") {
        Some(policy) if policy == "same-origin" => Err(Why::ResourcePolicy),
        None if world.embedder_policy => Err(Why::EmbedderPolicy),
        _ => Ok(()),
    }
}

/// Where a request is on its way.
struct Hop<'a> {
    path: Cow<'a, str>,
    /// At the second API origin.
    other: bool,
    /// Where nothing listens.
    closed: bool,
    /// The response tainting is no longer "basic": here or before, the URL was not the page's.
    crossed: bool,
    /// "has a redirect-tainted origin": it sends `Origin: null`.
    tainted: bool,
    count: u8,
}

impl Hop<'_> {
    fn follow(&self, location: &str) -> Hop<'static> {
        let other = match location {
            _ if text::contains(location, "other}") || text::contains(location, "{closed}") => true,
            _ if text::contains(location, "self}") => false,
            _ => self.other,
        };
        let path = text::rsplit_once(location, b'}').map_or(location, |(_, path)| path).to_string();
        Hop {
            path: path.into(),
            other,
            closed: text::contains(location, "{closed}"),
            crossed: self.crossed || other,
            // "If url's origin is not same origin with lastURL's origin and request's origin is not same origin with lastURL's
            // origin": the first step away from the page's own origin still says where it comes from.
            tainted: self.tainted || (other != self.other && self.crossed),
            count: self.count + 1,
        }
    }
}

/// One request in one world.
struct Trip<'a> {
    engine: Engine,
    world: &'a World,
    request: &'a Request,
    at: &'a Hop<'a>,
    sent: &'a Sent<'a>,
}

impl<'a> Trip<'a> {
    fn answer(&self, preflight: bool, headers: &[String], sends_origin: bool) -> Result<Response<'a>, Stop> {
        if self.world.offline {
            return Err(self.stop(Why::Offline, preflight, 0));
        }
        if self.at.closed {
            return Err(self.stop(Why::Network(Failure::Refused), preflight, 0));
        }
        let asked = Asked {
            preflight,
            method: self.sent.method,
            path: &self.at.path,
            headers,
            // A preflight never carries cookies. "request's credentials mode is "include"" or "request's credentials mode is
            // "same-origin" and request's response tainting is "basic"".
            cookies: !preflight
                && match self.sent.credentials {
                    Credentials::Include => true,
                    Credentials::SameOrigin => !self.at.crossed,
                    Credentials::Omit => false,
                },
            origin: match sends_origin {
                false => Sender::None,
                true if self.sent.origin == "null" => Sender::Null,
                true => Sender::Page,
            },
        };
        match self.world.rules.iter().find(|rule| asked.is_meant_by(&rule.when)).map(|rule| &rule.reply) {
            Some(Reply::Answer(answer)) => Ok(self.resolve(answer, headers)),
            // Firefox reads bytes that are not HTTP as HTTP/0.9: an answer without headers.
            Some(Reply::Fails(Failure::Garbage)) if self.engine == Engine::Firefox => {
                Ok(Response { status: 200, headers: Vec::new() })
            }
            Some(Reply::Fails(failure)) => Err(self.stop(Why::Network(*failure), preflight, 0)),
            None => Ok(Response { status: 404, headers: Vec::new() }),
        }
    }

    /// Fills the placeholders that the checks compare.
    fn resolve(&self, answer: &'a Answer, names: &[String]) -> Response<'a> {
        let fill = |value: &'a str| -> Cow<'a, str> {
            match value {
                "{origin}" => Cow::Borrowed(self.sent.origin),
                "{page}" => Cow::Borrowed(self.page()),
                "{headers}" => Cow::Owned(text::join(names, ",")),
                _ if !text::contains(value, "{") => Cow::Borrowed(value),
                _ => {
                    let filled = text::replace(value, "{origin}", self.sent.origin);
                    Cow::Owned(text::replace(&filled, "{page}", self.page()))
                }
            }
        };
        let mut headers = Vec::new();
        for header in &answer.headers {
            headers.push((&*header.name, fill(&header.value)));
        }
        Response { status: answer.status, headers }
    }

    /// The origin that the page's URL would have.
    fn page(&self) -> &'a str {
        if self.request.origin.is_opaque() { "http://page.invalid" } else { self.request.origin.as_str() }
    }

    fn refused(&self, refusal: Refusal, in_preflight: bool, status: u16) -> Stop {
        self.stop(Why::Refused(refusal), in_preflight, status)
    }

    fn stop(&self, why: Why, in_preflight: bool, status: u16) -> Stop {
        Stop { why, in_preflight, hops: self.at.count, status }
    }
}
