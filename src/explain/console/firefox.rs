//! What Firefox says, in any of its languages.
//!
//! A reason's words are translated; the header that it is about, the value between quotes, the status and the URL are not, and
//! these alone tell most reasons apart. A token that Firefox calls invalid is none, so a header's name that is one was not
//! allowed. Prose is kept out by what stands around: the URL, the word that announces a reason, the status behind it.

use super::Means::{FirefoxHead, FirefoxReason};
use super::firefox_words::{DISABLED, FAILED, MISSING, MULTIPLE, PREFLIGHT, REDIRECT};
use super::glyphs::{Filler, Page, clean, ends_in_quote, filler, flat};
use super::join::Kind;
use super::reader::Reader;
use super::template::{literal, trim_end};
use super::{Fields, Means, Template, means, says};
use crate::fetch::is_token_byte;
use crate::prelude::*;
use crate::text;

/// A reason is not longer.
const LONGEST_REASON: usize = 420;
/// More are not read from one text, reasons or not.
const MOST_REASONS: u16 = 2000;

pub(super) const TEMPLATES: &[Template] = &[
    means(
        "cross-origin request blocked: the same origin policy disallows reading the remote resource at {u}",
        FirefoxHead,
    ),
    means("the same origin policy disallows reading the remote resource at {u}", FirefoxHead),
    means("disallows reading the remote resource at {u}", FirefoxHead),
    means("cross-origin request blocked", FirefoxHead),
    means("Quellübergreifende (cross-origin) anfrage blockiert", FirefoxHead),
    means("die gleiche-quelle-regel verbietet das lesen der externen ressource auf {u}", FirefoxHead),
    means("blocage dune requête multiorigine", FirefoxHead),
    means("blocage d une requête multiorigine", FirefoxHead),
    means("solicitud desde otro origen bloqueada", FirefoxHead),
    means("solicitud de origen cruzado bloqueada", FirefoxHead),
    means("pedido de origen cruzado bloqueado", FirefoxHead),
    means("requisição cross-origin bloqueada", FirefoxHead),
    means("pedido cross-origin bloqueado", FirefoxHead),
    means("Запрос из постороннего источника заблокирован", FirefoxHead),
    means("Запит зі стороннього джерела заблоковано", FirefoxHead),
    means("クロスオリジン要求をブロックしました", FirefoxHead),
    means("已拦截跨源请求", FirefoxHead),
    means("已阻止跨源请求", FirefoxHead),
    means("已封鎖跨來源請求", FirefoxHead),
    means("교차 출처 요청 차단", FirefoxHead),
    means("교차 원본 요청 차단", FirefoxHead),
    means("bloccata richiesta multiorigine", FirefoxHead),
    means("zablokowano żądanie do zasobu innego pochodzenia", FirefoxHead),
    means("cross-origin-aanvraag geblokkeerd", FirefoxHead),
    means("cross-origin požadavek byl zablokován", FirefoxHead),
    means("zablokován požadavek cross-origin", FirefoxHead),
    means("žádost cross-origin zablokována", FirefoxHead),
    means("Çapraz köken isteği engellendi", FirefoxHead),
    means("yêu cầu cross-origin", FirefoxHead),
    means("permintaan cross-origin", FirefoxHead),
    means("permintaan lintas asal", FirefoxHead),
    means("reason:", FirefoxReason),
    means("grund:", FirefoxReason),
    means("raison:", FirefoxReason),
    means("motif:", FirefoxReason),
    means("razón:", FirefoxReason),
    means("motivo:", FirefoxReason),
    means("motiv:", FirefoxReason),
    means("Причина:", FirefoxReason),
    means("причина:", FirefoxReason),
    means("理由:", FirefoxReason),
    means("原因:", FirefoxReason),
    means("원인:", FirefoxReason),
    means("이유:", FirefoxReason),
    means("powód:", FirefoxReason),
    means("reden:", FirefoxReason),
    means("důvod:", FirefoxReason),
    means("dôvod:", FirefoxReason),
    means("sebep:", FirefoxReason),
    means("neden:", FirefoxReason),
    means("lý do:", FirefoxReason),
    means("alasan:", FirefoxReason),
    means("ok:", FirefoxReason),
    means("orsak:", FirefoxReason),
    means("anledning:", FirefoxReason),
    means("årsag:", FirefoxReason),
    means("årsak:", FirefoxReason),
    means("syy:", FirefoxReason),
    means("Αιτία:", FirefoxReason),
    // Reasons that stand alone, as titles of threads do.
    means("cors header 'access-control-allow-origin' missing", Means::FirefoxReason),
    means("cors header 'access-control-allow-origin' does not match '{v}'", Means::FirefoxReason),
    means("cors 头缺少 'access-control-allow-origin'", Means::FirefoxReason),
    means("credential is not supported if the cors header", Means::FirefoxReason),
    means("did not find method in cors header", Means::FirefoxReason),
    means("cors preflight response did not succeed", Means::PreflightFailed),
    means("cors preflight channel did not succeed", Means::PreflightFailed),
    says("cors request external redirect not allowed", MOVED),
    means("cors missing allow origin", Means::MissingOfUrl),
    means("cors allow origin not matching origin", Means::OfUrl(&["origin-mismatch", "invalid-allow-origin"])),
    means("cors preflight did not succeed", Means::OfUrl(&["preflight-status", "preflight-redirect"])),
    means("cors multiple allow origin not allowed", Means::OfUrl(&["multiple-allow-origin"])),
    means("cors not supporting credentials", Means::OfUrl(&["wildcard-with-credentials"])),
    means("cors missing allow credentials", Means::OfUrl(&["allow-credentials-not-true"])),
    means("cors method not found", Means::OfUrl(&["method-not-allowed"])),
    means("cors missing allow header from preflight", Means::OfUrl(&["header-not-allowed"])),
    means("cors request not http", Means::OfUrl(&["unsupported-scheme"])),
];

const MOVED: &[&str] = &["preflight-redirect", "redirect-without-cors", "redirect-with-credentials"];

/// The status behind a reason.
#[derive(Clone, Copy, PartialEq)]
enum Status {
    Unsaid,
    /// `(null)`, so often: the console counts a line that repeats.
    None(u8),
    Code(u16),
}

/// A reason is announced; where it ends, if it is one.
pub(super) fn reason(reader: &mut Reader<'_>, at: usize, end: usize) -> Option<usize> {
    let announced = text::trim(reader.page.before(end, 3), " ");
    let is_announced = announced.ends_with(":") || announced.ends_with("：");
    // `"reason":` is a member of some object.
    if is_announced && reader.page.before(end, 3).contains(['"', '\'', '`']) {
        return None;
    }
    let in_parentheses = matches!(reader.page.before(at, 8).trim_ascii_end().chars().next_back(), Some('(' | '（'));
    let begin = if is_announced { end } else { at };
    read(reader, at, begin, in_parentheses, !is_announced)
}

/// A parenthesis behind a URL may be a reason, announced by a word or not.
pub(super) fn parenthesis(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let is_in_message =
        reader.head.as_ref().is_some_and(|head| head.is_firefox && at >= head.end && at - head.end < LONGEST_REASON);
    let near = reader.url.is_some_and(|(_, end)| at >= end && at - end < LONGEST_REASON / 2);
    if !core::mem::take(&mut reader.may_open) || !near {
        return None;
    }
    let page = reader.page;
    let begin = at + page.from(at).chars().next()?.len_utf8();
    let inner = page.slice(begin, reason_end(page, begin, true));
    if !text::contains(inner, "CORS") && !text::contains(inner, "Access-Control-Allow-") {
        return None;
    }
    // Of a language that is not known: the status behind it tells.
    let is_followed = || status_behind(page, begin + inner.len()).0 != Status::Unsaid;
    let word = text::until(inner, ":：");
    let is_known = is_in_message || word.len() < inner.len() && word.len() < 30 && is_followed();
    if !is_known {
        return None;
    }
    read(reader, at, begin, true, true)
}

/// Reads the reason that begins here.
fn read(reader: &mut Reader<'_>, at: usize, begin: usize, in_parentheses: bool, is_sure: bool) -> Option<usize> {
    let page = reader.page;
    let end = reason_end(page, begin, in_parentheses);
    let is_about_cors = ["CORS", "ccess-", "reflight"].iter().any(|part| text::contains(page.slice(begin, end), part));
    if !is_about_cors || reader.reasons == MOST_REASONS {
        return None;
    }
    reader.reasons += 1;
    let (status, after) = status_behind(page, end);
    let head = reader.head.clone().filter(|head| head.is_firefox && at >= head.end && at - head.end < LONGEST_REASON);
    let near_url = reader.url.filter(|(_, end)| at >= *end && at - end < LONGEST_REASON / 2);
    let reason = page.slice(begin, end);
    let is_near = near_url.is_some() && (in_parentheses || text::contains(reason, "CORS"));
    let is_said = head.is_some() || status != Status::Unsaid;
    if !is_said && is_code(reason) {
        return None;
    }
    let is_linked = is_sure || is_said || is_near;
    let (kind, fields) = classify(page, begin, end, status, is_linked)?;
    let mut fields = Fields { status: if let Status::Code(code) = status { Some(code) } else { None }, ..fields };
    let mut begin = at;
    if let Some(mut head) = head {
        begin = head.at;
        head.end = at;
        let in_head = near_url.filter(|(url, _)| *url > head.at);
        if head.fields.url.is_none() {
            head.fields.url = in_head.map(|(begin, end)| clean(page.slice(begin, end)));
        }
        reader.head = Some(head);
    } else {
        reader.head = None;
        fields.url = near_url.map(|(begin, end)| clean(page.slice(begin, end)));
        begin = near_url.map_or(begin, |(url, _)| url);
    }
    let place = if reader.head.is_some() { at } else { begin };
    reader.is_reason = true;
    reader.say(kind, fields, place, after);
    Some(after)
}

/// Commands, configurations and header lines name the same headers, and quote them.
fn is_code(reason: &str) -> bool {
    let parts = ["HTTP/1", "HTTP/2", "curl ", "add_header", "Header set", "Header always", "setHeader"];
    text::any(reason, |byte| text::is_any_of(byte, "{}=")) || parts.iter().any(|part| text::contains(reason, part))
}

/// What a reason says.
fn classify(page: &Page<'_>, begin: usize, end: usize, status: Status, is_linked: bool) -> Option<(Kind, Fields)> {
    let reason = page.slice(begin, end);
    let lower = flat(reason);
    let has = |stems: &str| text::split(stems, "|").into_iter().any(|stem| text::contains(&lower, stem));
    let header = header_in(page, begin, end);
    let values = values_in(page, begin, end);
    let value = values.iter().map(|value| text::trim(value, " ")).find(|value| !value.starts_with("Access-Control"));
    let is_star = values.iter().any(|value| text::trim(value, " \\") == "*") || text::split(reason, " ").contains(&"*");
    let plain = Fields::default;
    let with = |value: &str| Fields { value: Some(value.to_string()), ..Fields::default() };
    let causes = |causes| Some((Kind::Causes(causes, None), Fields::default()));
    let wildcard = || Some((Kind::Causes(&["wildcard-with-credentials"], None), with("*")));
    let Some((name, is_quoted)) = header else {
        if !text::contains(reason, "CORS") && !has(PREFLIGHT) {
            return None;
        }
        let is_said = has(FAILED) && reason.len() < 120 && !text::contains(&lower, " because");
        if !is_linked && !is_said {
            return None;
        }
        let is_origin = value.is_some_and(|value| text::is_one_of(&value.to_ascii_lowercase(), "origin origen"));
        return match () {
            () if is_star && is_linked => wildcard(),
            () if is_origin || has(DISABLED) => None,
            () if has(REDIRECT) => causes(MOVED),
            () if text::contains(&lower, "http") && !text::contains(&lower, "://") => causes(&["unsupported-scheme"]),
            () if has(PREFLIGHT) => Some((Kind::PreflightFailed, plain())),
            () if has(FAILED) || status != Status::Unsaid => {
                Some((Kind::Unreachable(if let Status::None(count) = status { count } else { 0 }), plain()))
            }
            () => None,
        };
    };
    let is_cors = text::contains(reason, "CORS");
    let is_sure = is_linked || is_quoted && is_cors;
    if !is_sure {
        return None;
    }
    match name {
        "origin" if is_star => wildcard(),
        "origin" => match value {
            Some(value) => Some((Kind::OtherValue(None), with(value))),
            // A value whose quotes got lost.
            None if has(MULTIPLE) => causes(&["multiple-allow-origin"]),
            None => match unquoted(reason) {
                Some(value) => Some((Kind::OtherValue(None), with(value))),
                None if status == Status::Unsaid && !has(MISSING) => {
                    causes(&["missing-allow-origin", "multiple-allow-origin"])
                }
                None => Some((Kind::MissingInFirefox, plain())),
            },
        },
        "credentials" if is_star => wildcard(),
        "credentials" => causes(&["allow-credentials-not-true"]),
        "methods" => match value {
            Some(value) => Some((Kind::Causes(&["invalid-allow-methods"], None), with(value))),
            None => causes(&["method-not-allowed"]),
        },
        // The warning that `*` will not cover `Authorization` one day.
        _ if is_star => None,
        _ => match value {
            Some(value) if text::contains(&lower, "invalid token") || !text::all(value, is_token_byte) => {
                Some((Kind::Causes(&["invalid-allow-headers"], None), with(value)))
            }
            header => Some((
                Kind::Causes(&["header-not-allowed"], None),
                Fields { header: header.map(str::to_string), ..Fields::default() },
            )),
        },
    }
}

/// The header that a reason is about, and whether its name stands between quotes.
fn header_in(page: &Page<'_>, begin: usize, end: usize) -> Option<(&'static str, bool)> {
    const NAMES: [&str; 4] = ["origin", "credentials", "methods", "headers"];
    for at in begin..end {
        if matches!(page.text.as_bytes().get(at), Some(b'a' | b'A'))
            && let Some(after) = literal(page, at, "access-control-allow-", false)
        {
            let name = NAMES.into_iter().find(|name| literal(page, after, name, true).is_some())?;
            return Some((name, ends_in_quote(page.before(at, 10))));
        }
    }
    None
}

/// What stands between quotes. An apostrophe behind a letter opens none, and what opens with `«` closes with `»`.
fn values_in<'a>(page: &Page<'a>, begin: usize, end: usize) -> Vec<&'a str> {
    let mut values = Vec::new();
    let mut opened: Option<(usize, char)> = None;
    let mut at = begin;
    let mut last = ' ';
    while at < end {
        let rest = page.from(at);
        let Some(c) = rest.chars().next() else { break };
        let Some((length, Filler::Quote)) = filler(rest) else {
            at += c.len_utf8();
            last = c;
            continue;
        };
        // A letter of an alphabet that puts spaces between words.
        let is_in_word = last.is_ascii_alphanumeric() || ('\u{c0}'..'\u{2000}').contains(&last);
        let may_open = !is_in_word || matches!(c, '«' | '„' | '“' | '‘' | '‚' | '‹' | '「' | '『');
        match opened {
            Some((from, opener)) if opener != '«' || c == '»' => {
                values.push(text::trim(page.slice(from, at), " "));
                opened = None;
            }
            None if may_open => opened = Some((at + length, c)),
            _ => {}
        }
        at += length;
        last = c;
    }
    values
}

/// An origin behind the header's name, whose quotes got lost.
fn unquoted(reason: &str) -> Option<&str> {
    let words = text::split(reason, " \n");
    words.into_iter().map(trim_end).find(|word| text::contains(word, "://"))
}

/// Where a reason ends: with its parenthesis, or its sentence.
fn reason_end(page: &Page<'_>, begin: usize, in_parentheses: bool) -> usize {
    let mut depth = usize::from(in_parentheses);
    let rest = page.after(begin, LONGEST_REASON);
    for (offset, c) in rest.char_indices() {
        let next = rest.get(offset + c.len_utf8()..).unwrap_or_default();
        let ends = match c {
            '(' | '（' => {
                depth += 1;
                false
            }
            ')' | '）' => {
                let is_last = depth <= 1;
                depth = depth.saturating_sub(1);
                is_last && (in_parentheses || next.starts_with("."))
            }
            '.' => next.is_empty() || next.starts_with(")") || next.starts_with("[") || filler(next).is_some(),
            '。' => true,
            '\n' => next.starts_with("\n") || next.starts_with("\r\n"),
            _ => false,
        };
        if ends {
            return begin + offset;
        }
    }
    begin + rest.len()
}

/// The status behind a reason: after a few words and a colon, in every language.
fn status_behind(page: &Page<'_>, at: usize) -> (Status, usize) {
    let rest = page.after(at, 90);
    let unsaid = (Status::Unsaid, at);
    let begins =
        rest.char_indices().find(|(_, c)| !matches!(c, ')' | '）' | '.' | '。' | ' ' | '\n' | '\r' | '\u{a0}' | '-'));
    let Some((begin, _)) = begins else { return unsaid };
    let words = rest.get(begin..).unwrap_or_default();
    let colon = words.char_indices().find(|(_, c)| matches!(c, ':' | '：'));
    let Some((length, colon)) = colon else { return unsaid };
    let label = words.get(..length).unwrap_or_default();
    let is_label = label.len() > 2
        && label.bytes().all(|byte| byte >= 0x80 || byte.is_ascii_alphabetic() || text::is_any_of(byte, " \r\n'-"));
    let value = words.get(length + colon.len_utf8()..).unwrap_or_default();
    let blanks = value.char_indices().find(|(_, c)| !matches!(c, ' ' | '\n' | '\r' | '\u{a0}' | '\u{202f}'));
    let value = value.get(blanks.map_or(0, |(blanks, _)| blanks)..).unwrap_or_default();
    let begin = at + rest.len() - rest.get(begin..).unwrap_or_default().len() + (words.len() - value.len());
    if !is_label {
        return unsaid;
    }
    if value.starts_with("(null)") {
        let count = text::trim(text::until(value.get(6..).unwrap_or_default(), "\r\n"), " .");
        let count = text::number(count).and_then(|count| u8::try_from(count).ok());
        return (Status::None(count.unwrap_or(1)), begin + 6);
    }
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let is_place = value.get(digits..).is_some_and(|next| next.starts_with(":"));
    match text::number(value.get(..digits).unwrap_or_default()).filter(|_| digits == 3 && !is_place) {
        Some(code) => (Status::Code(code), begin + digits),
        None => unsaid,
    }
}
