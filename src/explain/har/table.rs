//! What stands where in a HAR: [the format](http://www.softwareishard.com/blog/har-12-spec/), and what browsers add to it.
//!
//! Whatever is not in the table is skipped.

/// A place in a HAR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Node {
    /// Nothing that matters.
    Nothing,
    // Objects.
    Root,
    Log,
    /// `creator` and `browser`
    Maker,
    Page,
    Entry,
    Initiator,
    Request,
    Response,
    Header,
    Cache,
    // Arrays.
    Pages,
    Entries,
    Headers,
    Cookies,
    // Single values.
    MakerName,
    PageId,
    PageTitle,
    PageOf,
    Started,
    Server,
    Type,
    InitiatorType,
    FetchType,
    FromCache,
    Url,
    Method,
    Name,
    Value,
    Cookie,
    Status,
    Redirect,
    Error,
    Worker,
    Before,
    After,
}

/// What an object's member is, or, without a name, an array's item. The most frequent ones stand first.
const TABLE: &[(Node, &str, Node)] = &[
    (Node::Header, "name", Node::Name),
    (Node::Header, "value", Node::Value),
    (Node::Headers, "", Node::Header),
    (Node::Entry, "pageref", Node::PageOf),
    (Node::Entry, "startedDateTime", Node::Started),
    (Node::Entry, "serverIPAddress", Node::Server),
    (Node::Entry, "request", Node::Request),
    (Node::Entry, "response", Node::Response),
    (Node::Entry, "cache", Node::Cache),
    // Chromium's.
    (Node::Entry, "_resourceType", Node::Type),
    (Node::Entry, "_initiator", Node::Initiator),
    (Node::Entry, "_fromCache", Node::FromCache),
    // WebKit's: what it came from, in words.
    (Node::Entry, "_fetchType", Node::FetchType),
    (Node::Initiator, "type", Node::InitiatorType),
    (Node::Request, "url", Node::Url),
    (Node::Request, "method", Node::Method),
    (Node::Request, "headers", Node::Headers),
    (Node::Request, "cookies", Node::Cookies),
    (Node::Cookies, "", Node::Cookie),
    (Node::Response, "status", Node::Status),
    (Node::Response, "headers", Node::Headers),
    (Node::Response, "redirectURL", Node::Redirect),
    // Chromium's net error, WebKit's sentence; Playwright's has a name of its own.
    (Node::Response, "_error", Node::Error),
    (Node::Response, "_failureText", Node::Error),
    (Node::Response, "_fetchedViaServiceWorker", Node::Worker),
    (Node::Cache, "beforeRequest", Node::Before),
    (Node::Cache, "afterRequest", Node::After),
    (Node::Entries, "", Node::Entry),
    (Node::Page, "id", Node::PageId),
    (Node::Page, "title", Node::PageTitle),
    (Node::Pages, "", Node::Page),
    (Node::Maker, "name", Node::MakerName),
    (Node::Log, "creator", Node::Maker),
    (Node::Log, "browser", Node::Maker),
    (Node::Log, "pages", Node::Pages),
    (Node::Log, "entries", Node::Entries),
    (Node::Root, "log", Node::Log),
];

impl Node {
    /// What stands in it by this name.
    pub(super) fn member(self, name: &[u8]) -> Node {
        let is_it = |row: &&(Node, &str, Node)| row.0 == self && row.1.as_bytes() == name;
        TABLE.iter().find(is_it).map_or(Node::Nothing, |(_, _, member)| *member)
    }

    /// The object of an entry that it stands in: if that is said a second time, the first is forgotten.
    pub(super) fn section(self) -> Node {
        match self {
            Node::Url | Node::Method | Node::Cookie | Node::Headers => Node::Request,
            Node::Status | Node::Redirect | Node::Error | Node::Worker => Node::Response,
            Node::InitiatorType => Node::Initiator,
            Node::Before | Node::After => Node::Cache,
            _ => Node::Nothing,
        }
    }

    /// It is an array.
    pub(super) fn is_array(self) -> bool {
        (Node::Pages as u8..=Node::Cookies as u8).contains(&(self as u8))
    }

    /// It is an object.
    pub(super) fn is_object(self) -> bool {
        (Node::Root as u8..=Node::Cache as u8).contains(&(self as u8))
    }
}
