//! What makes it likely that the called server is of a certain kind. A guess: it orders the recipes, and nothing else.

use super::{Server, Wanted, named, wanted};
use crate::prelude::*;
use crate::text;

/// What is known of servers of a kind.
pub struct Likely {
    /// Parts of the called host, all of an entry, with spaces between them.
    pub hosts: &'static [&'static str],
    /// Ports of the called server.
    pub ports: &'static [u16],
    /// Ports of the page.
    pub pages: &'static [u16],
    /// Beginnings of what answers say of their server, lower case.
    pub headers: &'static [&'static str],
}

/// The user chose it.
pub const MOST: u8 = 6;

/// From 0 to [`MOST`], and why.
pub fn strength(server: &'static Server, wanted: &Wanted) -> (u8, Option<String>) {
    let Likely { hosts, ports, pages, headers } = &server.likely;
    let host = wanted.hostname();
    let because = |strength: u8, template: &str, value: &str| (strength, Some(text::fill(template, &[value])));
    let is = |name: &str| named(name).is_some_and(|chosen| chosen.id == server.id);
    if is(&wanted.chosen) {
        return because(MOST, "asked for", "");
    }
    for said in &wanted.says {
        if headers.iter().any(|beginning| said.starts_with(beginning)) {
            return because(5, "the answer says {}", said);
        }
    }
    let has_all = |words: &str| text::split(words, " ").iter().all(|word| text::contains(host, word));
    if hosts.iter().any(|words| has_all(words)) {
        return because(4, "the host is {}", host);
    }
    // Ports of development: elsewhere they say nothing.
    let is_local = crate::gate::is_loopback(host);
    let among = |ports: &[u16], port: Option<u16>| port.is_some_and(|port| ports.contains(&port));
    if is_local && among(ports, wanted::port(wanted.host())) {
        return because(3, "{} is its usual port", port_of(wanted.host()));
    }
    // Below what the called server shows of itself, above what the page's does.
    if is(&wanted.latest) {
        return because(2, "asked for before", "");
    }
    if among(pages, wanted::port(&wanted.origin)) {
        return because(1, "the page's port, {}, is its usual one", port_of(&wanted.origin));
    }
    (0, None)
}

fn port_of(host: &str) -> &str {
    host.get(wanted::hostname(host).len() + 1..).unwrap_or_default()
}
