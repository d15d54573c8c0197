//! An Explanation as plain text: Read, So, Open, But, Also, Fix.

use crate::explain::call::Reply;
use crate::explain::chain::asked_method;
use crate::explain::console::Teller;
use crate::explain::detail;
use crate::explain::evidence::Evidence;
use crate::explain::found::{Explanation, Finding, Verdict, has_several_calls};
use crate::explain::mask;
use crate::prelude::*;
use crate::request::Request;
use crate::{report, text};

/// More sources than these are not named one by one.
const FEW: usize = 8;

/// What was read, a few words each.
pub(crate) fn sources(evidence: &Evidence) -> Vec<String> {
    let mut sources: Vec<String> = evidence.har.iter().cloned().collect();
    if !sources.is_empty() {
        return sources;
    }
    for said in &evidence.said {
        sources.push(text::concat(&["console: ", &mask::text(&said.quote, 300)]));
    }
    for exchange in &evidence.exchanges {
        let reply = match &exchange.reply {
            Reply::Answer { status, .. } => detail::status_line(*status),
            Reply::Status(status) => detail::status_line(Some(*status)),
            Reply::TooManyRedirects => "too many redirects".to_string(),
            Reply::Fails(Some(failure)) => detail::failure(*failure).to_string(),
            Reply::Fails(None) => "no answer".to_string(),
        };
        let method = exchange.call.method.as_deref().unwrap_or("an answer");
        let asks = match asked_method(exchange) {
            Some(asked) if method.eq_ignore_ascii_case("options") => text::fill(" for {}", &[asked]),
            _ => String::new(),
        };
        let url = exchange.call.url.as_deref().map(mask::url).unwrap_or_default();
        let gap = if url.is_empty() { "" } else { " " };
        sources.push(text::fill("{}{}{}{}: {}", &[&mask::text(method, 20), &mask::text(&asks, 20), gap, &url, &reply]));
        if sources.len() > FEW {
            break;
        }
    }
    for call in evidence.calls.iter().take(FEW) {
        let url = call.url.as_deref().map(mask::url).unwrap_or_default();
        sources.push(text::fill(
            "a copied request: {} {}",
            &[&mask::text(call.method.as_deref().unwrap_or("GET"), 20), &url],
        ));
    }
    if sources.len() > FEW {
        sources.truncate(FEW);
        sources.push("and more".to_string());
    }
    sources
}

/// The text that is printed.
pub(crate) fn report(
    explanation: &Explanation,
    request: Option<&Request>,
    passes: bool,
    evidence: &Evidence,
) -> String {
    let mut out = "whycors: what was pasted\n".to_string();
    if let Some(request) = request {
        // A console line seldom tells the method.
        let is_told = explanation.findings.iter().all(|finding| finding.fields.of("method").is_some());
        let method = if is_told { text::concat(&[&mask::text(&request.method, 20), " "]) } else { String::new() };
        out.push_str(&text::concat(&[&method, &request.url, "\n"]));
        if !request.origin.is_opaque() {
            out.push_str(&text::fill("from {}\n", &[&mask::url(request.origin.as_str())]));
        }
    }
    if !explanation.sources.is_empty() {
        report::section(&mut out, "Read");
        explanation.sources.iter().for_each(|source| report::line(&mut out, &[source]));
    }
    report::section(&mut out, "So");
    match explanation.verdict {
        Verdict::NothingFound if evidence.har.is_some() => {
            report::line(&mut out, &["No call to another origin in it was refused, as far as the HAR tells."]);
        }
        Verdict::NothingFound if passes => {
            report::line(
                &mut out,
                &["The answer lets the page read it: nothing of the CORS protocol stops this call."],
            );
        }
        Verdict::NothingFound => nothing(&mut out, explanation, evidence.teller),
        _ => found(&mut out, explanation),
    }
    if !explanation.open.is_empty() {
        report::section(&mut out, "Open");
        explanation.open.iter().for_each(|sentence| report::line(&mut out, &[sentence]));
    }
    if let Some(contradiction) = &explanation.contradiction {
        report::section(&mut out, "But");
        report::line(&mut out, &[contradiction]);
    }
    if let Some(narrowed) = &explanation.narrowed {
        report::section(&mut out, "With the probes");
        report::line(&mut out, &[&narrowed.summary]);
        if narrowed.causes.len() > 1 {
            for cause in &narrowed.causes {
                report::line(&mut out, &[cause.code, ": ", cause.title]);
            }
        }
    }
    if let Some(fix) = &explanation.fix {
        report::fix(&mut out, fix);
    }
    report::also(&mut out, &explanation.hints);
    out
}

fn found(out: &mut String, explanation: &Explanation) {
    let several = explanation.findings.len() > 1;
    let is_either = explanation.findings.iter().all(|finding| !finding.is_judged && !finding.is_further);
    let calls = has_several_calls(&explanation.findings);
    if several {
        let is_one_of_several = is_either && explanation.verdict == Verdict::Narrowed;
        report::line(
            out,
            &[match () {
                _ if explanation.contradiction.is_some() && explanation.narrowed.is_none() => {
                    "What was read, which does not agree:"
                }
                _ if is_one_of_several => "One of these, which the line does not tell apart:",
                _ if explanation.is_one_of_two => "Which of the first two it is, the status would tell:",
                _ if calls => "Each of these has to be mended, call by call.",
                _ => "Each of these has to be mended; a browser names the first alone.",
            }],
        );
    }
    let mut said: Option<&Finding> = None;
    for finding in &explanation.findings {
        let is_same = said.is_some_and(|said| {
            said.code == finding.code
                && said.phase == finding.phase
                && said.fields.of("url") == finding.fields.of("url")
        });
        let at = finding.fields.of("url");
        if calls && at != said.and_then(|said| said.fields.of("url")) {
            report::line(out, &[finding.fields.of("method").unwrap_or_default(), " ", at.unwrap_or_default()]);
        }
        if !is_same {
            report::line(out, &[finding.code, ": ", finding.title]);
        }
        if !finding.detail.is_empty() {
            report::line(out, &["  ", &finding.detail]);
        }
        said = Some(finding);
    }
}

/// What to copy instead, and where it stands.
fn nothing(out: &mut String, explanation: &Explanation, teller: Option<Teller>) {
    let head = match teller {
        Some(Teller::Node) => {
            "Nothing here names a cause. Node made this call, and has no CORS: the cause that it prints below the error says why."
        }
        Some(Teller::ReactNative) => {
            "Nothing here names a cause. React Native has no CORS: look whether the device reaches that address, and by https."
        }
        Some(_) => {
            "Nothing here names a cause: a page is told no more than that it failed. The reason stands elsewhere:"
        }
        None if explanation.sources.is_empty() => "Nothing here names a cause. What would:",
        None => "Nothing here is wrong by itself. What would tell more:",
    };
    report::line(out, &[head]);
    if matches!(teller, Some(Teller::Node | Teller::ReactNative)) {
        return;
    }
    const PLACES: [(Teller, &str); 3] = [
        (
            Teller::Chromium,
            "- Chrome, Edge: F12, Console: the red line that begins with \"Access to fetch at\", and the one below it.",
        ),
        (
            Teller::Firefox,
            "- Firefox: F12, Console: the line that begins with \"Cross-Origin Request Blocked\", to its end (Reason, Status code).",
        ),
        (
            Teller::WebKit,
            "- Safari: Develop, Show JavaScript Console: both red lines, \"Origin ... is not allowed\" and \"... cannot load\".",
        ),
    ];
    let is_known = PLACES.iter().any(|(place, _)| Some(*place) == teller);
    for (place, line) in PLACES {
        if !is_known || Some(place) == teller {
            report::line(out, &[line]);
        }
    }
    for line in [
        "- Any browser: F12, Network, the failed request and the OPTIONS above it: their response headers, or all as HAR.",
        "- A terminal: curl -i URL -H 'Origin: ORIGIN OF THE PAGE', and what it prints.",
    ] {
        report::line(out, &[line]);
    }
}
