//! A `curl` command line.

use crate::explain::call::Call;
use crate::explain::transcript::lines::{self, Headers};
use crate::explain::transcript::shell::{self, Shell};
use crate::prelude::*;
use crate::text;

/// What a command asks.
#[derive(Default)]
pub(super) struct Command {
    /// One for each URL.
    pub calls: Vec<Call>,
    /// `-L`
    pub follow: bool,
    /// `-X` names the method, also for what redirects lead to.
    pub keeps_method: bool,
}

/// Reads the command that begins in the line at an offset, and where the next line begins. `curl` in a sentence is none: each word
/// of a command that is no option is a URL.
pub(super) fn read(text: &str, at: usize, fuel: &mut usize) -> Option<(Command, usize)> {
    let (line, _) = lines::line(text, at);
    let (before, begin) = program(line)?;
    let shell = shell_of(before, line);
    if *fuel == 0 {
        return None;
    }
    let (words, end) = shell::words(text, at + begin, shell);
    let command = options(&words, fuel);
    if command.is_none() {
        *fuel = fuel.saturating_sub(end - at);
    }
    command.map(|command| (command, end))
}

/// What stands before `curl` and where its words begin, if it begins a command: at the beginning of a line, or behind a prompt.
fn program(line: &str) -> Option<(&str, usize)> {
    let mut from = 0;
    // Prompts are short.
    while let Some((before, after)) =
        line.get(from..).filter(|_| from < 200).and_then(|rest| text::split_once(rest, "curl"))
    {
        let begin = from + before.len() + 4;
        let prompt = text::trim(line.get(..from + before.len())?, " \t");
        let rest = after.strip_prefix(".exe").unwrap_or(after);
        if rest.starts_with([' ', '\t']) && (prompt.is_empty() || prompt.ends_with(PROMPT_ENDS)) {
            return Some((prompt, begin + after.len() - rest.len()));
        }
        from = begin;
    }
    None
}

const PROMPT_ENDS: [char; 9] = ['$', '%', '#', '>', '❯', '➜', '✗', 'λ', '»'];

/// Whose quoting a line has.
fn shell_of(prompt: &str, line: &str) -> Shell {
    let line = text::trim(line, " \t\r");
    if prompt.starts_with("PS ") || line.ends_with('`') {
        Shell::Pwsh
    } else if line.ends_with('^')
        || text::contains(line, "^\"")
        || (prompt.ends_with('>') && prompt.as_bytes().get(1) == Some(&b':'))
    {
        Shell::Cmd
    } else {
        Shell::Posix
    }
}

/// What the options say so far.
#[derive(Default)]
struct Options {
    urls: Vec<Option<String>>,
    method: Option<String>,
    headers: Headers,
    has_data: bool,
    is_head: bool,
    is_get: bool,
    is_upload: bool,
    follow: bool,
}

fn options(words: &[String], fuel: &mut usize) -> Option<Command> {
    let mut options = Options::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if let Some(long) = word.strip_prefix("--") {
            let (name, glued) = match text::split_once(long, "=") {
                Some((name, value)) => (name, Some(value)),
                None => (long, None),
            };
            let letter = LONG.iter().find(|(known, _)| *known == name).map(|(_, letter)| *letter);
            let takes = letter.map_or_else(|| text::is_one_of(name, LONG_WITH_VALUE), takes_value);
            let value = if takes { glued.or_else(|| words.next().map(String::as_str)) } else { None };
            options.put(letter.unwrap_or(b'-'), value.unwrap_or_default())?;
        } else if word.len() > 1 && word.starts_with('-') {
            for (index, letter) in word.bytes().enumerate().skip(1) {
                let takes = takes_value(letter);
                let glued = word.get(index + 1..).filter(|rest| takes && !rest.is_empty());
                let value = if takes { glued.or_else(|| words.next().map(String::as_str)) } else { None };
                options.put(letter, value.unwrap_or_default())?;
                if takes {
                    break;
                }
            }
        } else {
            options.put(b'\0', word)?;
        }
    }
    (!options.urls.is_empty()).then(|| options.command(fuel))
}

impl Options {
    /// An option by its letter (`\0` for none) and its value. `None` if it is no URL that should be one.
    fn put(&mut self, letter: u8, value: &str) -> Option<()> {
        match letter {
            b'\0' => self.urls.push(operand(value)?),
            b'X' => self.method = Some(value.into()),
            b'H' => self.header(value),
            b'd' | b'F' => self.has_data = true,
            b'J' => {
                self.has_data = true;
                self.headers.push(("Content-Type".into(), "application/json".into()));
                self.headers.push(("Accept".into(), "application/json".into()));
            }
            b'T' => self.is_upload = true,
            b'I' => self.is_head = true,
            b'G' => self.is_get = true,
            b'L' => self.follow = true,
            // Without the base64 of it, which no one needs.
            b'u' => self.headers.push(("Authorization".into(), "Basic".into())),
            b'B' => self.headers.push(("Authorization".into(), text::fill("Bearer {}", &[value]))),
            b'A' => self.headers.push(("User-Agent".into(), value.into())),
            b'e' => self.headers.push(("Referer".into(), text::until(value, ";").into())),
            // Without `=` it is a file's name.
            b'b' if text::any(value, |byte| byte == b'=') => self.headers.push(("Cookie".into(), value.into())),
            _ => {}
        }
        Some(())
    }

    /// `Name: value`; `Name:` takes a header away, `Name;` sends it empty, `@file` is not known.
    fn header(&mut self, line: &str) {
        match text::split_once(line, ":") {
            Some((name, value)) => {
                let value = text::trim(value, " \t");
                if !value.is_empty() {
                    self.headers.push((text::trim(name, " ").into(), value.into()));
                }
            }
            None => {
                if let Some(name) = line.strip_suffix(';') {
                    self.headers.push((name.into(), String::new()));
                }
            }
        }
    }

    fn command(self, fuel: &mut usize) -> Command {
        let implied = match () {
            () if self.is_head => "HEAD",
            () if self.is_upload => "PUT",
            () if self.has_data && !self.is_get => "POST",
            () => "GET",
        };
        let keeps_method = self.method.is_some();
        let method = self.method.unwrap_or_else(|| implied.into());
        let origin = lines::origin_by_referrer(&self.headers);
        let mut calls: Vec<Call> = Vec::new();
        let size: usize = self.headers.iter().map(|(name, value)| name.len() + value.len() + 24).sum();
        for url in self.urls {
            // Each has a copy of the headers.
            if !calls.is_empty() {
                match fuel.checked_sub(size) {
                    Some(left) => *fuel = left,
                    None => break,
                }
            }
            let (method, headers, origin) = (Some(method.clone()), Some(self.headers.clone()), origin.clone());
            calls.push(Call { url, method, headers, origin, ..Call::default() });
        }
        Command { calls, follow: self.follow, keeps_method }
    }
}

/// A word that should be a URL: `Some(None)` where a variable hides it, `None` for any other word.
fn operand(word: &str) -> Option<Option<String>> {
    if text::contains(word, "://") {
        let is_whole = !text::any(text::until(word, ":"), |byte| !byte.is_ascii_alphanumeric());
        return Some(is_whole.then(|| word.into()));
    }
    if word.starts_with(['$', '%', '{']) {
        return Some(None);
    }
    // curl takes `a.example/x` and `localhost:3000`.
    let host = text::until(word, "/?#");
    let name = text::until(host, ":");
    let is_host = text::all(host, |byte| byte.is_ascii_alphanumeric() || text::is_any_of(byte, ".-:[]_"));
    let is_named = name == "localhost" || (text::contains(name, ".") && !name.ends_with('.') && !name.starts_with('.'));
    let has_port = text::rsplit_once(host, b':').is_some_and(|(_, port)| text::number(port).is_some());
    (is_host && !host.is_empty() && (is_named || has_port)).then(|| Some(text::fill("http://{}", &[word])))
}

fn takes_value(letter: u8) -> bool {
    text::is_any_of(letter, "AbcCdDeEFHKmoPQrtTuUwxXyYzBJ") || letter == b'\0'
}

/// Long options that say something of the request, by the letter of their short one, or one of ours.
const LONG: &[(&str, u8)] = &[
    ("url", b'\0'),
    ("request", b'X'),
    ("header", b'H'),
    ("data", b'd'),
    ("data-ascii", b'd'),
    ("data-binary", b'd'),
    ("data-raw", b'd'),
    ("data-urlencode", b'd'),
    ("form", b'F'),
    ("form-string", b'F'),
    ("json", b'J'),
    ("upload-file", b'T'),
    ("head", b'I'),
    ("get", b'G'),
    ("location", b'L'),
    ("location-trusted", b'L'),
    ("user", b'u'),
    ("oauth2-bearer", b'B'),
    ("user-agent", b'A'),
    ("referer", b'e'),
    ("cookie", b'b'),
];

/// The other long options that a value follows.
const LONG_WITH_VALUE: &str = "abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config \
    connect-timeout connect-to continue-at cookie-jar create-file-mode crlfile curves delegation dns-interface dns-ipv4-addr \
    dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine etag-compare etag-save expect100-timeout \
    happy-eyeballs-timeout-ms haproxy-clientip hsts interface keepalive-time key key-type limit-rate local-port max-filesize \
    max-redirs max-time netrc-file noproxy output output-dir parallel-max pass pinnedpubkey preproxy proto proto-default \
    proto-redir proxy proxy-header proxy-user range rate request-target resolve retry retry-delay retry-max-time service-name \
    socks4 socks4a socks5 socks5-hostname speed-limit speed-time stderr time-cond tls-max tls13-ciphers trace trace-ascii \
    trace-config unix-socket url-query variable write-out";
