//! What is worth knowing about a call that is not the cause of its failure, or not yet.

use crate::causes::{Standard, Standing};
use crate::diagnosis::{Hint, Verdict, docs};
use crate::gate::{self, Facts};
use crate::prelude::*;
use crate::request::{Engine, Mode, PreflightReason, Request};
use crate::text;

/// What a hint looks at.
pub struct About<'a> {
    /// The call.
    pub request: &'a Request,
    /// What the page knows.
    pub facts: &'a Facts,
    /// What remains.
    pub standing: Standing<'a>,
    /// The verdict.
    pub verdict: Verdict,
    /// The call's URL redirects, and a request that follows no redirect passes.
    pub redirects: bool,
}

/// One entry of the catalogue of hints.
pub struct Rule {
    /// Public, never renamed.
    pub code: &'static str,
    /// In one line.
    pub title: &'static str,
    /// What it means for this call; `{}` stands for what [`Rule::applies`] found.
    pub detail: &'static str,
    /// Where it is laid down.
    pub standard: Standard,
    /// It is worth saying: with what in the place of `{}`.
    pub applies: for<'a> fn(&About<'a>) -> Option<&'a str>,
}

/// The catalogue of hints.
pub const ALL: &[Rule] = &[
    Rule {
        code: "no-cors-is-opaque",
        title: "no-cors does not make an answer readable",
        detail: "With mode: 'no-cors' script can read neither status nor body, and only safelisted headers are sent.",
        standard: Standard::at("https://fetch.spec.whatwg.org/#concept-filtered-response-opaque"),
        applies: |about| when(about.request.mode == Mode::NoCors),
    },
    Rule {
        code: "allow-origin-sent-as-request-header",
        title: "a response header is sent with the request",
        detail: "{} is a response header: remove it from the call, the server must send it.",
        standard: Standard::at("https://fetch.spec.whatwg.org/#http-responses"),
        applies: |about| find(&about.request.headers, |name| name.starts_with("access-control-allow-")),
    },
    Rule {
        code: "lower-case-method",
        title: "a method in lower case is another method",
        detail: "Browsers put only six methods in upper case for you, and {} is none of them: write it in upper case.",
        standard: Standard::at("https://fetch.spec.whatwg.org/#concept-method-normalize"),
        applies: |about| {
            let method = &about.request.method;
            text::any(method, |byte| byte.is_ascii_lowercase()).then_some(method)
        },
    },
    Rule {
        code: "needless-preflight",
        title: "a header that few servers need forces a preflight",
        detail: "Without {} there is less for the server to allow.",
        standard: Standard::at("https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names"),
        applies: |about| {
            let names = &about.request.unsafe_headers;
            let of_a_body = |name: &str| name == "content-type" && about.request.is_repeatable();
            find(names, |name| HABITS.contains(&name)).or(find(names, of_a_body))
        },
    },
    Rule {
        code: "upload-listener-forces-preflight",
        title: "an upload listener forces a preflight",
        detail: "Without listeners on xhr.upload this call needs no preflight for them.",
        standard: Standard::at("https://xhr.spec.whatwg.org/#the-upload-attribute"),
        applies: |about| when(about.request.forces_preflight == Some(PreflightReason::UploadListener)),
    },
    Rule {
        code: "stream-body-forces-preflight",
        title: "a streamed body forces a preflight",
        detail: "A body of known length (text, Blob, FormData) needs no preflight for it.",
        standard: Standard::at("https://fetch.spec.whatwg.org/#concept-body-source"),
        applies: |about| when(about.request.forces_preflight == Some(PreflightReason::StreamBody)),
    },
    Rule {
        code: "header-not-exposed",
        title: "script sees only some of the response's headers",
        detail: "A header that reads as null here needs its name in Access-Control-Expose-Headers.",
        standard: Standard::at("https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name"),
        applies: |about| when(about.passes() && about.request.is_cross_origin() && about.request.mode == Mode::Cors),
    },
    Rule {
        code: "authorization-under-wildcard",
        title: "* does not cover Authorization",
        detail: "Access-Control-Allow-Headers: * lets Authorization pass in Chromium and WebKit, not in Firefox: list it by name.",
        standard: Standard::at("https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name"),
        applies: |about| {
            let is_lenient = matches!(about.facts.engine, Engine::Chromium | Engine::WebKit);
            let may_matter = about.stands("header-not-allowed") || (about.passes() && is_lenient);
            when(may_matter && text::has(&about.request.unsafe_headers, "authorization"))
        },
    },
    Rule {
        code: "null-origin-page",
        title: "this page has no origin that a server could allow",
        detail: "{}",
        standard: Standard::at("https://html.spec.whatwg.org/#concept-origin-opaque"),
        applies: |about| {
            let means = match about.facts.page_scheme.as_str() {
                "file" => "A page opened as a file sends Origin: null. Serve it over http, also in development.",
                "data" | "blob" => "A data: or blob: page sends Origin: null. Serve it over http.",
                "http" | "https" | "about" => {
                    "This frame is sandboxed and sends Origin: null. Add allow-same-origin, or call from the page around it."
                }
                _ => "A WebView's page of this scheme sends Origin: null. Let the app serve it from http://localhost.",
            };
            about.request.origin.is_opaque().then_some(means)
        },
    },
    Rule {
        code: "localhost-vs-127.0.0.1",
        title: "two names of this machine are two origins",
        detail: "Page and call name this machine differently, the call as {}: use the same name in both.",
        standard: Standard::at("https://html.spec.whatwg.org/#same-origin"),
        applies: |about| {
            let (page, api) = (about.request.origin.host(), about.request.target.host());
            (page != api && gate::is_loopback(page) && gate::is_loopback(api)).then_some(api)
        },
    },
    Rule {
        code: "vary-origin-missing",
        title: "a cache may hand an answer for one origin to another",
        detail: "Answers that depend on Origin need Vary: Origin, those to requests without one included.",
        standard: Standard::at("https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches"),
        applies: |about| when(about.stands("stale-cached-response")),
    },
    Rule {
        code: "cookies-need-samesite-none-secure",
        title: "not every cookie travels to another site",
        detail: "Without SameSite=None; Secure a cookie may stay behind, whatever the call's credentials; a browser that blocks third-party cookies may send none.",
        standard: Standard::at("https://www.rfc-editor.org/rfc/rfc6265.html#section-4.1.2"),
        applies: |about| {
            let may_matter = about.passes() || about.stands("error-response-without-cors");
            when(may_matter && about.request.is_credentialed() && !is_same_site(about.request))
        },
    },
    Rule {
        code: "headers-added-below-us",
        title: "another library has wrapped fetch before whycors",
        detail: "If it adds headers (traceparent, baggage, sentry-trace), the server is asked for a preflight that the app did not cause.",
        standard: Standard::at("https://www.w3.org/TR/trace-context/#traceparent-header"),
        applies: |about| when(about.facts.fetch_is_wrapped && !about.passes()),
    },
    Rule {
        code: "websocket-origin-check",
        title: "WebSockets have no CORS",
        detail: "Open it with new WebSocket(url). The server alone decides, by the Origin header, whom it accepts.",
        standard: Standard::at("https://www.rfc-editor.org/rfc/rfc6455.html#section-10.2"),
        applies: |about| when(matches!(about.request.scheme.as_str(), "ws" | "wss")),
    },
    Rule {
        code: "same-origin-redirected-away",
        title: "the call's URL is of this origin, and redirects",
        detail: "A redirect to another origin (a login, a development proxy's target) makes it a cross-origin call.",
        standard: Standard::at("https://fetch.spec.whatwg.org/#http-redirect-fetch"),
        applies: |about| when(about.redirects && !about.request.is_cross_origin()),
    },
];

/// Headers that libraries add out of habit, and that few servers need.
const HABITS: [&str; 7] =
    ["x-requested-with", "cache-control", "pragma", "traceparent", "tracestate", "baggage", "sentry-trace"];

/// What applies.
pub fn hints(about: &About<'_>) -> Vec<Hint> {
    let mut hints = Vec::new();
    for rule in ALL {
        if let Some(found) = (rule.applies)(about) {
            let detail = text::replace(rule.detail, "{}", found);
            hints.push(Hint { code: rule.code, title: rule.title, detail, docs: docs(rule.code) });
        }
    }
    hints
}

impl About<'_> {
    fn stands(&self, code: &str) -> bool {
        self.standing.iter().any(|(cause, _)| cause.code == code)
    }

    fn passes(&self) -> bool {
        self.verdict == Verdict::NoFailure
    }
}

fn when(applies: bool) -> Option<&'static str> {
    applies.then_some("")
}

fn find(names: &[String], is_it: impl Fn(&str) -> bool) -> Option<&str> {
    names.iter().map(String::as_str).find(|name| is_it(name))
}

/// The same [site](https://html.spec.whatwg.org/#same-site), as far as it shows without the public suffix list: the same last two
/// labels may be two sites, and count as one.
pub(crate) fn is_same_site(request: &Request) -> bool {
    let (page, api) = (request.origin.host(), request.target.host());
    let is_same_host = page == api || (!site(page).is_empty() && site(page) == site(api));
    is_same_host && request.origin.scheme() == request.target.scheme()
}

fn site(host: &str) -> &str {
    match text::rsplit_once(host, b'.') {
        None => "",
        Some((rest, _)) => {
            host.get(text::rsplit_once(rest, b'.').map_or(0, |(before, _)| before.len() + 1)..).unwrap_or_default()
        }
    }
}
