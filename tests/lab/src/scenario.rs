//! A row of the table of scenarios; the head of `tests/scenarios.toml` says what each field means.

use std::collections::BTreeMap;

use serde::Deserialize;
use whycors::Request;
use whycors::request::Engine;
use whycors::world::{Failure, Reply, Rule, When, World};

use crate::call::{Body, Call, Page, Scheme, Using};
use crate::origins::{Origins, Site};

/// A row of the table.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Scenario {
    /// Unique, part of the URL.
    pub id: String,
    /// One line for people.
    pub title: String,
    /// What the page does.
    #[serde(default)]
    pub call: Call,
    /// What the server answers to the first request of a run; the first rule that matches, else those of `server`.
    #[serde(default)]
    pub first: Vec<Rule>,
    /// What the server answers; the first rule that matches.
    #[serde(default)]
    pub server: Vec<Rule>,
    /// How long the server takes to answer, in milliseconds.
    #[serde(default)]
    pub delay: u64,
    /// The body of its answers.
    #[serde(default)]
    pub content: Content,
    /// The browser has no network, and says so.
    #[serde(default)]
    pub offline: bool,
    /// The engines that can be made to show the row; all if empty. `why` says what keeps the others from it.
    #[serde(default)]
    pub only: Vec<Engine>,
    /// The code of the first refusal; none if nothing fails.
    pub cause: Option<String>,
    /// The same for Firefox, where it takes what the server does for something else.
    pub cause_firefox: Option<String>,
    /// `preflight` or `response`, where the catalogue has both.
    pub phase: Option<String>,
    /// The codes whycors must name, in order.
    #[serde(default)]
    pub remains: Vec<String>,
    /// The same where Chromium differs.
    pub remains_chromium: Option<Vec<String>>,
    /// The same where Firefox differs.
    pub remains_firefox: Option<Vec<String>>,
    /// The same where WebKit differs.
    pub remains_webkit: Option<Vec<String>>,
    /// The verdict, where it does not follow from `remains`; `none` where whycors says nothing.
    pub verdict: Option<String>,
    /// The codes of the hints it must give, in order.
    #[serde(default)]
    pub hints: Vec<String>,
    /// The same where Chromium differs.
    pub hints_chromium: Option<Vec<String>>,
    /// The same where Firefox differs.
    pub hints_firefox: Option<Vec<String>>,
    /// The same where WebKit differs.
    pub hints_webkit: Option<Vec<String>>,
    /// Causes (`code`, or `code phase`) and hints that this row is the nearest not to be: whycors must not name them.
    #[serde(default)]
    pub nearest: Vec<String>,
    /// What each probe sees, in kebab case, or `not-asked`.
    #[serde(default)]
    pub sees: BTreeMap<String, String>,
    /// What differs in Chromium.
    #[serde(default)]
    pub sees_chromium: BTreeMap<String, String>,
    /// What differs in Firefox.
    #[serde(default)]
    pub sees_firefox: BTreeMap<String, String>,
    /// What differs in WebKit.
    #[serde(default)]
    pub sees_webkit: BTreeMap<String, String>,
    /// Why engines differ, or why the row is here.
    pub why: Option<String>,
}

/// The body of a server's answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// A small JSON document.
    #[default]
    Json,
    /// A picture of one pixel (GIF).
    Image,
}

impl Content {
    /// The bytes.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Content::Json => br#"{"ok":true}"#,
            Content::Image => {
                b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
            }
        }
    }
}

impl Scenario {
    /// The server and the way to it.
    pub fn world(&self) -> World {
        World { rules: self.server.clone(), offline: self.offline, embedder_policy: self.call.page == Page::Coep }
    }

    /// The same call from another page; `None` if the row is about its page, or an image, which a page's policy may stop.
    pub fn under(&self, page: Page) -> Option<Scenario> {
        let is_ordinary = self.call.page == Page::Http && !matches!(self.call.using, Using::Image | Using::CorsImage);
        is_ordinary.then(|| {
            let mut row = self.clone();
            row.call.page = page;
            row
        })
    }

    /// The profile of the call.
    pub fn request(&self, origins: &Origins) -> Request {
        let url = self.call_url(origins);
        let headers: Vec<(String, String)> = self.call.headers.clone().into_iter().collect();
        let is_opaque = matches!(self.call.page, Page::Sandboxed | Page::File);
        let origin = if is_opaque { "null" } else { self.page_origin(origins) };
        let mut request = Request::new(origin, &origin_of(&url), &url);
        request.method = self.call.method();
        request.credentials = self.call.credentials.unwrap_or_default();
        request.mode = self.call.mode.unwrap_or_default();
        request = request.with_headers(&headers);
        request.redirect = self.call.redirect.unwrap_or_default();
        request.api = self.call.using.api();
        request.forces_preflight = self.call.forces_preflight();
        request.integrity = self.call.integrity.is_some();
        request
    }

    /// The URL the call goes to.
    pub fn call_url(&self, origins: &Origins) -> String {
        if let Some(url) = &self.call.url {
            return self.resolve(url, origins);
        }
        let origin = match self.unconditional_failure() {
            Some(Failure::Refused) => &origins.closed,
            Some(Failure::Dns) => "http://whycors-lab.invalid",
            _ => origins.at(self.site()),
        };
        format!("{origin}/s/{}", self.id)
    }

    /// The second argument of `fetch`.
    pub fn init(&self) -> serde_json::Value {
        self.call.init()
    }

    /// Whether an engine can be made to show the row.
    pub fn is_for(&self, engine: Engine) -> bool {
        self.only.is_empty() || self.only.contains(&engine)
    }

    /// The demo can offer it: any browser shows it, as often as it is asked, by `fetch` with arguments that are JSON.
    pub fn is_for_demo(&self) -> bool {
        let call = &self.call;
        let is_plain = call.using == Using::Fetch
            && call.body != Some(Body::Stream)
            && call.signal.is_none()
            && call.before.is_none()
            && call.api != Scheme::H2
            && matches!(call.page, Page::Http | Page::Https | Page::Csp | Page::Coep);
        is_plain && self.only.is_empty() && self.first.is_empty()
    }

    /// Whycors says nothing of the call: it cannot see it, or its caller wanted it to fail.
    pub fn is_silent(&self) -> bool {
        self.verdict.as_deref() == Some("none")
    }

    /// The arguments of `diagnose` can say all that matters of the call.
    pub fn is_for_diagnose(&self) -> bool {
        !self.is_silent() && !self.call.upload_listener && matches!(self.call.using, Using::Fetch | Using::Xhr)
    }

    /// The row is about time, or about which request comes first: waiting longer for its answers would make another of it.
    pub fn has_own_pace(&self) -> bool {
        let hangs = |rule: &Rule| rule.reply == Reply::Fails(Failure::Hang);
        self.delay > 0 || self.call.signal.is_some() || !self.first.is_empty() || self.server.iter().any(hangs)
    }

    /// What whycors must name in an engine.
    pub fn remains(&self, engine: Engine) -> &[String] {
        self.own_remains(engine).unwrap_or(&self.remains)
    }

    /// The hints it must give in an engine.
    pub fn hints(&self, engine: Engine) -> &[String] {
        let own = match engine {
            Engine::Chromium => &self.hints_chromium,
            Engine::Firefox => &self.hints_firefox,
            Engine::WebKit => &self.hints_webkit,
            Engine::Other => &None,
        };
        own.as_deref().unwrap_or(&self.hints)
    }

    /// The cause in an engine; none if the call passes there. Where only some engines fail, their `remains` say so.
    pub fn cause(&self, engine: Engine) -> Option<&str> {
        if self.own_remains(engine).is_some_and(<[String]>::is_empty) {
            return None;
        }
        if engine == Engine::Firefox && self.cause_firefox.is_some() {
            return self.cause_firefox.as_deref();
        }
        self.cause.as_deref().or(self.remains(engine).first().map(String::as_str))
    }

    /// What each probe sees in an engine.
    pub fn sees(&self, engine: Engine) -> BTreeMap<String, String> {
        let own = match engine {
            Engine::Chromium => &self.sees_chromium,
            Engine::Firefox => &self.sees_firefox,
            Engine::WebKit => &self.sees_webkit,
            Engine::Other => &BTreeMap::new(),
        };
        let mut sees = self.sees.clone();
        sees.extend(own.clone());
        sees
    }

    /// How every request to the row's own URL fails, if the row's rule without a condition says so.
    pub fn unconditional_failure(&self) -> Option<Failure> {
        self.server.iter().find(|rule| rule.when == When::default()).and_then(|rule| match rule.reply {
            Reply::Fails(failure) if self.server.len() == 1 => Some(failure),
            _ => None,
        })
    }

    /// The origin of the page the call is made from; where that is opaque, the one that the page has when it is served.
    pub fn page_origin<'a>(&self, origins: &'a Origins) -> &'a str {
        match self.call.page {
            Page::Https => &origins.page_https,
            Page::Public => &origins.page_public,
            _ => &origins.page,
        }
    }

    /// Replaces the placeholders of the table that do not depend on a request.
    pub(crate) fn resolve(&self, text: &str, origins: &Origins) -> String {
        text.replace("{page}", self.page_origin(origins))
            .replace("{self}", &format!("{}/s/{}", origins.at(self.site()), self.id))
            .replace("{other}", &format!("{}/s/{}", origins.other, self.id))
            .replace("{user@other}", &format!("{}/s/{}", origins.other.replace("://", "://user:pass@"), self.id))
            .replace("{closed}", &origins.closed)
            .replace("{127.0.0.1}", &origins.api.replace("localhost", "127.0.0.1"))
    }

    fn own_remains(&self, engine: Engine) -> Option<&[String]> {
        match engine {
            Engine::Chromium => self.remains_chromium.as_deref(),
            Engine::Firefox => self.remains_firefox.as_deref(),
            Engine::WebKit => self.remains_webkit.as_deref(),
            Engine::Other => None,
        }
    }

    fn site(&self) -> Site {
        let untrusted = self.unconditional_failure() == Some(Failure::Tls);
        match self.call.api {
            Scheme::H2 => Site::ApiH2,
            Scheme::Http if !untrusted => Site::Api,
            Scheme::Http | Scheme::Https => Site::ApiHttps,
        }
    }
}

/// The part of a URL that its origin serialises to; user info left out.
fn origin_of(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return "null".to_string() };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    format!("{scheme}://{host}")
}
