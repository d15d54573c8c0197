//! How developer tools write headings, labels and headers.

use crate::explain::transcript::lines;
use crate::explain::transcript::names;
use crate::text;

/// What a heading begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Section {
    #[default]
    None,
    General,
    Request,
    Response,
    /// Form data and other things that look like headers.
    Other,
}

/// What a labelled line tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Url,
    Method,
    Status,
    Nothing,
}

/// A header on one line, or on two: name above value.
pub(super) fn pair<'a>(line: &'a str, next: &'a str, in_section: bool) -> Option<((&'a str, &'a str), usize)> {
    let is_known = |name: &str| names::side(name).is_some();
    if let Some((name, value)) = lines::header_line(line) {
        if text::any(name, |byte| text::is_any_of(byte, "'`|*#$&!%")) {
            return None;
        }
        if !value.is_empty() {
            return Some(((name, value), 1));
        }
        let below = text::trim(next, " \t");
        let is_header = lines::header_line(below)
            .is_some_and(|(_, value)| value.is_empty() || text::contains(below, ": ")) // `127.0.0.1:80` is a value
            || lines::status_line(below).is_some();
        if (in_section || is_known(name)) && !is_header && !below.is_empty() && heading(below).is_none() {
            return Some(((name, below), 2));
        }
        return Some(((name, ""), 1));
    }
    // Firefox indents the value; a table has it behind a tab.
    let name = text::until(line, "\t");
    let is_name = text::all(name, |byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !is_name || !(is_known(name) || text::any(name, |byte| byte == b'-')) {
        return None;
    }
    match line.get(name.len()..) {
        Some("") if next.starts_with('\t') => Some(((name, text::trim(next, " \t")), 2)),
        Some(value) if !value.is_empty() => Some(((name, text::trim(value, " \t")), 1)),
        _ => None,
    }
}

/// Firefox's first line: `GET https://a.example/`, or both on lines of their own.
pub(super) fn summary<'a>(line: &'a str, next: &'a str) -> Option<(&'a str, &'a str, usize)> {
    let method = text::until(line, " ");
    if !text::is_one_of(method, "GET HEAD POST PUT PATCH DELETE OPTIONS") {
        return None;
    }
    let rest = text::trim(line.get(method.len()..)?, " ");
    let (url, read) = if rest.is_empty() { (text::trim(next, " \t"), 2) } else { (rest, 1) };
    let is_url = lines::url_parts(url).is_some() && !text::any(url, |byte| byte == b' ');
    is_url.then_some((method, url, read))
}

/// The section that a heading begins, and whether it says so in full: "Response Headers (1.2 kB)", "Response Headersview source".
pub(super) fn heading(line: &str) -> Option<(Section, bool)> {
    let begin = line.bytes().position(|byte| byte.is_ascii_alphabetic())?;
    let line = line.get(begin..).filter(|_| begin < 8)?;
    HEADINGS.iter().find_map(|(heading, section, is_full)| {
        let start = line.get(..heading.len())?;
        let rest = text::trim(line.get(heading.len()..)?, " \t:\"*{");
        let is_end = rest.is_empty() || (*is_full && (rest.starts_with('(') || is_noise(rest)));
        (start.eq_ignore_ascii_case(heading) && is_end).then_some((*section, *is_full))
    })
}

/// What developer tools show between headers.
pub(super) fn is_noise(line: &str) -> bool {
    text::contains(line, "Provisional headers are shown")
        || ["Learn more", "view source", "View source", "view parsed", "View parsed", "Raw", "Disable cache"]
            .contains(&line)
}

const HEADINGS: &[(&str, Section, bool)] = &[
    ("Response Headers", Section::Response, true),
    ("Request Headers", Section::Request, true),
    ("Query String Parameters", Section::Other, true),
    ("Form Data", Section::Other, true),
    ("Request Payload", Section::Other, true),
    ("Request Data", Section::Other, true),
    ("Early Hints Headers", Section::Other, true),
    ("General", Section::General, false),
    ("Summary", Section::General, false),
    ("Response", Section::Response, false),
    ("Request", Section::Request, false),
];

pub(super) const FIELDS: &[(&str, Field)] = &[
    ("Request URL", Field::Url),
    ("Request Method", Field::Method),
    ("Status Code", Field::Status),
    ("Remote Address", Field::Nothing),
    ("Referrer Policy", Field::Nothing),
    ("URL", Field::Url),
    ("Status", Field::Status),
    ("Source", Field::Nothing),
    ("Address", Field::Nothing),
    ("Initiator", Field::Nothing),
    ("Version", Field::Nothing),
    ("Transferred", Field::Nothing),
    ("DNS Resolution", Field::Nothing),
];
