//! The ground truth: Chromium's own reason for a failure, read from the DevTools protocol, in the words of whycors.

use serde::Serialize;
use serde_json::Value;

/// Chromium's own reason for the failure of a call; empty in other engines.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Truth {
    /// `Network.CorsError`
    pub cors_error: Option<String>,
    /// `net::ERR_...`
    pub net_error: Option<String>,
    /// `Network.BlockedReason`
    pub blocked: Option<String>,
}

/// The reason of the first request to `url` that is not a preflight.
pub fn of_call(messages: &[Value], url: &str) -> Truth {
    let sent = messages.iter().find(|message| {
        message["method"] == "Network.requestWillBeSent"
            && message["params"]["request"]["url"] == url
            && message["params"]["initiator"]["type"] != "preflight"
    });
    let Some(id) = sent.map(|message| &message["params"]["requestId"]) else { return Truth::default() };
    let failed = messages
        .iter()
        .find(|message| message["method"] == "Network.loadingFailed" && message["params"]["requestId"] == *id);
    let text = |value: &Value| value.as_str().map(str::to_string);
    failed.map(|message| &message["params"]).map_or_else(Truth::default, |failed| Truth {
        cors_error: text(&failed["corsErrorStatus"]["corsError"]),
        net_error: text(&failed["errorText"]),
        blocked: text(&failed["blockedReason"]),
    })
}

impl Truth {
    /// Whether Chromium's reason allows that `cause` is the first refusal. What Chromium does not name allows everything.
    ///
    /// Chromium looks at the headers before the status and does not tell a redirect from an answer, so several of our
    /// codes may stand behind one of its names. What was once, and is gone, may have had any reason.
    pub fn allows(&self, cause: &str) -> bool {
        let codes = match (&self.cors_error, &self.blocked, &self.net_error) {
            (Some(error), _, _) => cors_codes(error),
            (None, Some(reason), _) => blocked_codes(reason),
            (None, None, Some(error)) => net_codes(error),
            (None, None, None) => &[],
        };
        codes.is_empty() || codes.contains(&cause) || cause == "intermittent"
    }

    /// The reason as Chromium names it.
    pub fn words(&self) -> &str {
        let named = self.cors_error.as_deref().or(self.blocked.as_deref()).or(self.net_error.as_deref());
        named.unwrap_or("nothing")
    }
}

fn cors_codes(error: &str) -> &'static [&'static str] {
    match error {
        "MissingAllowOriginHeader" => &[
            "missing-allow-origin",
            "error-response-without-cors",
            "redirect-without-cors",
            "redirect-target-without-cors",
            "stale-cached-response",
        ],
        "AllowOriginMismatch" => {
            &["origin-mismatch", "redirect-without-cors", "redirect-target-without-cors", "stale-cached-response"]
        }
        "MultipleAllowOriginValues" => &["multiple-allow-origin", "redirect-target-without-cors"],
        "InvalidAllowOriginValue" => &["invalid-allow-origin", "redirect-target-without-cors"],
        "WildcardOriginNotAllowed" => &["wildcard-with-credentials", "redirect-target-without-cors"],
        "InvalidAllowCredentials" => &["allow-credentials-not-true", "redirect-target-without-cors"],
        // For us the status comes first: no header helps where OPTIONS has no route.
        "PreflightMissingAllowOriginHeader" => {
            &["missing-allow-origin", "preflight-status", "preflight-redirect", "redirect-target-without-cors"]
        }
        "PreflightAllowOriginMismatch" => {
            &["origin-mismatch", "preflight-status", "preflight-redirect", "redirect-target-without-cors"]
        }
        "PreflightMultipleAllowOriginValues" => {
            &["multiple-allow-origin", "preflight-status", "redirect-target-without-cors"]
        }
        "PreflightInvalidAllowOriginValue" => {
            &["invalid-allow-origin", "preflight-status", "redirect-target-without-cors"]
        }
        "PreflightWildcardOriginNotAllowed" => {
            &["wildcard-with-credentials", "preflight-status", "redirect-target-without-cors"]
        }
        "PreflightInvalidAllowCredentials" => {
            &["allow-credentials-not-true", "preflight-status", "redirect-target-without-cors"]
        }
        "PreflightInvalidStatus" => &["preflight-status", "redirect-target-without-cors"],
        "PreflightDisallowedRedirect" => &["preflight-redirect", "redirect-target-without-cors"],
        "MethodDisallowedByPreflightResponse" => &["method-not-allowed", "redirect-target-without-cors"],
        "HeaderDisallowedByPreflightResponse" => &["header-not-allowed", "redirect-target-without-cors"],
        "InvalidAllowMethodsPreflightResponse" => &["invalid-allow-methods", "redirect-target-without-cors"],
        "InvalidAllowHeadersPreflightResponse" => &["invalid-allow-headers", "redirect-target-without-cors"],
        "RedirectContainsCredentials" => &["redirect-with-credentials"],
        "CorsDisabledScheme" => &["unsupported-scheme"],
        "DisallowedByMode" => &["same-origin-mode"],
        "LocalNetworkAccessPermissionDenied" | "InsecureLocalNetwork" | "InvalidLocalNetworkAccess" => {
            &["local-network-access"]
        }
        _ => &[],
    }
}

fn blocked_codes(reason: &str) -> &'static [&'static str] {
    match reason {
        "csp" => &["csp-connect-src"],
        "mixed-content" => &["mixed-content"],
        "coep-frame-resource-needs-coep-header" | "corp-not-same-origin-after-defaulted-to-same-origin-by-coep" => {
            &["coep"]
        }
        "corp-not-same-origin" | "corp-not-same-site" => &["corp"],
        _ => &[],
    }
}

fn net_codes(error: &str) -> &'static [&'static str] {
    match error {
        "net::ERR_CONNECTION_REFUSED" => &["connection-refused"],
        "net::ERR_NAME_NOT_RESOLVED" => &["dns-failure"],
        "net::ERR_CONNECTION_RESET"
        | "net::ERR_CONNECTION_CLOSED"
        | "net::ERR_EMPTY_RESPONSE"
        | "net::ERR_INVALID_HTTP_RESPONSE"
        | "net::ERR_HTTP2_PROTOCOL_ERROR" => &["connection-dropped"],
        "net::ERR_ABORTED" => &["no-response", "timed-out", "aborted"],
        "net::ERR_TOO_MANY_REDIRECTS" => &["too-many-redirects"],
        "net::ERR_UNSAFE_PORT" => &["bad-port"],
        "net::ERR_UNSAFE_REDIRECT" => &["unsupported-scheme", "redirect-target-without-cors"],
        "net::ERR_INTERNET_DISCONNECTED" => &["offline"],
        "net::ERR_BLOCKED_BY_CLIENT" => &["blocked-by-client"],
        "net::ERR_BLOCKED_BY_ORB" => &["orb"],
        _ if error.starts_with("net::ERR_CERT_") || error.starts_with("net::ERR_SSL_") => &["tls-failure"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_reason_is_that_of_the_call_and_not_of_its_preflight() {
        let sent = |id: &str, initiator: &str| {
            json!({ "method": "Network.requestWillBeSent",
                    "params": { "requestId": id, "initiator": { "type": initiator },
                                "request": { "url": "http://a/" } } })
        };
        let failed = |id: &str, error: &str| {
            json!({ "method": "Network.loadingFailed", "params": { "requestId": id, "errorText": "net::ERR_FAILED",
                    "corsErrorStatus": { "corsError": error } } })
        };
        let messages = [
            sent("1", "preflight"),
            failed("1", "PreflightInvalidStatus"),
            sent("2", "script"),
            failed("2", "HeaderDisallowedByPreflightResponse"),
        ];
        let truth = of_call(&messages, "http://a/");
        assert_eq!(truth.words(), "HeaderDisallowedByPreflightResponse");
        assert!(truth.allows("header-not-allowed") && !truth.allows("preflight-status"));
        assert_eq!(of_call(&messages, "http://b/"), Truth::default());
    }

    #[test]
    fn what_chromium_does_not_name_allows_every_cause() {
        assert!(Truth::default().allows("corp"));
        let failed = Truth { net_error: Some("net::ERR_FAILED".to_string()), ..Truth::default() };
        assert!(failed.allows("corp"));
        let refused = Truth { net_error: Some("net::ERR_CONNECTION_REFUSED".to_string()), ..Truth::default() };
        assert!(!refused.allows("corp"));
    }
}
