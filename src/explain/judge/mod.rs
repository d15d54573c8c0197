//! The algorithms of [`crate::fetch`] on the answers of a paste. A browser stops at the first mistake; here each one that was found
//! is mended and the check asked again, until it passes: what it then said is every mistake of that answer.

mod answer;

use crate::browser::{Stop, Why};
use crate::causes::{self, Phase};
use crate::explain::about::About;
use crate::explain::call::{Exchange, Reply};
use crate::explain::chain::{Chain, Hop};
use crate::explain::detail;
use crate::explain::named::Named;
use crate::explain::refusals::{MOST_HEADERS, quoted, value};
use crate::explain::told::Told;
use crate::explain::url;
use crate::gate::{self, CallOutcome, Facts};
use crate::prelude::*;
use crate::probe::Outcome;
use crate::request::{Api, Credentials, Engine, Mode, Redirect, Request};
use crate::{safelist, text, unusable};

/// Something that stops a call, or would once what stops it earlier is mended.
#[derive(Debug, Clone, PartialEq)]
pub struct Mistake {
    /// Its code in the catalogue.
    pub code: &'static str,
    /// The exchange, where the catalogue has both.
    pub phase: Option<Phase>,
    /// The line of the answer that shows it.
    pub quote: String,
    /// What it is about. Not masked.
    pub fields: Named,
    /// With real values, if there is more to say than the catalogue does.
    pub detail: String,
}

/// What a call's exchanges come to.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Judged {
    /// In the order in which the browser meets them.
    pub(crate) mistakes: Vec<Mistake>,
    /// What could not be judged, and why: one sentence each.
    pub(crate) open: Vec<String>,
    /// What was judged need not be what the browser meets.
    pub(crate) is_doubtful: bool,
    /// It lets one origin in, and the page's own is not known.
    pub(crate) is_for_one: bool,
    /// The profile of the call, if its URL is known.
    pub(crate) request: Option<Request>,
    /// The last answer lets the page read it, for all that is in the paste.
    pub(crate) passes: bool,
}

/// The most redirects that the standard follows.
const MOST_HOPS: usize = 20;

/// Judges a call's exchanges.
pub(crate) fn judge(chain: &Chain<'_>, about: &About, is_seen_by_browser: bool) -> Judged {
    let said = Told::of(chain, about);
    let request = about.profile(&said.borrow());
    let mut way = Way::new(about, &said, request.as_ref());
    way.is_seen_by_browser = is_seen_by_browser;
    let is_answered = chain.hops.iter().any(|hop| hop.request.is_some_and(|request| request.reply.is_answer()));
    if let Some(request) = request.as_ref().filter(|_| way.origin.is_some()) {
        way.before(request, is_seen_by_browser && is_answered);
    }
    for (index, hop) in chain.hops.iter().enumerate() {
        way.count = index.min(255) as u8;
        if way.is_over {
            break;
        }
        if index > MOST_HOPS {
            way.stop(hop, hop.request, Why::RedirectCount, false, 0);
            break;
        }
        way.visit(hop);
    }
    let Way { mut judged, .. } = way;
    judged.request = request;
    judged
}

/// A call on its way.
struct Way<'a> {
    about: &'a About,
    judged: Judged,
    /// What the page's origin is; unknown, every origin that is allowed counts as it.
    origin: Option<String>,
    method: String,
    unsafe_headers: Vec<String>,
    credentials: Credentials,
    mode: Mode,
    first: Option<String>,
    at: Option<String>,
    crossed: bool,
    tainted: bool,
    count: u8,
    /// What else was answered is no answer to a browser.
    is_over: bool,
    /// A preflight belongs to it that is not in the paste.
    is_partial: bool,
    is_seen_by_browser: bool,
}

impl<'a> Way<'a> {
    fn new(about: &'a About, said: &Told, request: Option<&Request>) -> Way<'a> {
        let origin = about.origin.clone().or(said.origin.clone());
        let mut unsafe_headers = about.unsafe_headers.clone().or(said.unsafe_headers.clone()).unwrap_or_default();
        unsafe_headers.truncate(MOST_HEADERS);
        Way {
            about,
            judged: Judged::default(),
            method: about
                .method
                .as_deref()
                .or(said.method.as_deref())
                .map_or("GET".to_string(), safelist::normalize_method),
            unsafe_headers,
            credentials: about.credentials.or(said.credentials).unwrap_or_default(),
            mode: about.mode.or(said.mode).unwrap_or_default(),
            first: said.url.clone().or(about.url.clone()),
            at: None,
            // Of a page that is not known, the call is taken for a cross-origin one: of no other would anybody ask.
            crossed: origin.is_none() || request.is_none_or(Request::is_cross_origin),
            origin,
            tainted: false,
            count: 0,
            is_over: false,
            is_partial: false,
            is_seen_by_browser: false,
        }
    }

    /// What is certain before anything is sent: what a browser did send, it did not stop. A Diagnosis has said it.
    fn before(&mut self, request: &Request, is_sent: bool) {
        if self.about.diagnosed.is_some() {
            return;
        }
        let facts = self.facts(request);
        let holds_user = self.about.api == Api::Fetch && self.about.url.as_deref().is_some_and(url::has_credentials);
        let unusable = match holds_user {
            true => Some("The URL has a user name or password.".to_string()),
            false => unusable::reason(&self.method, self.mode, false),
        };
        let certain = match unusable {
            Some(why) => Some(("invalid-request", why)),
            None if is_sent => None,
            None => gate::gate(request, &facts).map(|certain| (certain.code, certain.saw)),
        };
        self.is_over = matches!(certain, Some(("unsupported-scheme" | "invalid-request", _)));
        if let Some((code, detail)) = certain {
            let mut fields = Named::default();
            fields.put("url", self.first.as_deref());
            fields.put("origin", self.origin.as_deref());
            fields.put("method", Some(&self.method));
            let quote = self.first.clone().unwrap_or_default();
            self.judged.mistakes.push(Mistake { code, phase: None, quote, fields, detail });
        }
    }

    fn visit(&mut self, hop: &Hop<'_>) {
        let here = hop.url.clone().or(if self.count == 0 { self.first.clone() } else { None });
        self.step_to(here.as_deref());
        self.judged.passes = false;
        self.judged.open.retain(|sentence| !sentence.starts_with(detail::LEADS_TO));
        let is_cors = self.mode == Mode::Cors && self.crossed;
        let needs_preflight = !self.unsafe_headers.is_empty()
            || !safelist::is_safelisted_method(&self.method)
            || self.about.forces_preflight;
        let before = self.judged.mistakes.len();
        if is_cors {
            match hop.preflight {
                Some(preflight) => self.exchange(hop, preflight, true),
                None if needs_preflight && hop.request.is_some() => {
                    self.is_partial = true;
                    self.judged.open.push(detail::no_preflight(&self.method));
                    let is_bare =
                        |request: &Exchange| request.call.method.is_none() && request.reply.location().is_some();
                    if hop.request.is_some_and(is_bare) {
                        self.doubt(detail::WHICH_REDIRECTS.to_string());
                    }
                }
                None => {}
            }
        }
        let Some(request) = hop.request else {
            return self.judged.open.push(detail::no_response(&self.method));
        };
        let Reply::Answer { status, headers } = &request.reply else { return self.exchange(hop, request, false) };
        if self.mode == Mode::SameOrigin && self.crossed {
            return self.stop(hop, Some(request), Why::SameOriginMode, false, status.unwrap_or(200));
        }
        if is_cors {
            self.exchange(hop, request, false);
        } else if self.mode == Mode::NoCors && self.crossed {
            let policy = value(headers, "cross-origin-resource-policy");
            let crosses_sites = self.request_crosses_sites();
            if policy.as_deref() == Some("same-origin") || (policy.as_deref() == Some("same-site") && crosses_sites) {
                self.stop(hop, Some(request), Why::ResourcePolicy, false, status.unwrap_or(200));
            }
        }
        if let Some(location) = request.reply.location() {
            return self.follow(hop, request, location);
        }
        if self.mode == Mode::NoCors && self.crossed {
            return self.judged.open.push(detail::OPAQUE.to_string());
        }
        let is_told = !self.judged.is_for_one && !self.judged.is_doubtful && !self.is_partial;
        self.judged.passes = self.judged.mistakes.len() == before && is_told;
        if self.judged.passes {
            self.use_answer(hop, *status, headers);
        }
    }

    /// The step to another origin, and what it does to the request's own.
    fn step_to(&mut self, here: Option<&str>) {
        let (before, now) = (self.at.as_deref().and_then(url::origin), here.and_then(url::origin));
        if self.count > 0
            && let (Some(before), Some(now)) = (before, now)
            && before != now
        {
            // "If url's origin is not same origin with lastURL's origin and request's origin is not same origin with lastURL's
            // origin"
            self.tainted |= self.crossed;
            self.crossed = self.crossed || self.origin.as_ref() != Some(&now);
            self.unsafe_headers = text::only(&self.unsafe_headers, &|name| name != "authorization");
        }
        self.at = here.map(str::to_string);
    }

    /// The way on that a browser blocks before it asks.
    fn blocked_on(&mut self, hop: &Hop<'_>, location: &str) {
        let Some(origin) = self.origin.clone().filter(|_| !self.is_seen_by_browser) else { return };
        let target = url::origin(location).unwrap_or_default();
        let request = Request::new(&origin, &target, location);
        let facts = self.facts(&request);
        if let Some(certain) = gate::gate(&request, &facts).filter(|certain| certain.code == "mixed-content") {
            let mut fields = self.fields(hop);
            fields.put("redirected_from", self.at.as_deref());
            let quote = text::concat(&["Location: ", location]);
            let detail =
                text::concat(&["The redirect leads to ", &crate::explain::mask::url(location), ". ", &certain.saw]);
            self.judged.mistakes.push(Mistake { code: certain.code, phase: None, quote, fields, detail });
        }
    }

    fn facts(&self, request: &Request) -> Facts {
        let engine = self.about.engine.unwrap_or(Engine::Other);
        let scheme = request.origin.scheme();
        let page_scheme = if scheme.is_empty() { "http" } else { scheme }.to_string();
        let failed = CallOutcome::Failed(Outcome::Failed);
        Facts { page_scheme, page_host: request.origin.host().to_string(), ..Facts::new(engine, failed) }
    }

    fn lacks(&mut self, what: &str) {
        self.is_partial = true;
        self.judged.open.push(what.to_string());
    }

    fn doubt(&mut self, why: String) {
        self.judged.is_doubtful = true;
        if !self.judged.open.contains(&why) {
            self.judged.open.push(why);
        }
    }

    fn follow(&mut self, hop: &Hop<'_>, request: &Exchange, location: &str) {
        let status = match request.reply {
            Reply::Answer { status: Some(status), .. } => status,
            _ => 0,
        };
        match self.about.redirect {
            Redirect::Error => return self.stop(hop, Some(request), Why::RedirectMode, false, status),
            Redirect::Manual => {
                self.judged.passes = true;
                return;
            }
            Redirect::Follow => {}
        }
        let location = url::resolve(self.at.as_deref().unwrap_or_default(), location);
        let leaves = self.crossed || self.origin != url::origin(&location);
        // Once the response tainting is "cors", and before it to another origin.
        if url::has_credentials(&location) && self.mode == Mode::Cors && leaves {
            self.stop(hop, Some(request), Why::RedirectCredentials, false, status);
        }
        self.blocked_on(hop, &location);
        let becomes_get = match status {
            301 | 302 => self.method == "POST",
            303 => self.method != "GET" && self.method != "HEAD",
            _ => false,
        };
        if becomes_get {
            self.method = "GET".to_string();
            self.unsafe_headers = text::only(&self.unsafe_headers, &|name| {
                !text::is_one_of(name, "content-encoding content-language content-location content-type")
            });
        }
        self.judged.open.push(detail::leads_to(&location));
    }

    /// What passes CORS, an EventSource or an element may still be unable to use.
    fn use_answer(&mut self, hop: &Hop<'_>, status: Option<u16>, headers: &[(String, String)]) {
        let kind = value(headers, "content-type").unwrap_or_default().to_ascii_lowercase();
        let is_error = status.is_some_and(|status| status >= 400);
        let is_usable = match self.about.api {
            // https://html.spec.whatwg.org/multipage/server-sent-events.html#sse-processing-model: "if the response's status is not
            // 200, or if its `Content-Type` is not `text/event-stream`, then fail the connection".
            Api::EventSource => status.is_none_or(|status| status == 200) && kind.starts_with("text/event-stream"),
            // Which element it is, is not told: of these types none is of use to any of them.
            Api::Element => {
                let essence = text::trim(text::until(&kind, ";"), " \t");
                !is_error && !text::is_one_of(essence, "application/json text/html text/plain")
            }
            Api::Fetch | Api::Xhr => true,
        };
        if is_usable {
            return;
        }
        let quote = quoted(headers, "content-type").filter(|_| !is_error).unwrap_or(detail::status_line(status));
        let mut fields = self.fields(hop);
        fields.status(status);
        fields.put("value", Some(&kind));
        self.judged.passes = false;
        self.judged.mistakes.push(Mistake {
            code: "unusable-answer",
            phase: None,
            quote,
            fields,
            detail: String::new(),
        });
    }

    fn stop(&mut self, hop: &Hop<'_>, exchange: Option<&Exchange>, why: Why, in_preflight: bool, status: u16) {
        let mut fields = self.fields(hop);
        let status_of = (status > 0).then_some(status);
        fields.status(status_of);
        let location = exchange.and_then(|exchange| exchange.reply.location());
        let quote = match (&why, location) {
            (Why::RedirectCredentials | Why::RedirectMode | Why::RedirectCount, Some(location)) => {
                text::fill("Location: {}", &[location])
            }
            (Why::Network(failure), _) => detail::failure(*failure).to_string(),
            _ => detail::status_line(status_of),
        };
        self.push(&Stop { why, in_preflight, hops: self.count, status }, quote, fields, String::new());
    }

    fn push(&mut self, stop: &Stop, quote: String, fields: Named, detail: String) {
        let Some((code, phase)) = causes::of(stop) else { return };
        let is_known = |known: &Mistake| {
            known.code == code
                && known.phase == phase
                && known.fields.of("header") == fields.of("header")
                && known.fields.of("url") == fields.of("url")
        };
        if !self.judged.mistakes.iter().any(is_known) {
            self.judged.mistakes.push(Mistake { code, phase, quote, fields, detail });
        }
    }

    fn fields(&self, hop: &Hop<'_>) -> Named {
        let here = hop.url.as_deref().or(self.at.as_deref());
        let mut fields = Named::default();
        fields.put("url", here);
        fields.put("origin", if self.tainted { Some("null") } else { self.origin.as_deref() });
        fields.put("method", Some(&self.method));
        if self.count > 0 && here != self.first.as_deref() {
            fields.put("redirected_from", self.first.as_deref());
        }
        fields
    }
}
