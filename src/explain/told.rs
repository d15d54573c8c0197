//! What the exchanges of a call say of the call itself.

use crate::explain::about::{About, Said};
use crate::explain::chain::{Chain, asked_method};
use crate::explain::url;
use crate::prelude::*;
use crate::request::{Credentials, Mode};
use crate::{safelist, text};

/// What the exchanges of a chain say of the call.
pub(crate) struct Told {
    pub(crate) url: Option<String>,
    pub(crate) origin: Option<String>,
    pub(crate) method: Option<String>,
    pub(crate) unsafe_headers: Option<Vec<String>>,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) mode: Option<Mode>,
}

impl Told {
    pub(crate) fn of(chain: &Chain<'_>, about: &About) -> Told {
        let first = chain.hops.first();
        let preflight = first.and_then(|hop| hop.preflight);
        let exchanges = || chain.hops.iter().flat_map(|hop| [hop.preflight, hop.request]).flatten();
        // What the browser asked for is exact; of the request's own headers some are the browser's.
        let asked = preflight.filter(|preflight| preflight.call.headers.is_some()).map(|preflight| {
            let asked = preflight.call.header("access-control-request-headers").unwrap_or_default();
            let mut names = Vec::new();
            for name in text::split(asked, ",") {
                let name = text::trim(name, " \t").to_ascii_lowercase();
                if !name.is_empty() {
                    names.push(name);
                }
            }
            names
        });
        let own = first.and_then(|hop| hop.request).and_then(|request| request.call.headers.as_deref());
        let has_cookie = exchanges().any(|exchange| exchange.call.header("cookie").is_some());
        Told {
            url: first.and_then(|hop| hop.url.clone()),
            origin: exchanges()
                .find_map(|exchange| exchange.call.header("origin").or(exchange.call.origin.as_deref()))
                // As a browser would write it.
                .and_then(|origin| if origin == "null" { Some(origin.to_string()) } else { url::origin(origin) }),
            method: first
                .and_then(|hop| [hop.request, hop.preflight].into_iter().flatten().find_map(asked_method))
                .map(str::to_string),
            // A preflight that asks for no header says nothing of them where the request itself is there.
            unsafe_headers: match (asked, own) {
                (Some(asked), Some(own)) if asked.is_empty() => Some(callers(own)),
                (asked, own) => asked.or_else(|| own.map(callers)),
            },
            // A browser sends cookies to another origin only so, and whoever adds one to a command means the same.
            credentials: exchanges()
                .find_map(|exchange| exchange.call.credentials)
                .or(has_cookie.then_some(Credentials::Include)),
            mode: exchanges().find_map(|exchange| exchange.call.mode).or(about.mode),
        }
    }

    pub(crate) fn borrow(&self) -> Said<'_> {
        Said {
            url: self.url.as_deref(),
            origin: self.origin.as_deref(),
            method: self.method.as_deref(),
            unsafe_headers: self.unsafe_headers.as_deref(),
            credentials: self.credentials,
            mode: self.mode,
        }
    }
}

/// The names among sent headers that the caller set and that need permission: browsers and tools add some of their own.
pub(crate) fn callers(headers: &[(String, String)]) -> Vec<String> {
    const ADDED: &str = "user-agent priority save-data x-client-data purpose dpr device-memory viewport-width width rtt downlink ect \
                         if-none-match if-modified-since alt-used upgrade-insecure-requests pragma cache-control accept-encoding";
    let mut set = Vec::new();
    for (name, value) in headers {
        if !text::is_one_of(&name.to_ascii_lowercase(), ADDED) && !name.starts_with(':') {
            set.push((name.clone(), value.clone()));
        }
    }
    safelist::unsafe_names(&set)
}
