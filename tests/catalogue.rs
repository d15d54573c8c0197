//! The catalogue against itself and the table: nothing half defined, nothing without its row and the nearest row that is not it.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, reason = "a test that cannot be set up has failed")]

use std::collections::BTreeSet;

use lab::model::{ENGINES, diagnose, rows};
use whycors::causes::{self, Cause, Family};
use whycors::hints;
use whycors::hypothesis::Assumptions;
use whycors::infer;

/// The public codes, each with its phases: never renamed, never dropped. New causes need no line here.
const CODES: [(&str, &[&str]); 41] = [
    ("missing-allow-origin", &["response", "preflight"]),
    ("error-response-without-cors", &[]),
    ("preflight-status", &[]),
    ("origin-mismatch", &["response", "preflight"]),
    ("header-not-allowed", &[]),
    ("wildcard-with-credentials", &["response", "preflight"]),
    ("allow-credentials-not-true", &["response", "preflight"]),
    ("multiple-allow-origin", &["response", "preflight"]),
    ("method-not-allowed", &[]),
    ("preflight-redirect", &[]),
    ("invalid-allow-origin", &["response", "preflight"]),
    ("invalid-allow-methods", &[]),
    ("invalid-allow-headers", &[]),
    ("redirect-without-cors", &[]),
    ("redirect-target-without-cors", &[]),
    ("redirect-with-credentials", &[]),
    ("redirect-mode-error", &[]),
    ("too-many-redirects", &[]),
    ("connection-refused", &[]),
    ("dns-failure", &[]),
    ("tls-failure", &[]),
    ("connection-dropped", &[]),
    ("no-response", &[]),
    ("offline", &[]),
    ("blocked-by-client", &[]),
    ("local-network-access", &[]),
    ("mixed-content", &[]),
    ("csp-connect-src", &[]),
    ("corp", &[]),
    ("coep", &[]),
    ("orb", &[]),
    ("stale-cached-response", &[]),
    ("service-worker", &[]),
    ("intermittent", &[]),
    ("aborted", &[]),
    ("timed-out", &[]),
    ("integrity-mismatch", &[]),
    ("invalid-request", &[]),
    ("unsupported-scheme", &[]),
    ("bad-port", &[]),
    ("same-origin-mode", &[]),
];

/// The codes of the hints.
const HINTS: [&str; 15] = [
    "no-cors-is-opaque",
    "allow-origin-sent-as-request-header",
    "lower-case-method",
    "needless-preflight",
    "upload-listener-forces-preflight",
    "stream-body-forces-preflight",
    "header-not-exposed",
    "authorization-under-wildcard",
    "null-origin-page",
    "localhost-vs-127.0.0.1",
    "vary-origin-missing",
    "cookies-need-samesite-none-secure",
    "headers-added-below-us",
    "websocket-origin-check",
    "same-origin-redirected-away",
];

#[test]
fn no_public_code_is_ever_dropped_and_verdicts_list_them_in_their_order() {
    let mut known = Vec::new();
    for cause in causes::ordered() {
        if known.last() != Some(&cause.code) {
            known.push(cause.code);
        }
    }
    let codes: Vec<&str> = CODES.iter().map(|(code, _)| *code).collect();
    known.retain(|code| codes.contains(code));
    assert_eq!(known, codes);
    for (code, phases) in CODES {
        let mut named: Vec<&str> = causes::all()
            .filter(|cause| cause.code == code)
            .filter_map(|cause| cause.phase.map(|phase| phase.name()))
            .collect();
        named.dedup();
        assert_eq!(named, phases, "{code}");
    }
    let hints: Vec<&str> = hints::ALL.iter().map(|hint| hint.code).filter(|code| HINTS.contains(code)).collect();
    assert_eq!(hints, HINTS);
}

#[test]
fn nothing_in_the_catalogue_is_half_defined() {
    assert!(causes::all().count() <= 64, "`Inference` keeps sets of causes in 64 bits");
    for cause in causes::all() {
        let name = name(cause);
        is_a_title(&name, cause.title);
        is_a_link(&name, cause.standard.link);
        let is_mended = cause.mended_by_headers || matches!(cause.code, "aborted");
        assert!(!cause.step.is_empty() || is_mended, "{name}: nothing mends it");
        assert!(cause.step.is_empty() || cause.step.ends_with(['.', '?']), "{name}: {:?} is no sentence", cause.step);
    }
    for hint in hints::ALL {
        is_a_title(hint.code, hint.title);
        is_a_link(hint.code, hint.standard.link);
    }
}

#[test]
fn every_cause_has_its_row_and_the_nearest_row_that_is_not_it() {
    let rows = lab::scenarios().expect("the table parses");
    let mut missing = String::new();
    for cause in causes::all() {
        let name = name(cause);
        let is_it = |row: &&lab::Scenario| {
            row.cause.as_deref() == Some(cause.code) && row.phase.as_deref() == cause.phase.map(|phase| phase.name())
        };
        if !rows.iter().any(|row| is_it(&row)) {
            missing += &format!("{name} has no row\n");
        }
        if !rows.iter().any(|row| row.nearest.contains(&name)) {
            missing += &format!("{name} has no nearest row\n");
        }
    }
    for hint in HINTS {
        if !rows.iter().any(|row| row.hints.iter().any(|known| known == hint)) {
            missing += &format!("the hint {hint} has no row\n");
        }
        if !rows.iter().any(|row| row.nearest.iter().any(|known| known == hint)) {
            missing += &format!("the hint {hint} has no nearest row\n");
        }
    }
    assert!(missing.is_empty(), "{missing}");
}

#[test]
fn the_nearest_row_is_not_it_in_any_engine() {
    let causes: BTreeSet<String> = causes::all().map(name).collect();
    for row in rows().expect("the table parses") {
        for nearest in &row.nearest {
            let is_hint = HINTS.contains(&nearest.as_str());
            assert!(is_hint || causes.contains(nearest), "{}: {nearest} is no cause and no hint", row.id);
            for engine in ENGINES {
                let Some(diagnosis) = diagnose(&row, engine) else { continue };
                let (code, phase) = nearest.split_once(' ').unwrap_or((nearest, ""));
                let is_named = diagnosis.causes.iter().any(|cause| {
                    cause.code == code && (phase.is_empty() || cause.phase.is_none_or(|named| named == phase))
                });
                let is_hinted = diagnosis.hints.iter().any(|hint| hint.code == nearest);
                assert!(!is_named && !is_hinted, "{} in {} names {nearest}", row.id, engine.name());
            }
        }
    }
}

#[test]
fn a_family_keeps_its_members_and_the_smallest_that_covers_is_named() {
    let members = |family: Family| -> Vec<(&'static Cause, Assumptions)> {
        let plain = Assumptions::default();
        causes::all().filter(|cause| cause.families.contains(&family)).map(|cause| (cause, plain)).collect()
    };
    for (family, expected) in [
        (Family::CredentialsNotAllowed, &["allow-credentials-not-true", "wildcard-with-credentials"][..]),
        (
            Family::OriginNotAllowed,
            &["invalid-allow-origin", "missing-allow-origin", "multiple-allow-origin", "origin-mismatch"],
        ),
        (
            Family::Unreachable,
            &["blocked-by-client", "connection-dropped", "connection-refused", "dns-failure", "tls-failure"],
        ),
        (
            Family::AnswerNotReadable,
            &[
                "error-response-without-cors",
                "invalid-allow-origin",
                "missing-allow-origin",
                "multiple-allow-origin",
                "origin-mismatch",
                "redirect-without-cors",
            ],
        ),
        (
            Family::PreflightRefused,
            &[
                "allow-credentials-not-true",
                "header-not-allowed",
                "invalid-allow-headers",
                "invalid-allow-methods",
                "invalid-allow-origin",
                "method-not-allowed",
                "missing-allow-origin",
                "multiple-allow-origin",
                "origin-mismatch",
                "preflight-redirect",
                "preflight-status",
                "wildcard-with-credentials",
            ],
        ),
    ] {
        let members = members(family);
        let codes: BTreeSet<&str> = members.iter().map(|(cause, _)| cause.code).collect();
        assert!(expected.iter().all(|code| codes.contains(code)), "{}: {codes:?}", family.name());
        assert_eq!(infer::family(&members), Some(family.name()));
        let mut with_a_stranger = members;
        with_a_stranger.extend(causes::all().filter(|cause| cause.code == "corp").map(|c| (c, Assumptions::default())));
        assert_eq!(infer::family(&with_a_stranger), None);
    }
}

/// `code`, or `code phase`.
fn name(cause: &Cause) -> String {
    cause.phase.map_or(cause.code.to_string(), |phase| format!("{} {}", cause.code, phase.name()))
}

fn is_a_title(name: &str, title: &str) {
    assert!(!title.is_empty() && !title.ends_with('.'), "{name}: {title:?} is no title");
}

fn is_a_link(name: &str, link: &str) {
    let has_anchor =
        link.split_once('#').is_some_and(|(page, anchor)| page.starts_with("https://") && !anchor.is_empty());
    assert!(has_anchor, "{name}: {link:?} does not link to a place in a standard");
}
