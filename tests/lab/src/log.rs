//! What the lab received.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::origins::Site;

/// A request the lab received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The row it is for.
    pub scenario: String,
    /// Which origin it came to, in kebab case: `api`, `api-h2`, `other`, `page-https`.
    pub origin_kind: String,
    /// Milliseconds since the lab started.
    pub at: u64,
    /// Milliseconds since 1970, to be compared with `performance.timeOrigin + performance.now()`.
    pub epoch_ms: u64,
    /// The method, as sent.
    pub method: String,
    /// The whole path, without query.
    pub path: String,
    /// The query, without `?`; empty if there is none.
    pub query: String,
    /// The header lines in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Length of the body in bytes.
    pub body_len: usize,
    /// What the row's rule answered: a status, or how it failed.
    pub reply: String,
}

impl Received {
    /// The first value of a header; the name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// It is a CORS preflight.
    pub fn is_preflight(&self) -> bool {
        self.method == "OPTIONS" && self.header("access-control-request-method").is_some()
    }
}

/// A connection the lab accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// Which origin it came to, in kebab case.
    pub origin_kind: String,
    /// Milliseconds since the lab started.
    pub at: u64,
    /// `accepted`, `tls-handshake-failed: ...`, `not-http: ...`.
    pub fact: String,
}

pub(crate) struct Log {
    started: Instant,
    received: Mutex<Vec<Received>>,
    connections: Mutex<Vec<Connection>>,
}

impl Log {
    pub fn new() -> Log {
        Log { started: Instant::now(), received: Mutex::default(), connections: Mutex::default() }
    }

    pub fn add(&self, mut received: Received) {
        received.at = self.now();
        received.epoch_ms = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64);
        lock(&self.received).push(received);
    }

    pub fn connection(&self, site: Site, fact: String) {
        let connection = Connection { origin_kind: site.name().to_string(), at: self.now(), fact };
        lock(&self.connections).push(connection);
    }

    pub fn of(&self, id: &str) -> Vec<Received> {
        lock(&self.received).iter().filter(|received| received.scenario == id).cloned().collect()
    }

    pub fn take(&self, id: Option<&str>) -> Vec<Received> {
        let mut received = lock(&self.received);
        let (taken, kept) = std::mem::take(&mut *received)
            .into_iter()
            .partition(|received| id.is_none_or(|id| received.scenario == id));
        *received = kept;
        taken
    }

    pub fn take_connections(&self) -> Vec<Connection> {
        std::mem::take(&mut *lock(&self.connections))
    }

    fn now(&self) -> u64 {
        self.started.elapsed().as_millis() as u64
    }
}

pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
