//! A paste and a Diagnosis: what the one leaves of the other, or why they contradict each other.

use crate::advice;
use crate::causes::{self, Cause, Phase};
use crate::diagnosis::{Remaining, Verdict, docs};
use crate::explain::about::{About, Diagnosed, Said};
use crate::explain::call::{Exchange, Reply};
use crate::explain::refusals;
use crate::explain::url;
use crate::explain::{Finding, Read, detail};
use crate::hypothesis::Assumptions;
use crate::infer;
use crate::prelude::*;
use crate::{report, text, words};

/// What a paste makes of a Diagnosis: the members that change.
#[derive(Debug, Clone)]
pub struct Narrowed {
    /// Of the Diagnosis.
    pub verdict: Verdict,
    /// What remains.
    pub causes: Vec<Remaining>,
    /// Its name.
    pub family: Option<&'static str>,
    /// One sentence.
    pub summary: String,
    /// What mends it.
    pub fix: advice::Fix,
    /// What settles the rest.
    pub check: Vec<advice::Check>,
    /// What was read, in one line.
    pub saw: String,
    /// As printed.
    pub report: String,
}

/// A Diagnosis narrowed by a paste, or why the two contradict each other.
pub(crate) fn join(about: &About, diagnosed: &Diagnosed, read: &Read<'_>) -> (Option<Narrowed>, Option<String>) {
    if let Some(other) = other_url(about, read) {
        return (None, Some(other));
    }
    let says = stopping(read);
    if says.is_empty() {
        let contradiction = (read.passes && diagnosed.verdict != "no-failure")
            .then(|| reasons("The pasted answer lets the page read it, and the call failed.", read));
        return (None, contradiction);
    }
    // An answer to another request settles nothing of this one; what it leaves open is said.
    let is_judged = read.findings.iter().any(|finding| finding.is_judged);
    let passed = diagnosed.verdict == "no-failure" || diagnosed.verdict == "not-reproduced";
    let left: Vec<(&'static Cause, Assumptions)> = standing(&says)
        .into_iter()
        .filter(|(cause, _)| {
            let fits = |(code, phase): &(String, Option<Phase>)| {
                code == cause.code && phase.is_none_or(|phase| cause.phase.is_none_or(|own| own == phase))
            };
            diagnosed.verdict == "unknown" || diagnosed.causes.iter().any(fits)
        })
        .collect();
    if passed || left.is_empty() {
        let is_named = |code: &str| read.findings.iter().any(|finding| finding.code == code);
        let codes: Vec<&str> = says.iter().map(|(code, _)| *code).filter(|code| is_named(code)).collect();
        let codes = text::join(&codes, ", ");
        let head = match passed {
            true => text::fill(
                "The paste says {}, and the same request passes now: the paste is of an earlier one, or of one with other headers or credentials.",
                &[&codes],
            ),
            false => text::fill("The paste says {}, which the probes have ruled out.", &[&codes]),
        };
        return (None, Some(reasons(&head, read)));
    }
    if is_judged && read.is_unlike {
        return (None, None);
    }
    (narrowed(about, diagnosed, read, left), None)
}

/// What stopped the call: of an answer the first mistake, of console lines all that they may mean.
fn stopping(read: &Read<'_>) -> Vec<(&'static str, Option<Phase>)> {
    let mut says = Vec::new();
    let first = read.findings.iter().position(|finding| finding.is_judged);
    for (index, finding) in read.findings.iter().enumerate() {
        if finding.is_further || first.is_some_and(|first| first != index) {
            continue;
        }
        says.push((finding.code, finding.phase));
        if !finding.is_judged && lacks_status(finding) {
            says.push(("error-response-without-cors", None));
        }
    }
    says
}

/// The line says that the header is missing, and not whether the answer was an error.
pub(crate) fn lacks_status(finding: &Finding) -> bool {
    finding.code == "missing-allow-origin"
        && finding.phase != Some(Phase::Preflight)
        && finding.fields.of("status").is_none()
}

/// The values of the catalogue that are meant, in its order.
pub(crate) fn standing(says: &[(&'static str, Option<Phase>)]) -> Vec<(&'static Cause, Assumptions)> {
    let mut standing = Vec::new();
    for cause in causes::ordered() {
        let is_meant = |(code, phase): &(&str, Option<Phase>)| {
            *code == cause.code && phase.is_none_or(|phase| cause.phase.is_none_or(|own| own == phase))
        };
        // Of two values with one code and no phase the first speaks for both.
        let is_double =
            |(known, _): &(&'static Cause, Assumptions)| known.code == cause.code && known.phase == cause.phase;
        if says.iter().any(is_meant) && !standing.iter().any(is_double) {
            standing.push((cause, Assumptions::default()));
        }
    }
    standing
}

fn narrowed(
    about: &About,
    diagnosed: &Diagnosed,
    read: &Read<'_>,
    left: Vec<(&'static Cause, Assumptions)>,
) -> Option<Narrowed> {
    let request = about.profile(&Said::default())?;
    let mut causes: Vec<Remaining> = Vec::new();
    for (cause, _) in &left {
        if causes.iter().any(|known| known.code == cause.code) {
            continue;
        }
        let same = left.iter().filter(|(other, _)| other.code == cause.code).count();
        let finding = read.findings.iter().find(|finding| finding.code == cause.code && finding.is_judged);
        causes.push(Remaining {
            code: cause.code,
            phase: if same == 1 { cause.phase.map(|phase| phase.name()) } else { None },
            title: if same == 1 { cause.title } else { words::title_of_both_phases(cause) },
            detail: finding.map(|finding| finding.detail.clone()).filter(|detail| !detail.is_empty() && same == 1),
            docs: docs(cause.code),
        });
    }
    let verdict = if causes.len() == 1 { Verdict::Settled } else { Verdict::Family };
    let summary = match causes.as_slice() {
        [one] if read.is_asked_perhaps_without_origin() => {
            let origin = request.origin.as_str();
            text::concat(&["The paste settles it, if it was asked for with Origin: ", origin, ": ", one.title, "."])
        }
        [one] => text::concat(&["The paste settles it: ", one.title, "."]),
        _ => "The paste leaves these.".to_string(),
    };
    let fix = advice::fix(&request, &left, verdict);
    let check = if verdict == Verdict::Settled { Vec::new() } else { advice::check(&request, &left, verdict) };
    let saw = text::join(&read.sources, "; ");
    let head = text::split_once(&diagnosed.report, "\nSo\n").map_or(diagnosed.report.as_str(), |(head, _)| head);
    let mut out = head.to_string();
    report::line(&mut out, &["pasted: ", &saw]);
    report::conclusion(&mut out, &summary, &causes);
    report::checks(&mut out, &check);
    report::fix(&mut out, &fix);
    let family = if verdict == Verdict::Family { infer::family(&left) } else { None };
    Some(Narrowed { verdict, causes, family, summary, fix, check, saw, report: out })
}

/// Nothing in the paste is about the call's URL.
fn other_url(about: &About, read: &Read<'_>) -> Option<String> {
    let own = about.url.as_deref()?;
    let mut other = None;
    for finding in &read.findings {
        let named = finding.fields.of("redirected_from").or(finding.fields.of("url"));
        match named {
            Some(named) if !is_near(named, own) => other = Some(named),
            _ => return None,
        }
    }
    let parts = [
        "The paste is about ",
        &crate::explain::mask::url(other?),
        ", the diagnosis about ",
        own,
        ": it says nothing of that call.",
    ];
    Some(text::concat(&parts))
}

/// The same URL; a console may have cut it short, or leave the query out.
fn is_near(named: &str, own: &str) -> bool {
    url::is_same(named, own)
        || url::is_same(text::until(named, "?#"), text::until(own, "?#"))
        || url::origin(named).is_none()
}

/// Why a paste and the probes may disagree.
fn reasons(head: &str, read: &Read<'_>) -> String {
    let mut out = head.to_string();
    let mut is_explained = false;
    for sentence in read.open.iter().filter(|sentence| sentence.starts_with("The request was sent")) {
        out.push(' ');
        out.push_str(sentence);
        is_explained = true;
    }
    for exchange in read.exchanges {
        if let Some(cache) = cache(exchange) {
            out.push_str(" The pasted answer came through a cache (");
            out.push_str(&detail::shown(&cache));
            out.push_str("), which may have another copy for the browser: ask the server itself, with curl --resolve.");
            is_explained = true;
            break;
        }
    }
    for exchange in read.exchanges {
        if let Some(age) = header(exchange, "access-control-max-age")
            .filter(|_| header(exchange, "access-control-allow-methods").is_some())
        {
            out.push_str(" The browser may still keep an earlier answer to the preflight (Access-Control-Max-Age: ");
            out.push_str(&detail::shown(&age));
            out.push_str(").");
            is_explained = true;
            break;
        }
    }
    if !is_explained {
        out.push_str(
            " Then the two were not the same request (method, headers, cookies, time), or the server answers browsers unlike curl; \
             or an extension, a proxy or a cache stands between.",
        );
    }
    out
}

/// The line of an answer that a cache wrote.
fn cache(exchange: &Exchange) -> Option<String> {
    const WRITTEN: [&str; 5] = ["cf-cache-status", "x-cache", "age", "x-varnish", "x-amz-cf-id"];
    WRITTEN.iter().find_map(|name| {
        let value = header(exchange, name)?;
        (value != "0" && !value.is_empty()).then(|| match *name {
            "x-varnish" | "x-amz-cf-id" => name.to_string(),
            _ => text::fill("{}: {}", &[name, &value]),
        })
    })
}

fn header(exchange: &Exchange, name: &str) -> Option<String> {
    match &exchange.reply {
        Reply::Answer { headers, .. } => refusals::value(headers, name).map(|value| value.to_string()),
        _ => None,
    }
}
