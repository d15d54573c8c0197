//! Console lines.
//!
//! What engines say of failed requests, in the wordings of all their years, and Firefox in the languages that it speaks. Each engine's
//! sentences are a table (`chromium`, `webkit`, `legacy`, `network`, `page`; Firefox's, which are translated, are told apart
//! by what stays in every language: `firefox`); `template` finds them, `reader` joins what lines of one paste say of one
//! request. Prose names no cause, and nothing is guessed from it.

mod chromium;
mod failure;
mod firefox;
mod firefox_words;
mod glyphs;
mod join;
mod legacy;
mod network;
mod page;
mod policy;
mod reader;
mod requests;
mod template;
mod webkit;

use crate::causes::Phase;
use crate::prelude::*;

pub use failure::{Teller, mentions_failure};

/// One thing that an engine said about a failed request.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The causes that it may mean, most frequent first; one if it says which. Codes of the catalogue. `None` where the line does
    /// not tell the phase, or the code has none.
    pub causes: Vec<(&'static str, Option<Phase>)>,
    /// The part of the text that says so, as pasted.
    pub quote: String,
    /// What it names.
    pub fields: Fields,
}

/// What a line names; what it does not name is `None`. As pasted, not masked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fields {
    /// The URL of the request.
    pub url: Option<String>,
    /// Origin of the page.
    pub origin: Option<String>,
    /// Method.
    pub method: Option<String>,
    /// A request header's name.
    pub header: Option<String>,
    /// The value that was refused.
    pub value: Option<String>,
    /// Status code of the answer.
    pub status: Option<u16>,
    /// `ERR_NAME_NOT_RESOLVED` and its like.
    pub net_error: Option<String>,
    /// The first URL, where a redirect led to `url`.
    pub redirected_from: Option<String>,
    /// `local`, `loopback` and their like.
    pub address_space: Option<String>,
}

/// Everything that the text says, in its order, each thing once; of a text that says more than [`MOST`] things the first.
pub fn read(text: &str) -> Vec<Said> {
    let page = glyphs::Page::new(text);
    let tables = Tables::new();
    let mut reader = reader::Reader::new(&page);
    let mut captures = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let mut next = at + 1;
        // No message begins inside a word; glued to one, it begins with a capital.
        let is_inside = byte.is_ascii_lowercase() && at > 0 && bytes.get(at - 1).is_some_and(u8::is_ascii_lowercase);
        for template in tables.beginning(byte).iter().filter(|_| !is_inside) {
            if !may_begin(template.pattern, page.from(at)) {
                continue;
            }
            captures.clear();
            let Some(end) = template::find(&page, at, template.pattern, &mut captures, false) else { continue };
            if let Some(end) = reader.take(&template.means, &captures, at, end) {
                next = end.max(next);
                break;
            }
        }
        if byte == b':' && page.from(at).starts_with("://") {
            next = reader.see_url(at).max(next);
        } else if byte == b'(' || page.from(at).starts_with("（") {
            next = reader.see_parenthesis(at).unwrap_or(next).max(next);
        }
        at = next;
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    reader.finish()
}

/// The first letters are the same, as far as nothing stands between them: most templates need no closer look.
fn may_begin(pattern: &str, rest: &str) -> bool {
    let pairs = pattern.bytes().zip(rest.bytes()).take(4);
    let mut letters = pairs.take_while(|(wanted, byte)| wanted.is_ascii_alphanumeric() && byte.is_ascii_alphanumeric());
    letters.all(|(wanted, byte)| wanted.eq_ignore_ascii_case(&byte))
}

/// More things are not read from one text.
pub const MOST: usize = 200;

/// A sentence, and what it means.
struct Template {
    pattern: &'static str,
    means: Means,
}

const fn says(pattern: &'static str, causes: &'static [&'static str]) -> Template {
    Template { pattern, means: Means::Says(causes) }
}

const fn means(pattern: &'static str, means: Means) -> Template {
    Template { pattern, means }
}

/// What a sentence means.
enum Means {
    /// The begin of a message; what it names holds for the reason that follows.
    Head,
    /// The same: a redirect was refused.
    RedirectHead,
    /// The same, of Firefox.
    FirefoxHead,
    /// The reason that follows is about the preflight.
    Preflight,
    /// These causes.
    Says(&'static [&'static str]),
    /// The same, but not if what follows says that nothing was blocked.
    Blocked(&'static [&'static str]),
    /// The same, but nothing if what follows says that the worker's own fetch failed.
    Worker(&'static [&'static str]),
    /// The same, said by a name, which is a field.
    Code(&'static [&'static str]),
    /// The same, of the URL that stands just before.
    OfUrl(&'static [&'static str]),
    /// The header before it is not allowed.
    HeaderBefore,
    /// Content may not load data: of another origin, or by another scheme.
    MayNotLoad,
    /// These, as Chromium says them: of the response, unless the preflight was named.
    Response(&'static [&'static str]),
    /// The same, of a sentence that is cut off: only where a message is under way.
    AfterHead(&'static [&'static str]),
    /// The header is missing, as Chromium says it.
    Missing,
    /// The begin of that sentence, which means it only where a message is under way.
    MissingAfterHead,
    /// The same, cut off: nothing follows.
    MissingCutOff,
    /// The header is another than the origin: which way it is wrong, its value says.
    OtherValue,
    /// WebKit's, which does not tell missing from other.
    NotAllowed,
    /// The header is missing, as Firefox's list of requests says it.
    MissingOfUrl,
    /// The preflight failed; its status, if there is one, says how.
    PreflightFailed,
    /// What follows is a reason of Firefox, in whatever language.
    FirefoxReason,
    /// A policy of Firefox's page, in whatever language.
    FirefoxPolicy,
    /// Adds to what was said just before.
    Tail,
    /// The status of some answer.
    Status,
    /// The words of a status, which stands before them.
    StatusBefore,
    /// What follows is the system's reason, in its language.
    SystemReason,
    /// `net::ERR_`
    NetError,
    /// The name of a reason in developer tools.
    CorsError,
    /// A message of Internet Explorer or Edge Legacy, by its number.
    Numbered,
    /// A number of WinINet.
    WinInet,
}

/// The tables, by first byte.
struct Tables {
    beginning: Vec<Vec<&'static Template>>,
}

impl Tables {
    fn new() -> Tables {
        let mut beginning = Vec::new();
        beginning.resize_with(256, Vec::new);
        let all = [
            webkit::TEMPLATES,
            chromium::TEMPLATES,
            legacy::TEMPLATES,
            network::TEMPLATES,
            page::TEMPLATES,
            firefox::TEMPLATES,
        ];
        for template in all.into_iter().flatten() {
            let first = template.pattern.bytes().next().unwrap_or_default();
            // A quote is one of many.
            let firsts = [first.to_ascii_lowercase(), first.to_ascii_uppercase()];
            let quotes = *b"'\"`&\xc2\xe2\xe3";
            let firsts = if first == b'\'' { quotes.as_slice() } else { firsts.as_slice() };
            for byte in firsts {
                if let Some(list) = beginning.get_mut(usize::from(*byte)).filter(|list| !ends_with(list, template)) {
                    list.push(template);
                }
            }
        }
        Tables { beginning }
    }

    /// Those that begin with this byte.
    fn beginning(&self, byte: u8) -> &[&'static Template] {
        self.beginning.get(usize::from(byte)).map_or(&[], Vec::as_slice)
    }
}

fn ends_with(list: &[&'static Template], template: &'static Template) -> bool {
    list.last().is_some_and(|last| core::ptr::eq(*last, template))
}
