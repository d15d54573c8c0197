//! A world: what a server answers to which request, and what the network does to it.
//!
//! Worlds are plain data: the catalogue breaks a correct one, the table of scenarios writes them down,
//! the lab server plays them, [`crate::browser`] predicts what a page sees in them.

use crate::prelude::*;

use alloc::borrow::Cow;

/// Text that is mostly known at compile time.
pub type Text = Cow<'static, str>;

/// A server and the way to it. The first rule that matches a request answers it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct World {
    /// In order; a request that no rule matches gets `404` without headers.
    pub rules: Vec<Rule>,
    /// The network has no path at all, whatever is asked.
    pub offline: bool,
    /// The page has `Cross-Origin-Embedder-Policy: require-corp`.
    pub embedder_policy: bool,
}

/// One line of a server's behaviour.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "table", derive(serde::Deserialize), serde(try_from = "Line"))]
pub struct Rule {
    /// Which requests.
    pub when: When,
    /// What they get.
    pub reply: Reply,
}

/// A condition on a request; what is `None` is not looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(
    feature = "table",
    derive(serde::Deserialize),
    serde(rename_all = "kebab-case", deny_unknown_fields, default)
)]
pub struct When {
    /// It is (not) a CORS preflight: OPTIONS with `Access-Control-Request-Method`.
    pub preflight: Option<bool>,
    /// Its method; of a preflight, the `Access-Control-Request-Method`.
    pub method: Option<Text>,
    /// Its path below the row's own, without query: empty for the called URL, else where a redirect led.
    pub path: Option<Text>,
    /// It carries this header (lower case); of a preflight, `Access-Control-Request-Headers` names it.
    pub header: Option<Text>,
    /// It does not carry this header; of a preflight, `Access-Control-Request-Headers` does not name it.
    pub without_header: Option<Text>,
    /// It carries a cookie.
    pub cookies: Option<bool>,
    /// Its `Origin`.
    pub origin: Option<Sender>,
}

/// What a request says about where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "table", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Sender {
    /// `Origin` is the page's origin.
    Page,
    /// `Origin: null`
    Null,
    /// No `Origin` header.
    None,
}

/// What a request gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// An HTTP answer.
    Answer(Answer),
    /// No HTTP answer, and why.
    Fails(Failure),
}

/// An HTTP answer's status and headers; the body never matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Header lines in order, repeats allowed.
    pub headers: Vec<Header>,
}

/// A response header. In its value `{origin}` stands for the request's `Origin`, `{page}` for the page's origin,
/// `{headers}` for `Access-Control-Request-Headers`, `{self}` for the called URL, `{other}` for the same at a second
/// origin, `{user@other}` for that with a user name and password, `{closed}` for an origin where nothing listens.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "table", derive(serde::Deserialize), serde(try_from = "String"))]
pub struct Header {
    /// As the server writes it.
    pub name: Text,
    /// As the server writes it, with the placeholders above.
    pub value: Text,
}

/// A rule as the table writes it: `{ when = { ... }, status = 200, headers = ["Name: value"] }` or `{ fails = "reset" }`.
#[cfg(feature = "table")]
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[serde(default)]
    when: When,
    status: Option<u16>,
    #[serde(default)]
    headers: Vec<Header>,
    fails: Option<Failure>,
}

#[cfg(feature = "table")]
impl TryFrom<Line> for Rule {
    type Error = String;

    fn try_from(line: Line) -> Result<Rule, String> {
        let reply = match (line.status, line.fails) {
            (Some(status), None) => Reply::Answer(Answer { status, headers: line.headers }),
            (None, Some(failure)) if line.headers.is_empty() => Reply::Fails(failure),
            _ => return Err("a rule has either `status` (and `headers`) or `fails`".to_string()),
        };
        Ok(Rule { when: line.when, reply })
    }
}

#[cfg(feature = "table")]
impl TryFrom<String> for Header {
    type Error = String;

    /// Reads `Name: value`; only the one space after the colon is dropped.
    fn try_from(line: String) -> Result<Header, String> {
        let (name, value) = line.split_once(':').ok_or_else(|| format!("no colon in the header line {line:?}"))?;
        let value = value.strip_prefix(' ').unwrap_or(value);
        Ok(Header { name: name.to_string().into(), value: value.to_string().into() })
    }
}

/// Why there is no HTTP answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "table", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Failure {
    /// Nothing listens.
    Refused,
    /// The name does not resolve.
    Dns,
    /// The TLS handshake fails, or the certificate is not trusted.
    Tls,
    /// The server demands a client certificate; by TLS 1.3 it says so after the request.
    ClientCertificate,
    /// The connection is reset after the request.
    Reset,
    /// The connection is closed without a byte.
    Empty,
    /// The answer is not HTTP.
    Garbage,
    /// The answer never comes.
    Hang,
    /// Stopped inside the browser by an extension or a filter, before the network.
    Blocked,
    /// The same, but Firefox had begun to send it: every request to the address ends so.
    BlockedLate,
    /// Stopped inside the browser: the page may not reach this address space.
    Denied,
    /// Held back inside the browser until its user has answered whether the page may reach this address space.
    Asked,
    /// The page's service worker answers with an error.
    Worker,
    /// The page's service worker answers with an opaque response, which is none for CORS.
    WorkerOpaque,
}

impl Rule {
    /// Every request gets this.
    #[inline(never)]
    pub fn always(reply: Reply) -> Rule {
        Rule { when: When::default(), reply }
    }
}

impl Answer {
    /// An answer without headers.
    pub fn new(status: u16) -> Answer {
        Answer { status, headers: Vec::new() }
    }

    /// The same with another status.
    pub fn status(mut self, status: u16) -> Answer {
        self.status = status;
        self
    }

    /// Sets a header, in place of those of the same name.
    pub fn with(mut self, name: &'static str, value: impl Into<Text>) -> Answer {
        self.set(name, value.into());
        self
    }

    #[inline(never)]
    fn set(&mut self, name: &'static str, value: Text) {
        self.drop(name);
        self.headers.push(Header { name: name.into(), value });
    }

    /// The same without a header.
    pub fn without(mut self, name: &str) -> Answer {
        self.drop(name);
        self
    }

    /// Drops a header.
    pub fn drop(&mut self, name: &str) {
        self.headers.retain(|header| header.name != name);
    }
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Reply {
        Reply::Answer(answer)
    }
}

/// A request as the server sees it.
pub(crate) struct Asked<'a> {
    pub(crate) preflight: bool,
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) headers: &'a [String],
    pub(crate) cookies: bool,
    pub(crate) origin: Sender,
}

impl Asked<'_> {
    pub(crate) fn is_meant_by(&self, when: &When) -> bool {
        let carries = |name: &str| self.headers.iter().any(|header| header == name);
        when.preflight.is_none_or(|preflight| preflight == self.preflight)
            && when.method.as_deref().is_none_or(|method| method == self.method)
            && when.path.as_deref().is_none_or(|path| path == self.path)
            && when.header.as_deref().is_none_or(carries)
            && when.without_header.as_deref().is_none_or(|name| !carries(name))
            && when.cookies.is_none_or(|cookies| cookies == self.cookies)
            && when.origin.is_none_or(|origin| origin == self.origin)
    }
}
