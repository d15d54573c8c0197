//! What mends what was found.

use crate::advice::{self, Fix};
use crate::causes::{Cause, Phase};
use crate::diagnosis;
use crate::explain::Read;
use crate::explain::found::Finding;
use crate::explain::join;
use crate::prelude::*;

/// What mends it: of answers the whole header lines, of console lines and of several calls what is to be done.
pub(crate) fn fix(read: &Read<'_>) -> Option<Fix> {
    let mut standing = Vec::new();
    for finding in &read.findings {
        for cause in join::standing(&[(finding.code, finding.phase)]) {
            if !standing.iter().any(|(known, _): &(&Cause, _)| core::ptr::eq(*known, cause.0)) {
                standing.push(cause);
            }
        }
    }
    let is_judged = read.findings.iter().any(|finding| finding.is_judged);
    // A page without an origin is a fault of its own; one that nobody told is none.
    let is_told = read.findings.iter().any(|finding| finding.fields.of("origin").is_some());
    let known = read.request.as_ref().filter(|request| is_judged && (is_told || !request.origin.is_opaque()));
    let mut fix = match known.filter(|_| !read.has_several_calls()) {
        _ if standing.is_empty() => return None,
        None => advice::in_words(&standing),
        Some(request) => {
            let mut fix = advice::fix(request, &standing, diagnosis::Verdict::Family);
            // Where a redirect leads to the same origin, that server's answer there lacks the same lines.
            let is_target = |finding: &Finding| {
                finding.code == "redirect-target-without-cors" && finding.fields.of("origin") != Some("null")
            };
            if fix.response.0.is_empty() && read.findings.iter().any(is_target) {
                let missing = join::standing(&[("missing-allow-origin", Some(Phase::Response))]);
                let lines = advice::fix(request, &missing, diagnosis::Verdict::Settled);
                (fix.preflight, fix.response) = (lines.preflight, lines.response);
            }
            fix
        }
    };
    if known.is_some() && read.has_several_calls() {
        fix.steps.push("The header lines differ from call to call: ask again with about, for one of them.");
    }
    Some(fix)
}
