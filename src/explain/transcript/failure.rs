//! What `curl` and `wget` say when there is no answer.

use crate::explain::transcript::lines;
use crate::text;
use crate::world::Failure::{self, ClientCertificate, Dns, Empty, Garbage, Hang, Refused, Reset, Tls};

/// What an error of curl means for the request that it was doing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Ending {
    /// It has no answer.
    Fails(Option<Failure>),
    /// It has none, unless the headers had come before: then the answer stands.
    Breaks(Option<Failure>),
    /// It has an answer; this is about something else.
    Stands,
    /// `--fail`: it has an answer of this status.
    Status(u16),
    /// More redirects than were to be followed.
    TooManyRedirects,
}

/// Code and message of `curl: (7) Failed to connect to ...`.
pub(super) fn curl_error(line: &str) -> Option<(u16, &str)> {
    let line = text::trim(line, " \t");
    // PowerShell says whose error it is.
    let line = line.strip_prefix("curl.exe : ").unwrap_or(line);
    let (code, message) = text::split_once(line.strip_prefix("curl: (")?, ")")?;
    Some((text::number(code)?, message))
}

/// What it means.
pub(super) fn ending(code: u16, message: &str, trouble: Option<Option<Failure>>) -> Ending {
    let has = |part| text::contains(message, part);
    match code {
        // It says "Couldn't connect to server" of everything; `-v` says more.
        7 if has("timed out") => Ending::Fails(Some(Hang)),
        7 if has("No route") || has("unreachable") => Ending::Fails(None),
        7 => Ending::Fails(trouble.unwrap_or(Some(Refused))),
        35 | 56 if has("certificate required") => Ending::Fails(Some(ClientCertificate)),
        1 if has("HTTP/0.9") => Ending::Fails(Some(Garbage)),
        22 => {
            let status = text::split_once(message, "error: ").map(|(_, after)| text::until(after, " "));
            status.and_then(text::number).map_or(Ending::Stands, Ending::Status)
        }
        // Refused by the proxy, not by the server.
        56 if has("CONNECT") => Ending::Fails(None),
        56 if has("alert") => Ending::Breaks(Some(Tls)),
        47 => Ending::TooManyRedirects,
        // The rest of the body is missing, cannot be written, or cannot be decoded.
        18 | 23 | 61 | 63 => Ending::Stands,
        _ => CODES.iter().find(|(known, _)| *known == code).map_or(Ending::Fails(None), |(_, failure)| match failure {
            Hang | Reset => Ending::Breaks(Some(*failure)),
            _ => Ending::Fails(Some(*failure)),
        }),
    }
}

/// What an information line of `curl -v` says of a connection, if it says that something failed.
pub(super) fn trouble(info: &str) -> Option<Option<Failure>> {
    TROUBLES
        .iter()
        .find(|(start, part, _)| info.starts_with(start) && (part.is_empty() || text::contains(info, part)))
        .map(|(_, _, failure)| *failure)
}

/// What a line of wget says.
pub(super) fn wget_error(line: &str) -> Option<Failure> {
    let is_connecting = line.starts_with("Connecting to ") || line.starts_with("Resolving ");
    let said = match text::split_once(line, "... failed: ") {
        Some((_, said)) if is_connecting => said,
        _ => text::split_once(line, "awaiting response... ").map(|(_, said)| said)?,
    };
    WGET.iter().find(|(start, _)| said.starts_with(start)).map(|(_, failure)| *failure)
}

/// URL of `--2026-11-21 23:06:40--  https://a.example/`.
pub(super) fn wget_url(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("--").filter(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))?;
    let (_, url) = text::split_once(rest, "--  ")?;
    lines::url_parts(url).map(|_| text::trim(url, " "))
}

/// <https://curl.se/libcurl/c/libcurl-errors.html>. Not here: what is wrong on this machine (58, 77), or with its proxy (5, 97).
const CODES: &[(u16, Failure)] = &[
    (6, Dns),
    (8, Garbage),
    (16, Reset),
    (28, Hang),
    (35, Tls),
    (51, Tls),
    (52, Empty),
    (55, Reset),
    (56, Reset),
    (60, Tls),
    (83, Tls),
    (90, Tls),
    (91, Tls),
    (92, Reset),
    (98, ClientCertificate),
];

const TROUBLES: &[(&str, &str, Option<Failure>)] = &[
    ("connect to ", "failed: Connection refused", Some(Refused)),
    ("connect to ", "failed: Connection timed out", Some(Hang)),
    ("connect to ", "failed: Operation timed out", Some(Hang)),
    ("connect to ", "failed: ", None),
    ("Could not resolve host", "", Some(Dns)),
    ("SSL certificate problem", "", Some(Tls)),
    ("Empty reply from server", "", Some(Empty)),
    ("Recv failure: Connection reset", "", Some(Reset)),
    ("Received HTTP/0.9", "", Some(Garbage)),
    ("Operation timed out", "", Some(Hang)),
    ("Connection timed out", "", Some(Hang)),
];

const WGET: &[(&str, Failure)] = &[
    ("Connection refused", Refused),
    ("Connection timed out", Hang),
    ("Name or service not known", Dns),
    ("nodename nor servname", Dns),
    ("No data received", Empty),
    ("Read error (Connection reset", Reset),
];
