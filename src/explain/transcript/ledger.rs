//! Which answer belongs to which request.

use crate::explain::call::{Call, Exchange, Reply};
use crate::explain::transcript::Transcript;
use crate::explain::transcript::command::Command;
use crate::explain::transcript::failure::{self, Ending};
use crate::explain::transcript::lines::{self, Headers};
use crate::prelude::*;
use crate::world::Failure;

/// What was read so far.
#[derive(Default)]
pub(super) struct Ledger {
    read: Transcript,
    /// The command whose output is read.
    command: Option<Command>,
    /// The one of its calls that the next answer belongs to.
    at: usize,
    /// Where the last answer leads to, if the command follows redirects.
    redirected: Option<Call>,
    /// The last exchange is an answer of this command's.
    is_answered: bool,
    /// How many bytes of requests may still be copied: one command may have many answers, and a request may be large.
    spare: usize,
    /// How the command's request ended is known, though its answers may follow.
    is_over: bool,
    /// Exchanges that `curl -v` told, of this command: `-i` tells them again.
    told: Vec<usize>,
    /// How many of them were told again.
    again: usize,
}

impl Ledger {
    /// For a text of this length.
    pub(super) fn new(length: usize) -> Self {
        Ledger { spare: length.saturating_mul(4).saturating_add(1 << 16), ..Ledger::default() }
    }

    /// A command: what follows is its output.
    pub(super) fn begin(&mut self, command: Command) {
        self.leave();
        self.command = Some(command);
    }

    /// A request without an answer.
    pub(super) fn calls(&mut self, call: Call) {
        self.leave();
        self.read.calls.push(call);
    }

    /// An answer or its want is read of a source that names its request itself.
    pub(super) fn exchange(&mut self, call: Call, reply: Reply) {
        self.read.exchanges.push(Exchange { call, reply });
    }

    /// There is a command whose output this may be.
    pub(super) fn has_command(&self) -> bool {
        self.command.is_some()
    }

    /// The request that an answer would belong to now.
    pub(super) fn asked(&mut self) -> Call {
        let calls = self.command.as_ref().map(|command| command.calls.as_slice()).unwrap_or_default();
        let call = match (&self.redirected, calls.get(self.at), self.read.exchanges.last()) {
            (Some(call), _, _) | (None, Some(call), _) => call,
            // Asked once more, with a name and password.
            (None, None, Some(Exchange { call, reply: Reply::Answer { status: Some(401 | 407), .. } }))
                if self.is_answered =>
            {
                call
            }
            _ => return Call::default(),
        };
        copy(call, &mut self.spare)
    }

    /// An answer that a tool printed; the request, if the text has it beside the command.
    pub(super) fn answer(&mut self, call: Option<Call>, reply: Reply) {
        let call = call.unwrap_or_else(|| self.asked());
        let exchange = Exchange { call, reply };
        self.redirected = match &self.command {
            Some(command) if command.follow => next(&exchange, command.keeps_method, &mut self.spare),
            _ => None,
        };
        if self.redirected.is_none() {
            self.at += 1;
        }
        self.is_answered = true;
        self.read.exchanges.push(exchange);
    }

    /// An answer that `curl -v` told.
    pub(super) fn told(&mut self, call: Option<Call>, status: u16, headers: Headers) {
        self.told.push(self.read.exchanges.len());
        self.answer(call, Reply::Answer { status: Some(status), headers });
    }

    /// An answer stands in the text that `curl -v` may have told already.
    pub(super) fn printed(&mut self, call: Option<Call>, reply: Reply) {
        let twin = self.told.get(self.again).and_then(|index| self.read.exchanges.get(*index));
        let is_twin = twin.is_some_and(|twin| match (&twin.reply, &reply) {
            (Reply::Answer { status: Some(told), .. }, Reply::Status(printed)) => told == printed,
            (told, printed) => told == printed,
        });
        if is_twin {
            self.again += 1;
        } else {
            self.answer(call, reply);
        }
    }

    /// The request ended so; which it was, if not the command's.
    pub(super) fn ends(&mut self, call: Option<Call>, reply: Reply) {
        let call = call.unwrap_or_else(|| self.asked());
        self.redirected = None;
        self.at += 1;
        self.is_answered = false;
        self.exchange(call, reply);
    }

    /// `curl: (7) ...`
    pub(super) fn curl_error(
        &mut self,
        code: u16,
        message: &str,
        asked: Option<Call>,
        trouble: Option<Option<Failure>>,
    ) {
        // Nothing more is asked: it is about the answer that is there.
        let is_answered = asked.is_none() && self.is_answered && !self.has_next();
        match failure::ending(code, message, trouble) {
            Ending::Fails(failure) => self.ends(asked, Reply::Fails(failure)),
            Ending::Breaks(failure) if !is_answered => self.ends(asked, Reply::Fails(failure)),
            Ending::Status(status) if !is_answered => self.ends(asked, Reply::Status(status)),
            Ending::TooManyRedirects => {
                let first = self.command.as_ref().and_then(|command| command.calls.first());
                let first = first.map(|call| copy(call, &mut self.spare));
                // Where the output is piped, this stands before the answers.
                let (at, redirected) = (self.at, self.redirected.take());
                self.ends(Some(first.unwrap_or_default()), Reply::TooManyRedirects);
                self.at = at + usize::from(redirected.is_some());
                self.is_over = true;
            }
            _ => {}
        }
    }

    /// What was read.
    pub(super) fn end(mut self) -> Transcript {
        self.leave();
        self.read
    }

    fn has_next(&self) -> bool {
        let calls = self.command.as_ref().map_or(0, |command| command.calls.len());
        self.redirected.is_some() || self.at < calls
    }

    /// The command's output is over. What it asked without an answer is kept.
    fn leave(&mut self) {
        if let Some(command) = self.command.take() {
            let unanswered = command.calls.into_iter().skip(self.at);
            if self.redirected.is_none() && !self.is_over {
                self.read.calls.extend(unanswered);
            }
        }
        let read = core::mem::take(&mut self.read);
        *self = Ledger { read, spare: self.spare, ..Ledger::default() };
    }
}

/// What is asked next where redirects are followed.
fn next(exchange: &Exchange, keeps_method: bool, spare: &mut usize) -> Option<Call> {
    let Reply::Answer { status: Some(status @ (301 | 302 | 303 | 307 | 308)), headers } = &exchange.reply else {
        return None;
    };
    let location = lines::value(headers, "location")?;
    let mut call = copy(&exchange.call, spare);
    call.url = call.url.and_then(|url| lines::resolve(&url, location));
    // A POST becomes a GET, unless -X names it: https://curl.se/docs/manpage.html#-L
    if call.method.as_deref() == Some("POST") && *status < 304 && !keeps_method {
        call.method = Some("GET".into());
    }
    Some(call)
}

/// The request once more, if there is room.
fn copy(call: &Call, spare: &mut usize) -> Call {
    let headers = call.headers.as_deref().unwrap_or_default();
    let mut size = call.url.as_ref().map_or(0, String::len);
    for (name, value) in headers {
        size += name.len() + value.len() + size_of::<(String, String)>();
    }
    match spare.checked_sub(size) {
        Some(left) => {
            *spare = left;
            call.clone()
        }
        None => Call::default(),
    }
}
