//! The misconfigured server: plays any row of the table of scenarios on loopback, byte for byte, and logs what it receives.
//!
//! It speaks HTTP/1.1 by hand, because doubled headers, resets and answers that are not HTTP are what it is for; HTTP/2 is
//! spoken at an origin of its own, with the frames left to a library. For tests and the demo only: it trusts its clients.

mod call;
mod echo;
mod http;
mod http2;
mod listen;
mod log;
pub mod model;
mod origins;
mod page;
mod play;
mod scenario;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, Result};
use tempfile::TempDir;
use tokio::task::AbortHandle;

pub use call::{Before, Body, Call, Page, Permission, Scheme, Signal, Using};
pub use log::{Connection, Received};
pub use origins::{Origins, PUBLIC, Site};
pub use scenario::{Content, Scenario};
pub use table::{parse, scenarios};

use log::Log;

/// What a lab serves.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Port of the http page origin; a free one if `None`.
    pub page_port: Option<u16>,
    /// Path prefix and folder of the static files of the page origin, first match first: `("/pkg", "pkg")`, `("/", "www")`.
    pub folders: Vec<(String, PathBuf)>,
    /// The rows to play; usually [`scenarios()`].
    pub scenarios: Vec<Scenario>,
    /// How much longer than the row says a request to a row waits for its answer, preflights too; not to one
    /// [with a pace of its own](Scenario::has_own_pace).
    pub delay: Duration,
}

/// A running lab; it stops when dropped.
pub struct Lab {
    state: Arc<State>,
    tasks: Vec<AbortHandle>,
    file: TempDir,
    _closed: Vec<socket2::Socket>,
}

pub(crate) struct State {
    origins: Origins,
    folders: Vec<(String, PathBuf)>,
    scenarios: BTreeMap<String, Scenario>,
    order: Vec<String>,
    /// Row and `run` of those whose first request came.
    begun: Mutex<BTreeSet<(String, String)>>,
    delay: Duration,
    log: Log,
}

impl Lab {
    /// Binds all origins on loopback and serves them from the current tokio runtime.
    pub async fn start(config: Config) -> Result<Lab> {
        let page = listen::bind(config.page_port)?;
        let free = || listen::bind(None);
        let [page_https, page_public, api] = [free()?, free()?, free()?];
        let [api_https, api_h2, other] = [free()?, free()?, free()?];
        let (closed_port, closed) = listen::reserve()?;
        let origins = Origins {
            page: format!("http://localhost:{}", page.port),
            page_https: format!("https://localhost:{}", page_https.port),
            page_public: format!("http://{}:{}", origins::PUBLIC, page_public.port),
            api: format!("http://localhost:{}", api.port),
            api_https: format!("https://localhost:{}", api_https.port),
            api_h2: format!("https://localhost:{}", api_h2.port),
            other: format!("http://localhost:{}", other.port),
            closed: format!("http://localhost:{closed_port}"),
        };
        let order = config.scenarios.iter().map(|row| row.id.clone()).collect();
        let scenarios = config.scenarios.into_iter().map(|row| (row.id.clone(), row)).collect();
        let state = Arc::new(State {
            origins,
            folders: config.folders,
            scenarios,
            order,
            begun: Mutex::default(),
            delay: config.delay,
            log: Log::new(),
        });
        let [tls, tls_h2] = [listen::self_signed("http/1.1")?, listen::self_signed("h2")?];
        let mut tasks = Vec::new();
        for (door, site, tls) in [
            (page, Site::Page, None),
            (page_https, Site::PageHttps, Some(tls.clone())),
            (page_public, Site::PagePublic, None),
            (api, Site::Api, None),
            (api_https, Site::ApiHttps, Some(tls)),
            (api_h2, Site::ApiH2, Some(tls_h2)),
            (other, Site::Other, None),
        ] {
            tasks.extend(listen::serve(door, site, tls, &state)?);
        }
        let file = page::write(&state).context("cannot write the page that is opened as a file")?;
        Ok(Lab { state, tasks, file, _closed: closed })
    }

    /// The origins, each as a browser serialises it.
    pub fn origins(&self) -> &Origins {
        &self.state.origins
    }

    /// The rows, in the order of the table.
    pub fn scenarios(&self) -> impl Iterator<Item = &Scenario> {
        self.state.order.iter().filter_map(|id| self.state.scenarios.get(id))
    }

    /// The URL the row's call goes to.
    pub fn call_url(&self, row: &Scenario) -> String {
        row.call_url(&self.state.origins)
    }

    /// The page the row's call is made from.
    pub fn page_url(&self, row: &Scenario) -> String {
        match row.call.page {
            Page::File => self.file_url(),
            page => page::url(page, &self.state.origins),
        }
    }

    /// The URL of the page on disk.
    pub fn file_url(&self) -> String {
        format!("file://{}/page.html", self.file.path().display())
    }

    /// The row is played anew: the next request of each run is the first again.
    pub fn begin(&self, id: &str) {
        log::lock(&self.state.begun).retain(|(row, _)| row != id);
    }

    /// The requests received so far, in order of arrival; forgets them.
    pub fn take_log(&self) -> Vec<Received> {
        self.state.log.take(None)
    }

    /// The requests received for one row so far, in order of arrival; forgets them.
    pub fn take_log_of(&self, id: &str) -> Vec<Received> {
        self.state.log.take(Some(id))
    }

    /// The requests received for one row so far, in order of arrival.
    pub fn log_of(&self, id: &str) -> Vec<Received> {
        self.state.log.of(id)
    }

    /// The connections opened so far, with those that never became a request; forgets them.
    pub fn take_connections(&self) -> Vec<Connection> {
        self.state.log.take_connections()
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}
