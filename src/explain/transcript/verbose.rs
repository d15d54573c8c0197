//! What `curl -v` tells: `* ` information, `> ` requests, `< ` answers.

use crate::explain::call::{Call, Reply};
use crate::explain::transcript::failure;
use crate::explain::transcript::ledger::Ledger;
use crate::explain::transcript::lines::{self, Headers};
use crate::prelude::*;
use crate::text;
use crate::world::Failure;

/// The state of one run of `curl -v`.
#[derive(Default)]
pub(super) struct Verbose {
    /// What the connection, or the request itself, failed of.
    trouble: Option<Option<Failure>>,
    /// It has begun to connect: only then is a line that begins with `* ` its own, not an item of a list.
    is_live: bool,
    /// By what the connection says.
    scheme: Option<&'static str>,
    /// "Issue another request to this URL"
    redirected: Option<String>,
    /// The request whose lines are read, or whose answer is awaited.
    request: Option<Request>,
    /// The answer whose lines are read.
    answer: Option<(u16, Headers)>,
}

struct Request {
    method: String,
    target: String,
    headers: Headers,
    is_open: bool,
}

impl Verbose {
    /// Reads a line if it is one of `curl -v`.
    pub(super) fn line(&mut self, line: &str, ledger: &mut Ledger) -> bool {
        let (mark, rest) = (line.get(..1).unwrap_or_default(), line.get(1..).unwrap_or_default());
        let rest = rest.strip_prefix(' ').or(if rest.is_empty() { Some("") } else { None });
        match (mark, rest) {
            ("*", Some(rest)) => self.info(rest, ledger),
            (">", Some(rest)) => self.request_line(rest, ledger),
            ("<", Some(rest)) => self.answer_line(rest, ledger),
            ("{" | "}", Some(rest)) => rest.starts_with('[') && text::contains(rest, " bytes data]"),
            _ => false,
        }
    }

    /// Ends what is open: the request that has no answer, and what failed.
    pub(super) fn take(&mut self, ledger: &mut Ledger) -> (Option<Call>, Option<Option<Failure>>) {
        self.end_answer(ledger);
        (self.end_request(ledger), self.trouble.take())
    }

    fn info(&mut self, info: &str, ledger: &mut Ledger) -> bool {
        let info = text::trim(info, " \t");
        let starts = |starts: &[&str]| starts.iter().any(|start| info.starts_with(start));
        if starts(&["Trying ", "Connected to ", "Re-using existing", "Host "]) {
            self.is_live = true;
        }
        if !self.is_live && !ledger.has_command() {
            return false;
        }
        if starts(&["Connected to "]) {
            // An earlier address had failed.
            self.trouble = None;
            self.scheme = Some(if text::contains(info, "port 443") { "https" } else { "http" });
        } else if starts(&["SSL connection", "TLS", "ALPN", "schannel", "[HTTP/3]", "using HTTP/3"])
            || text::contains(info, "stream for https://")
            || text::contains(info, "[:scheme: https]")
        {
            self.scheme = Some("https");
        } else if let Some((_, url)) = text::split_once(info, "Issue another request to this URL: '") {
            self.end_answer(ledger);
            self.redirected = Some(text::until(url, "'").into());
        } else if let Some(failure) = failure::trouble(info) {
            self.trouble = Some(failure);
        }
        true
    }

    fn request_line(&mut self, line: &str, ledger: &mut Ledger) -> bool {
        if let Some((method, target, _)) = lines::request_line(line) {
            self.end_answer(ledger);
            if let Some(call) = self.end_request(ledger) {
                ledger.ends(Some(call), Reply::Fails(None));
            }
            let (method, target) = (method.into(), target.into());
            self.request = Some(Request { method, target, headers: Headers::new(), is_open: true });
            return true;
        }
        let Some(request) = self.request.as_mut().filter(|request| request.is_open) else {
            return false;
        };
        match lines::header_line(line) {
            Some(header) => request.headers.push(lines::owned(header)),
            None => request.is_open = false,
        }
        true
    }

    fn answer_line(&mut self, line: &str, ledger: &mut Ledger) -> bool {
        if let Some((status, _)) = lines::status_line(line) {
            self.end_answer(ledger);
            self.answer = Some((status, Headers::new()));
            return true;
        }
        let Some((_, headers)) = &mut self.answer else {
            return false;
        };
        match lines::header_line(line) {
            Some(header) => headers.push(lines::owned(header)),
            None if lines::is_blank(line) => self.end_answer(ledger),
            None => lines::fold(headers, line),
        }
        true
    }

    fn end_answer(&mut self, ledger: &mut Ledger) {
        let Some((status, headers)) = self.answer.take() else {
            return;
        };
        let tunnel = |request: &Request| request.method == "CONNECT";
        if status < 200 {
            return;
        }
        if self.request.as_ref().is_some_and(tunnel) {
            // The proxy's answer; the server's may follow.
            self.request = None;
            return;
        }
        self.trouble = None;
        let call = self.end_request(ledger);
        ledger.told(call, status, headers);
    }

    /// What `> ` lines say, and the URL that they are of.
    fn end_request(&mut self, ledger: &mut Ledger) -> Option<Call> {
        let request = self.request.take().filter(|request| request.method != "CONNECT")?;
        let (redirected, asked) = (self.redirected.take(), ledger.asked());
        let host = lines::value(&request.headers, "host").unwrap_or_default();
        let known = redirected.or_else(|| asked.url.clone());
        let parts = known.as_deref().and_then(lines::url_parts);
        let url = match parts {
            // As it was written, with its fragment, name and password.
            Some((_, authority, _)) if is_of_host(authority, host) => known.clone(),
            _ if lines::url_parts(&request.target).is_some() => Some(request.target),
            _ if host.is_empty() => None,
            _ => self.scheme.map(|scheme| text::fill("{}://{}{}", &[scheme, host, &request.target])),
        };
        let origin = lines::origin_by_referrer(&request.headers);
        let headers = Some(request.headers);
        Some(Call { url, method: Some(request.method), headers, origin, ..asked })
    }
}

/// The authority of a URL is of this `Host`.
fn is_of_host(authority: &str, host: &str) -> bool {
    let authority = text::rsplit_once(authority, b'@').map_or(authority, |(_, host)| host);
    plain(authority).eq_ignore_ascii_case(plain(host))
}

/// Without the port that is the scheme's own.
fn plain(host: &str) -> &str {
    host.strip_suffix(":443").or(host.strip_suffix(":80")).unwrap_or(host)
}
