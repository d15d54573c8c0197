//! Envoy: the cors filter and its policy.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "envoy",
    name: "Envoy",
    language: "yaml",
    file: "envoy.yaml",
    code: include_str!("../templates/envoy.yaml"),
    pitfalls: &[
        Pitfall {
            causes: &["missing-allow-origin", "preflight-status"],
            says: "The filter does nothing without a CorsPolicy in typed_per_filter_config of the route or the virtual host, and the \
                   policy does nothing without the filter in http_filters.",
        },
        Pitfall {
            causes: &["preflight-status", "error-response-without-cors"],
            says: "The cors filter comes before jwt_authn, ext_authz and rate limits: they answer a preflight 401 or 403.",
        },
        Pitfall {
            causes: &["missing-allow-origin", "preflight-redirect"],
            says: "On a route with direct_response or redirect the filter is skipped.",
        },
        Pitfall {
            causes: &["origin-mismatch", "stale-cached-response"],
            says: "Envoy sends no Vary: Origin by itself: response_headers_to_add does it.",
        },
    ],
    ran: "",
    docs: "https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/cors_filter",
    likely: Likely { hosts: &[], ports: &[], pages: &[], headers: &["envoy", "istio-envoy"] },
};
