//! What an answer gets wrong that did not stop the call, or not yet.

use crate::causes::Standard;
use crate::diagnosis::{Hint, docs};
use crate::explain::about::About;
use crate::explain::call::{Exchange, Reply};
use crate::explain::chain::asked_method;
use crate::explain::refusals::value;
use crate::explain::{detail, url};
use crate::prelude::*;
use crate::request::{Credentials, Request};
use crate::text;

/// One kind of warning.
pub struct Warning {
    /// Public, never renamed; some are hints of a Diagnosis too.
    pub code: &'static str,
    /// In one line.
    pub title: &'static str,
    /// Where it is laid down.
    pub standard: Standard,
    /// What it says of this answer, if it applies.
    applies: fn(&Answer<'_>) -> Option<String>,
}

/// Every kind.
pub const ALL: &[Warning] = &[
    Warning {
        code: "vary-origin-missing",
        title: "a cache may hand this answer to another origin",
        standard: Standard::at("https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches"),
        applies: |answer| {
            let allowed = answer.get("access-control-allow-origin").filter(|value| value.contains(':'))?;
            let varies =
                list_has(answer.get("vary").as_deref(), "origin") || list_has(answer.get("vary").as_deref(), "*");
            // A preflight's answer is in no HTTP cache.
            (!varies && !answer.is_preflight).then(|| {
                text::concat(&[
                    "It allows ",
                    &detail::shown(&allowed),
                    " and has no Vary: Origin. Send it, unless every request gets the same.",
                ])
            })
        },
    },
    Warning {
        code: "wildcard-is-no-wildcard",
        title: "* is meant as a list, and is none here",
        standard: Standard::at("https://fetch.spec.whatwg.org/#cors-protocol-and-credentials"),
        applies: |answer| {
            let allows = answer.get("access-control-allow-credentials").as_deref() == Some("true");
            if allows && answer.get("access-control-allow-origin").as_deref() == Some("*") {
                return Some("Access-Control-Allow-Origin: * and Access-Control-Allow-Credentials: true exclude each other: for calls with credentials name the origin.".to_string());
            }
            let name =
                ["Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Access-Control-Expose-Headers"]
                    .into_iter()
                    .find(|name| list_has(answer.get(name).as_deref(), "*"))?;
            if allows || answer.is_credentialed {
                return Some(text::concat(&[
                    name,
                    ": * stands for nothing but a literal * when credentials are included: list them by name.",
                ]));
            }
            let is_headers = name == "Access-Control-Allow-Headers";
            (is_headers && !list_has(answer.get(name).as_deref(), "authorization")).then(|| {
                "Access-Control-Allow-Headers: * does not cover Authorization: list it by name if calls carry it."
                    .to_string()
            })
        },
    },
    Warning {
        code: "max-age-not-honoured",
        title: "no browser keeps the preflight's answer that long",
        standard: Standard::at("https://fetch.spec.whatwg.org/#http-access-control-max-age"),
        applies: |answer| {
            let age = answer.get("access-control-max-age")?;
            let is_number = !age.is_empty() && text::all(&age, |byte| byte.is_ascii_digit());
            let is_long = age.len() > 4 || age.parse::<u32>().is_ok_and(|seconds| seconds > 7200);
            match is_number {
                true => is_long.then(|| {
                    text::concat(&[
                        "Access-Control-Max-Age is ",
                        &detail::shown(&age),
                        " seconds: Chromium keeps it 7200, Firefox 86400, Safari 600.",
                    ])
                }),
                false => Some(text::concat(&[
                    "Access-Control-Max-Age is ",
                    &detail::shown(&age),
                    ", which is no number of seconds: it counts as 5.",
                ])),
            }
        },
    },
    Warning {
        code: "header-not-exposed",
        title: "script cannot read every header of this answer",
        standard: Standard::at("https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name"),
        applies: |answer| {
            let exposed = answer.get("access-control-expose-headers");
            let hidden = unexposed(answer, exposed.as_deref());
            let is_read = !answer.is_preflight && answer.get("access-control-allow-origin").is_some();
            (is_read && !hidden.is_empty()).then(|| {
                text::concat(&[
                    "If the page reads ",
                    &text::join(&hidden, ", "),
                    ": Access-Control-Expose-Headers has to name it.",
                ])
            })
        },
    },
    Warning {
        code: "cookies-need-samesite-none-secure",
        title: "a cookie of this answer does not come back from another site",
        standard: Standard::at("https://www.rfc-editor.org/rfc/rfc6265.html#section-4.1.2"),
        applies: |answer| {
            let stays = |line: &str| {
                let line = line.to_ascii_lowercase();
                let has = |attribute: &str| {
                    text::split(&line, ";").iter().skip(1).any(|part| text::trim(part, " \t") == attribute)
                };
                !(has("samesite=none") && has("secure"))
            };
            let mut cookies = answer.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
            (answer.crosses_sites && cookies.any(|(_, line)| stays(line))).then(|| {
                "A Set-Cookie lacks SameSite=None; Secure: calls from another site are sent without that cookie."
                    .to_string()
            })
        },
    },
];

/// Of the CORS headers on answers of one server: some have them, error answers do not.
pub const ON_SUCCESS_ONLY: (&str, &str, &str) = (
    "headers-on-success-only",
    "error answers lack the CORS headers",
    "Only the successful answer has them, so a page learns nothing of an error but that it failed: send them on 4xx and 5xx too (nginx: always).",
);

/// An answer as warnings look at it.
struct Answer<'a> {
    status: Option<u16>,
    headers: &'a [(String, String)],
    is_preflight: bool,
    is_credentialed: bool,
    crosses_sites: bool,
}

impl Answer<'_> {
    fn get(&self, name: &str) -> Option<String> {
        value(self.headers, name).map(|value| value.to_string())
    }
}

/// More answers than these are not looked at: a HAR has thousands, and they repeat each other.
const MOST: usize = 200;

/// The warnings about the answers of a paste, each once.
pub(crate) fn warnings(exchanges: &[Exchange], about: &About, request: Option<&Request>) -> Vec<Hint> {
    let mut hints: Vec<Hint> = Vec::new();
    let mut answers = Vec::new();
    for exchange in exchanges.iter().take(MOST) {
        let is_of_call = match (&about.url, &exchange.call.url) {
            (Some(own), Some(url)) => url::origin(own) == url::origin(url),
            _ => true,
        };
        if let Reply::Answer { status, headers } = &exchange.reply
            && is_of_call
        {
            answers.push(Answer {
                status: *status,
                headers,
                is_preflight: exchange
                    .call
                    .method
                    .as_deref()
                    .is_some_and(|method| method.eq_ignore_ascii_case("options"))
                    && (asked_method(exchange).is_some() || about.method.as_deref() != Some("OPTIONS"))
                    || (exchange.call.method.is_none() && *status == Some(204)),
                is_credentialed: about.credentials.or(request.map(|request| request.credentials))
                    == Some(Credentials::Include),
                crosses_sites: request.is_none_or(|request| !crate::hints::is_same_site(request)),
            });
        }
    }
    for warning in ALL {
        if let Some(detail) = answers.iter().find_map(|answer| (warning.applies)(answer)) {
            hints.push(Hint { code: warning.code, title: warning.title, detail, docs: docs(warning.code) });
        }
    }
    let has_cors = |answer: &&Answer<'_>| answer.get("access-control-allow-origin").is_some();
    let is_error = |answer: &&Answer<'_>| answer.status.is_some_and(|status| status >= 400);
    let actual = || answers.iter().filter(|answer| !answer.is_preflight);
    if actual().any(|answer| has_cors(&answer) && !is_error(&answer))
        && actual().any(|answer| !has_cors(&answer) && is_error(&answer))
    {
        let (code, title, detail) = ON_SUCCESS_ONLY;
        hints.push(Hint { code, title, detail: detail.to_string(), docs: docs(code) });
    }
    hints
}

/// A list of a header's value has this item, in any case.
fn list_has(value: Option<&str>, item: &str) -> bool {
    value.is_some_and(|value| {
        text::split(value, ",").iter().any(|known| text::trim(known, " \t").eq_ignore_ascii_case(item))
    })
}

/// Headers that a page would want to read and cannot: not those that every server or proxy adds for itself.
fn unexposed(answer: &Answer<'_>, exposed: Option<&str>) -> Vec<String> {
    const WANTED: &str = "etag link location content-disposition content-range retry-after authorization";
    const INFRASTRUCTURE: [&str; 14] = [
        "x-powered-by",
        "x-frame-",
        "x-xss-",
        "x-content-type",
        "x-cache",
        "x-amz-",
        "x-served-by",
        "x-timer",
        "x-dns-",
        "x-download-",
        "x-permitted-",
        "x-robots-",
        "x-aspnet",
        "x-varnish",
    ];
    let exposes_all = list_has(exposed, "*") && !answer.is_credentialed;
    let mut hidden: Vec<String> = Vec::new();
    for (name, _) in answer.headers {
        let name = name.to_ascii_lowercase();
        let is_own = name.starts_with("x-") || name.starts_with("ratelimit") || text::is_one_of(&name, WANTED);
        let is_added = INFRASTRUCTURE.iter().any(|added| name.starts_with(added));
        if is_own
            && !is_added
            && !exposes_all
            && !list_has(exposed, &name)
            && !hidden.contains(&name)
            && hidden.len() < 8
        {
            hidden.push(detail::shown(&name));
        }
    }
    hidden
}
