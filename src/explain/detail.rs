//! The sentences about a paste's exchanges, with their real values.

use crate::explain::mask;
use crate::explain::named::Named;
use crate::explain::url;
use crate::fetch::{Refusal, Sent};
use crate::prelude::*;
use crate::text;
use crate::world::Failure;

pub(crate) const NO_ANSWER: &str = "There was no HTTP answer, and the paste does not say why.";
pub(crate) const ASKED_WITHOUT_ORIGIN: &str = "The request was sent without an Origin header, and many servers send the CORS headers only to a request \
     that has one: repeat it with -H 'Origin: ...'.";
pub(crate) const PERHAPS_WITHOUT_ORIGIN: &str = "The paste does not show whether it was asked for with an Origin header: without one, many servers send no CORS headers.";
pub(crate) const PERHAPS_AN_ERROR: &str = "The status is not in the paste. If it is 4xx or 5xx, that is the real fault: the console's next line, or the Network panel, shows it.";
pub(crate) const WHICH_REDIRECTS: &str =
    "The paste does not say whether the redirect answers the OPTIONS, which must not redirect, or the request.";
pub(crate) const OPAQUE: &str =
    "With mode: 'no-cors' the answer is opaque: script can read neither its status nor its body.";
pub(crate) const NOT_MODIFIED: &str =
    "A 304 says that a stored answer is good: what counts are the headers of that one.";
/// The origin of a page of which nothing is known.
pub(crate) const UNKNOWN_PAGE: &str = "https://page.invalid";
pub(crate) const NO_STATUS: &str = "The paste has no status line. If the status is 4xx or 5xx, that is the real fault.";
pub(crate) const NO_HEADERS: &str = "The paste has the status of an answer, and not its headers, which decide.";
pub(crate) const BARE_ANSWER: &str = "The HAR has an answer without any header: some browsers do not write them down.";
pub(crate) const LEADS_TO: &str = "It redirects to ";

/// What a list of a header holds is shown up to here.
const MOST: usize = 200;

pub(crate) fn no_preflight(method: &str) -> String {
    text::concat(&[
        "This ",
        &shown(method),
        " is preceded by a preflight (OPTIONS), and the answer to that is not in the paste.",
    ])
}

pub(crate) fn no_response(method: &str) -> String {
    text::concat(&["The answer to the ", &shown(method), " itself is not in the paste."])
}

pub(crate) fn other_origin(asked: &str, expected: &str) -> String {
    let parts = [
        "The request was sent with Origin: ",
        &shown(asked),
        ", the browser sends Origin: ",
        &shown(expected),
        ". A server may answer the two differently.",
    ];
    text::concat(&parts)
}

pub(crate) fn no_such_origin(origin: &str) -> String {
    text::concat(&["The request was sent with Origin: ", &shown(origin), ", as no browser sends it."])
}

pub(crate) fn allows_only(origin: &str) -> String {
    text::fill("It lets pages of {} read the answer, and no others.", &[&shown(origin)])
}

pub(crate) fn leads_to(location: &str) -> String {
    text::fill("{}{}, whose answer counts as well: it is not in the paste.", &[LEADS_TO, &mask::url(location)])
}

/// A status line, as far as it is known.
pub(crate) fn status_line(status: Option<u16>) -> String {
    match status {
        Some(status) => text::fill("HTTP {}", &[&digits(status.into())]),
        None => "(no status line)".to_string(),
    }
}

/// The response header that a refusal is about.
pub(crate) fn header_of(refusal: &Refusal) -> Option<&'static str> {
    use Refusal::*;
    Some(match refusal {
        AllowOriginMissing | PreflightStatus(_) => return None,
        AllowOriginMultiple | AllowOriginInvalid | AllowOriginMismatch | WildcardWithCredentials => {
            "access-control-allow-origin"
        }
        AllowCredentialsNotTrue => "access-control-allow-credentials",
        PreflightRedirect => "location",
        InvalidAllowMethods | MethodNotAllowed => "access-control-allow-methods",
        InvalidAllowHeaders | HeaderNotAllowed(_) => "access-control-allow-headers",
    })
}

/// What a refusal comes from; empty if the title of its cause says all.
pub(crate) fn of(
    refusal: &Refusal,
    sent: &Sent<'_>,
    status: Option<u16>,
    value: Option<&str>,
    location: Option<&str>,
    in_preflight: bool,
) -> String {
    use Refusal::*;
    let is = value.map(shown).unwrap_or_default();
    let is_credentialed = sent.credentials == crate::request::Credentials::Include;
    match refusal {
        AllowOriginMissing => match status {
            Some(status) if status >= 400 && !in_preflight => {
                text::fill("The status is {}.", &[&digits(status.into())])
            }
            _ => String::new(),
        },
        AllowOriginMultiple | AllowOriginInvalid if is.is_empty() => "It is empty.".to_string(),
        AllowOriginMultiple => text::concat(&["It is ", &is, "."]),
        AllowOriginInvalid => text::concat(&["It is ", &is, wrong_with(value.unwrap_or_default())]),
        AllowOriginMismatch if sent.origin == UNKNOWN_PAGE => {
            text::concat(&["It is ", &is, ": no browser writes an origin so."])
        }
        AllowOriginMismatch => {
            let why = differs(value.unwrap_or_default(), sent.origin);
            text::fill("It is {}, and the call comes from {}{}", &[&is, &shown(sent.origin), why])
        }
        WildcardWithCredentials => String::new(),
        AllowCredentialsNotTrue if value.is_none() => "The header is missing.".to_string(),
        AllowCredentialsNotTrue => text::concat(&["It is ", &is, "; only true counts, in lower case."]),
        PreflightStatus(401) => {
            "The status is 401: a preflight never carries cookies or Authorization, so it must not ask for them.".to_string()
        }
        PreflightStatus(403) => {
            "The status is 403: the server does not let this origin, method or header in, or asks for what no preflight carries (cookies, Authorization)."
                .to_string()
        }
        PreflightStatus(status) => text::concat(&["The status is ", &digits((*status).into()), "."]),
        PreflightRedirect => match location {
            Some(location) => text::fill("It leads to {}.", &[&mask::url(location)]),
            None => String::new(),
        },
        InvalidAllowMethods | InvalidAllowHeaders => text::fill("It is {}.", &[&is]),
        MethodNotAllowed => lacks(sent.method, "Access-Control-Allow-Methods", value, is_credentialed),
        HeaderNotAllowed(index) => {
            let name = sent.unsafe_headers.get(*index).map_or("", String::as_str);
            lacks(name, "Access-Control-Allow-Headers", value, is_credentialed || name == "authorization")
        }
    }
}

/// What would mend what a console line names, with its values; empty where the title says all.
pub(crate) fn of_line(code: &str, fields: &Named) -> String {
    let origin = fields.of("origin").filter(|origin| *origin != "null").map(shown);
    let value = fields.of("value").map(shown);
    match (code, origin, value) {
        ("origin-mismatch" | "invalid-allow-origin" | "multiple-allow-origin", Some(origin), Some(value)) => {
            text::fill("It is {}; it has to be {}.", &[&value, &origin])
        }
        ("origin-mismatch" | "invalid-allow-origin" | "multiple-allow-origin", None, Some(value)) => {
            text::fill("It is {}.", &[&value])
        }
        (
            "missing-allow-origin" | "origin-mismatch" | "wildcard-with-credentials" | "invalid-allow-origin",
            Some(origin),
            _,
        ) => text::fill("It has to send Access-Control-Allow-Origin: {}.", &[&origin]),
        ("error-response-without-cors" | "preflight-status", _, _) => match fields.of("status") {
            Some(status) => text::fill("The status is {}.", &[status]),
            None => String::new(),
        },
        ("header-not-allowed", ..) => match fields.of("header") {
            Some(header) => text::fill("Access-Control-Allow-Headers has to name {}.", &[&shown(header)]),
            None => String::new(),
        },
        ("method-not-allowed", ..) => match fields.of("method") {
            Some(method) => text::fill("Access-Control-Allow-Methods has to name {}.", &[&shown(method)]),
            None => String::new(),
        },
        ("allow-credentials-not-true" | "invalid-allow-methods" | "invalid-allow-headers", _, Some(value)) => {
            text::fill("It is {}.", &[if value.is_empty() { "empty" } else { &value }])
        }
        _ => String::new(),
    }
}

/// A list that does not hold what it should; a wildcard that is none says so.
fn lacks(what: &str, list: &str, value: Option<&str>, is_literal: bool) -> String {
    let what = shown(what);
    let Some(value) = value else {
        return text::fill("{} needs the header {}, which is missing.", &[&what, list]);
    };
    let holds_wildcard = text::split(value, ",").iter().any(|item| text::trim(item, " \t") == "*");
    let covers = match holds_wildcard && is_literal {
        true => "; the * does not cover it",
        false => "",
    };
    text::fill("{} is not in {}: {}{}.", &[&what, list, &shown(value), covers])
}

/// Two origins that differ in one small thing.
fn differs(value: &str, origin: &str) -> &'static str {
    let without_slash = value.strip_suffix('/').unwrap_or(value);
    if without_slash == origin && value != origin {
        return ": an origin has no slash at its end.";
    }
    if value.eq_ignore_ascii_case(origin) {
        return ": the two are compared letter by letter.";
    }
    if url::origin(value).as_deref() == Some(origin) {
        return ": a browser leaves out the scheme's own port, and what follows the host.";
    }
    let split = |text| text::split_once(text, "://").unwrap_or(("", ""));
    let ((scheme, host), (own_scheme, own_host)) = (split(value), split(origin));
    let name = |host| text::until(host, ":/").to_string();
    let bare = |host: &str| host.strip_prefix("www.").map_or(host.to_string(), str::to_string);
    match () {
        _ if value == "null" || origin == "null" => ".",
        _ if text::contains(value, "*") => ": a * within an origin stands for nothing.",
        _ if name(host) == name(own_host) && host != own_host && scheme != own_scheme => ": schemes and ports differ.",
        _ if host == own_host && scheme != own_scheme => ": the schemes differ.",
        _ if name(host) == name(own_host) => ": the ports differ.",
        _ if bare(host) == bare(own_host) => ": www. makes another origin.",
        _ if crate::gate::is_loopback(&name(host)) && crate::gate::is_loopback(&name(own_host)) => {
            ": localhost and 127.0.0.1 are two origins."
        }
        _ => ".",
    }
}

fn wrong_with(value: &str) -> &'static str {
    match value {
        "true" | "false" | "*/*" => ": the header takes one origin, or *.",
        _ if !text::contains(value, "://") => ": the scheme is missing.",
        _ => ".",
    }
}

/// A value of a header of the CORS protocol, as far as it fits on a line.
pub(crate) fn shown(value: &str) -> String {
    mask::text(value, MOST)
}

/// Why there is no answer.
pub(crate) fn failure(failure: Failure) -> &'static str {
    match failure {
        Failure::Refused => "connection refused",
        Failure::Dns => "the host name did not resolve",
        Failure::Tls | Failure::ClientCertificate => "the TLS handshake failed",
        Failure::Reset => "connection reset",
        Failure::Empty => "an empty reply",
        Failure::Garbage => "an answer that is not HTTP",
        Failure::Hang => "no answer in time",
        _ => "blocked in the browser",
    }
}

/// A number in digits.
#[inline(never)]
pub(crate) fn digits(number: u32) -> String {
    let mut digits = String::new();
    crate::json::push_number(&mut digits, number);
    digits
}
