//! What a page knows for certain, before any probe: its own facts, and the causes that they alone decide.

use crate::prelude::*;
use crate::probe::Outcome;
use crate::request::{Engine, Mode, Redirect, Request};
use crate::text;

/// What the page knows about itself and about the call that failed.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The engine, by feature test.
    pub engine: Engine,
    /// `navigator.onLine`; false is only a suspicion, for it says nothing of loopback.
    pub online: bool,
    /// Scheme of the page's URL, without the colon; `about` in a frame without one.
    pub page_scheme: String,
    /// Host of the page's URL, which a page has even where its origin is opaque.
    pub page_host: String,
    /// A `securitypolicyviolation` event about this URL.
    pub violation: Option<Violation>,
    /// What the page saw of the call.
    pub call: CallOutcome,
    /// whycors saw the call being sent (and did not merely probe around it).
    pub sent: bool,
    /// The fetch that whycors found was not the browser's own: another library had wrapped it.
    pub fetch_is_wrapped: bool,
    /// A service worker controls the page.
    pub worker_controlled: bool,
    /// The browser says that the page's service worker failed the call (WebKit).
    pub worker_failed: bool,
    /// The browser reported that the page's embedder policy stopped the call (Chromium and WebKit).
    pub embedder_reported: bool,
    /// State of the local network permission.
    pub local_network: Permission,
    /// Where in the page's scripts the call was made, if the error tells (Chromium).
    pub called_at: Option<String>,
}

impl Facts {
    /// An ordinary http page that knows only this.
    pub fn new(engine: Engine, call: CallOutcome) -> Facts {
        Facts {
            engine,
            online: true,
            page_scheme: "http".to_string(),
            page_host: "localhost".to_string(),
            violation: None,
            sent: call != CallOutcome::NotSent,
            call,
            fetch_is_wrapped: false,
            worker_controlled: false,
            worker_failed: false,
            embedder_reported: false,
            called_at: None,
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
            return certain("invalid-request", text::concat(&["No such request can be made: ", message]));
        }
        _ => {}
    }
    if let Some(violation) = facts.violation.as_ref().filter(|violation| violation.enforced) {
        let saw =
            ["The browser reported a violation of the page's ", &violation.directive, " directive for this address."];
        return certain("csp-connect-src", text::concat(&saw));
    }
    if facts.worker_failed {
        return certain(
            "service-worker",
            "The browser says that the page's service worker failed the call.".to_string(),
        );
    }
    if facts.embedder_reported {
        let saw = "The browser reported that the page's Cross-Origin-Embedder-Policy stopped the call.";
        return certain("coep", saw.to_string());
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
    if request.mode == Mode::NoCors && request.redirect != Redirect::Follow && request.is_cross_origin() {
        let saw = "The call says mode: 'no-cors', which allows redirect: 'follow' only.".to_string();
        return certain("invalid-request", saw);
    }
    // What the browser stops fails at once, before anything is sent: a call that failed late or hung was not stopped.
    let is_late =
        matches!(facts.call, CallOutcome::Failed(Outcome::FailedLate | Outcome::TimedOut) | CallOutcome::TimedOut);
    if facts.local_network == Permission::Denied && is_more_public(request, facts) && !is_late {
        let saw = ["The page's permission to reach ", request.target.host(), " is denied."];
        return certain("local-network-access", text::concat(&saw));
    }
    // Chromium lets the local network permission decide about local addresses.
    let is_permitted = facts.engine == Engine::Chromium
        && facts.local_network != Permission::Unknown
        && address_space(request.target.host()) == AddressSpace::Local;
    // Chromium and Firefox take loopback as trustworthy, WebKit does not.
    let is_trustworthy = is_permitted || (is_loopback(request.target.host()) && facts.engine != Engine::WebKit);
    // Where such a call did go out, `upgrade-insecure-requests` made it https.
    if facts.page_scheme == "https" && request.scheme == "http" && !is_trustworthy && !is_late {
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

/// How far an [address](https://wicg.github.io/local-network-access/#ip-address-space-section) reaches, as its spelling tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressSpace {
    /// This machine.
    Loopback,
    /// A local network: private (RFC 1918, RFC 4193), link-local (RFC 3927, RFC 4291), shared by a carrier (RFC 6598), `.local`
    /// (RFC 6762).
    Local,
    /// The Internet: any other address, and the public names that tunnels give to a machine of one's own.
    Public,
    /// A name, which may resolve to anything.
    Unknown,
}

/// Services that make a local server public under a name of theirs.
const TUNNELS: [&str; 12] = [
    ".ngrok.io",
    ".ngrok.app",
    ".ngrok.dev",
    ".ngrok-free.app",
    ".ngrok-free.dev",
    ".trycloudflare.com",
    ".loca.lt",
    ".lhr.life",
    ".serveo.net",
    ".devtunnels.ms",
    ".app.github.dev",
    ".gitpod.io",
];

/// The address space of a host as `URL` serialises it.
pub fn address_space(host: &str) -> AddressSpace {
    if host == "localhost" || host.ends_with(".localhost") {
        return AddressSpace::Loopback;
    }
    if host.starts_with('[') {
        return ipv6_space(host);
    }
    match ipv4(host) {
        Some([127, ..] | [0, 0, 0, 0]) => AddressSpace::Loopback,
        Some([10, ..] | [172, 16..=31, ..] | [192, 168, ..] | [169, 254, ..] | [100, 64..=127, ..]) => {
            AddressSpace::Local
        }
        Some(_) => AddressSpace::Public,
        _ if host.ends_with(".local") => AddressSpace::Local,
        _ if TUNNELS.iter().any(|tunnel| host.ends_with(tunnel)) => AddressSpace::Public,
        _ => AddressSpace::Unknown,
    }
}

fn ipv4(host: &str) -> Option<[u16; 4]> {
    let mut octets = [0; 4];
    let parts = text::split(host, ".");
    if parts.len() != octets.len() {
        return None;
    }
    for (octet, part) in octets.iter_mut().zip(parts) {
        *octet = text::number(part).filter(|number| *number < 256)?;
    }
    Some(octets)
}

fn ipv6_space(host: &str) -> AddressSpace {
    // fc00::/7 and fe80::/10
    let is_local = ["[fc", "[fd", "[fe8", "[fe9", "[fea", "[feb"].iter().any(|prefix| host.starts_with(prefix));
    match host {
        "[::1]" | "[::]" => AddressSpace::Loopback,
        _ if is_local => AddressSpace::Local,
        // An IPv4 address within: not read.
        _ if host.starts_with("[::ffff:") => AddressSpace::Unknown,
        _ => AddressSpace::Public,
    }
}

/// A host of this machine, which is [potentially trustworthy](https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy)
/// over http.
pub fn is_loopback(host: &str) -> bool {
    address_space(host) == AddressSpace::Loopback && host != "0.0.0.0" && host != "[::]"
}

/// The host is on this machine or in a local network, as far as its spelling tells.
pub fn is_local(host: &str) -> bool {
    matches!(address_space(host), AddressSpace::Loopback | AddressSpace::Local)
}

/// The host is a name that something has to resolve: no IP address, and not localhost.
pub fn is_resolved_name(host: &str) -> bool {
    !host.starts_with('[') && !is_loopback(host) && !text::all(host, |byte| byte.is_ascii_digit() || byte == b'.')
}

/// The page is at a more public address than what it calls, for certain.
fn is_more_public(request: &Request, facts: &Facts) -> bool {
    use AddressSpace::{Local, Loopback, Public};
    let spaces = (space_of_page(request, facts), address_space(request.target.host()));
    matches!(spaces, (Public, Local | Loopback) | (Local, Loopback))
}

/// False if the browser is certain not to have sent the call: the page is more public, and has no permission.
pub fn may_have_left(request: &Request, facts: &Facts) -> bool {
    let is_held = matches!(facts.local_network, Permission::Prompt | Permission::Denied);
    !(is_held && is_more_public(request, facts)) || facts.call == CallOutcome::Failed(Outcome::FailedLate)
}

/// The page may be at a more public address than what it calls.
pub fn may_be_more_public(request: &Request, facts: &Facts) -> bool {
    use AddressSpace::{Local, Loopback, Public, Unknown};
    let spaces = (space_of_page(request, facts), address_space(request.target.host()));
    matches!(spaces, (Public | Unknown, Local | Loopback | Unknown) | (Local, Loopback | Unknown))
}

/// A file is of this machine.
fn space_of_page(request: &Request, facts: &Facts) -> AddressSpace {
    match request.origin.is_opaque() {
        true if facts.page_scheme == "file" => AddressSpace::Loopback,
        true => address_space(&facts.page_host),
        false => address_space(request.origin.host()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_space_is_read_off_the_host() {
        use AddressSpace::*;
        for (hosts, space) in [
            (&["localhost", "api.localhost", "127.0.0.1", "127.9.9.9", "[::1]", "0.0.0.0"][..], Loopback),
            (&["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.0.1", "100.64.0.1"], Local),
            (&["100.127.255.255", "printer.local", "[fd00::1]", "[fc00::1]", "[fe80::1]", "[febf::1]"], Local),
            (
                &["172.32.0.1", "172.15.0.1", "192.169.0.1", "100.128.0.1", "100.63.0.1", "8.8.8.8", "[2001:db8::1]"],
                Public,
            ),
            (&["a1b2.ngrok-free.app", "x.trycloudflare.com", "y.loca.lt", "abc-3000.app.github.dev"], Public),
            (&["example.com", "nas", "app.test", "host.ts.net", "ngrok.io.example", "[::ffff:7f00:1]"], Unknown),
        ] {
            for host in hosts {
                assert_eq!(address_space(host), space, "{host}");
            }
        }
    }

    #[test]
    fn only_a_page_that_is_certainly_more_public_is_certainly_stopped() {
        let from_to = |page: &str, target: &str| {
            let request = Request::new(page, target, target);
            let mut facts = Facts::new(Engine::Chromium, CallOutcome::NotSent);
            facts.page_host = "app.example.com".to_string();
            (is_more_public(&request, &facts), may_be_more_public(&request, &facts))
        };
        // A page in a sandbox.
        assert_eq!(from_to("null", "http://localhost:3000"), (false, true));
        assert_eq!(from_to("https://a.ngrok-free.app", "http://localhost:3000"), (true, true));
        assert_eq!(from_to("http://192.168.1.9", "http://localhost:3000"), (true, true));
        assert_eq!(from_to("https://app.example.com", "http://192.168.1.9"), (false, true));
        assert_eq!(from_to("https://app.example.com", "https://api.example.com"), (false, true));
        assert_eq!(from_to("http://192.168.1.9", "http://10.0.0.1"), (false, false));
        assert_eq!(from_to("http://localhost:5173", "http://192.168.1.9"), (false, false));
        assert_eq!(from_to("https://app.example.com", "https://8.8.8.8"), (false, false));
    }
}
