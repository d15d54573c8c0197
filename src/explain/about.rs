//! What is known of the call that a paste is about, apart from the paste.

use crate::causes::Phase;
use crate::explain::call::Call;
use crate::explain::{mask, told, url};
use crate::prelude::*;
use crate::request::{Api, Credentials, Engine, Mode, Redirect, Request};
use crate::{safelist, text};

/// The call that a paste is about; what is not known is `None`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct About {
    /// Its URL; a Diagnosis has it masked.
    pub url: Option<String>,
    /// Origin of the page.
    pub origin: Option<String>,
    /// Method.
    pub method: Option<String>,
    /// Names of its headers that need permission.
    pub unsafe_headers: Option<Vec<String>>,
    /// It asks for a preflight, whatever its method and headers.
    pub forces_preflight: bool,
    /// Credentials mode.
    pub credentials: Option<Credentials>,
    /// Mode.
    pub mode: Option<Mode>,
    /// Redirect mode; a Diagnosis does not tell it.
    pub redirect: Redirect,
    /// What made it.
    pub api: Api,
    /// The engine that the page runs in.
    pub engine: Option<Engine>,
    /// What a Diagnosis says of it.
    pub diagnosed: Option<Diagnosed>,
}

/// What a Diagnosis says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Diagnosed {
    /// `settled` and its like.
    pub verdict: String,
    /// The codes that remain, with the phase where one is said.
    pub causes: Vec<(String, Option<Phase>)>,
    /// As printed.
    pub report: String,
}

impl About {
    /// Takes the headers of a call by name and value, as [`Request::with_headers`] does.
    pub fn with_headers(mut self, headers: &[(String, String)]) -> About {
        self.unsafe_headers = Some(safelist::unsafe_names(headers));
        self
    }

    /// The same with what copied requests of the paste tell: the first, or the first to the same URL.
    pub(crate) fn filled(&self, calls: &[Call]) -> About {
        let mut about = self.clone();
        let own = |call: &&Call| match (&self.url, &call.url) {
            (Some(own), Some(url)) => url::is_same(own, url),
            _ => self.url.is_none(),
        };
        let Some(call) = calls.iter().find(own) else { return about };
        let or = |known: Option<String>, told: Option<&str>| known.or(told.map(str::to_string));
        about.url = or(about.url, call.url.as_deref());
        about.method = or(about.method, call.method.as_deref()).or(Some("GET".to_string()));
        about.origin = or(about.origin, call.header("origin").or(call.origin.as_deref()));
        about.credentials =
            about.credentials.or(call.credentials).or(call.header("cookie").map(|_| Credentials::Include));
        about.mode = about.mode.or(call.mode);
        if about.unsafe_headers.is_none() {
            about.unsafe_headers = call.headers.as_deref().map(told::callers);
        }
        about
    }

    /// The call is known to be preceded by a preflight.
    pub(crate) fn needs_preflight(&self) -> bool {
        let has_unsafe_header = self.unsafe_headers.as_ref().is_some_and(|names| !names.is_empty());
        let has_unsafe_method = self
            .method
            .as_deref()
            .is_some_and(|method| !safelist::is_safelisted_method(&safelist::normalize_method(method)));
        has_unsafe_header || has_unsafe_method || self.forces_preflight
    }

    /// The profile of the call that a chain of exchanges belongs to, or of a console line's: what the call is known to be, else what
    /// the paste says. `None` without a URL.
    pub(crate) fn profile(&self, said: &Said<'_>) -> Option<Request> {
        let address = said.url.or(self.url.as_deref())?;
        let target = url::origin(address).unwrap_or_default();
        let origin = self.origin.as_deref().or(said.origin).unwrap_or("null");
        let mut request = Request::new(origin, &target, &mask::url(address));
        if let Some(method) = self.method.as_deref().or(said.method) {
            request.method = safelist::normalize_method(method);
        }
        let names = self.unsafe_headers.as_deref().or(said.unsafe_headers).unwrap_or_default();
        request.unsafe_headers = text::only(names, &|_| true);
        request.headers = request.unsafe_headers.clone();
        request.credentials = self.credentials.or(said.credentials).unwrap_or_default();
        request.mode = self.mode.or(said.mode).unwrap_or_default();
        request.redirect = self.redirect;
        request.api = self.api;
        if self.forces_preflight {
            request.forces_preflight = Some(crate::request::PreflightReason::UploadListener);
        }
        Some(request)
    }
}

/// What a paste says of a call.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Said<'a> {
    pub(crate) url: Option<&'a str>,
    pub(crate) origin: Option<&'a str>,
    pub(crate) method: Option<&'a str>,
    pub(crate) unsafe_headers: Option<&'a [String]>,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) mode: Option<Mode>,
}
