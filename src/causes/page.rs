//! The page, its browser or the call itself, before or instead of CORS.

use super::{Cause, Fault, Where};
use crate::gate::{self, CallOutcome, Permission};
use crate::request::{Engine, Mode};
use crate::world::{Answer, Failure};

const PAGE: Cause = Cause {
    code: "",
    phase: None,
    title: "",
    step: "",
    mended_by_headers: false,
    place: Where::Page,
    applies: |_, _| true,
    fault: Fault::Certain,
};

/// The file's part of the catalogue.
pub const CAUSES: &[Cause] = &[
    Cause {
        code: "blocked-by-client",
        title: "an extension, an ad blocker, tracking protection or a filter stops the request inside the browser",
        step: "Try a private window without extensions; switch tracking protection off for this site.",
        place: Where::Browser,
        fault: Fault::Network(&[Failure::Blocked, Failure::BlockedLate]),
        ..PAGE
    },
    Cause {
        code: "local-network-access",
        title: "the browser does not let this page reach a local or loopback address",
        step: "Allow local network access in the browser's site settings, or serve the page from the same machine.",
        place: Where::Browser,
        applies: |request, facts| {
            matches!(facts.engine, Engine::Chromium | Engine::Firefox)
                && facts.local_network != Permission::Granted
                && !gate::is_loopback(request.origin.host())
        },
        fault: Fault::Browser(&[Failure::Denied]),
        ..PAGE
    },
    Cause {
        code: "service-worker",
        title: "the page's service worker answers with an error",
        step: "Unregister the worker in the developer tools and try again.",
        applies: |_, facts| facts.worker_controlled,
        fault: Fault::Browser(&[Failure::Denied, Failure::Blocked]),
        ..PAGE
    },
    Cause {
        code: "mixed-content",
        title: "an https page calls an http address, which the browser does not send",
        step: "Call the API over https; in development serve page and API with the same scheme.",
        ..PAGE
    },
    Cause {
        code: "csp-connect-src",
        title: "the page's own Content Security Policy does not allow this address",
        step: "Add the API's origin to connect-src of the page's Content-Security-Policy.",
        ..PAGE
    },
    Cause {
        code: "corp",
        title: "Cross-Origin-Resource-Policy on the response forbids other origins to load it without CORS",
        step: "Send Cross-Origin-Resource-Policy: cross-origin, or use mode: 'cors' with the CORS headers.",
        place: Where::Server,
        applies: |request, _| request.mode == Mode::NoCors,
        fault: Fault::Response {
            replies: |_| vec![Answer::new(200).with("Cross-Origin-Resource-Policy", "same-origin").into()],
            only_the_call: false,
        },
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
        code: "stale-cached-response",
        title: "a copy without the CORS headers came from the browser's cache",
        step: "Send Vary: Origin with every answer, also where there is no Origin in the request.",
        place: Where::Server,
        applies: |request, facts| request.is_repeatable() && matches!(facts.call, CallOutcome::Failed(_)),
        fault: Fault::Gone,
        ..PAGE
    },
    Cause {
        code: "integrity-mismatch",
        title: "the response does not match the call's integrity digest",
        step: "Compute the digest of what the server sends now, or drop integrity.",
        applies: |request, facts| request.integrity && matches!(facts.call, CallOutcome::Failed(_)),
        fault: Fault::Gone,
        ..PAGE
    },
    Cause { code: "aborted", title: "the caller's signal aborted the call", ..PAGE },
    Cause {
        code: "invalid-request",
        title: "the browser cannot construct this request",
        step: "Mend what the browser's message names.",
        ..PAGE
    },
    Cause {
        code: "same-origin-mode",
        title: "the call says mode: 'same-origin', and the URL has another origin",
        step: "Drop mode: 'same-origin', or call your own origin.",
        ..PAGE
    },
    Cause {
        code: "timed-out",
        title: "the caller's time limit passed before an answer came",
        step: "Find out why the server needs so long, or allow more time.",
        applies: |_, facts| facts.call == CallOutcome::TimedOut,
        fault: Fault::Gone,
        ..PAGE
    },
    Cause {
        code: "unsupported-scheme",
        title: "the URL's scheme cannot be fetched",
        step: "Use an http or https URL.",
        ..PAGE
    },
    Cause {
        code: "bad-port",
        title: "the port is on the Fetch standard's blocked list",
        step: "Let the server listen on another port, such as 8080.",
        ..PAGE
    },
];
