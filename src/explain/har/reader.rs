//! From tokens to entries: where in the HAR they stand, and how much is kept.

use super::Har;
use super::draft::Draft;
use super::entries::{self, Matters};
use super::json::{Fault, Token, Tokens};
use super::table::Node;
use crate::explain::url;
use crate::json::push_number;
use crate::prelude::*;
use crate::request::Engine;
use crate::text;

/// No more entries are kept.
const ENTRIES: usize = 2000;

/// No more text of them is kept.
const TEXT: usize = 1 << 24;

/// No more pages are kept, nor longer names of them.
const PAGES: usize = 1000;

/// Takes a HAR in pieces of any size.
///
/// ```
/// let mut reader = whycors::explain::har::Reader::default();
/// reader.feed(br#"{"log": {"entries": [{"request": {"url": "https://a.example/", "method": "GET"}, "#);
/// reader.feed(br#""response": {"status": 0, "_error": "net::ERR_NAME_NOT_RESOLVED"}}]}}"#);
/// let har = reader.finish().unwrap();
/// assert_eq!(har.entries[0].exchange.call.url.as_deref(), Some("https://a.example/"));
/// ```
#[derive(Debug)]
pub struct Reader {
    tokens: Tokens,
    /// The objects and arrays that we are in, as far as they matter.
    path: Vec<Node>,
    /// Of those that do not matter, how many are open.
    skipped: usize,
    /// What the next value is.
    next: Node,
    draft: Draft,
    log: Log,
    wrong: Option<Fault>,
    /// The URL asked about: whatever went there matters.
    wanted: Option<String>,
}

/// What is kept.
#[derive(Debug, Default)]
struct Log {
    har: Har,
    /// The page of each entry.
    pages_of: Vec<String>,
    /// Name and origin.
    pages: Vec<(String, String)>,
    /// How much text is kept.
    size: usize,
    has_entries: bool,
}

impl Default for Reader {
    fn default() -> Reader {
        Reader {
            tokens: Tokens::default(),
            path: Vec::new(),
            skipped: 0,
            next: Node::Root,
            draft: Draft::default(),
            log: Log::default(),
            wrong: None,
            wanted: None,
        }
    }
}

impl Reader {
    /// Keeps what went to this URL, if one is given, whatever else is known of it.
    pub fn about(url: Option<&str>) -> Reader {
        Reader { wanted: url.map(str::to_string), ..Reader::default() }
    }

    /// The next bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        let mut bytes = bytes;
        while self.wrong.is_none() {
            match self.tokens.next(&mut bytes) {
                Ok(Some(token)) => self.take(token),
                Ok(None) => return,
                Err(fault) => self.wrong = Some(fault),
            }
        }
    }

    /// It is wrong already, whatever may follow.
    pub fn is_wrong(&self) -> bool {
        self.wrong.is_some()
    }

    /// What it held, or a sentence that says what is wrong with it.
    pub fn finish(self) -> Result<Har, String> {
        if let Some(fault) = self.wrong {
            return Err(said(fault, self.tokens.at()));
        }
        if self.tokens.is_empty() {
            return Err("it is empty".to_string());
        }
        if !self.tokens.is_whole() {
            let entry = numbered("ends in the middle of entry ", self.log.har.seen as usize, " (cut off?)");
            return Err(if self.path.contains(&Node::Entry) {
                entry
            } else {
                "ends in the middle (cut off?)".to_string()
            });
        }
        if !self.log.has_entries {
            return Err("this is JSON, but no HAR: it has no log.entries".to_string());
        }
        Ok(self.log.settle())
    }

    fn take(&mut self, token: Token) {
        match token {
            Token::Name if self.skipped == 0 => {
                let object = self.path.last().copied().unwrap_or(Node::Nothing);
                self.expect(object.member(self.tokens.text()));
            }
            Token::Name => self.tokens.want(0),
            Token::End => {
                if self.skipped > 0 {
                    self.skipped -= 1;
                } else if let Some(node) = self.path.pop() {
                    self.end(node);
                }
                self.expect_item();
            }
            _ if self.skipped == 0 => self.value(token),
            Token::Object | Token::Array => self.skipped += 1,
            _ => {}
        }
    }

    /// The next value is an item of the array that we are in, if we are in one.
    fn expect_item(&mut self) {
        if let (Some(array), 0) = (self.path.last(), self.skipped) {
            self.expect(array.member(b""));
        }
    }

    fn expect(&mut self, node: Node) {
        self.next = node;
        self.tokens.want(if node as u8 >= Node::MakerName as u8 { self.draft.room() } else { 0 });
    }

    fn value(&mut self, token: Token) {
        let node = self.next;
        let is_opened = matches!(token, Token::Object | Token::Array);
        if node == Node::Entry {
            self.log.har.seen += 1;
        }
        if (token == Token::Object && node.is_object()) || (token == Token::Array && node.is_array()) {
            self.begin(node);
            self.path.push(node);
            self.expect_item();
            return;
        }
        let text = match (node, token) {
            (Node::Cookie | Node::After, _) | (Node::Before, Token::Object) | (Node::Worker, Token::True) => b"1",
            (Node::Status, Token::Number) | (_, Token::Text) => self.tokens.text(),
            _ => b"",
        };
        if !matches!(node, Node::Nothing | Node::Headers) {
            self.draft.note(node, text, self.tokens.is_cut() && !is_opened);
        }
        if is_opened {
            self.skipped += 1;
            self.tokens.want(0);
        }
    }

    fn begin(&mut self, node: Node) {
        match node {
            // What stands in an object twice stands there as the last time says.
            Node::Log => self.log = Log::default(),
            Node::Pages => self.log.pages.clear(),
            Node::Entries => {
                self.log.har = Har { engine: self.log.har.engine, ..Har::default() };
                self.log.pages_of.clear();
                self.log.size = 0;
                self.log.has_entries = true;
            }
            Node::Entry | Node::Page | Node::Maker => self.draft.clear(),
            Node::Header => self.draft.begin_header(),
            Node::Headers => {
                let side = self.side();
                // That there is a list of them matters for the request only; that there are many lists, for either.
                self.draft.note(if side == Node::Request { node } else { Node::Nothing }, b"1", false);
                self.draft.forget_headers(side);
            }
            _ => {
                self.draft.note(node, b"", false);
                self.draft.forget_headers(node);
            }
        }
    }

    fn end(&mut self, node: Node) {
        match node {
            Node::Header => self.draft.end_header(self.side()),
            Node::Page => self.log.add_page(&self.draft),
            Node::Entry => self.log.add_entry(&self.draft, self.wanted.as_deref()),
            Node::Maker => {
                let name = self.draft.text(Node::MakerName).to_ascii_lowercase();
                let engine = ENGINES.iter().find(|(word, _)| text::contains(&name, word));
                self.log.har.engine = engine.map(|(_, engine)| *engine).or(self.log.har.engine);
            }
            _ => {}
        }
    }

    /// Whose headers we are in.
    fn side(&self) -> Node {
        if self.path.contains(&Node::Response) { Node::Response } else { Node::Request }
    }
}

/// Who writes HARs: Chromium's `creator` is `WebInspector`, WebKit's `WebKit Web Inspector`.
const ENGINES: &[(&str, Engine)] = &[
    ("webkit", Engine::WebKit),
    ("firefox", Engine::Firefox),
    ("webinspector", Engine::Chromium),
    ("chrom", Engine::Chromium),
];

impl Log {
    fn add_page(&mut self, draft: &Draft) {
        let (id, origin) = (draft.text(Node::PageId), entries::origin_of(&draft.text(Node::PageTitle)));
        if let Some(origin) = origin.filter(|origin| id.len() + origin.len() < PAGES && self.pages.len() < PAGES) {
            self.pages.push((id.into_owned(), origin));
        }
    }

    fn add_entry(&mut self, draft: &Draft, wanted: Option<&str>) {
        let page = draft.text(Node::PageOf);
        let is_wanted = wanted.is_some_and(|wanted| url::is_same(wanted, &draft.text(Node::Url)));
        let limit = match entries::matters(draft, self.page(&page)) {
            _ if is_wanted => ENTRIES,
            Matters::No => return,
            Matters::Little => ENTRIES / 2,
            Matters::Much => ENTRIES,
        };
        if self.har.entries.len() >= limit || draft.is_cut() || self.size + draft.size() > TEXT {
            self.har.left_out += 1;
            return;
        }
        self.size += draft.size();
        self.pages_of.push(page.into_owned());
        self.har.entries.push(entries::entry(draft, self.har.engine, self.har.seen));
    }

    /// A page's origin.
    fn page(&self, id: &str) -> Option<&str> {
        self.pages.iter().find(|(known, _)| known == id).map(|(_, origin)| origin.as_str())
    }

    /// Pages and makers may stand behind the entries: now they are known.
    fn settle(mut self) -> Har {
        let mut har = core::mem::take(&mut self.har);
        for (entry, page) in har.entries.iter_mut().zip(&self.pages_of) {
            let call = &mut entry.exchange.call;
            let origin = entries::initiator(entry.kind, call.header("referer").unwrap_or_default(), self.page(page));
            call.origin = origin;
        }
        har
    }
}

fn said(fault: Fault, at: usize) -> String {
    match fault {
        Fault::TooDeep => numbered("nested more than 1000 deep at byte ", at, ""),
        Fault::Unexpected(byte @ b' '..=b'~') => {
            let byte = char::from(byte).to_string();
            numbered(&text::fill("not JSON: unexpected \"{}\" at byte ", &[&byte]), at, "")
        }
        Fault::Unexpected(byte) => {
            numbered(&numbered("not JSON: unexpected byte of value ", byte.into(), " at byte "), at, "")
        }
    }
}

fn numbered(before: &str, number: usize, after: &str) -> String {
    let mut sentence = before.to_string();
    push_number(&mut sentence, u32::try_from(number).unwrap_or(u32::MAX));
    sentence.push_str(after);
    sentence
}
