//! What was measured about each probe, in words: the evidence behind a split.

use whycors::request::Engine;

use Engine::{Chromium, Firefox, WebKit};

/// Stands for the probe with each one of the call's headers.
pub const ONE_HEADER: &str = "header:";

/// What an answer of this probe rests on in this engine.
pub fn signal(probe: &str, engine: Engine) -> &'static str {
    let found = SIGNALS.iter().find(|(id, engines, _)| is_meant(id, probe) && engines.contains(&engine));
    found.map_or("", |(_, _, text)| text)
}

/// What can tell: the call, and each kind of probe.
pub fn probes() -> impl Iterator<Item = &'static str> {
    DOES.iter().map(|(id, _)| *id)
}

/// What a probe does.
pub fn does(probe: &str) -> &'static str {
    DOES.iter().find(|(id, _)| is_meant(id, probe)).map_or("", |(_, text)| text)
}

fn is_meant(id: &str, probe: &str) -> bool {
    id == probe || (id == ONE_HEADER && probe.starts_with(ONE_HEADER))
}

const ALL: &[Engine] = &[Chromium, Firefox, WebKit];

const DOES: &[(&str, &str)] = &[
    ("call", "the call itself"),
    ("no-cors", "a GET with `mode: 'no-cors'`"),
    ("simple", "a GET with CORS, without credentials and headers"),
    ("event-source", "`new EventSource(url)`, closed at its first event"),
    ("manual", "the same as `simple` with `redirect: 'manual'`"),
    ("frame", "a GET from a frame whose policy allows the called origin alone"),
    ("prefetch", "`<link rel=prefetch>` in a frame without cookies"),
    ("null-origin", "the same as `simple` from a frame without an origin (`Origin: null`)"),
    ("bare-preflight", "a GET with CORS after a preflight that names no header (an upload listener's)"),
    ("websocket", "`new WebSocket(url)`, where nothing else is answered"),
    (ONE_HEADER, "a GET with CORS and one of the call's headers, after a preflight"),
    ("headers", "a GET with CORS and the call's headers, after a preflight"),
    ("credentials", "a GET with CORS and credentials"),
    ("credentials-headers", "a GET with CORS, credentials and the call's headers"),
];

/// By probe and engine; measured in Chromium 156, Firefox ESR 153 and WebKitGTK 2.50 on 113 server behaviours.
const SIGNALS: &[(&str, &[Engine], &str)] = &[
    ("call", &[Chromium, WebKit], "An answer that never comes is seen as such: no outcome within the time limit."),
    (
        "call",
        &[Firefox],
        "Resource Timing `duration` is exactly 0 if the call failed in its preflight or never connected, above 0 if the actual \
         request went out: 2,709 of 2,709. Without a preflight a single 0 counts for nothing: 1 to 9 in 100 answered requests \
         show it too, by rounding. An answer that never comes is seen as such.",
    ),
    (
        "no-cors",
        &[Chromium, WebKit],
        "It resolves to an `opaque` response if some HTTP server answered; a TypeError means no answer, or `Cross-Origin-Resource-Policy`.",
    ),
    (
        "no-cors",
        &[Firefox],
        "It resolves to an `opaque` response if some HTTP server answered; otherwise Resource Timing `duration` is 0 if it never \
         connected (refused, DNS, TLS) and above 0 if it did, which counts where another request agrees.",
    ),
    (
        "simple",
        ALL,
        "The lowest rung of the ladder: if it is readable, origin and route are right, and what the call demands beyond is refused. In every engine.",
    ),
    (
        "event-source",
        &[Chromium],
        "`readyState` at the first `error`: 2 if an HTTP answer arrived, 0 if the transport failed (291 of 291, 35 of 35). A redirect loop gives 0.",
    ),
    (
        "event-source",
        &[WebKit],
        "`readyState` at the first `error`: 2 if an HTTP answer arrived, 0 if the transport failed (392 and 43 of as many).",
    ),
    ("event-source", &[Firefox], "`readyState` is always 2; only an answer that never comes shows."),
    (
        "manual",
        ALL,
        "`opaqueredirect` if the answer is a redirect that passes the CORS check itself, a TypeError if it does not pass.",
    ),
    (
        "frame",
        &[Chromium, WebKit],
        "Without CORS: a `securitypolicyviolation` for every redirect to another origin, never without one (32 of 32 behaviours).",
    ),
    (
        "frame",
        &[Firefox],
        "With CORS, as the call: a `securitypolicyviolation` for every redirect to another origin, also one without CORS headers, \
         never without one (32 of 32 behaviours).",
    ),
    (
        "prefetch",
        &[Chromium],
        "`load` for 2xx and 304, `error` for 4xx and 5xx, for what a resource policy withholds, for no answer (32 of 32 \
         behaviours). It carries neither `Origin` nor cookies, but `Sec-Purpose: prefetch`.",
    ),
    (
        "null-origin",
        ALL,
        "Readable for `*`, `null` and a reflected origin, a TypeError for a fixed one (32 of 32 behaviours). In every engine.",
    ),
    (
        "bare-preflight",
        &[Firefox],
        "Forces a preflight, also of a GET; a `duration` of exactly 0 if it was refused (32 of 32 behaviours).",
    ),
    (
        "bare-preflight",
        &[WebKit],
        "Forces a preflight, also of a GET: readable if it is allowed (32 of 32 behaviours).",
    ),
    (
        "websocket",
        &[Firefox],
        "Close code 1015 if the TLS handshake failed (9 of 9), 1006 if there was no connection (9 of 9).",
    ),
    (
        "header:",
        ALL,
        "The ladder, one demand more at a time: readable if the preflight allows this header. In every engine.",
    ),
    ("headers", &[Chromium, WebKit], "The ladder with all headers: readable if preflight and response let them pass."),
    (
        "headers",
        &[Firefox],
        "The ladder with all headers: readable if preflight and response let them pass; a `duration` of exactly 0 if the \
         preflight did not (2,709 of 2,709).",
    ),
    ("credentials", ALL, "The ladder with credentials: readable if the answer allows them. In every engine."),
    ("credentials-headers", &[Chromium, WebKit], "The last rung: credentials and headers, as in the call."),
    (
        "credentials-headers",
        &[Firefox],
        "The last rung: credentials and headers, as in the call; a `duration` of exactly 0 if its preflight failed.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_probe_of_one_header_is_not_that_of_all() {
        assert!(does("header:x-client").contains("one of"));
        assert!(!does("headers").contains("one of"));
    }

    #[test]
    fn every_probe_has_its_signal_in_every_engine() {
        for shape in super::super::shapes::all() {
            for engine in browser::ENGINES {
                for probe in whycors::probe::all(&shape.request, engine, false) {
                    assert!(!signal(&probe.id, engine).is_empty() && !does(&probe.id).is_empty(), "{}", probe.id);
                }
            }
        }
    }
}
