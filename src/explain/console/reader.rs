//! Takes a text's sentences one after the other, and keeps what they have to do with each other.

use super::glyphs::ends_in_quote;
use super::glyphs::{Page, clean};
use super::join::{Answer, Found, Kind};
use super::template::{Capture, LONGEST, looks_like_url, trim_end};
use super::{Fields, MOST, Means, Said, firefox, join, legacy, network, policy};
use crate::causes::Phase;
use crate::prelude::*;
use crate::text;

/// Between the begin of a message and its reason stand at most so many bytes that are no part of either.
const NEAR: usize = 160;

/// The begin of a message: its reason has not come yet.
#[derive(Clone, Default)]
pub(super) struct Head {
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) fields: Fields,
    pub(super) is_redirect: bool,
    pub(super) is_firefox: bool,
    pub(super) is_preflight: bool,
}

/// What was read so far.
pub(super) struct Reader<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) head: Option<Head>,
    /// Where the last URL stood.
    pub(super) url: Option<(usize, usize)>,
    /// A parenthesis that may be Firefox's reason comes once after a URL.
    pub(super) may_open: bool,
    /// What is said next is a reason of Firefox.
    pub(super) is_reason: bool,
    /// How many reasons of Firefox were tried.
    pub(super) reasons: u16,
    /// The URL of Internet Explorer's numbered messages.
    pub(super) numbered: Option<String>,
    found: Vec<Found>,
    answers: Vec<Answer>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(page: &'a Page<'a>) -> Reader<'a> {
        Reader {
            page,
            head: None,
            url: None,
            may_open: false,
            is_reason: false,
            reasons: 0,
            numbered: None,
            found: Vec::new(),
            answers: Vec::new(),
        }
    }

    /// Takes a sentence; where to read on, or `None` if it means nothing here.
    pub(super) fn take(&mut self, means: &Means, captures: &[Capture], at: usize, end: usize) -> Option<usize> {
        let fields = self.fields(captures);
        match means {
            Means::Head => self.begin(Head { at, end, fields, ..Head::default() }),
            Means::RedirectHead => self.begin(Head { at, end, fields, is_redirect: true, ..Head::default() }),
            Means::FirefoxHead => self.begin(Head { at, end, fields, is_firefox: true, ..Head::default() }),
            Means::Preflight => self.begin(Head { at, end, is_preflight: true, ..Head::default() }),
            Means::Says(causes) => self.say(Kind::Causes(causes, None), fields, at, end),
            Means::Blocked(causes) if policy::is_blocked(self.page, at, end) => {
                self.say(Kind::Causes(causes, None), fields, at, end)
            }
            Means::Blocked(_) => {}
            // A worker's own fetch that failed is a fault of the fetch: it is told elsewhere.
            Means::Worker(causes) => {
                let why = self.page.after(end, 120);
                let is_fetch = ["NetworkError when", "Load failed", "Failed to fetch"];
                let is_fetch = is_fetch.iter().any(|part| text::contains(why, part));
                self.say(Kind::Causes(if is_fetch { &[] } else { causes }, None), fields, at, end);
            }
            Means::Code(causes) => {
                let name = self.page.slice(at, end);
                if name.bytes().any(|byte| byte.is_ascii_lowercase()) {
                    return None;
                }
                let fields = Fields { net_error: Some(name.to_string()), ..Fields::default() };
                self.say(Kind::Causes(causes, None), fields, at, end);
            }
            Means::OfUrl(causes) => {
                let url = self.url.filter(|(_, end)| at >= *end && at - end < 60);
                let url = url.map(|(begin, end)| clean(self.page.slice(begin, end)));
                self.say(Kind::Causes(causes, None), Fields { url, ..Fields::default() }, at, end);
            }
            Means::HeaderBefore => {
                let line = text::trim(self.page.before(at, 80), " '\"`*");
                let name = text::split(line, " \n\t'\"`(>").pop().filter(|name| is_header(name))?;
                let fields = Fields { header: Some(name.to_string()), ..Fields::default() };
                self.say(Kind::Causes(&["header-not-allowed"], None), fields, at, end);
            }
            Means::MayNotLoad => {
                let url = fields.url.as_deref().unwrap_or_default();
                let is_http = url.starts_with("http:") || url.starts_with("https:");
                let causes: &[&str] = if is_http { &["same-origin-mode"] } else { &["unsupported-scheme"] };
                self.say(Kind::Causes(causes, None), fields, at, end);
            }
            Means::Response(causes) => self.say(Kind::Causes(causes, Some(Phase::Response)), fields, at, end),
            Means::Missing => self.say(Kind::Missing(Some(Phase::Response)), fields, at, end),
            Means::MissingAfterHead if self.near_head(at).is_none() => return None,
            Means::MissingCutOff => {
                let rest = text::trim(text::until(self.page.after(end, 40), "\n\r"), " '\"`.…*");
                if self.near_head(at).is_none() || !"-control-allow-origin".starts_with(rest) {
                    return None;
                }
                self.say(Kind::Missing(Some(Phase::Response)), fields, at, end);
            }
            Means::MissingAfterHead => self.say(Kind::Missing(Some(Phase::Response)), fields, at, end),
            Means::OtherValue => self.say(Kind::OtherValue(Some(Phase::Response)), fields, at, end),
            Means::NotAllowed => self.say(Kind::NotAllowed, fields, at, end),
            Means::PreflightFailed => self.say(Kind::PreflightFailed, fields, at, end),
            Means::FirefoxReason => return firefox::reason(self, at, end),
            Means::FirefoxPolicy => return policy::read(self, at, end),
            Means::Tail => self.add(fields, at, end),
            Means::Status => self.answer(fields, at, end),
            Means::StatusBefore => {
                let before = self.page.before(at, 4).strip_suffix(" ")?;
                let is_alone = !self.page.before(at, 5).starts_with(|c: char| c.is_ascii_digit() || c == '.');
                let status = text::number(before).filter(|status| is_alone && *status >= 400)?;
                self.keep(Some(status), "", None, None);
            }
            Means::NetError => self.net_error(fields, at, end),
            Means::CorsError => {
                let (causes, is_preflight) = network::cors_error(fields.net_error.as_deref()?)?;
                let phase = if is_preflight { Phase::Preflight } else { Phase::Response };
                self.say(Kind::Causes(causes, Some(phase)), Fields::default(), at, end);
            }
            Means::Numbered => return legacy::message(self, at, end),
            Means::WinInet => {
                let code = text::split_once(self.page.before(end, 2), "0x").map(|_| self.page.after(end, 10));
                let code = code.or_else(|| text::split_once(self.page.after(end, 80), "0x").map(|(_, code)| code))?;
                let digits = code.bytes().take_while(u8::is_ascii_hexdigit).count();
                let causes = legacy::wininet(&code.get(..digits)?.to_ascii_lowercase())?;
                let fields = Fields { url: self.numbered.clone(), ..Fields::default() };
                self.say(Kind::Causes(causes, None), fields, at, end);
            }
        }
        Some(end)
    }

    /// A URL stands around this `://`; where it ends.
    pub(super) fn see_url(&mut self, at: usize) -> usize {
        let length = self
            .page
            .before(at, 20)
            .bytes()
            .rev()
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
            .count();
        let end = self.page.token_end(at);
        // Firefox's list of requests, copied: `XHRPOSThttps://api.example/`.
        let scheme =
            ["https", "http"].iter().find(|known| length > known.len() && self.page.before(at, 5).ends_with(**known));
        let scheme = scheme.map_or(length, |known| known.len());
        let begin = at - scheme;
        let is_quoted = self.page.skip(end).1 && ends_in_quote(self.page.before(begin, 8));
        let is_whole = is_quoted || end - begin > LONGEST;
        let trimmed = if is_whole { end } else { begin + trim_end(self.page.slice(begin, end)).len() };
        self.url = Some((begin, trimmed));
        self.may_open = true;
        // `POST https://api.example/ 500 (Internal Server Error)`
        let rest = self.page.after(trimmed, 8);
        if let Some(method) = self.method_before(begin) {
            let is_status = rest.starts_with(" ") && rest.get(4..6) == Some(" (");
            let status = text::number(rest.get(1..4).unwrap_or_default()).filter(|_| is_status);
            self.keep(status, self.page.slice(begin, trimmed), Some(method), None);
        }
        end.max(at + 3)
    }

    /// A parenthesis opens; where it ends, if it was a reason of Firefox.
    pub(super) fn see_parenthesis(&mut self, at: usize) -> Option<usize> {
        firefox::parenthesis(self, at)
    }

    /// Everything, joined.
    pub(super) fn finish(self) -> Vec<Said> {
        join::finish(self.page, self.found, &self.answers)
    }

    /// Something is said; it may be the reason of a message that began before.
    pub(super) fn say(&mut self, kind: Kind, fields: Fields, at: usize, end: usize) {
        let head = self.near_head(at).cloned().unwrap_or(Head { at, ..Head::default() });
        if self.found.len() < MOST {
            let mut fields = fields;
            fill(&mut fields, &head.fields);
            let kind = if head.is_preflight { kind.of_preflight() } else { kind };
            let (at, is_redirect, is_firefox) = (head.at, head.is_redirect, self.is_reason);
            self.found.push(Found { kind, fields, at, end, is_redirect, is_firefox, echoes: 0 });
        }
        self.head = None;
        self.is_reason = false;
    }

    /// The head that a sentence here goes on with.
    pub(super) fn near_head(&self, at: usize) -> Option<&Head> {
        self.head.as_ref().filter(|head| at >= head.end && at - head.end < NEAR)
    }

    /// A message begins, or goes on to its reason.
    fn begin(&mut self, new: Head) {
        let mut new = new;
        if let Some(old) = self.near_head(new.at).cloned() {
            fill(&mut new.fields, &old.fields);
            // Of two URLs the later one is another message's.
            if new.fields.url == old.fields.url || old.fields.url.is_none() {
                new.at = old.at;
            }
            new.is_redirect |= old.is_redirect;
            new.is_firefox |= old.is_firefox;
            new.is_preflight |= old.is_preflight;
        }
        if let Some(url) = &new.fields.url {
            let length = url.len();
            self.url = Some((new.end.saturating_sub(length), new.end));
            self.may_open = true;
        }
        self.head = Some(new);
    }

    /// What a sentence adds to the one before it.
    fn add(&mut self, fields: Fields, at: usize, end: usize) {
        let near = if fields.status.is_some() { 100 } else { 400 };
        let Some(last) = self.found.last_mut().filter(|last| at >= last.end && at - last.end < near) else {
            if fields.url.is_some() {
                self.begin(Head { at, end, fields, ..Head::default() });
            }
            return;
        };
        let is_url = fields.url.is_some();
        fill(&mut last.fields, &fields);
        if !is_url {
            last.end = end;
        }
    }

    /// The status of an answer, and the URL or name that stands with it.
    fn answer(&mut self, fields: Fields, at: usize, end: usize) {
        let near = self.url.filter(|(_, end)| at >= *end && at - end < 12);
        if let Some((begin, end)) = near {
            self.keep(fields.status, self.page.slice(begin, end), self.method_before(begin), None);
            return;
        }
        let line = text::until(self.page.after(end, 300), "\n");
        let name = self.resource_before(at).unwrap_or_else(|| resource_in(line));
        self.keep(fields.status, name, None, None);
    }

    fn keep(&mut self, status: Option<u16>, url: &str, method: Option<&str>, net_error: Option<&str>) {
        if self.answers.len() < MOST {
            let is_preflight = method == Some("OPTIONS");
            // The `1.` of a list is no name.
            let url = if text::any(url, |byte| byte.is_ascii_alphabetic()) { clean(url) } else { String::new() };
            let method = method.filter(|_| !is_preflight).map(str::to_string);
            let net_error = net_error.map(|name| text::concat(&["ERR_", name]));
            self.answers.push(Answer { status, url, method, net_error, is_preflight });
        }
    }

    fn net_error(&mut self, fields: Fields, at: usize, end: usize) {
        let error = fields.net_error.unwrap_or_default();
        let error = text::trim(&error, "._");
        let name = error.strip_prefix("ERR_").unwrap_or(error);
        let near = self.url.filter(|(_, end)| at >= *end && at - end < 6);
        let url = near.map(|(begin, end)| self.page.slice(begin, end)).or_else(|| self.resource_before(at));
        let method = self.method_before(near.map_or(at, |(begin, _)| begin));
        // `net::ERR_FAILED 500 (Internal Server Error)`
        let rest = text::trim(self.page.after(end, 12), " (");
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let status = rest.get(..digits).filter(|_| digits == 3).and_then(text::number).filter(|status| *status >= 100);
        let Some(causes) = network::net_error(name) else {
            let is_written = text::is_one_of(name, "FAILED ABORTED");
            return self.keep(status, url.unwrap_or_default(), method, Some(name).filter(|_| is_written));
        };
        let fields = Fields {
            url: fields.url.or(url.filter(|url| looks_like_url(url)).map(clean)),
            method: method.map(str::to_string),
            net_error: Some(text::concat(&["ERR_", name])),
            status,
            ..Fields::default()
        };
        // The begin of a message has nothing to do with it.
        self.head = None;
        let begin = near.map_or(at, |(begin, _)| begin - method.map_or(0, |method| method.len() + 1).min(begin));
        self.say(Kind::Causes(causes, None), fields, begin, end);
    }

    /// `POST` of `POST https://api.example/`.
    fn method_before(&self, at: usize) -> Option<&'a str> {
        let before = self.page.before(at, 12).trim_ascii_end();
        let length = before.bytes().rev().take_while(u8::is_ascii_uppercase).count();
        let word = before.get(before.len() - length..)?;
        // Firefox: `XHROPTIONS`.
        let word = word.strip_prefix("XHR").unwrap_or(word);
        text::is_one_of(word, "GET POST PUT PATCH DELETE HEAD OPTIONS").then_some(word)
    }

    /// `api.example/data` of `api.example/data:1 Failed to load resource:`
    fn resource_before(&self, at: usize) -> Option<&'a str> {
        let before = self.page.before(at, 400).trim_ascii_end();
        let before = before.strip_suffix("Failed to load resource:")?;
        let own = text::rsplit_once(before, b'\n').map_or(before, |(_, line)| line).trim_ascii();
        let line = text::rsplit_once(before.trim_ascii_end(), b'\n').map_or(before, |(_, line)| line).trim_ascii_end();
        let name = text::rsplit_once(line, b' ').map_or(line, |(_, name)| name);
        let (name, is_numbered) = match text::rsplit_once(name, b':') {
            Some((name, line)) if text::number(line).is_some() => (name, true),
            _ => (name, false),
        };
        // On the line before, only what is surely one.
        let is_name =
            !name.is_empty() && !name.ends_with("]") && !name.ends_with(":") && (is_numbered || !own.is_empty());
        is_name.then_some(name)
    }

    fn fields(&self, captures: &[Capture]) -> Fields {
        let mut fields = Fields::default();
        for capture in captures {
            let value = clean(self.page.slice(capture.begin, capture.end));
            let field = match capture.field {
                b'i' if value.is_empty() => continue,
                b'u' | b'U' | b'i' => &mut fields.url,
                b'o' => &mut fields.origin,
                b'r' => &mut fields.redirected_from,
                b'm' => &mut fields.method,
                b'h' => &mut fields.header,
                b'v' => &mut fields.value,
                b'a' => &mut fields.address_space,
                b'e' => &mut fields.net_error,
                b's' => {
                    fields.status = text::number(&value);
                    continue;
                }
                _ => continue,
            };
            *field = Some(value);
        }
        fields
    }
}

/// Takes over what is not known.
pub(super) fn fill(fields: &mut Fields, from: &Fields) {
    let pairs = [
        (&mut fields.url, &from.url),
        (&mut fields.origin, &from.origin),
        (&mut fields.method, &from.method),
        (&mut fields.header, &from.header),
        (&mut fields.value, &from.value),
        (&mut fields.net_error, &from.net_error),
        (&mut fields.redirected_from, &from.redirected_from),
        (&mut fields.address_space, &from.address_space),
    ];
    for (field, known) in pairs {
        if field.is_none() {
            field.clone_from(known);
        }
    }
    fields.status = fields.status.or(from.status);
}

/// `https://api.example/data` of ` (Not Found) https://api.example/data`, `data` of ` (Not Found) (data, line 0)`.
fn resource_in(line: &str) -> &str {
    if let Some((before, _)) = text::split_once(line, ", line ")
        && let Some((_, name)) = text::rsplit_once(before, b'(')
    {
        return name;
    }
    text::split(line, " \t()").into_iter().find(|word| text::contains(word, "://")).unwrap_or_default()
}

/// It looks like the name of a header, and not like a word of a sentence.
fn is_header(name: &str) -> bool {
    let is_token = name.len() > 2 && text::all(name, |byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_token
        && (text::contains(name, "-") || text::is_one_of(name, "Authorization authorization Accept accept Range range"))
}
