//! What Firefox says of a page's policy, in any of its languages; whether a policy of any engine blocked at all.
//!
//! `Content-Security-Policy:`, a sentence with the URL, and the directive, between parentheses or quotes; a header's own line has
//! neither, and a report blocks nothing.

use super::Fields;
use super::glyphs::{Page, clean, ends_in_quote, flat};
use super::join::Kind;
use super::reader::Reader;
use crate::text;

/// Reads the sentence behind that name; where it ends, if something was blocked.
pub(super) fn read(reader: &mut Reader<'_>, at: usize, end: usize) -> Option<usize> {
    let page = reader.page;
    let sentence = page.after(end, 700);
    let sentence = text::split_once(sentence, "\n\n").map_or(sentence, |(before, _)| before);
    let sentence = text::split_once(sentence, "\nContent").map_or(sentence, |(before, _)| before);
    let is_report =
        ["eport-only", "eport-Only", "would block", "CSP"].iter().any(|part| text::contains(sentence, part));
    let is_code = text::any(text::until(sentence, "('\""), |byte| text::is_any_of(byte, ";{[=<"));
    if is_report || is_code || !is_of_connections(sentence) {
        return None;
    }
    let colon = text::split_once(sentence, "://").map(|(before, _)| end + before.len())?;
    let next = reader.see_url(colon);
    let (begin, mut url_end) = reader.url?;
    if page.from(url_end).starts_with("? ") {
        url_end += 1;
    }
    let fields = Fields { url: Some(clean(page.slice(begin, url_end))), ..Fields::default() };
    reader.head = None;
    reader.say(Kind::Causes(&["csp-connect-src"], None), fields, at, next);
    Some(next)
}

/// Reports only, and upgrades, block nothing.
pub(super) fn is_blocked(page: &Page<'_>, at: usize, end: usize) -> bool {
    let before = flat(page.before(at, 20));
    let after = page.after(end, 400);
    let after = flat(text::split_once(after, "\n\n").map_or(after, |(after, _)| after));
    let near = flat(page.after(end, 160));
    let is_mild = |part: &&str| text::contains(&near, part);
    !text::contains(&before, "report only")
        && !text::contains(&before, "[warning]")
        && !["should also be served over", "automatically upgraded"].iter().any(is_mild)
        && !text::contains(&after, "policy is report-only")
}

/// The directive is the one of connections: the kind of what was blocked stands between parentheses, in older ones between quotes
/// the directive that was violated.
fn is_of_connections(sentence: &str) -> bool {
    let mut rest = sentence;
    let mut quoted = None;
    while let Some((before, after)) = text::split_once(rest, "-src") {
        let letters = before.bytes().rev().take_while(u8::is_ascii_lowercase).count();
        let (front, name) = before.split_at_checked(before.len() - letters).unwrap_or_default();
        match front.trim_ascii_end().chars().next_back() {
            Some('(' | '（') => return name == "connect",
            // In front of it stand words.
            _ if quoted.is_none() && front.len() > 12 && ends_in_quote(front) => {
                quoted = Some(text::is_one_of(name, "connect default"));
            }
            _ => {}
        }
        rest = after;
    }
    quoted.unwrap_or(false)
}
