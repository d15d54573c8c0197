//! Takes a text's sentences one after the other, and keeps what they have to do with each other.

use super::glyphs::ends_in_quote;
use super::glyphs::{Page, clean};
use super::join::{Answer, Found, Kind};
use super::template::{Capture, LONGEST, trim_end};
use super::{Fields, MOST, Means, Said, firefox, join, legacy, network, policy, webkit};
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
    pub(super) answers: Vec<Answer>,
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
            Means::OfUrl(causes) => self.say_of_url(Kind::Causes(causes, None), at, end),
            Means::MissingOfUrl => self.say_of_url(Kind::MissingInFirefox, at, end),
            Means::HeaderBefore => {
                let line = text::trim(self.page.before(at, 80), " '\"`*");
                let name = text::split(line, " \n\t'\"`(>*").pop().filter(|name| is_header(name))?;
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
            Means::AfterHead(_) if self.near_head(at).is_none() => return None,
            Means::AfterHead(causes) => self.say(Kind::Causes(causes, Some(Phase::Response)), fields, at, end),
            Means::Missing => self.say(Kind::Missing(Some(Phase::Response)), fields, at, end),
            Means::MissingAfterHead if self.near_head(at).is_none() => return None,
            Means::MissingCutOff => {
                let rest = text::trim(text::until(self.page.after(end, 40), "\n\r"), " '\"`.…*");
                if self.near_head(at).is_none() || !is_begun(rest, "-control-allow-origin") {
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
            Means::StatusBefore => self.status_before(at)?,
            Means::NetError => self.net_error(fields, at, end),
            Means::CorsError => {
                let (causes, is_preflight) = network::cors_error(fields.net_error.as_deref()?)?;
                let phase = if is_preflight { Phase::Preflight } else { Phase::Response };
                self.say(Kind::Causes(causes, Some(phase)), Fields::default(), at, end);
            }
            Means::SystemReason => {
                let sentence = text::until(self.page.after(end, 160), "\n(");
                let causes = webkit::system_reason(sentence)?;
                let end = end + sentence.trim_ascii_end().len();
                self.say(Kind::Causes(causes, None), Fields::default(), at, end);
                return Some(end);
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
        self.see_request(begin, trimmed);
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

    /// The same, of the URL that stands just before.
    fn say_of_url(&mut self, kind: Kind, at: usize, end: usize) {
        let url = self.url.filter(|(_, end)| at >= *end && at - end < 80);
        let url = url.map(|(begin, end)| clean(self.page.slice(begin, end)));
        self.say(kind, Fields { url, ..Fields::default() }, at, end);
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

/// A text begins so, and is cut off.
fn is_begun(cut: &str, whole: &str) -> bool {
    whole.get(..cut.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(cut))
}

/// It looks like the name of a header, and not like a word of a sentence.
fn is_header(name: &str) -> bool {
    let is_token = name.len() > 2 && text::all(name, |byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_token
        && (text::contains(name, "-") || text::is_one_of(name, "Authorization authorization Accept accept Range range"))
}
