//! A WebSocket, as far as the servers of developer tools speak it.

use anyhow::{Result, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An open WebSocket.
pub struct Socket {
    stream: TcpStream,
    /// What came and is not read.
    buffer: Vec<u8>,
    /// The beginning of a text in several frames.
    text: Vec<u8>,
}

/// What a server answers to a GET, with its head.
pub async fn get(address: &str, path: &str) -> Result<String> {
    let mut stream = ask(address, path, "Connection: close\r\n").await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

async fn ask(address: &str, path: &str, headers: &str) -> Result<TcpStream> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).await?;
    Ok(stream)
}

impl Socket {
    /// Opens one.
    pub async fn open(address: &str, path: &str) -> Result<Socket> {
        let upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                       Sec-WebSocket-Key: bGFiIG9mIHdoeWNvcnMhIQ==\r\n";
        let mut socket = Socket { stream: ask(address, path, upgrade).await?, buffer: Vec::new(), text: Vec::new() };
        loop {
            if let Some(end) = socket.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                let head: Vec<u8> = socket.buffer.drain(..end + 4).collect();
                let head = String::from_utf8_lossy(&head);
                ensure!(head.starts_with("HTTP/1.1 101"), "no WebSocket at {address}{path}: {head}");
                return Ok(socket);
            }
            socket.more().await?;
        }
    }

    /// A text in one frame, masked with zeros as a client's frames have to be masked.
    pub async fn send(&mut self, text: &str) -> Result<()> {
        let length = text.len() as u64;
        let mut frame = vec![0x81];
        match length {
            0..126 => frame.push(0x80 | length as u8),
            126..0x1_0000 => {
                frame.push(0x80 | 126);
                frame.extend((length as u16).to_be_bytes());
            }
            _ => {
                frame.push(0x80 | 127);
                frame.extend(length.to_be_bytes());
            }
        }
        frame.extend([0; 4]);
        frame.extend(text.as_bytes());
        Ok(self.stream.write_all(&frame).await?)
    }

    /// The next text. What has come stays if the future is dropped.
    pub async fn next(&mut self) -> Result<Vec<u8>> {
        loop {
            let Some((first, start, end)) = frame(&self.buffer) else {
                self.more().await?;
                continue;
            };
            let payload: Vec<u8> = self.buffer.drain(..end).skip(start).collect();
            ensure!(first & 0x0f != 8, "the browser has ended the WebSocket");
            self.text.extend(payload);
            if first & 0x80 != 0 {
                return Ok(std::mem::take(&mut self.text));
            }
        }
    }

    async fn more(&mut self) -> Result<()> {
        let count = self.stream.read_buf(&mut self.buffer).await?;
        ensure!(count > 0, "the browser has gone");
        Ok(())
    }
}

/// The first byte of a server's frame, and where its payload begins and ends; `None` if it has not come.
fn frame(bytes: &[u8]) -> Option<(u8, usize, usize)> {
    let number = |range: std::ops::Range<usize>| {
        Some(bytes.get(range)?.iter().fold(0_usize, |number, byte| (number << 8) | usize::from(*byte)))
    };
    let (start, length) = match *bytes.get(1)? {
        126 => (4_usize, number(2..4)?),
        127 => (10, number(2..10)?),
        length => (2, usize::from(length)),
    };
    let end = start.checked_add(length)?;
    bytes.get(..end)?;
    Some((*bytes.first()?, start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_read_when_all_of_it_has_come() {
        assert_eq!(frame(&[0x81, 2, b'a']), None);
        assert_eq!(frame(&[0x81, 2, b'a', b'b', 0x81]), Some((0x81, 2, 4)));
        let long = [&[0x01, 126, 1, 0][..], &[b'a'; 256]].concat();
        assert_eq!(frame(&long), Some((0x01, 4, 260)));
        assert_eq!(frame(&long[..259]), None);
        let longer = [&[0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0][..], &[b'a'; 65_536]].concat();
        assert_eq!(frame(&longer), Some((0x81, 10, 65_546)));
    }
}
