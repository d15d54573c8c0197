//! What several lines of one paste say of one request, and which causes are left then.

use super::glyphs::Page;
use super::reader::fill;
use super::{Fields, Said};
use crate::causes::Phase;
use crate::fetch::{Refusal, other_origin};
use crate::prelude::*;
use crate::text;

/// What a sentence means, before it is known what else is said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// These causes, of which some have a phase.
    Causes(&'static [&'static str], Option<Phase>),
    /// No `Access-Control-Allow-Origin`.
    Missing(Option<Phase>),
    /// The same, of Firefox: whether it knows the status or not, it does not say the phase.
    MissingInFirefox,
    /// Another value.
    OtherValue(Option<Phase>),
    /// Missing or other.
    NotAllowed,
    /// The answer to the preflight was no success.
    PreflightFailed,
}

/// A thing that was said.
pub(super) struct Found {
    pub(super) kind: Kind,
    pub(super) fields: Fields,
    pub(super) at: usize,
    pub(super) end: usize,
    /// It is said of a redirect.
    pub(super) is_redirect: bool,
}

/// The status of an answer, and of what.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) url: String,
    pub(super) is_preflight: bool,
}

type Causes = Vec<(&'static str, Option<Phase>)>;

impl Kind {
    /// The same, said of the preflight.
    pub(super) fn of_preflight(self) -> Kind {
        match self {
            Kind::Causes(causes, _) => Kind::Causes(causes, Some(Phase::Preflight)),
            Kind::Missing(_) => Kind::Missing(Some(Phase::Preflight)),
            Kind::OtherValue(_) => Kind::OtherValue(Some(Phase::Preflight)),
            other => other,
        }
    }

    fn is_of_preflight(self) -> bool {
        let preflight = Some(Phase::Preflight);
        self == Kind::PreflightFailed
            || self == Kind::Missing(preflight)
            || matches!(self, Kind::Causes(_, phase) if phase == preflight)
    }

    /// An answer was there.
    fn has_answer(self) -> bool {
        !matches!(self, Kind::Causes(_, None))
    }
}

/// Each thing once, with what is known of it.
pub(super) fn finish(page: &Page<'_>, found: Vec<Found>, answers: &[Answer]) -> Vec<Said> {
    let mut said: Vec<(Kind, Said)> = Vec::new();
    for found in found {
        // The same again, with less or more of it.
        let same = said.iter_mut().find(|(kind, known)| *kind == found.kind && agree(&known.fields, &found.fields));
        if let Some((_, known)) = same {
            fill(&mut known.fields, &found.fields);
            continue;
        }
        let quote = page.slice(found.at, found.end).trim_ascii().to_string();
        let causes = if found.is_redirect { vec![("redirect-without-cors", None)] } else { Vec::new() };
        said.push((found.kind, Said { causes, quote, fields: found.fields }));
    }
    let alone = said.len() == 1;
    for (kind, said) in &mut said {
        let answer = answers.iter().find(|answer| is_about(answer, &said.fields, alone, answers));
        let mut is_preflight = kind.is_of_preflight();
        if let Some(answer) = answer.filter(|_| kind.has_answer() && said.fields.status.is_none()) {
            said.fields.status = Some(answer.status);
            is_preflight |= answer.is_preflight;
        }
        if said.causes.is_empty() {
            said.causes = causes(*kind, &said.fields, is_preflight);
        }
    }
    said.retain(|(_, said)| !said.causes.is_empty());
    said.into_iter().map(|(_, said)| said).collect()
}

/// What a thing means, with all that is known.
fn causes(kind: Kind, fields: &Fields, is_preflight: bool) -> Causes {
    let status = fields.status.unwrap_or_default();
    let causes = match kind {
        Kind::Causes(causes, phase) => phased(causes, phase),
        Kind::OtherValue(phase) => phased(other_value(fields.value.as_deref().unwrap_or("null")), phase),
        Kind::PreflightFailed => phased(preflight_failed(status), None),
        Kind::Missing(_) | Kind::MissingInFirefox | Kind::NotAllowed if is_preflight && status >= 300 => {
            let mut causes = phased(preflight_failed(status), None);
            causes.push(("missing-allow-origin", Some(Phase::Preflight)));
            causes
        }
        Kind::Missing(phase) => phased(missing(status, &["missing-allow-origin"]), phase),
        Kind::MissingInFirefox if status == 0 => phased(&["missing-allow-origin", "error-response-without-cors"], None),
        Kind::MissingInFirefox => phased(missing(status, &["missing-allow-origin"]), None),
        Kind::NotAllowed if status >= 400 => phased(&["error-response-without-cors", "origin-mismatch"], None),
        Kind::NotAllowed => phased(missing(status, &["missing-allow-origin", "origin-mismatch"]), None),
    };
    match &fields.redirected_from {
        Some(_) if kind.has_answer() => [vec![("redirect-target-without-cors", None)], causes].concat(),
        _ => causes,
    }
}

fn missing(status: u16, otherwise: &'static [&'static str]) -> &'static [&'static str] {
    match status {
        300..400 => &["redirect-without-cors", "missing-allow-origin"],
        400.. => &["error-response-without-cors"],
        _ => otherwise,
    }
}

fn preflight_failed(status: u16) -> &'static [&'static str] {
    match status {
        300..400 => &["preflight-redirect"],
        0 => &["preflight-status", "preflight-redirect"],
        _ => &["preflight-status"],
    }
}

/// Which way a value is wrong, as the standard's check tells.
fn other_value(value: &str) -> &'static [&'static str] {
    match other_origin(value) {
        _ if value == "(null)" => &["origin-mismatch", "invalid-allow-origin", "missing-allow-origin"],
        Refusal::WildcardWithCredentials => &["wildcard-with-credentials"],
        Refusal::AllowOriginMultiple => &["multiple-allow-origin"],
        Refusal::AllowOriginMismatch => &["origin-mismatch"],
        _ => &["invalid-allow-origin"],
    }
}

/// The phase, where the code has one.
fn phased(causes: &[&'static str], phase: Option<Phase>) -> Causes {
    const BOTH: &str = "missing-allow-origin origin-mismatch wildcard-with-credentials allow-credentials-not-true \
                        multiple-allow-origin invalid-allow-origin";
    let phase_of = |code: &str| phase.filter(|_| text::is_one_of(code, BOTH));
    causes.iter().map(|code| (*code, phase_of(code))).collect()
}

/// Nothing that both name differs, and they name something in common or one names nothing.
fn agree(one: &Fields, other: &Fields) -> bool {
    let texts = |fields: &Fields| {
        let Fields { url, origin, method, header, value, net_error, redirected_from, address_space, .. } =
            fields.clone();
        [url, origin, method, header, value, net_error, redirected_from, address_space]
    };
    let pairs = texts(one).into_iter().zip(texts(other));
    let differ = |(one, other): (Option<String>, Option<String>)| one.is_some() && other.is_some() && one != other;
    let statuses = one.status.is_none() || other.status.is_none() || one.status == other.status;
    statuses && !pairs.into_iter().any(differ)
}

/// An answer is about the request of a thing that was said.
fn is_about(answer: &Answer, fields: &Fields, alone: bool, answers: &[Answer]) -> bool {
    match &fields.url {
        Some(url) => is_same(url, &answer.url) || answer.url.is_empty() && alone && agree_all(answers),
        // It names no URL, and neither does anything else name two.
        None => alone && agree_all(answers),
    }
}

fn agree_all(answers: &[Answer]) -> bool {
    answers
        .iter()
        .all(|answer| answers.first().is_some_and(|first| first.url == answer.url && first.status == answer.status))
}

/// Two names of one resource: consoles leave out schemes, queries, and what does not fit.
fn is_same(url: &str, other: &str) -> bool {
    let (url, other) = (plain(url), plain(other));
    if url == other {
        return true;
    }
    if let Some((begin, end)) = ellipsis(other).or(ellipsis(url)) {
        let whole = if ellipsis(other).is_some() { url } else { other };
        return whole.starts_with(begin) && whole.ends_with(end);
    }
    let path = |url: &str| text::until(url, "?#").len();
    let short = other.get(..path(other)).unwrap_or_default();
    let long = url.get(..path(url)).unwrap_or_default();
    let has_scheme = text::contains(short, "://");
    let cut = long.strip_suffix(short).is_some_and(|before| before.ends_with("/") && !short.is_empty());
    !has_scheme && cut
}

fn plain(url: &str) -> &str {
    text::trim(text::trim(url, "<>'\"`*"), "/")
}

fn ellipsis(url: &str) -> Option<(&str, &str)> {
    text::split_once(url, "…").or_else(|| text::split_once(url, "..."))
}
