//! The three engines behind their WebDrivers: starting, commanding and ending them.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use fantoccini::wd::{Capabilities, TimeoutConfiguration};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use lab::{Lab, Permission};
use rustix::process::{Pid, Signal, kill_process_group};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

use crate::blocker;
use crate::commands::{self, Post};

pub use whycors::request::Engine;

/// The engines there is a driver for.
pub const ENGINES: [Engine; 3] = [Engine::Chromium, Engine::Firefox, Engine::WebKit];

/// Whether a session accepts certificates that nobody signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certificates {
    /// As a user's browser does: untrusted certificates fail.
    Strict,
    /// Every certificate passes, so that the lab's https origins can be pages and APIs.
    Lenient,
}

/// How long the first page may take to load.
const FIRST_PAGE: Duration = Duration::from_secs(8);

/// A running browser with one window and an empty profile; it ends when dropped.
pub struct Browser {
    /// Which engine it is.
    pub engine: Engine,
    /// The WebDriver session.
    pub client: Client,
    driver: Driver,
}

/// A process and all that it starts, with an empty home; they end when it is dropped.
pub(crate) struct Driver {
    process: Child,
    profile: TempDir,
}

/// Runs the body of an async function in a page: the arguments are the body, its parameter, and who hears of its end.
pub(crate) const RUN: &str = include_str!("page/run.js");

impl Browser {
    /// Starts a driver on a free port and behind it a headless browser for a lab's pages. Says what to install if there is none.
    pub async fn open(lab: &Lab, engine: Engine, certificates: Certificates) -> Result<Browser> {
        // On a loaded machine a port that was free is taken by the time the driver wants it, or a browser gives up on its start.
        for _ in 0..2 {
            if let Ok(browser) = Browser::try_open(lab, engine, certificates).await {
                return Ok(browser);
            }
        }
        Browser::try_open(lab, engine, certificates).await
    }

    async fn try_open(lab: &Lab, engine: Engine, certificates: Certificates) -> Result<Browser> {
        let port = free_port().await?;
        let (program, arguments) = driver_command(engine, port)?;
        let mut driver = Driver::start(program, &arguments, &[("MOZ_REMOTE_SETTINGS_DEVTOOLS", "1")])
            .with_context(|| install_hint(engine))?;
        driver.wait_for(port).await.with_context(|| format!("{program} did not start: {}", install_hint(engine)))?;
        let profile = driver.profile.path();
        let extension = blocker::write(profile, engine, lab)?;
        let capabilities = capabilities(lab, engine, certificates, profile, extension.as_deref());
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .with_context(|| format!("{} did not start: {}", engine.name(), install_hint(engine)))?;
        client.update_timeouts(page_limit(FIRST_PAGE)).await?;
        // With an extension Chromium sometimes loads no page at all; the next one started does.
        client.goto(&format!("{}/lab/page", lab.origins().page)).await?;
        client.update_timeouts(page_limit(Duration::from_secs(30))).await?;
        if let Some(extension) = extension.filter(|_| engine == Engine::Firefox) {
            client.issue_cmd(Post("moz/addon/install", json!({ "path": extension, "temporary": true }))).await?;
        }
        Ok(Browser { engine, client, driver })
    }

    /// Opens a page.
    pub async fn open_page(&self, url: &str) -> Result<()> {
        self.client.goto(url).await.with_context(|| format!("{} cannot open {url}", self.engine.name()))
    }

    /// Runs the body of an async function in the page, its parameter `input`; what it returns comes back as JSON.
    pub async fn run(&self, body: &str, input: &Value) -> Result<Value> {
        let arguments = vec![json!(body), input.clone()];
        let answer = self.client.execute_async(RUN, arguments).await?;
        answer_of(self.engine.name(), answer.as_str().context("the script returned no text")?)
    }

    /// The messages of the DevTools protocol since the last call; Chromium only, else empty.
    pub async fn devtools_log(&self) -> Result<Vec<Value>> {
        if self.engine != Engine::Chromium {
            return Ok(Vec::new());
        }
        let entries = self.client.issue_cmd(Post("se/log", json!({ "type": "performance" }))).await?;
        Ok(commands::messages(&entries))
    }

    /// The errors of scripts and of the network in Firefox's console since the last call.
    pub(crate) async fn script_errors(&self) -> Result<Vec<Value>> {
        let said = self.in_chrome(include_str!("page/firefox-console.js"), json!([])).await?;
        Ok(said.as_array().cloned().unwrap_or_default())
    }

    /// Sets the state of the open page's permission to call loopback, which Chromium and Firefox have.
    pub async fn permit_loopback(&self, state: Permission) -> Result<()> {
        let permission = json!({ "descriptor": { "name": "loopback-network" }, "state": state.name() });
        self.client.issue_cmd(Post("permissions", permission)).await?;
        Ok(())
    }

    /// Takes the network away, or gives it back; Chromium and Firefox only. Firefox still reaches loopback, as a user's does.
    pub async fn offline(&self, is_offline: bool) -> Result<()> {
        if self.engine == Engine::Firefox {
            self.in_chrome("Services.io.offline = arguments[0];", json!([is_offline])).await?;
            return Ok(());
        }
        self.devtools("Network.enable", json!({})).await?;
        let conditions =
            json!({ "offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.devtools("Network.emulateNetworkConditions", conditions).await?;
        Ok(())
    }

    /// Runs a script with the rights of the browser itself; Firefox only.
    async fn in_chrome(&self, script: &str, arguments: Value) -> Result<Value> {
        let context = |name: &str| self.client.issue_cmd(Post("moz/context", json!({ "context": name })));
        context("chrome").await?;
        let script = json!({ "script": script, "args": arguments });
        let answer = self.client.issue_cmd(Post("execute/sync", script)).await?;
        context("content").await?;
        Ok(answer)
    }

    /// A command of the DevTools protocol, and its answer; Chromium only.
    pub(crate) async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        let command = json!({ "cmd": command, "params": parameters });
        Ok(self.client.issue_cmd(Post("goog/cdp/execute", command)).await?)
    }

    /// Ends the session, then the driver and all that it started.
    pub async fn close(self) -> Result<()> {
        let ended = self.client.clone().close().await;
        drop(self.driver);
        Ok(ended?)
    }
}

/// What a script returned by [`RUN`], or its error.
pub(crate) fn answer_of(engine: &str, answer: &str) -> Result<Value> {
    let mut answer: Value = serde_json::from_str(answer)?;
    if let Some(error) = answer.get("error") {
        bail!("in {engine}: {}", error.as_str().unwrap_or_default());
    }
    Ok(answer["value"].take())
}

impl Driver {
    /// Starts a program in a process group of its own.
    pub(crate) fn start(program: &str, arguments: &[String], environment: &[(&str, &str)]) -> Result<Driver> {
        let profile = tempfile::tempdir()?;
        let process = Command::new(program)
            .args(arguments)
            .env("HOME", profile.path())
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("cannot start {program}"))?;
        Ok(Driver { process, profile })
    }

    /// Waits until somebody listens on a port.
    pub(crate) async fn wait_for(&mut self, port: u16) -> Result<()> {
        let patience = Instant::now() + Duration::from_secs(30);
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            if let Some(status) = self.process.try_wait()? {
                bail!("it ended with {status}");
            }
            if Instant::now() > patience {
                bail!("nothing listens on port {port} after 30 s");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let group = self.process.id().and_then(|id| Pid::from_raw(id as i32));
        if let Some(group) = group {
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

/// Limits of a session in which a page may take so long to load, and a script two minutes: some of them wait for a storm to end.
fn page_limit(page: Duration) -> TimeoutConfiguration {
    TimeoutConfiguration::new(Some(Duration::from_secs(120)), Some(page), Some(Duration::ZERO))
}

pub(crate) async fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0)).await?.local_addr()?.port())
}

fn driver_command(engine: Engine, port: u16) -> Result<(&'static str, Vec<String>)> {
    let port = format!("--port={port}");
    Ok(match engine {
        Engine::Chromium => ("chromedriver", vec![port]),
        Engine::Firefox => {
            ("geckodriver", vec![port, "--websocket-port=0".to_string(), "--allow-system-access".to_string()])
        }
        Engine::WebKit => ("xvfb-run", vec!["-a".to_string(), "WebKitWebDriver".to_string(), port]),
        Engine::Other => bail!("there is no driver for other engines"),
    })
}

fn install_hint(engine: Engine) -> &'static str {
    match engine {
        Engine::Chromium => "apt-get install chromium chromium-driver",
        Engine::Firefox => "apt-get install firefox-esr && cargo install geckodriver",
        Engine::WebKit => "apt-get install webkit2gtk-driver xvfb xauth",
        Engine::Other => "nothing to install",
    }
}

fn capabilities(
    lab: &Lab,
    engine: Engine,
    certificates: Certificates,
    profile: &Path,
    extension: Option<&Path>,
) -> Capabilities {
    let own = match engine {
        Engine::Chromium => commands::chromium(profile, &lab.origins().page_public, extension),
        Engine::Firefox => commands::firefox(&lab.origins().page_public),
        Engine::WebKit | Engine::Other => commands::webkit(),
    };
    let mut all = Capabilities::new();
    if let Value::Object(own) = own {
        all.extend(own);
    }
    all.insert("acceptInsecureCerts".to_string(), json!(certificates == Certificates::Lenient));
    all
}
