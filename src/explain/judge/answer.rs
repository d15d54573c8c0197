//! One answer of the way, under the CORS protocol.

use super::Way;
use crate::browser::{Stop, Why};
use crate::explain::call::{Exchange, Reply};
use crate::explain::chain::Hop;
use crate::explain::detail;
use crate::explain::refusals::{is_origin, quoted, refusals, value};
use crate::explain::unlike::{Asked, unlike};
use crate::explain::url;
use crate::fetch::{Refusal, Sent};
use crate::prelude::*;
use crate::request::{Credentials, Engine, Request};
use crate::text;

impl Way<'_> {
    /// One answer, or none, under the CORS protocol.
    pub(super) fn exchange(&mut self, hop: &Hop<'_>, exchange: &Exchange, in_preflight: bool) {
        let (status, headers) = match &exchange.reply {
            Reply::Answer { status: Some(304), .. } => return self.lacks(detail::NOT_MODIFIED),
            Reply::Answer { status, headers } => (*status, headers),
            Reply::Fails(Some(failure)) => {
                return self.stop(hop, Some(exchange), Why::Network(*failure), in_preflight, 0);
            }
            Reply::TooManyRedirects => return self.stop(hop, Some(exchange), Why::RedirectCount, false, 0),
            Reply::Status(301 | 302 | 303 | 307 | 308) if in_preflight => {
                return self.stop(hop, Some(exchange), Why::Refused(Refusal::PreflightRedirect), true, 0);
            }
            Reply::Status(status) if in_preflight && !(200..300).contains(status) => {
                return self.stop(hop, Some(exchange), Why::Refused(Refusal::PreflightStatus(*status)), true, *status);
            }
            Reply::Status(_) => return self.lacks(detail::NO_HEADERS),
            // What stopped it before is why.
            Reply::Fails(None) => {
                if self.judged.mistakes.is_empty() {
                    self.judged.open.push(detail::NO_ANSWER.to_string());
                }
                return;
            }
        };
        let expected = match (self.tainted, &self.origin) {
            (true, _) => Some("null".to_string()),
            (_, origin) => origin.clone(),
        };
        let allowed = value(headers, "access-control-allow-origin");
        let asked_from = exchange.call.header("origin");
        self.compare(exchange, in_preflight);
        let origin = match (&expected, asked_from) {
            // What would be said to another origin than the one that was asked for is not known, unless it is said to every one.
            (Some(expected), Some(asked)) if asked != expected && allowed.as_deref() != Some("*") => {
                if allowed.as_deref() != Some(expected.as_str()) {
                    self.doubt(detail::other_origin(asked, expected));
                }
                if allowed.as_deref() == Some(asked) { asked.to_string() } else { expected.clone() }
            }
            (Some(expected), _) => expected.clone(),
            (None, _) => match &allowed {
                Some(only) if is_origin(only) => {
                    self.judged.is_for_one = true;
                    self.judged.open.push(detail::allows_only(only));
                    only.to_string()
                }
                _ => detail::UNKNOWN_PAGE.to_string(),
            },
        };
        if allowed.is_none()
            && exchange.call.headers.is_some()
            && asked_from.is_none()
            && expected.as_deref() != Some("null")
        {
            self.doubt(detail::ASKED_WITHOUT_ORIGIN.to_string());
        }
        if allowed.is_none() && exchange.call.headers.is_none() && !self.is_seen_by_browser {
            self.judged.open.push(detail::PERHAPS_WITHOUT_ORIGIN.to_string());
        }
        let unsafe_headers = self.unsafe_headers.clone();
        let method = self.method.clone();
        let sent = Sent {
            origin: &origin,
            method: &method,
            unsafe_headers: &unsafe_headers,
            credentials: self.credentials,
            use_preflight: self.about.forces_preflight,
            wildcard_covers_authorization: matches!(self.about.engine, Some(Engine::Chromium | Engine::WebKit)),
        };
        for refusal in refusals(&sent, status.unwrap_or(200), headers, in_preflight) {
            self.refused(hop, exchange, &sent, refusal, in_preflight);
        }
    }

    /// An answer to another request than the browser's is no answer to that.
    fn compare(&mut self, exchange: &Exchange, in_preflight: bool) {
        if self.is_seen_by_browser {
            return;
        }
        if let Some(origin) = exchange.call.header("origin").filter(|origin| !is_origin(origin)) {
            self.doubt(detail::no_such_origin(origin));
        }
        let asked = Asked {
            method: &self.method,
            headers: &self.unsafe_headers,
            is_credentialed: self.credentials == Credentials::Include,
            is_known: self.about.unsafe_headers.is_some() || self.about.credentials.is_some(),
        };
        if let Some(why) = unlike(&asked, exchange, in_preflight) {
            self.doubt(text::concat(&[&why, " A server may answer the two differently."]));
        }
    }

    pub(super) fn request_crosses_sites(&self) -> bool {
        let target = self.at.as_deref().and_then(url::origin).unwrap_or_default();
        let page = self.origin.as_deref().unwrap_or("null");
        !crate::hints::is_same_site(&Request::new(page, &target, ""))
    }

    fn refused(&mut self, hop: &Hop<'_>, exchange: &Exchange, sent: &Sent<'_>, refusal: Refusal, in_preflight: bool) {
        let Reply::Answer { status, headers } = &exchange.reply else { return };
        let mut fields = self.fields(hop);
        fields.status(*status);
        let mut quote = detail::status_line(*status);
        let mut refused = None;
        if let Some(name) = detail::header_of(&refusal) {
            refused = value(headers, name);
            fields.put("value", refused.as_deref());
            quote = quoted(headers, name).unwrap_or(quote);
        }
        let location = exchange.reply.location().map(|to| url::resolve(self.at.as_deref().unwrap_or_default(), to));
        let detail = detail::of(&refusal, sent, *status, refused.as_deref(), location.as_deref(), in_preflight);
        if let Refusal::HeaderNotAllowed(index) = refusal {
            fields.put("header", sent.unsafe_headers.get(index).map(String::as_str));
        }
        let is_missing = refusal == Refusal::AllowOriginMissing;
        let stop = Stop { why: Why::Refused(refusal), in_preflight, hops: self.count, status: status.unwrap_or(200) };
        self.push(&stop, quote.clone(), fields.clone(), detail);
        // Header lines without a status may be those of an error page.
        if status.is_none() && is_missing && !in_preflight {
            self.doubt(detail::NO_STATUS.to_string());
            self.push(&Stop { status: 500, ..stop }, quote, fields, String::new());
        }
    }
}
