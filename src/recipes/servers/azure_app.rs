//! The CORS setting of Azure App Service and Azure Functions.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "azure-app",
    name: "Azure App Service and Functions",
    language: "shell",
    file: "",
    code: include_str!("../templates/azure-app.sh"),
    pitfalls: &[
        Pitfall {
            causes: &[],
            says: "App Service knows one list of origins for all routes, methods and headers. Where they differ, or where the page reads \
                   further response headers, leave this list empty and use the CORS code of the framework.",
        },
        Pitfall {
            causes: &[
                "missing-allow-origin",
                "origin-mismatch",
                "allow-credentials-not-true",
                "header-not-allowed",
                "method-not-allowed",
            ],
            says: "With origins in this list, CORS code in the application has no effect: use one of the two. az webapp cors show prints \
                   the list.",
        },
        Pitfall {
            causes: &["wildcard-with-credentials", "allow-credentials-not-true"],
            says: "supportCredentials is refused while '*' is in the list: az webapp cors remove --allowed-origins '*'.",
        },
    ],
    ran: "",
    docs: "https://learn.microsoft.com/en-us/azure/app-service/app-service-web-tutorial-rest-api",
    likely: Likely { hosts: &["azurewebsites.net"], ports: &[], pages: &[], headers: &[] },
};
