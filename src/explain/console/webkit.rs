//! What WebKit says, in Safari and in the views of apps.

use super::Means::*;
use super::{Template, means, says};

pub(super) const TEMPLATES: &[Template] = &[
    means("cross-origin redirection to {u} denied by cross-origin resource sharing policy", RedirectHead),
    means("origin {o} is not allowed by access-control-allow-origin", NotAllowed),
    means("origin is not allowed by access-control-allow-origin", NotAllowed),
    means("status code: {s}", Tail),
    means("cannot load {u} due to access control checks", Tail),
    says("access-control-allow-origin cannot contain more than one origin", &["multiple-allow-origin"]),
    says(
        "cannot use wildcard in access-control-allow-origin when credentials flag is true",
        &["wildcard-with-credentials"],
    ),
    says(
        "credentials flag is true, but access-control-allow-credentials is not 'true'",
        &["allow-credentials-not-true"],
    ),
    means("preflight response is not successful", PreflightFailed),
    says("header access-control-allow-methods has an invalid value: {v}", &["invalid-allow-methods"]),
    says("header access-control-allow-headers has an invalid value: {v}", &["invalid-allow-headers"]),
    says(
        "cancelled load to {U} because it violates the resource s cross-origin-resource-policy response header",
        &["corp"],
    ),
    says("because it violates the resource s cross-origin-resource-policy response header", &["corp"]),
    says("load resource: a server with the specified hostname could not be found", &["dns-failure"]),
    says("'a server with the specified hostname could not be found", &["dns-failure"]),
    says("load resource: could not connect to the server", &["connection-refused"]),
    says("'could not connect to the server", &["connection-refused"]),
    says("failed: could not connect to the server", &["connection-refused"]),
    says("load resource: the certificate for this server is invalid", &["tls-failure"]),
    says("the certificate for this server is invalid. you might be connecting to", &["tls-failure"]),
    says("load resource: an ssl error has occurred", &["tls-failure"]),
    says("an ssl error has occurred and a secure connection to the server cannot be made", &["tls-failure"]),
    says("a tls error caused the secure connection to fail", &["tls-failure"]),
    says("load resource: the network connection was lost", &["connection-dropped"]),
    says("failed: the network connection was lost", &["connection-dropped"]),
    says("'the network connection was lost", &["connection-dropped"]),
    says("load resource: the request timed out", &["no-response"]),
    says("'the request timed out", &["no-response"]),
    says("the internet connection appears to be offline", &["offline"]),
    says("not allowed to use restricted network port", &["bad-port"]),
    says("nsurlerrordomain code=-1001", &["no-response"]),
    says("nsurlerrordomain code=-1003", &["dns-failure"]),
    says("nsurlerrordomain code=-1004", &["connection-refused"]),
    says("nsurlerrordomain code=-1005", &["connection-dropped"]),
    says("nsurlerrordomain code=-1009", &["offline"]),
    says("nsurlerrordomain code=-120", &["tls-failure"]),
];
