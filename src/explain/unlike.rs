//! How a pasted request differs from the one that the browser sends: its answer need not be the browser's.

use crate::explain::call::Exchange;
use crate::explain::detail::shown;
use crate::prelude::*;
use crate::{safelist, text};

/// The call, as it is on this step of its way.
pub(crate) struct Asked<'a> {
    pub(crate) method: &'a str,
    /// Names of the headers that need permission.
    pub(crate) headers: &'a [String],
    pub(crate) is_credentialed: bool,
    /// All of that is known apart from the paste.
    pub(crate) is_known: bool,
}

/// One sentence on the first thing that differs; `None` if nothing does, as far as the paste tells.
pub(crate) fn unlike(asked: &Asked<'_>, exchange: &Exchange, in_preflight: bool) -> Option<String> {
    let sent = |name: &str| exchange.call.header(name);
    let headers = exchange.call.headers.as_ref()?;
    if in_preflight {
        let Some(method) = sent("access-control-request-method") else {
            return Some(
                "The OPTIONS was sent without Access-Control-Request-Method, so it was no preflight to the server."
                    .to_string(),
            );
        };
        if method != asked.method {
            return Some(text::concat(&[
                "The OPTIONS asked for ",
                &shown(method),
                ", and the call is ",
                &shown(asked.method),
                ".",
            ]));
        }
        let names = sent("access-control-request-headers").unwrap_or_default();
        let is_asked = |name: &str| {
            text::split(names, ",").iter().any(|known| text::trim(known, " \t").eq_ignore_ascii_case(name))
        };
        if let Some(name) = asked.headers.iter().find(|name| !is_asked(name)) {
            return Some(text::concat(&["The OPTIONS did not ask for ", &shown(name), ", which the call sends."]));
        }
        let carried = ["authorization", "cookie"].into_iter().find(|name| sent(name).is_some());
        return carried
            .map(|name| text::concat(&["The OPTIONS was sent with ", name, ", which no preflight carries."]));
    }
    let method = exchange.call.method.as_deref().map(safelist::normalize_method);
    if let Some(method) = method.filter(|method| method != asked.method) {
        return Some(text::concat(&[
            "The request was sent by ",
            &shown(&method),
            ", and the browser sends ",
            &shown(asked.method),
            ".",
        ]));
    }
    if !asked.is_known {
        return None;
    }
    let is_sent = |name: &str| headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
    // A command's body has a type that it does not show.
    let missing = asked.headers.iter().find(|name| !is_sent(name) && *name != "content-type");
    if let Some(name) = missing {
        return Some(text::concat(&["The request was sent without ", &shown(name), ", which the call sends."]));
    }
    (asked.is_credentialed && !is_sent("cookie"))
        .then(|| "The request was sent without a cookie, and the call includes credentials.".to_string())
}
