//! WebKit's MiniBrowser behind its Web Inspector instead of WebDriver, which does not tell what the console says and leaves no room for
//! an inspector beside it.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use tokio::process::Command;
use tokio::time::{Instant, sleep, timeout};

use crate::commands;
use crate::engines::{Certificates, Driver, RUN, answer_of, free_port};
use crate::socket::{Socket, get};

/// How long an answer of the inspector, or a page, is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

const MISSING: &str = "there is no MiniBrowser: apt-get install webkit2gtk-driver";

/// A running MiniBrowser with one window and no profile; it ends when dropped.
pub struct Inspected {
    socket: Socket,
    commands: u64,
    /// The page's process, which may change when it goes elsewhere.
    target: String,
    messages: Vec<Value>,
    _driver: Driver,
}

/// What MiniBrowser says of its version, without its name.
pub async fn version() -> Result<String> {
    let binary = commands::mini_browser().context(MISSING)?;
    // It wants a screen even for that.
    let said = Command::new("xvfb-run").arg("-a").arg(binary).arg("--version").output().await?;
    let said = String::from_utf8_lossy(&said.stdout);
    Ok(said.split_whitespace().last().unwrap_or_default().to_string())
}

impl Inspected {
    /// Starts MiniBrowser with a page, and listens to its console.
    pub async fn open(certificates: Certificates, url: &str) -> Result<Inspected> {
        let port = free_port().await?;
        let binary = commands::mini_browser().context(MISSING)?;
        let mut arguments = vec!["-a".to_string(), binary.display().to_string(), "--private".to_string()];
        if certificates == Certificates::Lenient {
            arguments.push("--ignore-tls-errors".to_string());
        }
        arguments.push(url.to_string());
        let address = format!("127.0.0.1:{port}");
        let mut driver = Driver::start(
            "xvfb-run",
            &arguments,
            &[("WEBKIT_INSPECTOR_HTTP_SERVER", &address), ("LC_ALL", "C.UTF-8")],
        )?;
        driver.wait_for(port).await?;
        let socket = Socket::open(&address, &first_page(&address).await?).await?;
        let mut inspected =
            Inspected { socket, commands: 0, target: String::new(), messages: Vec::new(), _driver: driver };
        while inspected.target.is_empty() {
            inspected.hear().await?;
        }
        inspected.ask("Console.enable", json!({})).await?;
        inspected.wait_for(url).await?;
        Ok(inspected)
    }

    /// Opens another page.
    pub async fn open_page(&mut self, url: &str) -> Result<()> {
        self.evaluate("globalThis.isLeft = true").await?;
        self.ask("Page.navigate", json!({ "url": url })).await?;
        self.wait_for(url).await
    }

    async fn wait_for(&mut self, url: &str) -> Result<()> {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            let look = self.evaluate("!globalThis.isLeft && document.readyState === 'complete'");
            // A question to a process that the page has left is not answered.
            if let Ok(Ok(Value::Bool(true))) = timeout(Duration::from_secs(2), look).await {
                return Ok(());
            }
            sleep(Duration::from_millis(30)).await;
        }
        bail!("webkit cannot open {url}")
    }

    /// As [`Browser::run`](crate::Browser::run).
    pub async fn run(&mut self, body: &str, input: &Value) -> Result<Value> {
        let run = format!(
            "globalThis.labAnswer = null; (function () {{ {RUN} }})({}, {input}, answer => {{ labAnswer = answer; }})",
            json!(body)
        );
        self.evaluate(&run).await?;
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if let Value::String(answer) = self.evaluate("labAnswer").await? {
                return answer_of("webkit", &answer);
            }
            sleep(Duration::from_millis(50)).await;
        }
        bail!("webkit's script did not end")
    }

    /// The console's messages since the last call, as `Console.messageAdded` has them.
    pub fn messages(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.messages)
    }

    async fn evaluate(&mut self, expression: &str) -> Result<Value> {
        let mut answer =
            self.ask("Runtime.evaluate", json!({ "expression": expression, "returnByValue": true })).await?;
        ensure!(answer["wasThrown"] != true, "webkit: {}", answer["result"]["description"]);
        Ok(answer["result"]["value"].take())
    }

    async fn ask(&mut self, method: &str, parameters: Value) -> Result<Value> {
        let id = self.tell(method, parameters).await?;
        loop {
            let mut heard =
                timeout(PATIENCE, self.hear()).await.with_context(|| format!("no answer to {method}"))??;
            if heard["id"] == id {
                ensure!(heard["error"].is_null(), "{method}: {}", heard["error"]["message"]);
                return Ok(heard["result"].take());
            }
        }
    }

    async fn tell(&mut self, method: &str, parameters: Value) -> Result<u64> {
        self.commands += 1;
        let id = self.commands;
        let message = json!({ "id": id, "method": method, "params": parameters }).to_string();
        let parameters = json!({ "targetId": self.target, "message": message });
        let outer = json!({ "id": id, "method": "Target.sendMessageToTarget", "params": parameters });
        self.socket.send(&outer.to_string()).await?;
        Ok(id)
    }

    /// The next message of the page's process; null if it was one of the inspector's own.
    async fn hear(&mut self) -> Result<Value> {
        let mut outer: Value = serde_json::from_slice(&self.socket.next().await?)?;
        let parameters = outer["params"].take();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
        match outer["method"].as_str() {
            Some("Target.targetCreated") if self.target.is_empty() => {
                self.target = text(&parameters["targetInfo"]["targetId"]);
            }
            Some("Target.didCommitProvisionalTarget") => {
                self.target = text(&parameters["newTargetId"]);
                self.tell("Console.enable", json!({})).await?;
            }
            Some("Target.dispatchMessageFromTarget") => {
                let inner: Value = serde_json::from_str(&text(&parameters["message"]))?;
                if inner["method"] == "Console.messageAdded" {
                    self.messages.push(inner["params"]["message"].clone());
                }
                return Ok(inner);
            }
            _ => {}
        }
        Ok(Value::Null)
    }
}

/// The path of the first page that the inspector's server lists.
async fn first_page(address: &str) -> Result<String> {
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        let list = get(address, "/").await?;
        if let Some((path, _)) = list.split_once("/socket/").and_then(|(_, path)| path.split_once('\'')) {
            return Ok(format!("/socket/{path}"));
        }
        sleep(Duration::from_millis(50)).await;
    }
    bail!("MiniBrowser lists no page")
}
