//! What the lists of requests in a console and beside it say: method, URL, status, the name of an error. None of it is a reason.

use super::glyphs::clean;
use super::join::{Answer, Kind};
use super::reader::Reader;
use super::template::looks_like_url;
use super::{Fields, MOST, network};
use crate::prelude::*;
use crate::text;

impl<'a> Reader<'a> {
    /// A URL stands here, behind a method or not.
    pub(super) fn see_request(&mut self, begin: usize, end: usize) {
        // `POST https://api.example/ 500 (Internal Server Error)`
        let rest = self.page.after(end, 8);
        if let Some(method) = self.method_before(begin) {
            let next = rest.get(4..).unwrap_or_default();
            let ends = next.is_empty() || [" (", "\n", "`"].iter().any(|mark| next.starts_with(mark));
            let is_status = rest.starts_with(" ") && ends;
            let status = text::number(rest.get(1..4).unwrap_or_default()).filter(|_| is_status);
            self.keep(status, self.page.slice(begin, end), Some(method), None);
        }
    }

    /// `500` of `500 Internal Server Error`, without a URL; `None` if no such number stands there.
    pub(super) fn status_before(&mut self, at: usize) -> Option<()> {
        let before = self.page.before(at, 8).trim_ascii_end();
        let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
        let status = before.get(before.len() - digits..).filter(|_| digits == 3).and_then(text::number);
        let status = status.filter(|status| *status >= 400)?;
        self.keep(Some(status), "", None, None);
        Some(())
    }

    /// The status of an answer, and the URL or name that stands with it.
    pub(super) fn answer(&mut self, fields: Fields, at: usize, end: usize) {
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

    pub(super) fn net_error(&mut self, fields: Fields, at: usize, end: usize) {
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
