//! A Diagnosis as the plain object that JavaScript gets: the shape of the public API.
//!
//! Written down by hand, because one recursive value costs the core a third of what `derive` makes of eight structs.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::advice::{Check, Fix};
use crate::diagnosis::{Diagnosis, HeaderLines, Hint, Observation, Profile, Remaining};

/// What JSON knows.
enum Plain<'a> {
    Text(&'a str),
    Number(u32),
    Truth(bool),
    List(Vec<Plain<'a>>),
    Object(Vec<(&'static str, Plain<'a>)>),
}

use Plain::{List, Number, Object, Text, Truth};

impl Serialize for Diagnosis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        diagnosis(self).serialize(serializer)
    }
}

impl Serialize for Observation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        observation(self).serialize(serializer)
    }
}

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Text(text) => serializer.serialize_str(text),
            Number(number) => serializer.serialize_u32(*number),
            Truth(truth) => serializer.serialize_bool(*truth),
            List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Object(members) => {
                let mut object = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    object.serialize_entry(name, value)?;
                }
                object.end()
            }
        }
    }
}

#[derive(Default)]
struct Members<'a>(Vec<(&'static str, Plain<'a>)>);

impl<'a> Members<'a> {
    #[inline(never)]
    fn put(&mut self, name: &'static str, value: Plain<'a>) {
        self.0.push((name, value));
    }

    #[inline(never)]
    fn text(&mut self, name: &'static str, value: &'a str) {
        self.put(name, Text(value));
    }
}

fn diagnosis(diagnosis: &Diagnosis) -> Plain<'_> {
    let mut object = Members::default();
    object.text("verdict", diagnosis.verdict.name());
    object.put("causes", list(&diagnosis.causes, remaining));
    if let Some(family) = diagnosis.family {
        object.text("family", family);
    }
    object.text("summary", &diagnosis.summary);
    object.put("request", profile(&diagnosis.request));
    object.put("saw", list(&diagnosis.saw, observation));
    object.put("hints", list(&diagnosis.hints, hint));
    object.put("fix", fix(&diagnosis.fix));
    object.put("check", list(&diagnosis.check, check));
    object.text("engine", diagnosis.engine);
    object.put("duration", Number(diagnosis.duration));
    object.text("report", &diagnosis.report);
    object.put("version", Number(diagnosis.version.into()));
    Object(object.0)
}

fn remaining(cause: &Remaining) -> Plain<'_> {
    let mut object = Members::default();
    object.text("code", cause.code);
    if let Some(phase) = cause.phase {
        object.text("phase", phase);
    }
    object.text("title", cause.title);
    if let Some(detail) = &cause.detail {
        object.text("detail", detail);
    }
    object.text("docs", &cause.docs);
    Object(object.0)
}

fn profile(request: &Profile) -> Plain<'_> {
    let mut object = Members::default();
    object.text("url", &request.url);
    object.text("method", &request.method);
    object.text("origin", &request.origin);
    object.text("credentials", request.credentials);
    object.text("mode", request.mode);
    object.put("sent", Truth(request.sent));
    object.put("unsafeHeaders", list(&request.unsafe_headers, |name| Text(name)));
    object.put("preflight", Truth(request.preflight));
    object.put("preflightBecause", list(&request.preflight_because, |reason| Text(reason)));
    Object(object.0)
}

fn observation(observation: &Observation) -> Plain<'_> {
    let mut object = Members::default();
    object.text("id", &observation.id);
    object.text("kind", observation.kind.name());
    object.text("did", &observation.did);
    object.text("saw", &observation.saw);
    object.put("ruledOut", list(&observation.ruled_out, |code| Text(code)));
    if let Some(why) = &observation.skipped {
        object.text("skipped", why);
    }
    if let Some(ms) = observation.ms {
        object.put("ms", Number(ms));
    }
    Object(object.0)
}

fn hint(hint: &Hint) -> Plain<'_> {
    texts(&[("code", hint.code), ("title", hint.title), ("detail", &hint.detail), ("docs", &hint.docs)])
}

fn check(check: &Check) -> Plain<'_> {
    texts(&[("label", check.label), ("shell", check.shell), ("command", &check.command), ("expect", check.expect)])
}

fn fix(fix: &Fix) -> Plain<'_> {
    let mut object = Members::default();
    object.text("where", fix.place);
    object.put("preflight", header_lines(&fix.preflight));
    object.put("response", header_lines(&fix.response));
    object.put("steps", list(&fix.steps, |step| Text(step)));
    // For known servers: none written yet.
    object.put("recipes", List(Vec::new()));
    Object(object.0)
}

fn header_lines(HeaderLines(lines): &HeaderLines) -> Plain<'_> {
    let mut object = Members::default();
    for (name, value) in lines {
        object.text(name, value);
    }
    Object(object.0)
}

fn texts<'a>(members: &[(&'static str, &'a str)]) -> Plain<'a> {
    let mut object = Members::default();
    for (name, value) in members {
        object.text(name, value);
    }
    Object(object.0)
}

fn list<'a, T>(items: &'a [T], plain: fn(&'a T) -> Plain<'a>) -> Plain<'a> {
    let mut list = Vec::new();
    for item in items {
        list.push(plain(item));
    }
    List(list)
}
