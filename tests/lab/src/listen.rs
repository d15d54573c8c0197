//! Sockets on loopback: binding, TLS, and what becomes of a connection.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use socket2::{Domain, SockRef, Socket, Type};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;
use tokio_rustls::rustls::{ServerConfig, crypto};

use crate::origins::Site;
use crate::play::{self, Ending};
use crate::{State, http2};

/// A port of localhost, bound on 127.0.0.1 and, where there is one, on ::1.
pub struct Door {
    pub port: u16,
    sockets: Vec<Socket>,
}

/// Browsers may try ::1 first for localhost, so a port counts as free only if both addresses are.
pub fn bind(port: Option<u16>) -> Result<Door> {
    let door = reserve_pair(port)?;
    for socket in &door.sockets {
        socket.listen(256)?;
    }
    Ok(door)
}

/// A port that refuses connections and that nobody else can take: bound, never listening.
pub fn reserve() -> Result<(u16, Vec<Socket>)> {
    let door = reserve_pair(None)?;
    Ok((door.port, door.sockets))
}

/// Accepts connections until the handles are aborted; open connections end with them.
pub fn serve(door: Door, site: Site, tls: Option<TlsAcceptor>, state: &Arc<State>) -> Result<Vec<AbortHandle>> {
    let mut tasks = Vec::new();
    for socket in door.sockets {
        socket.set_nonblocking(true)?;
        let listener = TcpListener::from_std(socket.into())?;
        let (tls, state) = (tls.clone(), state.clone());
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                while connections.try_join_next().is_some() {}
                connections.spawn(connection(stream, site, tls.clone(), state.clone()));
            }
        });
        tasks.push(task.abort_handle());
    }
    Ok(tasks)
}

/// A certificate for localhost that nobody trusts, and the one protocol that is spoken behind it.
pub fn self_signed(protocol: &str) -> Result<TlsAcceptor> {
    let made = rcgen::generate_simple_self_signed(["localhost".to_string(), "127.0.0.1".to_string()])?;
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let mut config = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())?;
    config.alpn_protocols = vec![protocol.as_bytes().to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

async fn connection(mut tcp: TcpStream, site: Site, tls: Option<TlsAcceptor>, state: Arc<State>) {
    state.log.connection(site, "accepted".to_string());
    let _ = tcp.set_nodelay(true);
    match tls {
        None => {
            let ending = play::converse(&mut tcp, site, &state).await;
            end(ending, &tcp);
        }
        Some(tls) => match tls.accept(tcp).await {
            Ok(mut stream) => {
                let ending = match site {
                    Site::ApiH2 => http2::converse(&mut stream, site, &state).await,
                    _ => play::converse(&mut stream, site, &state).await,
                };
                end(ending, stream.get_ref().0);
            }
            Err(error) => state.log.connection(site, format!("tls-handshake-failed: {error}")),
        },
    }
}

/// With a linger of zero the close that follows is a reset.
fn end(ending: Ending, tcp: &TcpStream) {
    if ending == Ending::Reset {
        let _ = SockRef::from(tcp).set_linger(Some(Duration::ZERO));
    }
}

fn reserve_pair(port: Option<u16>) -> Result<Door> {
    for _ in 0..50 {
        let v4 = bound(SocketAddr::from((Ipv4Addr::LOCALHOST, port.unwrap_or(0))));
        let v4 = v4.with_context(|| format!("cannot bind port {} of 127.0.0.1", port.unwrap_or(0)))?;
        let free = v4.local_addr()?.as_socket().context("a bound socket without address")?.port();
        match bound(SocketAddr::from((Ipv6Addr::LOCALHOST, free))) {
            Ok(v6) => return Ok(Door { port: free, sockets: vec![v4, v6] }),
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse && port.is_none() => {}
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
                return Err(error).with_context(|| format!("cannot bind port {free} of ::1"));
            }
            Err(_) => return Ok(Door { port: free, sockets: vec![v4] }),
        }
    }
    bail!("no port is free on both 127.0.0.1 and ::1")
}

fn bound(address: SocketAddr) -> std::io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    if address.is_ipv6() {
        socket.set_only_v6(true)?;
    }
    // A restarted demo gets its port back at once.
    if address.port() != 0 {
        socket.set_reuse_address(true)?;
    }
    socket.bind(&address.into())?;
    Ok(socket)
}
