//! The CORS rules of Azure Blob Storage.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "azure-blob",
    name: "Azure Blob Storage",
    language: "shell",
    file: "",
    code: include_str!("../templates/azure-blob.sh"),
    pitfalls: &[
        Pitfall {
            causes: &[],
            says: "In PowerShell the command is one line, with the header names separated by spaces.",
        },
        Pitfall {
            causes: &["preflight-status"],
            says: "Azure answers a preflight 403 where no rule fits all of it: the origin, the method and each header. The rules are \
                   tried in their order: az storage cors list shows them, az storage cors clear removes all.",
        },
        Pitfall {
            causes: &["missing-allow-origin"],
            says: "Rules count for one service of the account: blobs (b), files (f), queues (q) and tables (t) each have their own.",
        },
        Pitfall {
            causes: &["error-response-without-cors"],
            says: "A rule gives no access: the call itself needs a valid SAS or Authorization header, or a public container.",
        },
    ],
    ran: "",
    docs: "https://learn.microsoft.com/en-us/rest/api/storageservices/cross-origin-resource-sharing--cors--support-for-the-azure-storage-services",
    likely: Likely { hosts: &["blob.core.windows.net"], ports: &[], pages: &[], headers: &["windows-azure-blob"] },
};
