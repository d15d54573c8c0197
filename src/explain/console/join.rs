//! What several lines of one paste say of one request, and which causes are left then.

use super::glyphs::Page;
use super::network::UNREACHABLE;
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
    /// Firefox got no answer, or says once more that a call failed: so often with `(null)` in place of a status.
    Unreachable(u8),
}

/// A thing that was said.
pub(super) struct Found {
    pub(super) kind: Kind,
    pub(super) fields: Fields,
    pub(super) at: usize,
    pub(super) end: usize,
    /// It is said of a redirect.
    pub(super) is_redirect: bool,
    /// It is a reason of Firefox.
    pub(super) is_firefox: bool,
    /// How often Firefox said behind it that the call failed.
    pub(super) echoes: u8,
}

/// What a list of requests says of one, without a reason.
pub(super) struct Answer {
    pub(super) status: Option<u16>,
    pub(super) url: String,
    pub(super) method: Option<String>,
    pub(super) net_error: Option<String>,
    pub(super) is_preflight: bool,
}

type Causes = Vec<(&'static str, Option<Phase>)>;

impl Kind {
    /// The same, said of the preflight.
    pub(super) fn of_preflight(self) -> Kind {
        match self {
            Kind::Causes(causes, _) => Kind::Causes(causes, Some(Phase::Preflight)),
            Kind::Missing(_) => Kind::Missing(Some(Phase::Preflight)),
            Kind::MissingInFirefox => Kind::Missing(Some(Phase::Preflight)),
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
        !matches!(self, Kind::Causes(_, None) | Kind::Unreachable(_))
    }
}

/// Each thing once, with what is known of it.
pub(super) fn finish(page: &Page<'_>, found: Vec<Found>, answers: &[Answer]) -> Vec<Said> {
    let mut said: Vec<(Found, Said)> = Vec::new();
    for found in without_echoes(found) {
        // The same again, with less or more of it.
        let is_same_kind = |one: Kind| match found.kind {
            Kind::Unreachable(_) => matches!(one, Kind::Unreachable(_)),
            kind => one == kind,
        };
        let same = said.iter_mut().find(|(one, known)| is_same_kind(one.kind) && agree(&known.fields, &found.fields));
        if let Some((one, known)) = same {
            fill(&mut known.fields, &found.fields);
            one.echoes = one.echoes.max(found.echoes);
            continue;
        }
        let quote = page.slice(found.at, found.end).trim_ascii().to_string();
        let fields = found.fields.clone();
        said.push((found, Said { causes: Vec::new(), quote, fields }));
    }
    let alone = said.len() == 1;
    let is_one = agree_all(answers);
    for (found, said) in &mut said {
        let mut told = Told { is_preflight: found.kind.is_of_preflight(), ..Told::default() };
        told.is_own = said.fields.status.is_some();
        for answer in answers {
            if !is_about(answer, &said.fields, alone && is_one) {
                continue;
            }
            // What stands beside a line is no status of its preflight.
            let is_strange = answer.url.is_empty() && found.kind.is_of_preflight();
            if said.fields.status.is_none() && found.kind.has_answer() && !is_strange {
                said.fields.status = answer.status;
                told.is_own |= answer.is_preflight && answer.status.is_some();
                told.is_lent = answer.url.is_empty();
                told.is_preflight |= answer.is_preflight && answer.status.is_some();
            }
            let of_answer =
                Fields { method: answer.method.clone(), net_error: answer.net_error.clone(), ..Fields::default() };
            fill(&mut said.fields, &of_answer);
        }
        said.causes = causes(found, &said.fields, &told);
    }
    said.retain(|(_, said)| !said.causes.is_empty());
    said.into_iter().map(|(_, said)| said).collect()
}

/// Firefox says of a preflight that failed why, and then once more, of the call, that it failed: that is nothing new.
fn without_echoes(found: Vec<Found>) -> Vec<Found> {
    let mut kept: Vec<Found> = Vec::new();
    for found in found {
        if let (Kind::Unreachable(count), Some(url)) = (found.kind, &found.fields.url) {
            let is_of_same = |known: &&mut Found| {
                !matches!(known.kind, Kind::Unreachable(_)) && known.fields.url.as_ref() == Some(url)
            };
            if let Some(known) = kept.iter_mut().rev().find(is_of_same) {
                known.echoes = known.echoes.saturating_add(count);
                continue;
            }
        }
        kept.push(found);
    }
    kept
}

/// What else is said of a thing.
#[derive(Default)]
struct Told {
    is_preflight: bool,
    /// Its status is that of the exchange which it is about.
    is_own: bool,
    /// Its status stands beside it, without a URL.
    is_lent: bool,
}

/// What a thing means, with all that is known.
fn causes(found: &Found, fields: &Fields, told: &Told) -> Causes {
    let status = fields.status.unwrap_or_default();
    let is_echoed = found.is_firefox && found.echoes > 0;
    let kind = match found.kind {
        // The redirect of a request has one echo, that of a preflight two; none where the line was taken alone.
        Kind::MissingInFirefox if found.echoes < 2 && matches!(status, 300..400) => match found.echoes {
            0 => return phased(&["redirect-without-cors", "preflight-redirect"], None),
            _ => return phased(&["redirect-without-cors"], None),
        },
        kind if is_echoed => kind.of_preflight(),
        kind => kind,
    };
    let is_preflight = told.is_preflight || is_echoed;
    let is_unready = is_preflight && status >= 300;
    let causes = match kind {
        Kind::Causes(causes, phase) => phased(causes, phase),
        Kind::Unreachable(_) => phased(UNREACHABLE, None),
        // Chromium tells an origin that is none by another sentence.
        Kind::OtherValue(phase) if !found.is_firefox => phased(&["origin-mismatch"], phase),
        Kind::OtherValue(phase) => phased(other_value(fields.value.as_deref().unwrap_or("null")), phase),
        Kind::PreflightFailed => phased(preflight_failed(status), None),
        Kind::Missing(_) | Kind::MissingInFirefox | Kind::NotAllowed if is_unready => {
            let mut causes = phased(preflight_failed(status), None);
            causes.push(("missing-allow-origin", Some(Phase::Preflight)));
            causes
        }
        // Looked for before the status, which the line does not tell.
        Kind::Missing(Some(Phase::Preflight)) if !(told.is_own || is_echoed && status > 0) => {
            let mut causes = phased(&["missing-allow-origin"], Some(Phase::Preflight));
            causes.push(("preflight-status", None));
            causes
        }
        Kind::Missing(phase) => phased(missing(status, told.is_lent, &["missing-allow-origin"]), phase),
        Kind::MissingInFirefox if status == 0 => phased(&["missing-allow-origin", "error-response-without-cors"], None),
        Kind::MissingInFirefox => phased(missing(status, told.is_lent, &["missing-allow-origin"]), None),
        Kind::NotAllowed if status >= 400 && told.is_lent => {
            phased(&["error-response-without-cors", "missing-allow-origin", "origin-mismatch"], None)
        }
        Kind::NotAllowed if fields.origin.as_deref() == Some("null") => phased(
            &["missing-allow-origin", "origin-mismatch", "redirect-target-without-cors", "invalid-allow-origin"],
            None,
        ),
        Kind::NotAllowed => {
            phased(missing(status, false, &["missing-allow-origin", "origin-mismatch", "invalid-allow-origin"]), None)
        }
    };
    let names_its_own =
        || causes.iter().any(|(code, _)| code.starts_with("redirect-") || *code == "unsupported-scheme");
    if found.is_redirect && !names_its_own() {
        return vec![("redirect-without-cors", None)];
    }
    match &fields.redirected_from {
        Some(_) if kind.has_answer() => {
            let target = vec![("redirect-target-without-cors", None)];
            target.into_iter().chain(causes.into_iter().take(1)).collect()
        }
        _ => causes,
    }
}

fn missing(status: u16, is_lent: bool, otherwise: &'static [&'static str]) -> &'static [&'static str] {
    match status {
        301..=303 | 307 | 308 => &["redirect-without-cors"],
        400.. if is_lent => &["error-response-without-cors", "missing-allow-origin"],
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
        // No engine takes it for a pattern, and not each for an origin.
        Refusal::AllowOriginMismatch if text::contains(value, "*") => &["origin-mismatch", "invalid-allow-origin"],
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
fn is_about(answer: &Answer, fields: &Fields, alone: bool) -> bool {
    match &fields.url {
        Some(url) => is_same(url, &answer.url) || answer.url.is_empty() && alone,
        // It names no URL, and neither does anything else name two.
        None => alone,
    }
}

fn agree_all(answers: &[Answer]) -> bool {
    let mut told = answers.iter().filter(|answer| answer.status.is_some());
    let first = told.next();
    told.all(|answer| first.is_some_and(|first| first.url == answer.url && first.status == answer.status))
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
