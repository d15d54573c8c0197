//! Plays the rows over HTTP/2: every request is a stream of one connection, and what fails ends its stream where that is possible.

use std::sync::Arc;

use ::http::{HeaderName, HeaderValue, Request, Response, StatusCode};
use bytes::Bytes;
use h2::server::SendResponse;
use h2::{Reason, RecvStream};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinSet;
use whycors::world::Failure;

use crate::State;
use crate::http::{Answer, Message};
use crate::origins::Site;
use crate::play::{self, Ending, Reaction};

/// Answers requests until one of the two sides ends the connection.
pub async fn converse(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), site: Site, state: &Arc<State>) -> Ending {
    match streams(stream, site, state).await {
        Ok(Some(Failure::Garbage)) => play::garble(stream).await,
        Ok(_) => Ending::Close,
        Err(error) => {
            if !error.is_io() {
                state.log.connection(site, format!("not-http: {error}"));
            }
            Ending::Close
        }
    }
}

/// Returns the failure that ends the connection; `None` if the client left.
async fn streams(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    site: Site,
    state: &Arc<State>,
) -> Result<Option<Failure>, h2::Error> {
    let mut connection = h2::server::handshake(stream).await?;
    // Streams that hang must not keep others waiting.
    let mut playing = JoinSet::new();
    loop {
        tokio::select! {
            accepted = connection.accept() => match accepted {
                Some(accepted) => {
                    let (request, respond) = accepted?;
                    playing.spawn(play_one(request, respond, site, state.clone()));
                }
                None => return Ok(None),
            },
            Some(played) = playing.join_next() => {
                if let Ok(Some((failure, _unanswered))) = played {
                    return Ok(Some(failure));
                }
            }
        }
    }
}

/// Returns the failure that no stream can have for itself, and the stream: one that is let go of is reset.
async fn play_one(
    request: Request<RecvStream>,
    mut respond: SendResponse<Bytes>,
    site: Site,
    state: Arc<State>,
) -> Option<(Failure, SendResponse<Bytes>)> {
    let message = read(request).await.ok()?;
    match play::react(&message, site, &state).await {
        Reaction::Answer(answer) => {
            if write(&mut respond, answer, message.method == "HEAD").is_none() {
                respond.send_reset(Reason::INTERNAL_ERROR);
            }
        }
        Reaction::Fails(failure @ (Failure::Empty | Failure::Garbage)) => return Some((failure, respond)),
        Reaction::Fails(Failure::Hang) => drop(std::future::poll_fn(|context| respond.poll_reset(context)).await),
        // Not as refused, which says that nothing was done and that the client may ask again.
        Reaction::Fails(_) => respond.send_reset(Reason::INTERNAL_ERROR),
    }
    None
}

async fn read(request: Request<RecvStream>) -> Result<Message, h2::Error> {
    let (head, mut body) = request.into_parts();
    let line = |(name, value): (&HeaderName, &HeaderValue)| {
        (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let mut message = Message {
        method: head.method.to_string(),
        path: head.uri.path().to_string(),
        query: head.uri.query().unwrap_or_default().to_string(),
        headers: head.headers.iter().map(line).collect(),
        body: Vec::new(),
    };
    while let Some(chunk) = body.data().await {
        let chunk = chunk?;
        message.body.extend_from_slice(&chunk);
        body.flow_control().release_capacity(chunk.len())?;
    }
    Ok(message)
}

/// `None` if HTTP/2 has no such answer, or the client no longer wants it.
fn write(respond: &mut SendResponse<Bytes>, answer: Answer, head_only: bool) -> Option<()> {
    let without_body = matches!(answer.status, 204 | 304);
    let mut head = Response::new(());
    *head.status_mut() = StatusCode::from_u16(answer.status).ok()?;
    for (name, value) in &answer.headers {
        let name = HeaderName::from_bytes(name.to_ascii_lowercase().as_bytes()).ok()?;
        head.headers_mut().append(name, HeaderValue::from_bytes(value.as_bytes()).ok()?);
    }
    if !head.headers().contains_key("content-length") && !without_body {
        head.headers_mut().insert("content-length", answer.body.len().into());
    }
    let ends = head_only || without_body || answer.body.is_empty();
    let mut body = respond.send_response(head, ends).ok()?;
    if !ends {
        body.send_data(answer.body.into(), true).ok()?;
    }
    Some(())
}
