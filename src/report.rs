//! A Diagnosis as plain text: title, Saw, So, Remains, Check, Fix.

use crate::advice::{Check, Fix};
use crate::diagnosis::{Diagnosis, HeaderLines, Hint, Kind, Observation, Remaining};
use crate::prelude::*;
use crate::text;

/// The text that the console prints.
pub fn report(diagnosis: &Diagnosis) -> String {
    let request = &diagnosis.request;
    let mut out = text::concat(&["whycors: ", &request.method, " ", &request.url, "\nfrom ", &request.origin]);
    if let Some(place) = &request.called_at {
        out.push_str(&text::concat(&[", called at ", place]));
    }
    out.push('\n');
    section(&mut out, "Saw");
    diagnosis.saw.iter().for_each(|observation| saw(&mut out, observation));
    if diagnosis.saw.iter().any(|observation| observation.kind == Kind::Probe && observation.skipped.is_none()) {
        line(&mut out, &["(Later lines of the console about this URL may come from these probes.)"]);
    }
    conclusion(&mut out, &diagnosis.summary, &diagnosis.causes);
    checks(&mut out, &diagnosis.check);
    fix(&mut out, &diagnosis.fix);
    also(&mut out, &diagnosis.hints);
    out
}

/// What follows from what was seen.
pub(crate) fn conclusion(out: &mut String, summary: &str, causes: &[Remaining]) {
    section(out, "So");
    line(out, &[summary]);
    if causes.len() > 1 {
        section(out, "Remains");
        remains(out, causes);
    } else if let Some(detail) = causes.first().and_then(|cause| cause.detail.as_ref()) {
        line(out, &[detail]);
    }
}

/// The commands that settle the rest.
pub(crate) fn checks(out: &mut String, checks: &[Check]) {
    if checks.is_empty() {
        return;
    }
    section(out, "Check");
    for check in checks.iter().filter(|check| check.shell == "posix" && !check.is_for_later) {
        line(out, &[check.label, ":"]);
        line(out, &["  ", &check.command]);
        line(out, &["  look for: ", check.expect]);
    }
}

/// What did not fail, or not yet.
pub(crate) fn also(out: &mut String, hints: &[Hint]) {
    if hints.is_empty() {
        return;
    }
    section(out, "Also");
    for hint in hints {
        line(out, &[hint.title, ": ", &hint.detail]);
    }
}

fn saw(out: &mut String, observation: &Observation) {
    let (what, how) = match &observation.skipped {
        Some(why) => (": not asked, ", why),
        None => (": ", &observation.saw),
    };
    line(out, &[&observation.did, what, how]);
    for (what, codes) in [("  rules out ", &observation.ruled_out), ("  speaks against ", &observation.unlikely)] {
        if !codes.is_empty() {
            line(out, &[what, &text::join(codes, ", ")]);
        }
    }
}

/// Causes that need the same odd server stand together below it; in words only if nothing stands without one.
fn remains(out: &mut String, causes: &[Remaining]) {
    for cause in causes.iter().filter(|cause| cause.detail.is_none()) {
        line(out, &[cause.code, ": ", cause.title]);
    }
    let is_plain = causes.iter().any(|cause| cause.detail.is_none());
    let mut said: Vec<&String> = Vec::new();
    for detail in causes.iter().filter_map(|cause| cause.detail.as_ref()) {
        if said.contains(&detail) {
            continue;
        }
        said.push(detail);
        line(out, &[detail]);
        let mut codes = Vec::new();
        for cause in causes.iter().filter(|cause| cause.detail.as_ref() == Some(detail)) {
            match is_plain {
                true => codes.push(cause.code),
                false => line(out, &["  ", cause.code, ": ", cause.title]),
            }
        }
        if is_plain {
            line(out, &["  ", &text::join(&codes, ", ")]);
        }
    }
}

/// What mends it.
pub(crate) fn fix(out: &mut String, fix: &Fix) {
    let has_headers = !fix.response.0.is_empty();
    if !has_headers && fix.steps.is_empty() {
        return;
    }
    section(out, "Fix");
    if has_headers {
        if !fix.preflight.0.is_empty() {
            line(out, &["The answer to OPTIONS (status 204):"]);
            headers(out, &fix.preflight);
        }
        line(out, &["The response, error answers included:"]);
        headers(out, &fix.response);
    }
    fix.steps.iter().for_each(|step| line(out, &["- ", step]));
    fix.notes.iter().for_each(|note| line(out, &["- ", note]));
}

fn headers(out: &mut String, lines: &HeaderLines) {
    lines.0.iter().for_each(|(name, value)| line(out, &["  ", name, ": ", value]));
}

pub(crate) fn section(out: &mut String, title: &str) {
    out.push('\n');
    out.push_str(title);
    out.push('\n');
}

#[inline(never)]
pub(crate) fn line(out: &mut String, parts: &[&str]) {
    out.push_str("  ");
    out.push_str(&text::concat(parts));
    out.push('\n');
}
