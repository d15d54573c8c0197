//! What mends it: the complete header lines for this request, the steps in words, and the commands that settle the rest.

use crate::causes::{self, Cause, Family, Fault, Phase, Standing, Where};
use crate::diagnosis::{HeaderLines, Verdict};
use crate::gate;
use crate::prelude::*;
use crate::request::{Mode, Request};
use crate::text;

/// What mends it.
#[derive(Debug, Clone)]
pub struct Fix {
    /// Where.
    pub place: &'static str,
    /// The header lines of a correct answer to the preflight; empty where no header helps.
    pub preflight: HeaderLines,
    /// The header lines of a correct response; empty where no header helps.
    pub response: HeaderLines,
    /// In words.
    pub steps: Vec<&'static str>,
    /// What those who allow it should know.
    pub notes: Vec<String>,
}

/// A command that settles what remains.
#[derive(Debug, Clone)]
pub struct Check {
    /// What it asks.
    pub label: &'static str,
    /// Whose quoting rules.
    pub shell: &'static str,
    /// The command.
    pub command: String,
    /// What to look for in its output.
    pub expect: &'static str,
    /// It settles nothing now: it shows whether the fix is whole.
    pub is_for_later: bool,
}

/// The fix for what stands. One round is enough: the header lines are those of a server without any of the faults.
pub fn fix(request: &Request, standing: Standing<'_>, verdict: Verdict) -> Fix {
    let helps = standing.iter().any(|(cause, _)| is_mended_here(cause)) || verdict == Verdict::Unknown;
    // What allows one page without an origin allows every one.
    let helps = helps && request.mode == Mode::Cors && !request.origin.is_opaque();
    let (mut preflight, mut response) = (HeaderLines::default(), HeaderLines::default());
    if helps && verdict != Verdict::NoFailure {
        response = headers(request, Phase::Response);
        if request.has_preflight() {
            preflight = headers(request, Phase::Preflight);
        }
    }
    let is_embedded = |cause: &Cause| matches!(cause.code, "corp" | "coep");
    if request.mode == Mode::NoCors && standing.iter().any(|(cause, _)| is_embedded(cause)) {
        response.0.push(("Cross-Origin-Resource-Policy", "cross-origin".to_string()));
    }
    let mut steps = Vec::new();
    let is_lower_case =
        request.method == "patch" && standing.iter().any(|(cause, _)| cause.code == "method-not-allowed");
    if request.origin.is_opaque() && verdict != Verdict::NoFailure {
        steps.push(
            "Give the page an origin: serve it over http, or take it out of the sandbox. A server that allows null allows every sandboxed page.",
        );
    }
    if is_lower_case {
        steps.push("Write PATCH in the call: of patch neither browsers nor most servers make PATCH.");
    }
    push_steps(&mut steps, standing);
    let place = match is_lower_case || request.origin.is_opaque() {
        true => "page",
        false => place(standing.first().map(|(cause, _)| cause.place)),
    };
    let notes = if response.0.is_empty() { Vec::new() } else { notes(request) };
    Fix { place, preflight, response, steps, notes }
}

/// What those who allow an origin should know.
fn notes(request: &Request) -> Vec<String> {
    let origin = request.origin.as_str();
    let mut notes = Vec::new();
    if request.is_credentialed() {
        notes.push(text::fill(
            "With credentials, whatever runs on {} acts as the user who is signed in: allow exact origins, never whatever Origin comes.",
            &[origin],
        ));
    }
    if gate::is_loopback(request.origin.host()) {
        notes.push(text::fill("{} is every developer's machine: allow it in development only.", &[origin]));
    } else if origin.starts_with("http://") && request.url.starts_with("https://") {
        notes.push(text::fill(
            "{} is not encrypted: anyone on the network path can serve a page as this origin. Allow its https origin instead.",
            &[origin],
        ));
    }
    notes
}

/// The fix where the call itself is not known: no header lines, the steps alone.
pub(crate) fn in_words(standing: Standing<'_>) -> Fix {
    let mut steps = Vec::new();
    for (cause, _) in standing {
        if !cause.step.is_empty() && !steps.contains(&cause.step) {
            steps.push(cause.step);
        }
    }
    let place = place(standing.first().map(|(cause, _)| cause.place));
    Fix { place, preflight: HeaderLines::default(), response: HeaderLines::default(), steps, notes: Vec::new() }
}

fn place(place: Option<Where>) -> &'static str {
    match place {
        Some(Where::Page) => "page",
        Some(Where::Browser) => "browser",
        Some(Where::Network) => "network",
        Some(Where::Server) | None => "server",
    }
}

/// CORS headers of the called server mend it. What lies behind a redirect is another server's.
fn is_mended_here(cause: &Cause) -> bool {
    match cause.fault {
        Fault::Response { .. } | Fault::Preflight { .. } => true,
        Fault::Redirect(_) => cause.families.contains(&Family::AnswerNotReadable),
        _ => false,
    }
}

/// Above this many causes a step for each is no help: then only what the header lines do not mend, for plain servers.
const FEW: usize = 3;

fn push_steps(steps: &mut Vec<&'static str>, standing: Standing<'_>) {
    let is_many = standing.len() > FEW;
    let least = standing.iter().map(|(_, assumes)| assumes.oddity()).min().unwrap_or(0);
    for (cause, assumes) in standing {
        let is_said = cause.step.is_empty() || steps.contains(&cause.step);
        let is_worth_saying = !is_many || (!cause.mended_by_headers && assumes.oddity() == least);
        if !is_said && is_worth_saying {
            steps.push(cause.step);
        }
    }
}

/// The one method that callers write in lower case and browsers do not put in upper case.
fn upper_case_patch(method: &str) -> String {
    if method == "patch" { "PATCH".to_string() } else { method.to_string() }
}

/// The header lines of a correct answer.
fn headers(request: &Request, phase: Phase) -> HeaderLines {
    let mut lines = vec![("Access-Control-Allow-Origin", request.origin.as_str().to_string())];
    if phase == Phase::Preflight {
        lines.push(("Access-Control-Allow-Methods", upper_case_patch(&request.method)));
        if !request.unsafe_headers.is_empty() {
            lines.push(("Access-Control-Allow-Headers", text::join(&request.unsafe_headers, ", ")));
        }
    }
    if request.is_credentialed() {
        lines.push(("Access-Control-Allow-Credentials", "true".to_string()));
    }
    lines.push(("Vary", "Origin".to_string()));
    HeaderLines(lines)
}

/// The commands that settle what stands, in the quoting of each shell: of preflight and request those that the simplest explanations
/// are about.
pub fn check(request: &Request, standing: Standing<'_>, verdict: Verdict) -> Vec<Check> {
    let by_page = standing.iter().all(|(cause, _)| matches!(cause.place, Where::Page | Where::Browser));
    if verdict == Verdict::NoFailure || (by_page && !standing.is_empty()) {
        return Vec::new();
    }
    let plain = causes::plain(standing);
    let any =
        |is_such: &dyn Fn(&Fault) -> bool| plain.is_empty() || plain.iter().any(|(cause, _)| is_such(&cause.fault));
    let all = |is_such: &dyn Fn(&Fault) -> bool| !any(&|fault| !is_such(fault));
    let is_of_preflight = |fault: &Fault| matches!(fault, Fault::Preflight { .. });
    let mut checks = Vec::new();
    let origin = request.origin.as_str();
    if request.has_preflight() && any(&|fault| is_of_preflight(fault) || fault.is_silent()) {
        let mut words = vec!["-i".to_string(), "-X".to_string(), "OPTIONS".to_string(), request.url.clone()];
        push_header(&mut words, "Origin", origin);
        push_header(&mut words, "Access-Control-Request-Method", &request.method);
        if !request.unsafe_headers.is_empty() {
            push_header(&mut words, "Access-Control-Request-Headers", &text::join(&request.unsafe_headers, ","));
        }
        push_both(
            &mut checks,
            "The preflight, as the browser sends it",
            &words,
            if request.method == "patch" {
                "status 2xx, and patch in Access-Control-Allow-Methods, in lower case: PATCH does not match it"
            } else {
                "status 2xx, and the Access-Control-Allow-* lines of the fix"
            },
        );
    }
    if all(&is_of_preflight) {
        push_later(&mut checks, request, standing);
        return checks;
    }
    let mut words = vec!["-i".to_string()];
    match request.method.as_str() {
        "GET" => {}
        "HEAD" => words.push("--head".to_string()),
        method => {
            words.push("-X".to_string());
            words.push(method.to_string());
        }
    }
    words.push(request.url.clone());
    push_header(&mut words, "Origin", origin);
    for name in &request.headers {
        push_header(&mut words, name, "VALUE");
    }
    if request.is_credentialed() {
        push_header(&mut words, "Cookie", "VALUE");
    }
    // The masked values are the caller's to put back: a report must not hold them.
    let label = match (request.is_repeatable(), text::contains(&request.url, "…")) {
        (true, false) => "The request itself",
        (true, true) => "The request itself, with its own values for …",
        (false, false) => "The request itself, which really runs it; with its body",
        (false, true) => "The request itself, which really runs it; with its body, and its own values for …",
    };
    let expect = if all(&Fault::is_silent) {
        "what curl itself says; an answer means that something in the browser stops the call"
    } else if request.mode == Mode::NoCors {
        "Cross-Origin-Resource-Policy in the answer"
    } else if !plain.is_empty() && plain.iter().all(|(cause, _)| cause.may_follow_a_redirect()) {
        "the Location line; then the same command for that URL, with Origin: null if it is another origin's"
    } else if all(&|fault| matches!(fault, Fault::Gone | Fault::TurnedDown)) {
        "Vary: Origin; and the same without the Origin header: a copy of that answer may be in a cache"
    } else {
        "the status first: 4xx or 5xx is the real fault; then the Access-Control-Allow-* lines of the fix"
    };
    push_both(&mut checks, label, &words, expect);
    push_later(&mut checks, request, standing);
    checks
}

/// What is easily forgotten: errors, and what stands before the server.
fn push_later(checks: &mut Vec<Check>, request: &Request, standing: Standing<'_>) {
    if request.mode != Mode::Cors || !standing.iter().any(|(cause, _)| is_mended_here(cause)) {
        return;
    }
    let decisive = checks.len();
    let address = text::trim(text::until(&request.url, "?#"), "/");
    let origin = request.origin.as_str();
    let mut words = vec!["-i".to_string(), text::concat(&[address, "/no-such-page"])];
    push_header(&mut words, "Origin", origin);
    push_both(checks, "An error answer", &words, "the Access-Control-Allow-* lines of the fix, whatever the status");
    let host = request.target.host();
    if gate::is_resolved_name(host) && !gate::is_local(host) {
        let is_https = request.url.starts_with("https:");
        let port = match text::rsplit_once(request.target.as_str(), b':') {
            Some((_, port)) if text::number(port).is_some() => port,
            _ if is_https => "443",
            _ => "80",
        };
        let place = text::concat(&[host, ":", port, ":ADDRESS"]);
        let mut words = vec!["-i".to_string(), "--resolve".to_string(), place, request.url.clone()];
        push_header(&mut words, "Origin", origin);
        push_both(
            checks,
            match text::contains(&request.url, "…") {
                false => "The server behind a CDN or proxy: put its own IP address for ADDRESS",
                true => {
                    "The server behind a CDN or proxy: put its own IP address for ADDRESS, and the call's own values for …"
                }
            },
            &words,
            "the Access-Control-Allow-* lines of the fix; if they come here and not without --resolve, the CDN or proxy removes or changes them, or answers from its cache",
        );
    }
    for check in checks.iter_mut().skip(decisive) {
        check.is_for_later = true;
    }
}

#[inline(never)]
fn push_header(words: &mut Vec<String>, name: &str, value: &str) {
    words.push("-H".to_string());
    words.push(text::concat(&[name, ": ", value]));
}

/// The command for each shell.
fn push_both(checks: &mut Vec<Check>, label: &'static str, words: &[String], expect: &'static str) {
    for (shell, program, quote) in [("posix", "curl", r"'\''"), ("powershell", "curl.exe", "''")] {
        let mut command = program.to_string();
        for word in words {
            command.push(' ');
            push_quoted(&mut command, word, quote);
        }
        checks.push(Check { label, shell, command, expect, is_for_later: false });
    }
}

/// Quotes a word for a shell that has its own way to write a quote within.
fn push_quoted(command: &mut String, word: &str, quote: &str) {
    if !word.is_empty() && text::all(word, |byte| byte.is_ascii_alphanumeric() || text::is_any_of(byte, "-_./:")) {
        return command.push_str(word);
    }
    let mut within = text::replace(word, "'", quote);
    if quote == "''" {
        // PowerShell takes these for quotes as well.
        for mark in ["‘", "’", "‚", "‛"] {
            within = text::replace(&within, mark, &text::concat(&[mark, mark]));
        }
    }
    command.push('\'');
    command.push_str(&within);
    command.push('\'');
}
