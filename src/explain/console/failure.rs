//! Lines that say that a request failed, and not why: what to copy instead depends on who wrote them.

use super::glyphs::Page;
use super::template;

/// Who wrote a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Teller {
    /// Chrome, Edge, Electron and their like.
    Chromium,
    /// Firefox.
    Firefox,
    /// Safari and the views of apps.
    WebKit,
    /// Internet Explorer or Edge Legacy.
    EdgeLegacy,
    /// A library such as axios: its error has no reason in any engine.
    Library,
    /// React Native, which has no CORS.
    ReactNative,
    /// Node, which has no CORS.
    Node,
}

/// A line of the text says that a request failed; who wrote it. For a text in which [`super::read`] finds nothing: then the reason
/// is in another line of that console.
pub fn mentions_failure(text: &str) -> Option<Teller> {
    use Teller::*;
    const LINES: &[(&str, Teller)] = &[
        ("due to access control checks", WebKit),
        ("typeerror: load failed", WebKit),
        ("load failed", WebKit),
        ("networkerror when attempting to fetch resource", Firefox),
        ("cross-origin request blocked", Firefox),
        ("blocked by cors policy", Chromium),
        ("net::err_", Chromium),
        ("typeerror: failed to fetch", Chromium),
        ("failed to fetch", Chromium),
        ("failed to load resource", Chromium),
        ("sec71", EdgeLegacy),
        ("script7002", EdgeLegacy),
        ("network request failed", ReactNative),
        ("axioserror: network error", Library),
        ("error: network error", Library),
        ("http failure response for", Library),
        ("err_network", Library),
        ("network error", Library),
        ("typeerror: fetch failed", Node),
        ("fetch failed", Node),
        ("cors error", Chromium),
    ];
    let page = Page::new(text);
    let is_in = |pattern: &str| {
        let first = pattern.bytes().next().unwrap_or_default();
        let mut places = text.bytes().enumerate().filter(|(_, byte)| byte.eq_ignore_ascii_case(&first));
        places.any(|(at, _)| template::literal(&page, at, pattern, false).is_some())
    };
    LINES.iter().find(|(pattern, _)| is_in(pattern)).map(|(_, teller)| *teller)
}
