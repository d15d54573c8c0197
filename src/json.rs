//! A Diagnosis as JSON: the shape of the public API.
//!
//! Written down by hand: a general serializer would weigh more than all that is written with it.

use crate::advice::{Check, Fix};
use crate::diagnosis::{Diagnosis, HeaderLines, Hint, Observation, Profile, Remaining};
use crate::prelude::*;

/// The whole answer.
pub fn diagnosis(diagnosis: &Diagnosis) -> String {
    let mut object = Object::default();
    object.text("verdict", diagnosis.verdict.name());
    object.put("causes", &list(&diagnosis.causes, remaining));
    object.text_if("family", diagnosis.family);
    object.text("summary", &diagnosis.summary);
    object.put("request", &profile(&diagnosis.request));
    object.put("saw", &list(&diagnosis.saw, observation));
    object.put("hints", &list(&diagnosis.hints, hint));
    object.put("fix", &fix(&diagnosis.fix));
    object.put("check", &list(&diagnosis.check, check));
    object.text("engine", diagnosis.engine);
    object.number("duration", diagnosis.duration);
    object.text("report", &diagnosis.report);
    object.number("version", diagnosis.version.into());
    object.end()
}

/// What was done and seen, also for progress.
pub fn observation(observation: &Observation) -> String {
    let mut object = Object::default();
    object.text("id", &observation.id);
    object.text("kind", observation.kind.name());
    object.text("did", &observation.did);
    object.text("saw", &observation.saw);
    object.put("ruledOut", &texts(&observation.ruled_out));
    object.put("unlikely", &texts(&observation.unlikely));
    object.text_if("skipped", observation.skipped.as_deref());
    if let Some(ms) = observation.ms {
        object.number("ms", ms);
    }
    object.end()
}

pub(crate) fn remaining(cause: &Remaining) -> String {
    let mut object = Object::default();
    object.text("code", cause.code);
    object.text_if("phase", cause.phase);
    object.text("title", cause.title);
    object.text_if("detail", cause.detail.as_deref());
    object.text("docs", &cause.docs);
    object.end()
}

fn profile(request: &Profile) -> String {
    let mut object = Object::default();
    object.text("url", &request.url);
    object.text("method", &request.method);
    object.text("origin", &request.origin);
    object.text("api", request.api);
    object.text("credentials", request.credentials);
    object.text("mode", request.mode);
    object.truth("sent", request.sent);
    object.text_if("calledAt", request.called_at.as_deref());
    object.put("unsafeHeaders", &texts(&request.unsafe_headers));
    object.truth("preflight", request.preflight);
    object.put("preflightBecause", &texts(&request.preflight_because));
    object.end()
}

pub(crate) fn hint(hint: &Hint) -> String {
    let mut object = Object::default();
    object.text("code", hint.code);
    object.text("title", hint.title);
    object.text("detail", &hint.detail);
    object.text("docs", &hint.docs);
    object.end()
}

pub(crate) fn check(check: &Check) -> String {
    let mut object = Object::default();
    object.text("label", check.label);
    object.text("shell", check.shell);
    object.text("command", &check.command);
    object.text("expect", check.expect);
    if check.is_for_later {
        object.text("when", "fixed");
    }
    object.end()
}

pub(crate) fn fix(fix: &Fix) -> String {
    let mut object = Object::default();
    object.text("where", fix.place);
    object.put("preflight", &header_lines(&fix.preflight));
    object.put("response", &header_lines(&fix.response));
    object.put("steps", &texts(&fix.steps));
    object.put("notes", &texts(&fix.notes));
    // Written by a module of their own.
    object.put("recipes", "[]");
    object.end()
}

fn header_lines(HeaderLines(lines): &HeaderLines) -> String {
    let mut object = Object::default();
    for (name, value) in lines {
        object.text(name, value);
    }
    object.end()
}

/// An object, member by member.
#[derive(Default)]
pub struct Object(String);

impl Object {
    /// A member that is JSON already.
    #[inline(never)]
    pub fn put(&mut self, name: &str, json: &str) {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        quote(&mut self.0, name);
        self.0.push(':');
        self.0.push_str(json);
    }

    /// A text.
    #[inline(never)]
    pub fn text(&mut self, name: &str, value: &str) {
        let mut json = String::new();
        quote(&mut json, value);
        self.put(name, &json);
    }

    /// A text, if there is one.
    pub fn text_if(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    /// A number.
    pub fn number(&mut self, name: &str, value: u32) {
        let mut json = String::new();
        push_number(&mut json, value);
        self.put(name, &json);
    }

    /// `true` or `false`
    pub fn truth(&mut self, name: &str, value: bool) {
        self.put(name, if value { "true" } else { "false" });
    }

    /// The whole.
    #[inline(never)]
    pub fn end(mut self) -> String {
        if self.0.is_empty() {
            self.0.push('{');
        }
        self.0.push('}');
        self.0
    }
}

/// A list, each item written so.
pub fn list<T>(items: &[T], json: fn(&T) -> String) -> String {
    let mut list = "[".to_string();
    for item in items {
        push_item(&mut list, &json(item));
    }
    list.push(']');
    list
}

/// A list of texts.
pub fn texts<T: AsRef<str>>(texts: &[T]) -> String {
    let mut list = "[".to_string();
    for text in texts {
        let mut json = String::new();
        quote(&mut json, text.as_ref());
        push_item(&mut list, &json);
    }
    list.push(']');
    list
}

#[inline(never)]
fn push_item(list: &mut String, json: &str) {
    if list.len() > 1 {
        list.push(',');
    }
    list.push_str(json);
}

#[inline(never)]
fn quote(json: &mut String, text: &str) {
    json.push('"');
    let mut begin = 0;
    for (index, byte) in text.bytes().enumerate() {
        if byte < b' ' || byte == b'"' || byte == b'\\' {
            json.push_str(text.get(begin..index).unwrap_or_default());
            json.push_str("\\u00");
            json.push_str(hex_digit(byte >> 4));
            json.push_str(hex_digit(byte & 15));
            begin = index + 1;
        }
    }
    json.push_str(text.get(begin..).unwrap_or_default());
    json.push('"');
}

fn hex_digit(value: u8) -> &'static str {
    let at = usize::from(value);
    "0123456789abcdef".get(at..=at).unwrap_or_default()
}

pub(crate) fn push_number(json: &mut String, number: u32) {
    if number > 9 {
        push_number(json, number / 10);
    }
    json.push(char::from(b'0' + (number % 10) as u8));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_text_holds_it_is_json() {
        let mut object = Object::default();
        object.text("said", "\"…\\\n\t\u{1f}/");
        object.text_if("family", None);
        object.number("none", 0);
        object.number("most", u32::MAX);
        object.truth("sent", true);
        object.put("list", &texts(&["a", "b"]));
        object.put("empty", &list(&[], hint));
        object.put("object", &Object::default().end());
        assert_eq!(
            object.end(),
            r#"{"said":"\u0022…\u005c\u000a\u0009\u001f/","none":0,"most":4294967295,"sent":true,"list":["a","b"],"empty":[],"object":{}}"#
        );
    }
}
