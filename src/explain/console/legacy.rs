//! What Internet Explorer and Edge Legacy say: numbered, translated messages.

use super::Means::*;
use super::{Template, means, says};

pub(super) const TEMPLATES: &[Template] = &[
    means("sec71", Numbered),
    means("script7002", WinInet),
    means("network error 0x", WinInet),
    says("csp14312: resource violated directive {v} in {k}: {U}", &["csp-connect-src"]),
];

/// What the last two digits after `SEC71` mean; `None` for those that only tell what is going on.
pub(super) fn numbered(number: &str) -> Option<&'static [&'static str]> {
    Some(match number {
        "11" => &["mixed-content"],
        "17" => &["local-network-access"],
        "20" => &["missing-allow-origin", "origin-mismatch"],
        "21" => &["wildcard-with-credentials"],
        "22" | "29" => &["allow-credentials-not-true"],
        "23" => &["header-not-allowed"],
        "24" => &["method-not-allowed"],
        "26" => &["preflight-redirect"],
        "27" => &["redirect-without-cors", "redirect-target-without-cors"],
        "28" => &["multiple-allow-origin"],
        _ => return None,
    })
}

/// What an error of WinINet or URLMon means, in hexadecimal without zeros before it. `80070005` only says that access is denied.
pub(super) fn wininet(code: &str) -> Option<&'static [&'static str]> {
    Some(match code {
        "2ee2" | "80072ee2" => &["no-response"],
        "2ee7" | "80072ee7" | "800c0005" => &["dns-failure"],
        "2efd" | "80072efd" | "800c0004" => &["connection-refused"],
        "2efe" | "2eff" | "80072efe" | "80072eff" | "2f78" | "80072f78" => &["connection-dropped"],
        "2f05" | "2f06" | "2f0d" | "2f7d" | "2f8f" | "80072f05" | "80072f06" | "80072f0d" | "80072f7d" | "80072f8f"
        | "800c0019" => &["tls-failure"],
        _ => return None,
    })
}
