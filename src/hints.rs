//! What is worth knowing about a call that is not the cause of its failure, or not yet.

use crate::causes::{Standard, Standing};
use crate::diagnosis::{Hint, Verdict, docs};
use crate::gate::{self, Facts};
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
    /// Where it is laid down.
    pub standard: Standard,
    /// What it means for this call; `None` if nothing.
    pub detail: fn(&About<'_>) -> Option<String>,
}

/// The catalogue of hints.
pub const ALL: &[Rule] = &[
    Rule {
        code: "no-cors-is-opaque",
        title: "no-cors does not make an answer readable",
        standard: Standard::at("https://fetch.spec.whatwg.org/#concept-filtered-response-opaque"),
        detail: |about| {
            say(
                about.request.mode == Mode::NoCors,
                "With mode: 'no-cors' script can read neither status nor body, and only safelisted headers are sent.",
            )
        },
    },
    Rule {
        code: "allow-origin-sent-as-request-header",
        title: "a response header is sent with the request",
        standard: Standard::at("https://fetch.spec.whatwg.org/#http-responses"),
        detail: |about| {
            let is_sent = about.request.headers.iter().any(|name| name.starts_with("access-control-allow-"));
            say(
                is_sent,
                "Access-Control-Allow-* are response headers: remove them from the call, the server must send them.",
            )
        },
    },
    Rule {
        code: "lower-case-method",
        title: "a method in lower case is another method",
        standard: Standard::at("https://fetch.spec.whatwg.org/#concept-method-normalize"),
        detail: |about| {
            let method = &about.request.method;
            let upper = method.to_ascii_uppercase();
            let is_lower = *method != upper;
            is_lower.then(|| {
                text::concat(&[
                    "Browsers put only six methods in upper case for you, and ",
                    &upper,
                    " is none of them: write it so.",
                ])
            })
        },
    },
    Rule {
        code: "needless-preflight",
        title: "a header that says nothing to the server forces a preflight",
        standard: Standard::at("https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names"),
        detail: |about| {
            let name = about.request.unsafe_headers.iter().find(|name| is_needless(about.request, name))?;
            Some(text::concat(&["Without ", name, " there is less for the server to allow."]))
        },
    },
    Rule {
        code: "upload-listener-forces-preflight",
        title: "an upload listener forces a preflight",
        standard: Standard::at("https://xhr.spec.whatwg.org/#the-upload-attribute"),
        detail: |about| {
            let because = about.request.forces_preflight == Some(PreflightReason::UploadListener);
            say(because, "Without listeners on xhr.upload this call needs no preflight for them.")
        },
    },
    Rule {
        code: "stream-body-forces-preflight",
        title: "a streamed body forces a preflight",
        standard: Standard::at("https://fetch.spec.whatwg.org/#concept-body-source"),
        detail: |about| {
            let because = about.request.forces_preflight == Some(PreflightReason::StreamBody);
            say(because, "A body of known length (text, Blob, FormData) needs no preflight for it.")
        },
    },
    Rule {
        code: "header-not-exposed",
        title: "script sees only some of the response's headers",
        standard: Standard::at("https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name"),
        detail: |about| {
            let is_read = about.verdict == Verdict::NoFailure
                && about.request.is_cross_origin()
                && about.request.mode == Mode::Cors;
            say(is_read, "A header that reads as null here needs its name in Access-Control-Expose-Headers.")
        },
    },
    Rule {
        code: "authorization-under-wildcard",
        title: "* does not cover Authorization",
        standard: Standard::at("https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name"),
        detail: |about| {
            let is_lenient = matches!(about.facts.engine, Engine::Chromium | Engine::WebKit);
            let may_matter = about.stands("header-not-allowed") || (about.verdict == Verdict::NoFailure && is_lenient);
            let is_carried = text::has(&about.request.unsafe_headers, "authorization");
            say(
                may_matter && is_carried,
                "Access-Control-Allow-Headers: * lets Authorization pass in Chromium and WebKit, not in Firefox: list it by name.",
            )
        },
    },
    Rule {
        code: "null-origin-page",
        title: "this page has no origin that a server could allow",
        standard: Standard::at("https://html.spec.whatwg.org/#concept-origin-opaque"),
        detail: |about| {
            let means = match about.facts.page_scheme.as_str() {
                "file" => "A page opened as a file sends Origin: null. Serve it over http, also in development.",
                "data" | "blob" => "A data: or blob: page sends Origin: null. Serve it over http.",
                "http" | "https" | "about" => {
                    "This frame is sandboxed and sends Origin: null. Add allow-same-origin, or call from the page around it."
                }
                _ => "A WebView's page of this scheme sends Origin: null. Let the app serve it from http://localhost.",
            };
            say(about.request.origin.is_opaque(), means)
        },
    },
    Rule {
        code: "localhost-vs-127.0.0.1",
        title: "two names of this machine are two origins",
        standard: Standard::at("https://html.spec.whatwg.org/#same-origin"),
        detail: |about| {
            let (page, api) = (about.request.origin.host(), about.request.target.host());
            let differ = page != api && gate::is_loopback(page) && gate::is_loopback(api);
            differ.then(|| {
                text::concat(&["The page is on ", page, ", the call goes to ", api, ": use the same name in both."])
            })
        },
    },
    Rule {
        code: "vary-origin-missing",
        title: "a cache may hand an answer for one origin to another",
        standard: Standard::at("https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches"),
        detail: |about| {
            say(
                about.stands("stale-cached-response"),
                "Answers that depend on Origin need Vary: Origin, those to requests without one included.",
            )
        },
    },
    Rule {
        code: "cookies-need-samesite-none-secure",
        title: "a cookie travels to another site only if it says so",
        standard: Standard::at("https://www.rfc-editor.org/rfc/rfc6265.html#section-4.1.2"),
        detail: |about| {
            let may_matter = about.verdict == Verdict::NoFailure || about.stands("error-response-without-cors");
            let is_elsewhere = about.request.is_credentialed() && !is_same_site(about.request);
            say(
                may_matter && is_elsewhere,
                "Without SameSite=None; Secure the server sees no cookie, whatever the call's credentials.",
            )
        },
    },
    Rule {
        code: "headers-added-below-us",
        title: "another library has wrapped fetch before whycors",
        standard: Standard::at("https://www.w3.org/TR/trace-context/#traceparent-header"),
        detail: |about| {
            let is_added = about.facts.fetch_is_wrapped && about.verdict != Verdict::NoFailure;
            say(
                is_added,
                "If it adds headers (traceparent, baggage, sentry-trace), the server is asked for a preflight that the app did not cause.",
            )
        },
    },
    Rule {
        code: "websocket-origin-check",
        title: "WebSockets have no CORS",
        standard: Standard::at("https://www.rfc-editor.org/rfc/rfc6455.html#section-10.2"),
        detail: |about| {
            let is_socket = matches!(about.request.scheme.as_str(), "ws" | "wss");
            say(
                is_socket,
                "Open it with new WebSocket(url). The server alone decides, by the Origin header, whom it accepts.",
            )
        },
    },
    Rule {
        code: "same-origin-redirected-away",
        title: "the call's URL is of this origin, and redirects",
        standard: Standard::at("https://fetch.spec.whatwg.org/#http-redirect-fetch"),
        detail: |about| {
            let is_away = about.redirects && !about.request.is_cross_origin();
            say(
                is_away,
                "A redirect to another origin (a login, a development proxy's target) makes it a cross-origin call.",
            )
        },
    },
];

/// What applies.
pub fn hints(about: &About<'_>) -> Vec<Hint> {
    let mut hints = Vec::new();
    for rule in ALL {
        if let Some(detail) = (rule.detail)(about) {
            hints.push(Hint { code: rule.code, title: rule.title, detail, docs: docs(rule.code) });
        }
    }
    hints
}

impl About<'_> {
    fn stands(&self, code: &str) -> bool {
        self.standing.iter().any(|(cause, _)| cause.code == code)
    }
}

#[inline(never)]
fn say(applies: bool, detail: &str) -> Option<String> {
    applies.then(|| detail.to_string())
}

/// Headers that libraries add out of habit, and that tell most servers nothing.
fn is_needless(request: &Request, name: &str) -> bool {
    let habits =
        ["x-requested-with", "cache-control", "pragma", "traceparent", "tracestate", "baggage", "sentry-trace"];
    habits.contains(&name) || (name == "content-type" && request.is_repeatable())
}

/// The same [site](https://html.spec.whatwg.org/#same-site), as far as it shows without the public suffix list: the same last two
/// labels may be two sites, and count as one.
fn is_same_site(request: &Request) -> bool {
    let (page, api) = (request.origin.host(), request.target.host());
    let is_same_host = page == api || (!site(page).is_empty() && site(page) == site(api));
    is_same_host && request.origin.scheme() == request.target.scheme()
}

fn site(host: &str) -> &str {
    let dots = host.bytes().enumerate().filter(|(_, byte)| *byte == b'.').map(|(at, _)| at);
    let count = host.bytes().filter(|byte| *byte == b'.').count();
    match count {
        0 => "",
        1 => host,
        _ => dots.skip(count - 2).next().and_then(|at| host.get(at + 1..)).unwrap_or_default(),
    }
}
