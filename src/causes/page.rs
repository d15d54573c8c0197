//! The page, its browser or the call itself, before or instead of CORS.

use super::Family::Unreachable;
use super::redirect;
use super::response::correct;
use super::{Cause, Fault, Standard, Where};
use crate::browser::Why;
use crate::gate::{self, CallOutcome, Permission};
use crate::prelude::*;
use crate::probe::Outcome;
use crate::request::{Api, Engine, Mode, Request};
use crate::world::{Answer, Failure, Rule};

const PAGE: Cause = Cause {
    code: "",
    phase: None,
    rate: 0,
    title: "",
    step: "",
    mended_by_headers: false,
    place: Where::Page,
    families: &[],
    standard: Standard::at("https://fetch.spec.whatwg.org/#main-fetch"),
    applies: |_, _| true,
    fault: Fault::Certain,
    stops: |_| false,
};

/// The file's part of the catalogue.
pub const CAUSES: &[Cause] = &[
    Cause {
        code: "blocked-by-client",
        title: "an extension, an ad blocker, tracking protection or a filter stops the request inside the browser",
        step: "Try a private window without extensions; switch tracking protection off for this site.",
        place: Where::Browser,
        families: &[Unreachable],
        fault: Fault::Network(&[Failure::Blocked, Failure::BlockedLate]),
        stops: |stop| matches!(stop.why, Why::Network(Failure::Blocked | Failure::BlockedLate)),
        ..PAGE
    },
    Cause {
        code: "local-network-access",
        title: "the browser does not let this page reach a local or loopback address",
        step: "Allow local network access in the browser's site settings, or serve the page from the same machine.",
        place: Where::Browser,
        standard: Standard::at("https://wicg.github.io/local-network-access/#fetch-integration"),
        applies: |request, facts| {
            matches!(facts.engine, Engine::Chromium | Engine::Firefox)
                && facts.local_network != Permission::Granted
                && gate::may_be_more_public(request, facts)
        },
        fault: Fault::Browser(&[Failure::Denied, Failure::Asked]),
        stops: |stop| matches!(stop.why, Why::Network(Failure::Denied | Failure::Asked)),
        ..PAGE
    },
    Cause {
        code: "mixed-content",
        title: "the page is https and the URL http: the browser blocks such a call",
        step: "Call the API over https; in development serve page and API with the same scheme.",
        standard: Standard::at("https://w3c.github.io/webappsec-mixed-content/#should-block-fetch"),
        ..PAGE
    },
    Cause {
        code: "csp-connect-src",
        title: "the page's own Content Security Policy does not allow this address",
        step: "Add the API's origin, and those it redirects to, to connect-src of the page's Content-Security-Policy (of an element, to the directive that Saw names; where there is none, with what default-src allows).",
        standard: Standard::at("https://w3c.github.io/webappsec-csp/#directive-connect-src"),
        ..PAGE
    },
    Cause {
        code: "corp",
        title: "Cross-Origin-Resource-Policy on the response forbids other origins to load it without CORS",
        step: EMBEDDABLE,
        place: Where::Server,
        standard: Standard::at("https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check"),
        applies: |request, _| request.mode == Mode::NoCors,
        fault: Fault::Redirect(|request| {
            let closed = |answer: Answer| answer.with("Cross-Origin-Resource-Policy", "same-origin");
            let mut ways = vec![abroad(request, closed(Answer::new(200))), abroad(request, closed(correct()))];
            for location in ["{self}/target", "{other}/target"] {
                ways.push(redirect::to(Answer::new(302).with("Location", location), closed(Answer::new(200))));
            }
            ways
        }),
        stops: |stop| stop.why == Why::ResourcePolicy,
        ..PAGE
    },
    Cause {
        code: "coep",
        title: "the page's Cross-Origin-Embedder-Policy lets only answers in that say so themselves",
        step: EMBEDDABLE,
        place: Where::Server,
        standard: Standard::at("https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check"),
        applies: |request, _| request.mode == Mode::NoCors,
        fault: Fault::EmbedderPolicy,
        stops: |stop| stop.why == Why::EmbedderPolicy,
        ..PAGE
    },
    Cause {
        code: "orb",
        title: "the browser withholds an answer that is not what an element without CORS may load",
        step: "Send the Content-Type that belongs to it, or load it with CORS: the crossorigin attribute, and the headers.",
        place: Where::Server,
        standard: Standard::at("https://fetch.spec.whatwg.org/#orb-algorithm"),
        ..PAGE
    },
    Cause {
        code: "stale-cached-response",
        title: "a copy without the CORS headers came from the browser's cache",
        step: "Send Vary: Origin with every answer, also where there is no Origin in the request.",
        place: Where::Server,
        standard: Standard::at("https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches"),
        applies: |request, facts| {
            // An EventSource has `cache: 'no-store'`.
            let may_be_stored = request.is_repeatable() && request.api != Api::EventSource;
            may_be_stored && matches!(facts.call, CallOutcome::Failed(_))
        },
        fault: Fault::Gone,
        ..PAGE
    },
    Cause {
        code: "service-worker",
        title: "the page's service worker answers with an error, or with an opaque response",
        step: "Unregister the worker in the developer tools and try again.",
        standard: Standard::at("https://w3c.github.io/ServiceWorker/#on-fetch-request-algorithm"),
        applies: |_, facts| facts.worker_controlled,
        fault: Fault::Worker,
        stops: |stop| matches!(stop.why, Why::Network(Failure::Worker | Failure::WorkerOpaque)),
        ..PAGE
    },
    Cause {
        code: "intermittent",
        title: "the same request passes now",
        step: "Look for a restart, a deployment or a rate limit at that time.",
        place: Where::Network,
        applies: |request, facts| request.is_repeatable() && matches!(facts.call, CallOutcome::Failed(_)),
        fault: Fault::Gone,
        ..PAGE
    },
    Cause {
        code: "aborted",
        title: "the caller's signal aborted the call",
        standard: Standard::at("https://fetch.spec.whatwg.org/#abort-fetch"),
        ..PAGE
    },
    Cause {
        code: "timed-out",
        title: "the caller's time limit passed before an answer came",
        step: "Find out why the server needs so long, or allow more time.",
        standard: Standard::at("https://dom.spec.whatwg.org/#dom-abortsignal-timeout"),
        applies: |_, facts| facts.call == CallOutcome::TimedOut,
        fault: Fault::Late,
        ..PAGE
    },
    Cause {
        code: "integrity-mismatch",
        title: "the response does not match the call's integrity digest",
        step: "Compute the digest of what the server sends now, or drop integrity.",
        standard: Standard::at(
            "https://w3c.github.io/webappsec-subresource-integrity/#does-response-match-metadatalist",
        ),
        applies: |request, facts| request.integrity && matches!(facts.call, CallOutcome::Failed(_)),
        fault: Fault::TurnedDown,
        ..PAGE
    },
    Cause {
        code: "unusable-answer",
        title: "the answer passes CORS, but is none that an EventSource or this element can use: its status, its type or its content",
        step: "For an EventSource answer with status 200 and Content-Type: text/event-stream; for an element look at status, Content-Type and content of the answer.",
        place: Where::Server,
        standard: Standard::at("https://html.spec.whatwg.org/multipage/server-sent-events.html#sse-processing-model"),
        applies: |request, facts| match (request.api, &facts.call) {
            // Without an answer it tries again.
            (Api::EventSource, CallOutcome::Failed(outcome)) => *outcome == Outcome::Closed,
            (Api::Element, CallOutcome::Failed(_)) => true,
            _ => false,
        },
        fault: Fault::TurnedDown,
        ..PAGE
    },
    Cause {
        code: "invalid-request",
        title: "no such request can be made",
        step: "Mend what Saw names first.",
        standard: Standard::at("https://fetch.spec.whatwg.org/#dom-request"),
        ..PAGE
    },
    Cause {
        code: "unsupported-scheme",
        title: "the URL's scheme cannot be fetched",
        step: "Use an http or https URL.",
        standard: Standard::at("https://fetch.spec.whatwg.org/#scheme-fetch"),
        ..PAGE
    },
    Cause {
        code: "bad-port",
        title: "the port is on the Fetch standard's blocked list",
        step: "Let the server listen on another port, such as 8080.",
        standard: Standard::at("https://fetch.spec.whatwg.org/#port-blocking"),
        ..PAGE
    },
    Cause {
        code: "same-origin-mode",
        title: "the call says mode: 'same-origin', and the URL has another origin, or redirects to one",
        step: "Drop mode: 'same-origin', or call your own origin.",
        applies: |request, _| request.mode == Mode::SameOrigin,
        fault: Fault::Redirect(|_| {
            let away = || redirect::hop("{other}/target");
            let mut ways = Vec::new();
            for target in [correct(), correct().status(404), Answer::new(200)] {
                ways.push(redirect::to(away(), target));
            }
            ways.push(redirect::to_failure(away(), Failure::Reset));
            ways.push(redirect::to_failure(away(), Failure::Hang));
            ways
        }),
        stops: |stop| stop.why == Why::SameOriginMode,
        ..PAGE
    },
];

const EMBEDDABLE: &str = "Send Cross-Origin-Resource-Policy: cross-origin with the answer (helmet for Express sends same-origin unless told), or use mode: 'cors' with the CORS headers.";

/// This answer to a call to another origin; of one to the page's own, at the target of a redirect that leads away.
pub(crate) fn abroad(request: &Request, answer: Answer) -> Vec<Rule> {
    match request.is_cross_origin() {
        true => vec![Rule::always(answer.into())],
        false => redirect::to(redirect::hop("{other}/target"), answer),
    }
}
