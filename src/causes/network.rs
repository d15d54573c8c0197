//! No HTTP answer.

use super::{Cause, Fault, Where};
use crate::gate;
use crate::world::Failure;

const NETWORK: Cause = Cause {
    code: "",
    phase: None,
    title: "",
    step: "",
    mended_by_headers: false,
    place: Where::Network,
    applies: |_, _| true,
    fault: Fault::Certain,
};

/// The file's part of the catalogue.
pub const CAUSES: &[Cause] = &[
    Cause {
        code: "connection-refused",
        title: "nothing listens at this host and port",
        step: "Is the server running, and on this port? Inside a container it must listen on 0.0.0.0, not on 127.0.0.1.",
        fault: Fault::Network(&[Failure::Refused]),
        ..NETWORK
    },
    Cause {
        code: "dns-failure",
        title: "the host name does not resolve",
        step: "Check the host name; a name that only a VPN knows needs the VPN.",
        fault: Fault::Network(&[Failure::Dns]),
        ..NETWORK
    },
    Cause {
        code: "tls-failure",
        title: "the TLS handshake fails: the certificate is not trusted, or the server asks for one",
        step: "Open the URL in a tab of its own: there the browser says what it dislikes.",
        fault: Fault::Network(&[Failure::Tls]),
        ..NETWORK
    },
    Cause {
        code: "connection-dropped",
        title: "the connection breaks without an HTTP answer",
        step: "Look for a crash in the server's log at this time; http where the server speaks https (or the reverse) looks the same.",
        fault: Fault::Silence { ways: &[Failure::Reset, Failure::Empty, Failure::Garbage], only_the_call: false },
        ..NETWORK
    },
    Cause {
        code: "no-response",
        title: "the server accepts the request and sends no answer within the time limit",
        step: "Look for a handler that waits: for a database, a service, a callback.",
        fault: Fault::Silence { ways: &[Failure::Hang], only_the_call: true },
        ..NETWORK
    },
    Cause {
        code: "offline",
        title: "the machine is offline",
        step: "Connect to the network.",
        applies: |request, facts| !facts.online && !gate::is_loopback(request.target.host()),
        fault: Fault::Offline,
        ..NETWORK
    },
];
