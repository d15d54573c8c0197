//! Headers as developer tools show them (Chromium, Firefox, Safari, Postman), and bare header lines.
//!
//! A block of lines without a heading counts as the headers of an answer only if it has a header of the CORS protocol, or two known
//! ones of which one is no everyday word; so that notes, YAML and code are none.

mod bare;
mod shown;

use crate::explain::call::{Call, Reply};
use crate::explain::transcript::ledger::Ledger;
use crate::explain::transcript::lines::{self, Headers};
use crate::explain::transcript::names;
use crate::explain::transcript::wire;
use crate::prelude::*;
use crate::text;

use bare::{has_response, sides};
use shown::{FIELDS, Field, Section, heading, is_noise, pair, summary};

/// What is open.
#[derive(Default)]
pub(super) struct Panel {
    section: Section,
    url: Option<String>,
    method: Option<String>,
    status: Option<u16>,
    request: Option<Headers>,
    response: Option<Headers>,
    /// Parts of a URL: `:scheme`, `:authority`, `:path`, or the target of a request line.
    scheme: Option<String>,
    authority: Option<String>,
    target: Option<String>,
    /// The section has the first line of a message: a blank line ends it.
    is_raw: bool,
    /// It says "Request URL" or "Request Headers": a request even without an answer.
    is_sure: bool,
    /// Firefox's "Copy All" is JSON: the `"name"` that awaits its `"value"`.
    name: Option<String>,
    /// Header lines without a heading.
    bare: Headers,
    /// How far the line before was indented, or the one that it is nested in; `None` behind a blank line.
    above: Option<usize>,
}

/// The line begins a panel, and is found in no body.
pub(super) fn begins(line: &str, next: &str) -> bool {
    let line = text::trim(line, " \t");
    line.starts_with("Request URL:")
        || matches!(heading(line), Some((Section::Request | Section::Response, true)))
        || summary(line, next).is_some()
}

impl Panel {
    /// Reads a line, and the next where it holds the value; how many it read.
    pub(super) fn line(&mut self, whole: &str, next: &str, ledger: &mut Ledger) -> usize {
        let line = text::trim(whole, " \t");
        if line.is_empty() {
            self.end_bare(ledger);
            if self.is_raw {
                self.section = Section::None;
            }
            self.above = None;
            return 1;
        }
        let (indent, above) = (lines::indent(whole), self.above);
        let is_nested = above.is_some_and(|above| indent > above);
        self.above = Some(indent.min(above.unwrap_or(indent)));
        if self.head(line, ledger) || (self.section != Section::None && is_noise(line)) {
            self.above = None;
            return 1;
        }
        if let Some((method, url, read)) = summary(line, next) {
            self.end(ledger);
            (self.method, self.url) = (Some(method.into()), Some(url.into()));
            self.section = Section::General;
            return read;
        }
        if let Some(read) = self.field(line, next, ledger) {
            return read;
        }
        match self.section {
            Section::Request | Section::Response => {
                if let Some(read) = self.header(line, next) {
                    return read;
                }
                self.section = Section::None;
            }
            Section::Other => return 1,
            // Firefox has no heading above the first header.
            Section::General | Section::None => {}
        }
        let Some((header, read)) = pair(line, next, false).filter(|_| !is_nested) else {
            self.end_bare(ledger);
            return 1;
        };
        self.bare.push(lines::owned(header));
        read
    }

    /// The next line may be the first of a message.
    pub(super) fn awaits_first_line(&self) -> bool {
        let is_empty = |headers: &Option<Headers>| headers.as_ref().is_none_or(Vec::is_empty);
        match self.section {
            Section::Request => is_empty(&self.request),
            Section::Response => is_empty(&self.response),
            _ => false,
        }
    }

    /// Nothing of it follows.
    pub(super) fn end(&mut self, ledger: &mut Ledger) {
        self.end_bare(ledger);
        let panel = core::mem::take(self);
        let evidence =
            panel.response.as_deref().is_some_and(|headers| panel.status.is_some() || has_response(headers, 1));
        let target = panel.target.unwrap_or_default();
        let is_secure = panel.scheme.as_deref() == Some("https");
        let mut url = panel.url.or_else(|| {
            let host = panel.authority.as_deref();
            wire::url(&target, host.or(lines::value(panel.request.as_deref()?, "host")), is_secure)
        });
        let origin = panel.request.as_deref().and_then(lines::origin_by_referrer);
        let is_sure =
            panel.is_sure && (url.is_some() || panel.request.as_ref().is_some_and(|headers| !headers.is_empty()));
        let call = Call { url: url.take(), method: panel.method, headers: panel.request, origin, ..Call::default() };
        match (panel.response, panel.status) {
            (Some(headers), status) if evidence && !headers.is_empty() => {
                let reply = Reply::Answer { status, headers };
                // What a command's output was filtered to has no request of its own.
                match call == Call::default() {
                    true => ledger.printed(None, reply),
                    false => ledger.exchange(call, reply),
                }
            }
            (_, Some(status)) if call.url.is_some() => ledger.exchange(call, Reply::Status(status)),
            _ if is_sure => ledger.calls(call),
            _ => {}
        }
    }

    /// Reads a heading.
    fn head(&mut self, line: &str, ledger: &mut Ledger) -> bool {
        let Some((section, is_full)) = heading(line) else {
            return false;
        };
        // "Request" and "Response" alone are headings below Safari's summary only.
        if !is_full && matches!(section, Section::Request | Section::Response) && self.url.is_none() {
            return false;
        }
        self.end_bare(ledger);
        match section {
            Section::Response if self.response.is_some() => self.end(ledger),
            Section::Request if self.request.is_some() => self.end(ledger),
            Section::General => self.end(ledger),
            _ => {}
        }
        match section {
            Section::Response => self.response = Some(Headers::new()),
            Section::Request => {
                self.request = Some(Headers::new());
                self.is_sure = true;
            }
            _ => {}
        }
        self.section = section;
        (self.is_raw, self.name) = (false, None);
        true
    }

    /// Reads a line of the summary above the headers.
    fn field(&mut self, line: &str, next: &str, ledger: &mut Ledger) -> Option<usize> {
        let (label, field) = *FIELDS.iter().find(|(label, _)| line.starts_with(label))?;
        let rest = line.get(label.len()..)?;
        let is_request = label.starts_with("Request ");
        // Servers send a header of the name "Status", too.
        if !is_request && matches!(self.section, Section::Request | Section::Response) && label != "Status Code" {
            return None;
        }
        let is_open = self.url.is_some() || self.section == Section::General;
        let (value, read) = match rest.strip_prefix(':').map(|value| text::trim(value, " \t")) {
            Some("") => (text::trim(next, " \t"), 2),
            Some(value) => (value, 1),
            // Firefox: "Status" and "200" on lines of their own, "VersionHTTP/2" on one.
            None if !is_open => return None,
            None if rest.is_empty() => (text::trim(next, " \t"), 2),
            None => (text::trim(rest, " "), 1),
        };
        match field {
            Field::Url if lines::url_parts(value).is_some() => {
                self.end(ledger);
                self.url = Some(value.into());
                self.is_sure = is_request;
            }
            Field::Method if text::all(value, crate::fetch::is_token_byte) => self.method = Some(value.into()),
            Field::Status if is_open => {
                let digits = value.get(..3)?;
                let ends = value.as_bytes().get(3).is_none_or(|byte| !byte.is_ascii_digit());
                match text::number(digits).filter(|status| ends && *status >= 100) {
                    Some(status) => self.status = Some(status),
                    // `(failed) net::ERR_FAILED`
                    None => return Some(1),
                }
            }
            Field::Nothing if is_open => {}
            _ => return None,
        }
        if self.section == Section::None || is_request {
            self.section = Section::General;
        }
        Some(read)
    }

    /// Reads a line below the heading of a section.
    fn header(&mut self, line: &str, next: &str) -> Option<usize> {
        if self.awaits_first_line() {
            if let Some((status, _)) = lines::status_line(line) {
                self.status = Some(status);
                self.is_raw = true;
                return Some(1);
            }
            if let Some((method, target, version)) = lines::request_line(line) {
                (self.method, self.target) = (Some(method.into()), Some(target.into()));
                if version.starts_with('2') || version.starts_with('3') {
                    self.scheme = Some("https".into());
                }
                self.is_raw = true;
                return Some(1);
            }
        }
        if let Some(read) = self.json(line) {
            return Some(read);
        }
        if let Some(pseudo) = line.strip_prefix(':') {
            let ((name, value), read) = pair(pseudo, next, true)?;
            let value = Some(value.into());
            match name {
                "status" => self.status = value.as_deref().and_then(text::number),
                "method" => self.method = value,
                "scheme" => self.scheme = value,
                "authority" => self.authority = value,
                "path" => self.target = value,
                _ => {}
            }
            return Some(read);
        }
        let (header, read) = pair(line, next, !self.is_raw)?;
        match self.section {
            Section::Response => self.response.as_mut(),
            _ => self.request.as_mut(),
        }?
        .push(lines::owned(header));
        Some(read)
    }

    /// Firefox's "Copy All": `"name": "vary",` and `"value": "Origin"`.
    fn json(&mut self, line: &str) -> Option<usize> {
        if text::all(line, |byte| text::is_any_of(byte, "{}[],")) || line.starts_with("\"headers\":") {
            return Some(1);
        }
        let quoted = |rest: &str| -> Option<String> {
            let value = text::trim(rest, " ,").strip_prefix('"')?.strip_suffix('"')?;
            Some(text::replace(value, "\\\"", "\""))
        };
        if let Some(rest) = line.strip_prefix("\"name\":") {
            self.name = quoted(rest);
            return Some(1);
        }
        let value = quoted(line.strip_prefix("\"value\":")?)?;
        let headers = match self.section {
            Section::Response => self.response.as_mut(),
            _ => self.request.as_mut(),
        };
        if let (Some(name), Some(headers)) = (self.name.take(), headers) {
            headers.push((name, value));
        }
        Some(1)
    }

    /// Header lines without a heading are over: whose were they?
    fn end_bare(&mut self, ledger: &mut Ledger) {
        if self.bare.is_empty() {
            return;
        }
        let bare = core::mem::take(&mut self.bare);
        // "Note: ..." above them
        let is_header =
            |(name, _): &(String, String)| names::side(name).is_some() || text::any(name, |byte| byte == b'-');
        let begin = bare.iter().position(is_header).unwrap_or(bare.len());
        let (request, response) = sides(bare, begin);
        let is_answer = has_response(&response, 2);
        // In a sentence about them they are followed by words.
        let names = ["host", "origin", "access-control-request-method"];
        let is_word = |name| lines::value(&request, name).is_some_and(|value| !text::any(value, |byte| byte == b' '));
        let is_request = request.len() > 1 && names.into_iter().any(is_word);
        if self.section == Section::General {
            // Firefox: the response's, then the request's.
            if is_answer && self.response.is_none() {
                self.response = Some(response);
            }
            if is_request && self.request.is_none() {
                self.request = Some(request);
            }
            return;
        }
        let call = match is_request {
            true => {
                let origin = lines::origin_by_referrer(&request);
                Call { headers: Some(request), origin, ..Call::default() }
            }
            false => Call::default(),
        };
        match (is_answer, is_request) {
            (true, true) => ledger.exchange(call, Reply::Answer { status: None, headers: response }),
            (true, false) => ledger.printed(None, Reply::Answer { status: None, headers: response }),
            (false, true) => ledger.calls(call),
            (false, false) => {}
        }
    }
}
