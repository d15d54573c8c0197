//! A running server; it ends, with all that it started, when dropped.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// How long a server may take to its first answer: some compile before.
const PATIENCE: Duration = Duration::from_secs(90);

/// A process that listens on a port of loopback.
pub struct Server {
    process: Child,
    log: std::path::PathBuf,
}

impl Server {
    /// Starts it, and waits until it listens and has answered each path once.
    pub async fn start(
        command: &[String],
        folder: &Path,
        port: u16,
        paths: &[&str],
        environment: &[(String, String)],
    ) -> Result<Server> {
        let (program, arguments) = command.split_first().context("an empty command")?;
        let log = folder.join(format!("server-{port}.log"));
        let file = std::fs::File::create(&log)?;
        let process = Command::new(program)
            .args(arguments)
            .current_dir(folder)
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .env("PORT", port.to_string())
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("cannot start {program}"))?;
        let mut server = Server { process, log };
        let end = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            if let Some(status) = server.process.try_wait()? {
                bail!("{program} ended with {status}: {}", server.said());
            }
            if Instant::now() > end {
                bail!(
                    "{program} does not listen on 127.0.0.1:{port} after {} s: {}",
                    PATIENCE.as_secs(),
                    server.said()
                );
            }
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
        for path in paths {
            for method in ["GET", "OPTIONS"] {
                // What it answers is the browser's to judge.
                let _ = timeout(PATIENCE, ask(port, method, path)).await;
            }
        }
        Ok(server)
    }

    /// The end of what it printed.
    pub fn said(&self) -> String {
        let text =
            std::fs::read(&self.log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines.iter().skip(lines.len().saturating_sub(25)).map(|line| format!("\n    {line}")).collect()
    }

    /// Ends it, and waits until its port is free.
    pub async fn stop(mut self, port: u16) {
        self.kill();
        let _ = self.process.wait().await;
        for _ in 0..100 {
            if TcpStream::connect(("127.0.0.1", port)).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn kill(&self) {
        if let Some(group) = self.process.id().and_then(|id| Pid::from_raw(id as i32)) {
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

async fn ask(port: u16, method: &str, path: &str) -> Result<()> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    stream
        .write_all(
            format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n").as_bytes(),
        )
        .await?;
    stream.read_to_end(&mut Vec::new()).await?;
    Ok(())
}

/// A port where nothing listens now.
pub async fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0)).await?.local_addr()?.port())
}
