//! An Explanation as JSON: the shape of the public API.

use crate::advice::{Check, Fix};
use crate::explain::found::{Explanation, Finding};
use crate::explain::join::Narrowed;
use crate::explain::named::Named;
use crate::json::{Object, check, fix, hint, list, remaining, texts};
use crate::prelude::*;

/// The whole. What changes in the Diagnosis that was given is the member `narrowed`, which the page's side puts together with the rest.
pub fn explanation(explanation: &Explanation) -> String {
    let mut object = Object::default();
    object.put("findings", &list(&explanation.findings, finding));
    object.text("verdict", explanation.verdict.name());
    object.put("sources", &texts(&explanation.sources));
    object.put("open", &texts(&explanation.open));
    object.put("hints", &list(&explanation.hints, hint));
    if let Some([url, method, origin]) = &explanation.request {
        let mut request = Object::default();
        request.text("url", url);
        request.text("method", method);
        request.text("origin", origin);
        object.put("request", &request.end());
    }
    object.put("servers", &texts(&explanation.servers));
    if let Some(lines) = &explanation.fix {
        object.put("fix", &fix(lines));
    }
    if let Some(changed) = &explanation.narrowed {
        object.put("narrowed", &narrowed(changed));
    }
    object.text_if("contradiction", explanation.contradiction.as_deref());
    object.text("report", &explanation.report);
    object.end()
}

fn finding(finding: &Finding) -> String {
    let mut cause = Object::default();
    cause.text("code", finding.code);
    cause.text_if("phase", finding.phase.map(|phase| phase.name()));
    cause.text("title", finding.title);
    cause.text_if("detail", Some(finding.detail.as_str()).filter(|detail| !detail.is_empty()));
    cause.text("docs", &crate::diagnosis::docs(finding.code));
    let mut object = Object::default();
    object.put("cause", &cause.end());
    object.text("quote", &finding.quote);
    object.put("fields", &fields(&finding.fields));
    object.end()
}

fn fields(fields: &Named) -> String {
    let mut object = Object::default();
    for (name, value) in &fields.0 {
        match *name {
            "status" => object.put(name, value),
            _ => object.text(name, value),
        }
    }
    object.end()
}

fn narrowed(narrowed: &Narrowed) -> String {
    let mut object = Object::default();
    object.text("verdict", narrowed.verdict.name());
    object.put("causes", &list(&narrowed.causes, remaining));
    object.text_if("family", narrowed.family);
    object.text("summary", &narrowed.summary);
    let lines: &Fix = &narrowed.fix;
    object.put("fix", &fix(lines));
    let commands: &[Check] = &narrowed.check;
    object.put("check", &list(commands, check));
    object.text("saw", &narrowed.saw);
    object.text("report", &narrowed.report);
    object.end()
}
