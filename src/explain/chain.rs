//! Exchanges, put together to the calls that they belong to: a preflight and its request, a redirect and its target.

use crate::explain::about::About;
use crate::explain::call::{Exchange, Reply};
use crate::explain::url;
use crate::prelude::*;
use crate::text;

/// One call on its way.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Chain<'a> {
    /// The URL called, then each that a redirect leads to.
    pub(crate) hops: Vec<Hop<'a>>,
}

/// What went to one URL of the way.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Hop<'a> {
    /// Absolute, if known.
    pub(crate) url: Option<String>,
    pub(crate) preflight: Option<&'a Exchange>,
    pub(crate) request: Option<&'a Exchange>,
}

/// So many chains back a preflight finds its request.
const NEAR: usize = 30;

/// The calls in the order in which they begin.
pub(crate) fn chains<'a>(exchanges: &'a [Exchange], about: &About) -> Vec<Chain<'a>> {
    let mut chains: Vec<Chain<'a>> = Vec::new();
    // Which of two bare answers is the preflight's, a list tells.
    let is_told = exchanges.iter().any(|exchange| exchange.call.method.is_none() && lists(exchange));
    for (index, exchange) in exchanges.iter().enumerate() {
        let is_first_of_two = !is_told && index == 0 && exchanges.len() == 2;
        let is_preflight = is_preflight(exchange, about, is_first_of_two);
        if let Some(hop) = open_hop(&mut chains, exchange, is_preflight) {
            hop.put(exchange, is_preflight);
            continue;
        }
        if let Some((chain, url)) = redirected(&mut chains, exchange, is_preflight) {
            let mut hop = Hop { url: Some(url), preflight: None, request: None };
            hop.put(exchange, is_preflight);
            chain.hops.push(hop);
            continue;
        }
        let mut hop = Hop { url: exchange.call.url.clone(), preflight: None, request: None };
        hop.put(exchange, is_preflight);
        chains.push(Chain { hops: vec![hop] });
    }
    chains
}

impl<'a> Hop<'a> {
    fn put(&mut self, exchange: &'a Exchange, is_preflight: bool) {
        match is_preflight {
            true => self.preflight = Some(exchange),
            false => self.request = Some(exchange),
        }
    }

    /// Where its answer leads, absolute; relative to nothing if its own URL is not known.
    pub(crate) fn location(&self) -> Option<String> {
        let location = self.request?.reply.location()?;
        Some(url::resolve(self.url.as_deref().unwrap_or_default(), location))
    }
}

/// The latest hop that lacks just this exchange.
fn open_hop<'c, 'a>(chains: &'c mut [Chain<'a>], exchange: &Exchange, is_preflight: bool) -> Option<&'c mut Hop<'a>> {
    chains.iter_mut().rev().take(NEAR).filter_map(|chain| chain.hops.last_mut()).find(|hop| {
        let (has, other) = match is_preflight {
            true => (hop.preflight, hop.request),
            false => (hop.request, hop.preflight),
        };
        let is_same_url = match (&hop.url, &exchange.call.url) {
            (Some(one), Some(two)) => url::is_same(one, two),
            // Of what has no URL, what comes next belongs to it.
            _ => true,
        };
        let is_same_method = match other.map(|other| (asked_method(other), asked_method(exchange))) {
            Some((Some(one), Some(two))) => one.eq_ignore_ascii_case(two),
            _ => true,
        };
        has.is_none() && is_same_url && is_same_method
    })
}

/// The method of a request, or the one that a preflight asks for; `None` if it is not told.
pub(crate) fn asked_method(exchange: &Exchange) -> Option<&str> {
    match exchange.call.method.as_deref() {
        Some(method) if is_options(method) => exchange.call.header("access-control-request-method"),
        method => method,
    }
}

/// The latest chain that ends in a redirect to where this exchange went, and the URL.
fn redirected<'c, 'a>(
    chains: &'c mut [Chain<'a>],
    exchange: &Exchange,
    is_preflight: bool,
) -> Option<(&'c mut Chain<'a>, String)> {
    for chain in chains.iter_mut().rev().take(NEAR) {
        let Some(last) = chain.hops.last() else { continue };
        let Some(location) = last.location() else { continue };
        let leads_here = match &exchange.call.url {
            Some(own) if url::is_same(own, &location) => true,
            // `curl -L` prints the answers one after the other below one command.
            Some(own) => !is_preflight && last.url.as_ref() == Some(own) && is_of_one_command(last.request, exchange),
            None => true,
        };
        if leads_here {
            return Some((chain, location));
        }
    }
    None
}

fn is_of_one_command(last: Option<&Exchange>, next: &Exchange) -> bool {
    last.is_some_and(|last| last.call == next.call)
}

/// The exchange is a preflight. Where a text has the answer only, that is a guess: what lists methods or headers, of a call that
/// needs a preflight; of two answers without such lists the first.
fn is_preflight(exchange: &Exchange, about: &About, is_first_of_two: bool) -> bool {
    if let Some(method) = &exchange.call.method {
        let is_call = about.method.as_deref().is_some_and(is_options);
        return is_options(method) && (exchange.call.header("access-control-request-method").is_some() || !is_call);
    }
    if !matches!(exchange.reply, Reply::Answer { .. }) || (about.url.is_some() && !about.needs_preflight()) {
        return false;
    }
    match lists(exchange) {
        true => about.needs_preflight() || matches!(exchange.reply, Reply::Answer { status: Some(204), .. }),
        false => about.needs_preflight() && is_first_of_two && exchange.reply.location().is_none(),
    }
}

/// An answer that lists methods or headers, as those to preflights do.
fn lists(exchange: &Exchange) -> bool {
    const LISTS: &str = "access-control-allow-methods access-control-allow-headers access-control-max-age allow";
    match &exchange.reply {
        Reply::Answer { headers, .. } => {
            headers.iter().any(|(name, _)| text::is_one_of(&name.to_ascii_lowercase(), LISTS))
        }
        _ => false,
    }
}

fn is_options(method: &str) -> bool {
    method.eq_ignore_ascii_case("options")
}

impl Reply {
    /// The `Location` of a redirect.
    pub(crate) fn location(&self) -> Option<&str> {
        match self {
            Reply::Answer { status: Some(301 | 302 | 303 | 307 | 308), headers } => {
                let location = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("location"));
                location.map(|(_, value)| text::trim(value, " \t"))
            }
            _ => None,
        }
    }
}
