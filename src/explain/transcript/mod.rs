//! What `curl` printed, response headers as developer tools copy them, and copied requests.
//!
//! One pass over the lines; each source knows its own. It does not judge what it reads, and it masks nothing.

mod command;
mod failure;
mod javascript;
mod ledger;
mod lines;
mod names;
mod panel;
mod script;
mod shell;
mod verbose;
mod wire;

use crate::explain::call::{Call, Exchange, Reply};
use crate::prelude::*;
use crate::text;

use ledger::Ledger;
use panel::Panel;
use verbose::Verbose;
use wire::Wire;

/// What the text holds, in its order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Transcript {
    /// Answers, each with what is known of its request.
    pub exchanges: Vec<Exchange>,
    /// Requests that the text has no answer to: "Copy as fetch", "Copy as cURL".
    pub calls: Vec<Call>,
}

/// Reads a text.
///
/// ```
/// use whycors::explain::call::Reply;
///
/// let read = whycors::explain::transcript::read("$ curl -I https://a.example/\nHTTP/2 404\nserver: x\n");
/// let exchange = &read.exchanges[0];
/// assert_eq!(exchange.call.method.as_deref(), Some("HEAD"));
/// let headers = vec![("server".into(), "x".into())];
/// assert_eq!(exchange.reply, Reply::Answer { status: Some(404), headers });
/// ```
pub fn read(text: &str) -> Transcript {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { ledger: Ledger::new(text.len()), ..Reader::default() };
    // What looked like a command or a call and was none is read again as lines: in all no more than this.
    let mut fuel = text.len().saturating_mul(4);
    let mut at = 0;
    while at < text.len() {
        let (line, after) = lines::line(text, at);
        if let Some((command, end)) = command::read(text, at, &mut fuel) {
            reader.close();
            reader.ledger.begin(command);
            at = end;
        } else if let Some((call, end)) = script::read(text, at, reader.wire.is_body(), &mut fuel) {
            reader.close();
            reader.ledger.calls(call);
            at = end;
        } else {
            let (next, behind) = lines::line(text, after);
            reader.wire.is_last = after >= text.len();
            at = if reader.line(line, next) == 2 { behind } else { after };
        }
    }
    reader.close();
    reader.ledger.end()
}

/// The readers of lines.
#[derive(Default)]
struct Reader {
    ledger: Ledger,
    verbose: Verbose,
    wire: Wire,
    panel: Panel,
}

impl Reader {
    /// Reads a line, and the next where the two are one statement; how many it read.
    fn line(&mut self, line: &str, next: &str) -> usize {
        if self.verbose.line(line, &mut self.ledger) {
            self.wire.expect_body();
            return 1;
        }
        if let Some((code, message)) = failure::curl_error(line) {
            self.wire.end(&mut self.ledger);
            self.panel.end(&mut self.ledger);
            let (asked, trouble) = self.verbose.take(&mut self.ledger);
            self.ledger.curl_error(code, message, asked, trouble);
            return 1;
        }
        if self.wire.line(line, next, &self.panel, &mut self.ledger) {
            self.panel.end(&mut self.ledger);
            return 1;
        }
        // A body may hold anything; only what no body has ends it.
        if self.wire.is_body() && !panel::begins(line, next) && !text::trim(line, " \t").starts_with("```") {
            return 1;
        }
        self.wire.leave_body();
        self.panel.line(line, next, &mut self.ledger)
    }

    /// What is open ends here: something else begins.
    fn close(&mut self) {
        self.wire.end(&mut self.ledger);
        self.panel.end(&mut self.ledger);
        let (asked, trouble) = self.verbose.take(&mut self.ledger);
        match (asked, trouble) {
            (asked, Some(failure)) => self.ledger.ends(asked, Reply::Fails(failure)),
            (Some(asked), None) if !self.ledger.has_command() => self.ledger.calls(asked),
            _ => {}
        }
        self.verbose = Verbose::default();
    }
}
