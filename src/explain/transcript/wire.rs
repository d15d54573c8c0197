//! Messages as they went over the wire: `curl -i`, `wget -S`, `http -v`, raw headers.
//!
//! An answer begins at a line that begins with a status line, and ends at the first line that is none of its headers. What follows a
//! blank line is its body. In a body a status line is a new answer only if a header line follows it; a log in a body, which has
//! none, stays a body.

use crate::explain::call::{Call, Reply};
use crate::explain::transcript::failure;
use crate::explain::transcript::ledger::Ledger;
use crate::explain::transcript::lines::{self, Headers};
use crate::explain::transcript::panel::Panel;
use crate::prelude::*;
use crate::text;

/// What is open.
#[derive(Default)]
pub(super) struct Wire {
    message: Option<Message>,
    /// What follows a blank line, up to what is none of it.
    is_body: bool,
    /// There is something in the body.
    has_content: bool,
    /// The line that is read is the last.
    pub(super) is_last: bool,
    /// A request without its answer.
    asked: Option<Call>,
    /// Requests stand in the text without a mark (`http -v`).
    has_requests: bool,
}

/// Headers that are being read.
struct Message {
    start: Start,
    headers: Headers,
    /// Of the first line: wget indents all of them.
    indent: usize,
}

enum Start {
    Answer { status: u16, is_tunnel: bool },
    Request { method: String, target: String, is_secure: bool },
}

impl Wire {
    /// Reads a line if it is one of a message.
    pub(super) fn line(&mut self, line: &str, next: &str, panel: &Panel, ledger: &mut Ledger) -> bool {
        if self.header(line, ledger) {
            return true;
        }
        let (indent, text) = (lines::indent(line), text::trim(line, " \t"));
        if let Some(url) = failure::wget_url(text) {
            self.end(ledger);
            let method = Some("GET".into());
            self.asked = Some(Call { url: Some(url.into()), method, ..Call::default() });
            return true;
        }
        if let Some(failure) = failure::wget_error(text).filter(|_| self.asked.is_some()) {
            ledger.ends(self.asked.take(), Reply::Fails(Some(failure)));
            return true;
        }
        // A panel shows the first line of a message too.
        if panel.awaits_first_line() {
            return false;
        }
        let has_headers = has_headers(next);
        // The whole head of an answer without headers, unless it stands in a body.
        let is_in_body = self.is_body && self.has_content;
        let is_whole_head = !is_in_body && !self.is_last;
        if let Some((status, reason)) = lines::status_line(text)
            && (has_headers
                || (!self.is_body && (ledger.has_command() || self.asked.is_some()))
                || (is_whole_head && lines::is_blank(next)))
        {
            let asked = self.asked.take();
            self.end(ledger);
            self.asked = asked;
            let is_tunnel = reason.eq_ignore_ascii_case("connection established");
            self.has_content = false;
            self.message =
                Some(Message { start: Start::Answer { status, is_tunnel }, headers: Headers::new(), indent });
            return true;
        }
        if let Some((method, target, version)) = lines::request_line(text)
            && has_headers
            && (!self.is_body || self.has_requests)
        {
            self.end(ledger);
            self.has_requests = true;
            let is_secure = version.starts_with('2') || version.starts_with('3');
            let start = Start::Request { method: method.into(), target: target.into(), is_secure };
            self.message = Some(Message { start, headers: Headers::new(), indent });
            return true;
        }
        self.has_content |= !lines::is_blank(line);
        false
    }

    /// The lines that follow are those of a body.
    pub(super) fn is_body(&self) -> bool {
        self.is_body
    }

    /// What follows is none of the body.
    pub(super) fn leave_body(&mut self) {
        self.is_body = false;
    }

    /// What follows lines of `curl -v` is a body.
    pub(super) fn expect_body(&mut self) {
        self.is_body = true;
    }

    /// Nothing of what is open follows.
    pub(super) fn end(&mut self, ledger: &mut Ledger) {
        self.end_message(ledger);
        self.is_body = false;
        if let Some(call) = self.asked.take()
            && !ledger.has_command()
        {
            ledger.calls(call);
        }
    }

    /// Reads a line of the message that is open.
    fn header(&mut self, line: &str, ledger: &mut Ledger) -> bool {
        let Some(message) = &mut self.message else {
            return false;
        };
        let indent = lines::indent(line);
        if lines::is_blank(line) {
            self.end_whole_message(ledger, true);
            self.is_body = true;
            return true;
        }
        if indent > message.indent && !message.headers.is_empty() {
            lines::fold(&mut message.headers, line);
            return true;
        }
        match lines::header_line(text::trim(line, " \t")) {
            Some(header) if indent == message.indent => {
                message.headers.push(lines::owned(header));
                true
            }
            _ => {
                self.end_message(ledger);
                false
            }
        }
    }

    fn end_message(&mut self, ledger: &mut Ledger) {
        self.end_whole_message(ledger, false);
    }

    /// An empty line says that there are no more headers, even where there are none.
    fn end_whole_message(&mut self, ledger: &mut Ledger, is_whole: bool) {
        let Some(Message { start, headers, .. }) = self.message.take() else {
            return;
        };
        match start {
            // A proxy's, or not the last word.
            Start::Answer { status, is_tunnel } if is_tunnel || status < 200 => {}
            Start::Answer { status, .. } => {
                let asked = self.asked.take();
                // `curl -I ... | head -1`
                let reply = match headers.is_empty() && !is_whole {
                    true => Reply::Status(status),
                    false => Reply::Answer { status: Some(status), headers },
                };
                ledger.printed(asked, reply);
            }
            Start::Request { method, target, is_secure } => {
                let url = url(&target, lines::value(&headers, "host"), is_secure);
                let origin = lines::origin_by_referrer(&headers);
                let headers = Some(headers);
                self.asked = Some(Call { url, method: Some(method), headers, origin, ..Call::default() });
            }
        }
    }
}

/// The line after the first one of a message is a header line, or one that `curl -v` put in between.
fn has_headers(next: &str) -> bool {
    let next = text::trim(next, " \t");
    lines::header_line(next).is_some() || next.starts_with("< ") || next.starts_with("{ [")
}

/// Browsers speak HTTP/2 and HTTP/3 with TLS only; else the scheme is not known.
pub(super) fn url(target: &str, host: Option<&str>, is_secure: bool) -> Option<String> {
    if lines::url_parts(target).is_some() {
        return Some(target.into());
    }
    let host = host.filter(|host| !host.is_empty() && target.starts_with('/'))?;
    (is_secure || host.ends_with(":443")).then(|| text::fill("https://{}{}", &[host, target]))
}
