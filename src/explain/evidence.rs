//! What was read of a paste, whatever it was read from.

use crate::explain::call::{Call, Exchange, Reply};
use crate::explain::console::{self, Fields, Said, Teller};
use crate::explain::detail;
use crate::explain::har::{Entry, Har, Kind, net_error};
use crate::prelude::*;
use crate::request::{Credentials, Mode};
use crate::text;

/// What was read.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    pub(crate) said: Vec<Said>,
    pub(crate) exchanges: Vec<Exchange>,
    pub(crate) calls: Vec<Call>,
    /// Why the paste cannot be read.
    pub(crate) problem: Option<String>,
    /// Who says in it that something failed, if nobody says why.
    pub(crate) teller: Option<Teller>,
    /// Of a HAR, what there is to say of it as a whole.
    pub(crate) har: Option<String>,
    /// A HAR has an answer without a single header: real ones have some.
    pub(crate) has_bare_answer: bool,
}

impl Evidence {
    /// What a HAR holds of calls.
    pub(crate) fn of_har(har: Har) -> Evidence {
        let mut evidence = Evidence::default();
        let mut words = text::fill(
            "a HAR of {}{}",
            &[&detail::digits(har.seen), if har.seen == 1 { " entry" } else { " entries" }],
        );
        if har.left_out > 0 {
            words.push_str(&text::fill(
                ", {} of them left out: there are too many that may matter",
                &[&detail::digits(har.left_out)],
            ));
        }
        evidence.har = Some(words);
        for entry in har.entries {
            evidence.entry(entry);
        }
        evidence
    }

    fn entry(&mut self, entry: Entry) {
        let mut exchange = entry.exchange;
        if matches!(entry.kind, Kind::WebSocket | Kind::Document | Kind::Ping) {
            return;
        }
        // What revalidates a stored answer has other headers than that.
        if matches!(exchange.reply, Reply::Answer { status: Some(304), .. }) {
            return;
        }
        // WebKit writes the sentence of its console.
        if let Some(error) = &entry.error {
            self.said.extend(console::read(error));
        }
        if let (Some(error), Reply::Fails(None)) = (&entry.error, &exchange.reply)
            && let Some(meaning) = net_error::meaning(error)
        {
            let mut said = Said { causes: Vec::new(), quote: error.clone(), fields: Fields::default() };
            said.causes.extend(meaning.causes.iter().map(|code| (*code, None)));
            said.fields.url = exchange.call.url.clone();
            said.fields.method = exchange.call.method.clone();
            said.fields.net_error = Some(error.strip_prefix("net::").unwrap_or(error).to_string());
            return self.said.push(said);
        }
        // Headers that the browser did not write down may have been there.
        if matches!(&exchange.reply, Reply::Answer { headers, .. } if headers.is_empty()) {
            self.has_bare_answer = true;
        }
        let is_cors = exchange.call.header("origin").is_some();
        let is_element = matches!(entry.kind, Kind::Image | Kind::Script | Kind::Stylesheet | Kind::Font | Kind::Media);
        if is_element && !is_cors && exchange.call.mode.is_none() {
            exchange.call.mode = Some(Mode::NoCors);
        }
        if entry.has_cookies && exchange.call.credentials.is_none() {
            exchange.call.credentials = Some(Credentials::Include);
        }
        self.exchanges.push(exchange);
    }
}
