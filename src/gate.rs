//! What a page knows for certain, before any probe: its own facts, and the causes that they alone decide.

use crate::probe::Outcome;
use crate::request::{Engine, Mode, Request};
use crate::text;

/// What the page knows about itself and about the call that failed.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The engine, by feature test.
    pub engine: Engine,
    /// `navigator.onLine`; false is only a suspicion, for it says nothing of loopback.
    pub online: bool,
    /// The page came over https: mixed content applies.
    pub secure_page: bool,
    /// A `securitypolicyviolation` event about this URL.
    pub violation: Option<Violation>,
    /// What the page saw of the call.
    pub call: CallOutcome,
    /// whycors saw the call being sent (and did not merely probe around it).
    pub sent: bool,
    /// A service worker controls the page.
    pub worker_controlled: bool,
    /// State of the local network permission.
    pub local_network: Permission,
}

impl Facts {
    /// An ordinary http page that knows only this.
    pub fn new(engine: Engine, call: CallOutcome) -> Facts {
        Facts {
            engine,
            online: true,
            secure_page: false,
            violation: None,
            sent: call != CallOutcome::NotSent,
            call,
            worker_controlled: false,
            local_network: Permission::Unknown,
        }
    }
}

/// A violation of the page's Content Security Policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// `effectiveDirective`
    pub directive: String,
    /// `disposition` is `enforce`; a report-only policy stops nothing.
    pub enforced: bool,
}

/// What the page saw of the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallOutcome {
    /// It failed in the one way that says nothing, or our own time limit passed.
    Failed(Outcome),
    /// It was sent by `diagnose` and passed.
    Succeeded(Outcome),
    /// The caller's signal aborted it.
    Aborted,
    /// The caller's signal timed out.
    TimedOut,
    /// It could not be constructed; the browser's message.
    Invalid(String),
    /// It was not sent, because it is neither GET nor HEAD.
    NotSent,
}

/// State of a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Requests go out.
    Granted,
    /// A request would open a prompt.
    Prompt,
    /// Requests are stopped.
    Denied,
    /// The engine has no such permission, or does not tell.
    Unknown,
}

/// A cause that is certain before any probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certain {
    /// Its code.
    pub code: &'static str,
    /// The facts behind it, as one sentence.
    pub saw: String,
}

/// Decides what needs no probe.
pub fn gate(request: &Request, facts: &Facts) -> Option<Certain> {
    let certain = |code, saw: String| Some(Certain { code, saw });
    match &facts.call {
        CallOutcome::Succeeded(_) => return None,
        CallOutcome::Aborted => return certain("aborted", "The call was aborted by its signal.".to_string()),
        CallOutcome::Invalid(message) => {
            return certain(
                "invalid-request",
                text::concat(&["The browser refuses to construct the request: ", message]),
            );
        }
        _ => {}
    }
    if matches!(request.scheme.as_str(), "data" | "blob") {
        return certain("invalid-request", "The data: or blob: URL holds nothing that can be read.".to_string());
    }
    if !matches!(request.scheme.as_str(), "http" | "https") {
        return certain("unsupported-scheme", text::concat(&["The URL's scheme is ", &request.scheme, ":."]));
    }
    if request.target.port().is_some_and(|port| BAD_PORTS.contains(&port)) {
        let saw = [request.target.as_str(), " has a port of the Fetch standard's list of bad ports."];
        return certain("bad-port", text::concat(&saw));
    }
    if request.mode == Mode::SameOrigin && request.is_cross_origin() {
        return certain(
            "same-origin-mode",
            "The call says mode: 'same-origin', and the URL has another origin.".to_string(),
        );
    }
    if let Some(violation) = facts.violation.as_ref().filter(|violation| violation.enforced) {
        let saw =
            ["The browser reported a violation of the page's ", &violation.directive, " directive for this address."];
        return certain("csp-connect-src", text::concat(&saw));
    }
    // Chromium and Firefox take loopback as trustworthy, WebKit does not. A late failure shows that the request did go out:
    // `upgrade-insecure-requests` made it https.
    let is_trustworthy = is_loopback(request.target.host()) && facts.engine != Engine::WebKit;
    if facts.secure_page
        && request.scheme == "http"
        && !is_trustworthy
        && facts.call != CallOutcome::Failed(Outcome::FailedLate)
    {
        return certain("mixed-content", "The page came over https, and the URL is http.".to_string());
    }
    None
}

/// [Bad ports](https://fetch.spec.whatwg.org/#bad-port).
const BAD_PORTS: [u16; 83] = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
    110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531,
    532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060,
    5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
];

/// A host of the [loopback](https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy) kind.
pub fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host == "[::1]"
        || (host.starts_with("127.") && host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
}

/// The page may be at a more public address than what it calls, as far as spelling tells: a name may resolve to anything.
pub fn may_be_more_public(request: &Request) -> bool {
    let (page, target) = (request.origin.host(), request.target.host());
    !is_loopback(page) && (is_local(target) || is_resolved_name(target))
}

/// The host is a name that something has to resolve: no IP address, and not localhost.
pub fn is_resolved_name(host: &str) -> bool {
    !host.starts_with('[') && !is_loopback(host) && !host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// The host is on this machine or in a local network, as far as its spelling tells: loopback, private and link-local
/// addresses (RFC 1918, RFC 3927, RFC 4193, RFC 6598), `.local`.
pub fn is_local(host: &str) -> bool {
    let mut octets = Vec::new();
    for part in text::split(host, ".") {
        octets.push(part.parse::<u16>().unwrap_or(u16::MAX));
    }
    let ipv4 = match octets.as_slice() {
        [a, b, _, _] if octets.iter().all(|octet| *octet < 256) => {
            *a == 10
                || (*a == 172 && (16..32).contains(b))
                || (*a == 192 && *b == 168)
                || (*a == 169 && *b == 254)
                || (*a == 100 && (64..128).contains(b))
        }
        _ => false,
    };
    let ipv6 = ["[fc", "[fd", "[fe8", "[fe9", "[fea", "[feb"].iter().any(|prefix| host.starts_with(prefix));
    is_loopback(host) || ipv4 || ipv6 || host.ends_with(".local")
}
