//! The origins of a lab, and the placeholders that stand for them in the table.

use serde::Serialize;

/// The host of the pages that count as public: a name whose spelling says so. The browsers of the tests are told that it is this machine.
pub const PUBLIC: &str = "whycors.trycloudflare.com";

/// The origins of a lab, as browsers serialise them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origins {
    /// Pages, over http.
    pub page: String,
    /// Pages, over https with a certificate nobody trusts.
    pub page_https: String,
    /// Pages, over http, that Chromium is told to take for pages of a public address.
    pub page_public: String,
    /// The API, over http.
    pub api: String,
    /// The API, over https with a certificate nobody trusts.
    pub api_https: String,
    /// The API, over https with a certificate nobody trusts, in HTTP/2 only.
    pub api_h2: String,
    /// A second API origin.
    pub other: String,
    /// A port that is reserved and where nothing listens.
    pub closed: String,
}

/// Which of the origins a connection came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// [`Origins::page`]
    Page,
    /// [`Origins::page_https`]
    PageHttps,
    /// [`Origins::page_public`]
    PagePublic,
    /// [`Origins::api`]
    Api,
    /// [`Origins::api_https`]
    ApiHttps,
    /// [`Origins::api_h2`]
    ApiH2,
    /// [`Origins::other`]
    Other,
}

impl Site {
    /// The name in the log.
    pub fn name(self) -> &'static str {
        match self {
            Site::Page => "page",
            Site::PageHttps => "page-https",
            Site::PagePublic => "page-public",
            Site::Api => "api",
            Site::ApiHttps => "api-https",
            Site::ApiH2 => "api-h2",
            Site::Other => "other",
        }
    }
}

impl Origins {
    /// Origins of no running lab, for tests of the model.
    pub fn fixed() -> Origins {
        Origins {
            page: "http://localhost:8100".to_string(),
            page_https: "https://localhost:8143".to_string(),
            page_public: "http://whycors.trycloudflare.com:8180".to_string(),
            api: "http://localhost:8200".to_string(),
            api_https: "https://localhost:8243".to_string(),
            api_h2: "https://localhost:8244".to_string(),
            other: "http://localhost:8300".to_string(),
            closed: "http://localhost:8201".to_string(),
        }
    }

    /// The origin behind a site.
    pub fn at(&self, site: Site) -> &str {
        match site {
            Site::Page => &self.page,
            Site::PageHttps => &self.page_https,
            Site::PagePublic => &self.page_public,
            Site::Api => &self.api,
            Site::ApiHttps => &self.api_https,
            Site::ApiH2 => &self.api_h2,
            Site::Other => &self.other,
        }
    }
}
