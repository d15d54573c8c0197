//! No HTTP answer.

use super::Family::Unreachable;
use super::{Cause, Fault, Standard, Where};
use crate::browser::Why;
use crate::gate;
use crate::prelude::*;
use crate::world::{Failure, Reply};

const NETWORK: Cause = Cause {
    code: "",
    phase: None,
    rate: 0,
    title: "",
    step: "",
    mended_by_headers: false,
    place: Where::Network,
    families: &[Unreachable],
    standard: Standard::at("https://fetch.spec.whatwg.org/#http-network-fetch"),
    applies: |_, _| true,
    fault: Fault::Certain,
    stops: |_| false,
};

/// The file's part of the catalogue.
pub const CAUSES: &[Cause] = &[
    Cause {
        code: "connection-refused",
        title: "nothing listens at this host and port",
        step: "Is the server running, and on this port? Inside a container it must listen on 0.0.0.0, not on 127.0.0.1.",
        standard: Standard::at("https://fetch.spec.whatwg.org/#concept-connection-obtain"),
        fault: Fault::Network(&[Failure::Refused]),
        stops: |stop| stop.why == Why::Network(Failure::Refused),
        ..NETWORK
    },
    Cause {
        code: "dns-failure",
        title: "the host name does not resolve",
        step: "Check the host name; a name that only a VPN knows needs the VPN.",
        standard: Standard::at("https://fetch.spec.whatwg.org/#resolve-an-origin"),
        fault: Fault::Network(&[Failure::Dns]),
        stops: |stop| stop.why == Why::Network(Failure::Dns),
        ..NETWORK
    },
    Cause {
        code: "tls-failure",
        title: "the TLS handshake fails: the certificate is not trusted, or the server demands a client certificate",
        step: "Open the URL in a tab of its own: there the browser says what it dislikes.",
        standard: Standard::at("https://fetch.spec.whatwg.org/#create-a-connection"),
        fault: Fault::Network(&[Failure::Tls, Failure::ClientCertificate]),
        stops: |stop| matches!(stop.why, Why::Network(Failure::Tls | Failure::ClientCertificate)),
        ..NETWORK
    },
    Cause {
        code: "connection-dropped",
        title: "the connection breaks without an HTTP answer",
        step: "Look for a crash in the server's log at this time; http where the server speaks https (or the reverse) looks the same.",
        fault: Fault::Silence(&[Failure::Reset, Failure::Empty, Failure::Garbage]),
        stops: |stop| matches!(stop.why, Why::Network(Failure::Reset | Failure::Empty | Failure::Garbage)),
        ..NETWORK
    },
    Cause {
        code: "connection-dropped",
        title: "the preflight (OPTIONS) is dropped on its way: a device or proxy lets no OPTIONS through",
        step: NO_OPTIONS,
        applies: |request, _| request.has_preflight(),
        fault: Fault::Preflight { replies: |_| vec![Reply::Fails(Failure::Reset)], strict: false, even: false },
        ..NETWORK
    },
    Cause {
        code: "no-response",
        title: "no answer comes within the time limit",
        step: "If a connection is made: look for a handler that waits, for a database, a service, a callback. If none is: look for a firewall.",
        families: &[],
        fault: Fault::Silence(&[Failure::Hang]),
        stops: |stop| stop.why == Why::Network(Failure::Hang),
        ..NETWORK
    },
    Cause {
        code: "no-response",
        title: "the preflight (OPTIONS) is never answered",
        step: NO_OPTIONS,
        families: &[],
        applies: |request, _| request.has_preflight(),
        fault: Fault::Preflight { replies: |_| vec![Reply::Fails(Failure::Hang)], strict: false, even: false },
        ..NETWORK
    },
    Cause {
        code: "offline",
        title: "the machine is offline",
        step: "Connect to the network.",
        families: &[],
        applies: |request, facts| !facts.online && !gate::is_loopback(request.target.host()),
        fault: Fault::Offline,
        stops: |stop| stop.why == Why::Offline,
        ..NETWORK
    },
];

const NO_OPTIONS: &str = "Look for the OPTIONS line in the server's access log. If it is missing, something in front of the server drops it.";
