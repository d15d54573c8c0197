//! Django with django-cors-headers.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "django",
    name: "Django",
    language: "python",
    file: "settings.py",
    code: include_str!("../templates/django.py"),
    pitfalls: &[
        Pitfall {
            causes: &["preflight-status", "error-response-without-cors", "redirect-without-cors", "preflight-redirect"],
            says: "CorsMiddleware has to be the first line of MIDDLEWARE. What stands above it answers without headers: an \
                   authentication its 401 to the preflight, CommonMiddleware its redirect.",
        },
        Pitfall {
            causes: &["missing-allow-origin"],
            says: "INSTALLED_APPS alone changes nothing: the headers come from CorsMiddleware in MIDDLEWARE. runserver answers \
                   /static/ without any middleware, so without headers.",
        },
        Pitfall {
            causes: &["redirect-without-cors", "preflight-redirect", "error-response-without-cors"],
            says: "With APPEND_SLASH, Django redirects /items to /items/ where only that exists; with DEBUG, a PUT, PATCH, POST \
                   or DELETE without the slash is a 500. Call the URL with its slash.",
        },
        Pitfall {
            causes: &["connection-refused"],
            says: "runserver does not start with an origin that has a path or a slash at the end (corsheaders.E014) or no scheme \
                   (corsheaders.E013): write scheme, host and port only. Nor does it start with corsheaders twice in INSTALLED_APPS.",
        },
        Pitfall {
            causes: &[
                "missing-allow-origin",
                "header-not-allowed",
                "method-not-allowed",
                "origin-mismatch",
                "allow-credentials-not-true",
            ],
            says: "Each setting replaces its default, and of two the last one in settings.py counts. Delete older ones, \
                   CORS_URLS_REGEX and CORS_ALLOW_ALL_ORIGINS too.",
        },
        Pitfall {
            causes: &["wildcard-with-credentials", "multiple-allow-origin", "origin-mismatch"],
            says: "Delete every line, in a view or a middleware, that sets Access-Control-Allow-Origin by hand: what stands further out overwrites CorsMiddleware, what stands inside still answers other origins. A proxy in front that adds the header makes two.",
        },
        Pitfall {
            causes: &["error-response-without-cors"],
            says: "A 403 of the CSRF check is no matter of CORS, though the page cannot read it without the headers: an unsafe \
                   method with a session cookie needs the origin in CSRF_TRUSTED_ORIGINS and the token in X-CSRFToken.",
        },
    ],
    ran: "Django 5.2.19, django-cors-headers 4.9.0",
    docs: "https://github.com/adamchainz/django-cors-headers#readme",
    likely: Likely { hosts: &["pythonanywhere.com"], ports: &[8000], pages: &[], headers: &["wsgiserver", "gunicorn"] },
};
