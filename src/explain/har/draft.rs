//! An entry that is being read: one text, and what stands where in it.
//!
//! Most entries of a HAR are dropped when they are through; nothing is allocated for their sake. Of names that an object
//! repeats the last one counts, as for `JSON.parse`.

use alloc::borrow::Cow;

use super::table::Node;
use crate::prelude::*;

/// No entry has more text that matters: browsers and servers refuse headers far below.
const ROOM: usize = 1 << 19;

/// No entry has more places but one that repeats them.
const PLACES: usize = 64;

/// What is known of an entry, a page or a maker so far.
#[derive(Debug, Default)]
pub(super) struct Draft {
    text: Vec<u8>,
    /// Which value stands where; an object stands for the begin of a new one.
    places: Vec<(Node, Place)>,
    headers: Vec<Header>,
    name: Place,
    value: Place,
    is_cut: bool,
}

/// Begin and end in the text.
type Place = (usize, usize);

#[derive(Debug)]
struct Header {
    /// Whose it is: the request's or the response's.
    side: Node,
    name: Place,
    value: Place,
}

impl Draft {
    /// For the next entry.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.places.clear();
        self.headers.clear();
        self.is_cut = false;
    }

    /// How much more it takes.
    pub(super) fn room(&self) -> usize {
        if self.is_cut { 0 } else { ROOM.saturating_sub(self.size()) }
    }

    /// What it takes now.
    pub(super) fn size(&self) -> usize {
        self.text.len() + 64 * self.headers.len()
    }

    /// There was more than there is room for.
    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Such a value stands there, an empty text if it is not of the right type; or such an object begins.
    pub(super) fn note(&mut self, node: Node, text: &[u8], is_cut: bool) {
        self.is_cut |= is_cut || text.len() >= self.room() || self.places.len() >= PLACES;
        if self.is_cut {
            return;
        }
        let begin = self.text.len();
        self.text.extend_from_slice(text);
        let place = (begin, self.text.len());
        match node {
            Node::Name => self.name = place,
            Node::Value => self.value = place,
            // One is as good as many.
            Node::Cookie if self.has(node) => {}
            _ => self.places.push((node, place)),
        }
    }

    /// What is known of this side's headers is no longer true.
    pub(super) fn forget_headers(&mut self, side: Node) {
        if !self.is_cut {
            self.headers.retain(|header| header.side != side);
        }
    }

    /// A header begins.
    pub(super) fn begin_header(&mut self) {
        (self.name, self.value) = Default::default();
    }

    /// Its name and value are complete.
    pub(super) fn end_header(&mut self, side: Node) {
        if !self.is_cut && self.name.0 < self.name.1 {
            self.headers.push(Header { side, name: self.name, value: self.value });
        }
    }

    /// There is such a value.
    pub(super) fn has(&self, node: Node) -> bool {
        !self.text(node).is_empty()
    }

    /// A value; empty if there is none.
    pub(super) fn text(&self, node: Node) -> Cow<'_, str> {
        let section = node.section();
        let ends_search = |known: Node| known == node || (known == section && section != Node::Nothing);
        let found = self.places.iter().rfind(|(known, _)| ends_search(*known));
        self.at(found.filter(|(known, _)| *known == node).map(|(_, place)| *place).unwrap_or_default())
    }

    /// A header's value; empty if there is none.
    pub(super) fn header(&self, side: Node, name: &str) -> Cow<'_, str> {
        let is_it =
            |header: &&Header| header.side == side && self.bytes(header.name).eq_ignore_ascii_case(name.as_bytes());
        self.at(self.headers.iter().find(is_it).map(|header| header.value).unwrap_or_default())
    }

    /// Names and values.
    pub(super) fn headers(&self, side: Node) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
        let of_side = self.headers.iter().filter(move |header| header.side == side);
        of_side.map(|header| (self.at(header.name), self.at(header.value)))
    }

    /// What is not UTF-8 is replaced.
    fn at(&self, place: Place) -> Cow<'_, str> {
        String::from_utf8_lossy(self.bytes(place))
    }

    fn bytes(&self, (begin, end): Place) -> &[u8] {
        self.text.get(begin..end).unwrap_or_default()
    }
}
