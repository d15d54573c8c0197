//! Every refusal of one answer: each that was found is mended in a copy, and the check asked again.

use alloc::borrow::Cow;

use crate::explain::url;
use crate::fetch::{self, Refusal, Response, Sent};
use crate::prelude::*;
use crate::text;

/// More lines than this say nothing new.
const MOST_LINES: usize = 100;
const LONGEST: usize = 8192;

/// More headers than this are not asked for by any call.
pub(crate) const MOST_HEADERS: usize = 64;

/// Everything that the check says of an answer, each thing mended in a copy before it is asked again.
pub(crate) fn refusals(sent: &Sent<'_>, status: u16, headers: &[(String, String)], in_preflight: bool) -> Vec<Refusal> {
    let mut status = status;
    let mut lines: Vec<(String, String)> = Vec::new();
    for (name, value) in headers {
        let name = name.to_ascii_lowercase();
        if name.starts_with("access-control-allow-") && lines.len() < MOST_LINES {
            // Longer than any list: what it holds there is asked for no more than it is read.
            let value = value.get(..LONGEST).unwrap_or(value);
            lines.push((name, value.to_string()));
        }
    }
    let mut refusals = Vec::new();
    // Each round mends one thing, and there are not more of them.
    for _ in 0..MOST_HEADERS + 10 {
        let headers = lines.iter().map(|(name, value)| (name.as_str(), Cow::Borrowed(value.as_str()))).collect();
        let response = Response { status, headers };
        let checked = match in_preflight {
            true => fetch::preflight_check(sent, &response),
            false => fetch::cors_check(sent, &response),
        };
        let Err(refusal) = checked else { break };
        mend(&refusal, sent, &mut status, &mut lines);
        refusals.push(refusal);
    }
    refusals
}

fn mend(refusal: &Refusal, sent: &Sent<'_>, status: &mut u16, lines: &mut Vec<(String, String)>) {
    use Refusal::*;
    let mut set = |name: &str, value: &str, keeps: bool| {
        if !keeps {
            lines.retain(|(known, _)| known != name);
        }
        lines.push((name.to_string(), value.to_string()));
    };
    match refusal {
        AllowOriginMissing
        | AllowOriginMultiple
        | AllowOriginInvalid
        | AllowOriginMismatch
        | WildcardWithCredentials => {
            set("access-control-allow-origin", sent.origin, false);
        }
        AllowCredentialsNotTrue => set("access-control-allow-credentials", "true", false),
        PreflightStatus(_) | PreflightRedirect => *status = 204,
        // What a list that does not parse was meant to hold is not known: it is taken to hold what the call needs.
        InvalidAllowMethods => set("access-control-allow-methods", sent.method, false),
        InvalidAllowHeaders => set("access-control-allow-headers", &text::join(sent.unsafe_headers, ","), false),
        MethodNotAllowed => set("access-control-allow-methods", sent.method, true),
        HeaderNotAllowed(index) => {
            let name = sent.unsafe_headers.get(*index).map_or("", String::as_str);
            set("access-control-allow-headers", name, true);
        }
    }
}

/// All values of a header, as the checks read them.
pub(crate) fn value<'a>(headers: &'a [(String, String)], name: &str) -> Option<Cow<'a, str>> {
    let mut combined: Option<Cow<'a, str>> = None;
    for (_, value) in headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name)).take(MOST_LINES) {
        let value = text::trim(value, "\t\n\r ");
        combined = Some(match combined {
            None => Cow::Borrowed(value),
            Some(before) => Cow::Owned(text::fill("{}, {}", &[&before, value])),
        });
    }
    combined
}

/// The header's lines, as an answer has them.
pub(crate) fn quoted(headers: &[(String, String)], name: &str) -> Option<String> {
    let (known, _) = headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    Some(text::fill("{}: {}", &[known, &value(headers, name)?]))
}

/// One origin, or `null`.
pub(crate) fn is_origin(value: &str) -> bool {
    value == "null" || url::origin(value).is_some_and(|origin| origin.eq_ignore_ascii_case(value))
}
