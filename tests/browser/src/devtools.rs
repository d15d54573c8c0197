//! What DevTools hears of a page of Chromium: the events of its protocol that fill the console, over a WebSocket beside chromedriver's.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::engines::Browser;
use crate::socket::Socket;

/// DevTools, open beside a page.
pub struct Devtools {
    socket: Socket,
    commands: u64,
    events: Vec<Value>,
}

impl Devtools {
    /// Opens them beside the one window of a Chromium.
    pub async fn beside(browser: &Browser) -> Result<Devtools> {
        let capabilities = browser.client.capabilities().context("the session has no capabilities")?;
        let address = capabilities.get("goog:chromeOptions").and_then(|options| options["debuggerAddress"].as_str());
        let window = browser.client.window().await?;
        let socket = Socket::open(
            address.context("chromedriver does not say where DevTools listen")?,
            &format!("/devtools/page/{}", String::from(window)),
        )
        .await?;
        let mut devtools = Devtools { socket, commands: 0, events: Vec::new() };
        for domain in ["Network", "Log", "Runtime"] {
            devtools.ask(&format!("{domain}.enable")).await?;
        }
        Ok(devtools)
    }

    /// The events since the last call, in their order.
    pub async fn events(&mut self) -> Result<Vec<Value>> {
        // What happened before a command comes before its answer.
        self.ask("Log.enable").await?;
        Ok(std::mem::take(&mut self.events))
    }

    async fn ask(&mut self, method: &str) -> Result<()> {
        self.commands += 1;
        self.socket.send(&json!({ "id": self.commands, "method": method }).to_string()).await?;
        loop {
            let message: Value = serde_json::from_slice(&self.socket.next().await?)?;
            if message["id"] == self.commands {
                return Ok(());
            }
            self.events.push(message);
        }
    }
}
