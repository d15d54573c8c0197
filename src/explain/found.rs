//! From what was read to what is said about it.

use crate::advice::Fix;
use crate::causes::Phase;
use crate::diagnosis::Hint;
use crate::explain::about::{About, Said as ToldOf};
use crate::explain::call::Exchange;
use crate::explain::chain::{self, Chain};
use crate::explain::console::{Fields, Said};
use crate::explain::evidence::Evidence;
use crate::explain::join::{self, Narrowed};
use crate::explain::judge::{self, Judged, Mistake};
use crate::explain::named::Named;
use crate::explain::{detail, mask, mended, printed, servers, url, warnings};
use crate::prelude::*;
use crate::request::Request;
use crate::{text, words};

/// What a paste says.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// Every mistake, in the order in which a browser meets them.
    pub findings: Vec<Finding>,
    /// How much that is.
    pub verdict: Verdict,
    /// What was read, a few words each.
    pub sources: Vec<String>,
    /// What the paste leaves open, one sentence each.
    pub open: Vec<String>,
    /// What does not fail, or not yet.
    pub hints: Vec<Hint>,
    /// What mends it, if anything was found.
    pub fix: Option<Fix>,
    /// The call, as far as it is known: URL (masked), method, origin.
    pub request: Option<[String; 3]>,
    /// What the answers say of their servers: names of products, lower case.
    pub servers: Vec<String>,
    /// Of a missing header and an error status one is it: the status is not in the paste.
    pub is_one_of_two: bool,
    /// What changes in the Diagnosis that was given.
    pub narrowed: Option<Narrowed>,
    /// Paste and probes, or two parts of the paste, contradict each other, and why that happens.
    pub contradiction: Option<String>,
    /// The whole as plain text.
    pub report: String,
}

/// How much a paste says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It names what is wrong.
    Exact,
    /// It leaves more than one cause, or was not asked as the browser asks.
    Narrowed,
    /// It names no cause.
    NothingFound,
}

impl Verdict {
    /// In an Explanation.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Exact => "exact",
            Verdict::Narrowed => "narrowed",
            Verdict::NothingFound => "nothing-found",
        }
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Its code in the catalogue.
    pub code: &'static str,
    /// The exchange, if it is known and the catalogue has both.
    pub phase: Option<Phase>,
    /// What happened, in one line.
    pub title: &'static str,
    /// With real values; may be empty.
    pub detail: String,
    /// The part of the paste that says so, masked.
    pub quote: String,
    /// What it names, masked.
    pub fields: Named,
    /// The algorithms found it in an answer; otherwise a browser says so.
    pub is_judged: bool,
    /// It is wrong beside what the line says first, and did not stop the call.
    pub is_further: bool,
}

/// What came of it so far.
#[derive(Debug)]
pub(crate) struct Read<'a> {
    pub(crate) exchanges: &'a [Exchange],
    pub(crate) findings: Vec<Finding>,
    pub(crate) sources: Vec<String>,
    pub(crate) open: Vec<String>,
    pub(crate) passes: bool,
    pub(crate) is_doubtful: bool,
    /// The answers are to other requests than the browser's, or may be.
    pub(crate) is_unlike: bool,
    /// The paste has the answer to a preflight.
    pub(crate) has_preflight: bool,
    pub(crate) request: Option<Request>,
    pub(crate) hints: Vec<Hint>,
    /// What engine and answer disagree about.
    pub(crate) disagrees: Option<String>,
}

impl Read<'_> {
    /// An answer without the header, of a paste that does not show how it was asked for.
    pub(crate) fn is_asked_perhaps_without_origin(&self) -> bool {
        self.open.iter().any(|sentence| sentence == detail::PERHAPS_WITHOUT_ORIGIN)
    }

    /// The findings are of several calls.
    pub(crate) fn has_several_calls(&self) -> bool {
        has_several_calls(&self.findings)
    }
}

/// The findings are of several calls.
pub(crate) fn has_several_calls(findings: &[Finding]) -> bool {
    // A call has one URL where it begins.
    let begins =
        |finding: &Finding| finding.fields.of("redirected_from").or(finding.fields.of("url")).map(str::to_string);
    let first = findings.first().map(begins);
    findings.iter().any(|finding| Some(begins(finding)) != first)
}

/// More findings than these are not listed.
const MOST: usize = 50;

/// What is said about what was read.
pub(crate) fn explanation(evidence: &Evidence, about: &About) -> Explanation {
    let about = &about.filled(&evidence.calls);
    let mut read = Read {
        exchanges: &evidence.exchanges,
        findings: Vec::new(),
        sources: printed::sources(evidence),
        open: evidence.problem.iter().cloned().collect(),
        passes: false,
        is_doubtful: false,
        is_unlike: false,
        has_preflight: false,
        request: None,
        hints: Vec::new(),
        disagrees: None,
    };
    exchanges(&mut read, about, evidence.har.is_some());
    lines(&mut read, &evidence.said, about);
    if evidence.has_bare_answer && !read.findings.is_empty() {
        read.is_doubtful = true;
        read.open.push(detail::BARE_ANSWER.to_string());
    }
    if read.findings.iter().any(|finding| !finding.is_judged && join::lacks_status(finding)) {
        read.open.push(detail::PERHAPS_AN_ERROR.to_string());
    }
    read.findings.truncate(MOST);
    let verdict = match read.findings.as_slice() {
        [] => Verdict::NothingFound,
        _ if read.is_doubtful || read.is_unlike => Verdict::Narrowed,
        // Whoever says which call it is about says that it is its answer.
        _ if read.is_asked_perhaps_without_origin() && about.url.is_none() => Verdict::Narrowed,
        _ if read.disagrees.is_some() => Verdict::Narrowed,
        _ => Verdict::Exact,
    };
    let (narrowed, contradiction) = match &about.diagnosed {
        Some(diagnosed) => join::join(about, diagnosed, &read),
        None => (None, None),
    };
    let mut explanation = Explanation {
        fix: mended::fix(&read),
        request: read
            .request
            .as_ref()
            .map(|request| [request.url.clone(), mask::text(&request.method, 20), mask::url(request.origin.as_str())]),
        servers: servers::servers(read.exchanges),
        is_one_of_two: read.open.iter().any(|sentence| sentence == detail::NO_STATUS),
        contradiction: contradiction.or(read.disagrees.take()),
        verdict,
        findings: read.findings,
        sources: read.sources,
        open: read.open,
        hints: read.hints,
        narrowed,
        report: String::new(),
    };
    explanation.report = printed::report(&explanation, read.request.as_ref(), read.passes, evidence);
    explanation
}

/// What the answers are judged to be.
fn exchanges(read: &mut Read<'_>, about: &About, is_har: bool) {
    let chains = chain::chains(read.exchanges, about);
    let is_of_call =
        |chain: &&Chain<'_>| match (about.url.as_deref(), chain.hops.first().and_then(|hop| hop.url.as_deref())) {
            (Some(own), Some(url)) => url::is_same(own, url),
            _ => true,
        };
    let own: Vec<&Chain<'_>> = chains.iter().filter(is_of_call).collect();
    // Of another call it is still said what is wrong with it, but by what the paste itself tells of that call.
    let elsewhere = About { engine: about.engine, ..About::default() };
    let is_elsewhere = own.is_empty();
    let asked_about = about.url.as_deref();
    let (chains, about) = match is_elsewhere {
        false => (own, about),
        true => (chains.iter().collect(), &elsewhere),
    };
    let mut judged: Vec<Judged> = Vec::new();
    let mut count = 0;
    for chain in &chains {
        if count < MOST {
            let one = judge::judge(chain, about, is_har);
            count += one.mistakes.len();
            judged.push(one);
        }
    }
    if let (true, Some(own), Some(url)) =
        (is_elsewhere, asked_about, judged.iter().find_map(|one| one.request.as_ref()))
    {
        read.open.push(text::concat(&["The paste is about ", &url.url, ", the call about ", &mask::url(own), "."]));
    }
    read.has_preflight = chains.iter().any(|chain| chain.hops.iter().any(|hop| hop.preflight.is_some()));
    let mut passes = !judged.is_empty() && !is_elsewhere;
    for judged in judged {
        passes &= judged.passes;
        read.is_unlike |= judged.is_doubtful && !judged.mistakes.is_empty();
        for sentence in judged.open {
            if !read.open.contains(&sentence) && read.open.len() < MOST {
                read.open.push(sentence);
            }
        }
        if read.request.is_none() || (read.findings.is_empty() && !judged.mistakes.is_empty()) {
            read.request = judged.request;
        }
        for mistake in judged.mistakes {
            let finding = of_mistake(mistake);
            if !read.findings.contains(&finding) {
                read.findings.push(finding);
            }
        }
    }
    read.passes = passes && read.findings.is_empty();
    read.hints = warnings::warnings(read.exchanges, about, read.request.as_ref());
}

fn of_mistake(mistake: Mistake) -> Finding {
    Finding {
        title: title(mistake.code, mistake.phase),
        code: mistake.code,
        phase: mistake.phase,
        detail: mistake.detail,
        quote: mask::text(&mistake.quote, 300),
        fields: mistake.fields.masked(),
        is_judged: true,
        is_further: false,
    }
}

/// What the engines say. Where an answer to the same request is there too, it tells more.
fn lines(read: &mut Read<'_>, said: &[Said], about: &About) {
    for said in said {
        let judged: Vec<&Finding> =
            read.findings.iter().filter(|finding| finding.is_judged && is_about(finding, said)).collect();
        let agrees = judged.iter().any(|finding| {
            said.causes.iter().any(|(code, phase)| {
                *code == finding.code && (phase.is_none() || finding.phase.is_none() || *phase == finding.phase)
            })
        });
        if agrees {
            continue;
        }
        if may_disagree(read, said, !judged.is_empty()) {
            read.disagrees = Some(disagreement(said, read.passes));
        }
        let is_first_certain = is_first_certain(said);
        read.is_doubtful |= !is_first_certain;
        if read.request.is_none() {
            let told = ToldOf {
                url: said.fields.url.as_deref(),
                origin: said.fields.origin.as_deref(),
                method: said.fields.method.as_deref(),
                ..ToldOf::default()
            };
            read.request = about.profile(&told);
        }
        let named = Named::from(&said.fields);
        for (index, (code, phase)) in said.causes.iter().enumerate() {
            let finding = Finding {
                title: title(code, *phase),
                code,
                phase: *phase,
                detail: detail::of_line(code, &named),
                quote: mask::text(&said.quote, 300),
                fields: named.masked(),
                is_judged: false,
                is_further: index > 0 && is_first_certain,
            };
            if !read.findings.contains(&finding) {
                read.findings.push(finding);
            }
        }
    }
}

/// The line says the first of its causes for certain: it is the only one, or a status or a redirect that the line tells shows it, and
/// the others hold besides.
fn is_first_certain(said: &Said) -> bool {
    let Fields { status, redirected_from, .. } = &said.fields;
    match said.causes.first().map(|(code, _)| *code) {
        Some("redirect-target-without-cors") if redirected_from.is_some() => true,
        Some("preflight-status") if status.is_some_and(|status| status >= 400) => true,
        Some("preflight-redirect") if status.is_some_and(|status| (300..400).contains(&status)) => true,
        _ => said.causes.len() <= 1,
    }
}

/// The paste has the answer that the line is about.
fn may_disagree(read: &Read<'_>, said: &Said, is_judged: bool) -> bool {
    let is_of_preflight = said.causes.iter().all(|(code, phase)| {
        *phase == Some(Phase::Preflight)
            || text::is_one_of(code, "preflight-status preflight-redirect header-not-allowed method-not-allowed")
    });
    if is_of_preflight && !read.has_preflight {
        return false;
    }
    let is_same = match (&read.request, &said.fields.url) {
        (Some(request), Some(url)) => url::is_same(&request.url, url),
        _ => true,
    };
    is_judged || (read.passes && is_same)
}

fn is_about(finding: &Finding, said: &Said) -> bool {
    match (finding.fields.of("url"), &said.fields.url) {
        (Some(one), Some(other)) => url::is_same(one, &mask::url(other)),
        _ => true,
    }
}

fn disagreement(said: &Said, passes: bool) -> String {
    let code = said.causes.first().map_or("", |(code, _)| *code);
    let answer =
        if passes { "and the pasted answer lets the page read it" } else { "which the pasted answer does not show" };
    text::fill(
        "The console line says {}, {}: they are not of the same request (method, headers, cookies, time), or the server answers browsers unlike curl, or a cache stands between.",
        &[code, answer],
    )
}

/// The title of a code, of one phase or of both.
fn title(code: &str, phase: Option<Phase>) -> &'static str {
    let standing = join::standing(&match crate::causes::all().find(|cause| cause.code == code) {
        Some(cause) => vec![(cause.code, phase)],
        None => Vec::new(),
    });
    match standing.as_slice() {
        [] => "",
        [(one, _)] => one.title,
        [(first, _), ..] if phase.is_none() => words::title_of_both_phases(first),
        [(first, _), ..] => first.title,
    }
}
