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

fn diagnosis(diagnosis: &Diagnosis) -> Plain<'_> {
    let mut object = Vec::new();
    let mut put = |name, value| object.push((name, value));
    put("verdict", Text(diagnosis.verdict.name()));
    put("causes", list(&diagnosis.causes, remaining));
    if let Some(family) = diagnosis.family {
        put("family", Text(family));
    }
    put("summary", Text(&diagnosis.summary));
    put("request", profile(&diagnosis.request));
    put("saw", list(&diagnosis.saw, observation));
    put("hints", list(&diagnosis.hints, hint));
    put("fix", fix(&diagnosis.fix));
    put("check", list(&diagnosis.check, check));
    put("engine", Text(diagnosis.engine));
    put("duration", Number(diagnosis.duration));
    put("report", Text(&diagnosis.report));
    put("version", Number(diagnosis.version.into()));
    Object(object)
}

fn remaining(cause: &Remaining) -> Plain<'_> {
    let mut object = Vec::new();
    let mut put = |name, value| object.push((name, Text(value)));
    put("code", cause.code);
    if let Some(phase) = cause.phase {
        put("phase", phase);
    }
    put("title", cause.title);
    if let Some(detail) = &cause.detail {
        put("detail", detail);
    }
    put("docs", &cause.docs);
    Object(object)
}

fn profile(request: &Profile) -> Plain<'_> {
    let mut object = Vec::new();
    let mut put = |name, value| object.push((name, value));
    put("url", Text(&request.url));
    put("method", Text(&request.method));
    put("origin", Text(&request.origin));
    put("credentials", Text(request.credentials));
    put("mode", Text(request.mode));
    put("sent", Truth(request.sent));
    put("unsafeHeaders", list(&request.unsafe_headers, |name| Text(name)));
    put("preflight", Truth(request.preflight));
    put("preflightBecause", list(&request.preflight_because, |reason| Text(reason)));
    Object(object)
}

fn observation(observation: &Observation) -> Plain<'_> {
    let mut object = Vec::new();
    let mut put = |name, value| object.push((name, value));
    put("id", Text(&observation.id));
    put("kind", Text(observation.kind.name()));
    put("did", Text(&observation.did));
    put("saw", Text(&observation.saw));
    put("ruledOut", list(&observation.ruled_out, |code| Text(code)));
    if let Some(why) = &observation.skipped {
        put("skipped", Text(why));
    }
    if let Some(ms) = observation.ms {
        put("ms", Number(ms));
    }
    Object(object)
}

fn hint(hint: &Hint) -> Plain<'_> {
    texts(&[("code", hint.code), ("title", hint.title), ("detail", &hint.detail), ("docs", &hint.docs)])
}

fn check(check: &Check) -> Plain<'_> {
    texts(&[("label", check.label), ("shell", check.shell), ("command", &check.command), ("expect", check.expect)])
}

fn fix(fix: &Fix) -> Plain<'_> {
    let mut object = Vec::new();
    let mut put = |name, value| object.push((name, value));
    put("where", Text(fix.place));
    put("preflight", header_lines(&fix.preflight));
    put("response", header_lines(&fix.response));
    put("steps", list(&fix.steps, |step| Text(step)));
    // For known servers: none written yet.
    put("recipes", List(Vec::new()));
    Object(object)
}

fn header_lines(HeaderLines(lines): &HeaderLines) -> Plain<'_> {
    let mut object = Vec::new();
    for (name, value) in lines {
        object.push((*name, Text(value)));
    }
    Object(object)
}

fn texts<'a>(members: &[(&'static str, &'a str)]) -> Plain<'a> {
    let mut object = Vec::new();
    for (name, value) in members {
        object.push((*name, Text(value)));
    }
    Object(object)
}

fn list<'a, T>(items: &'a [T], plain: fn(&'a T) -> Plain<'a>) -> Plain<'a> {
    let mut list = Vec::new();
    for item in items {
        list.push(plain(item));
    }
    List(list)
}
