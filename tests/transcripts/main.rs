//! What curl printed, what developer tools copied: every kind of text, and what is read of it.

mod answers;
mod any;
mod commands;
mod failures;
mod panels;
mod scripts;
mod verbose;

use whycors::explain::call::{Call, Exchange, Reply};
use whycors::explain::transcript;

/// A transcript on lines: `GET https://a.example/ (Accept: */*) => 200 Vary: a | Vary: b`, a dash for what is not known; a call
/// without an answer ends behind its headers.
fn shown(text: &str) -> String {
    let headers = |headers: &[(String, String)]| {
        headers.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join(" | ")
    };
    let dash = |text: &Option<String>| text.clone().unwrap_or("-".into());
    let call = |call: &Call| {
        let sent = call.headers.as_ref().map_or("-".into(), |sent| format!("({})", headers(sent)));
        let mut line = format!("{} {} {sent}", dash(&call.method), dash(&call.url));
        if let Some(origin) = &call.origin {
            line += &format!(" from {origin}");
        }
        if let Some(credentials) = call.credentials {
            line += &format!(" credentials {}", credentials.name());
        }
        if let Some(mode) = call.mode {
            line += &format!(" mode {}", mode.name());
        }
        line
    };
    let read = transcript::read(text);
    let mut lines = Vec::new();
    for Exchange { call: asked, reply } in &read.exchanges {
        let reply = match reply {
            Reply::Answer { status, headers: got } => {
                format!("{} {}", status.map_or("-".into(), |status| status.to_string()), headers(got))
            }
            Reply::Status(status) => format!("{status} only"),
            Reply::TooManyRedirects => "too many redirects".into(),
            Reply::Fails(None) => "fails".into(),
            Reply::Fails(Some(failure)) => format!("{failure:?}"),
        };
        lines.push(format!("{} => {}", call(asked), reply.trim_end()));
    }
    lines.extend(read.calls.iter().map(call));
    lines.join("\n")
}

/// Each text is read so, also with the line ends and the mark in front that Windows writes.
fn reads(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(shown(text), *expected, "\n--- of\n{text}");
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert_eq!(shown(&windows), *expected, "\n--- with CRLF, of\n{text}");
    }
}

fn reads_nothing(texts: &[&str]) {
    for text in texts {
        assert_eq!(shown(text), "", "\n--- of\n{text}");
    }
}

const A: &str = "- - - => 200 a: b";
