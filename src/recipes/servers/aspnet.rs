//! ASP.NET Core 8 and later.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "aspnet",
    name: "ASP.NET Core",
    language: "csharp",
    file: "Program.cs",
    code: include_str!("../templates/aspnet.cs"),
    pitfalls: &[
        Pitfall {
            causes: &["preflight-redirect", "redirect-without-cors", "redirect-target-without-cors"],
            says: "UseHttpsRedirection redirects calls to the http address, and a browser follows no redirect of a preflight. Call the \
                   https address, or leave the redirection out of an API. Where it stays, it comes after UseCors.",
        },
        Pitfall {
            causes: &["preflight-status"],
            says: "UseCors stands after UseRouting and before UseAuthentication and UseAuthorization. Write those two calls out after it: \
                   where they are missing, WebApplication puts them in front of everything.",
        },
        Pitfall {
            causes: &["error-response-without-cors"],
            says: "An exception that nothing handles is answered by the server itself, without the headers. UseExceptionHandler, before \
                   UseCors, answers it with them.",
        },
        Pitfall {
            causes: &["origin-mismatch", "missing-allow-origin"],
            says: "An origin in WithOrigins has its scheme and its port, and no slash at the end.",
        },
        Pitfall {
            causes: &["missing-allow-origin"],
            says: "An [EnableCors] or RequireCors with a policy name at an endpoint takes the place of the default policy, and \
                   [DisableCors] turns it off there.",
        },
        Pitfall { causes: &["stale-cached-response"], says: "UseCors comes before UseResponseCaching." },
        Pitfall {
            causes: &["wildcard-with-credentials", "preflight-status", "error-response-without-cors"],
            says: "AllowAnyOrigin together with AllowCredentials throws. List each origin.",
        },
    ],
    ran: "",
    docs: "https://learn.microsoft.com/en-us/aspnet/core/security/cors",
    likely: Likely { hosts: &[], ports: &[5000, 5001], pages: &[], headers: &["kestrel", "asp.net", "microsoft-iis"] },
};
