//! Words of a command line, by the quoting of three shells.

use crate::prelude::*;
use crate::text;

/// Whose quoting it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shell {
    Posix,
    Cmd,
    Pwsh,
}

/// Words of the command that begins at an offset, and the offset of the line behind it.
pub(super) fn words(text: &str, at: usize, shell: Shell) -> (Vec<String>, usize) {
    let bytes = text.as_bytes().get(at..).unwrap_or_default();
    if shell == Shell::Cmd {
        let (line, end) = cmd_line(bytes);
        let mut words = Words { bytes: &line, at: 0, shell, list: Vec::new(), word: None };
        words.read();
        return (words.list, at + end);
    }
    let mut words = Words { bytes, at: 0, shell, list: Vec::new(), word: None };
    words.read();
    (words.list, at + words.at)
}

struct Words<'a> {
    bytes: &'a [u8],
    at: usize,
    shell: Shell,
    list: Vec<String>,
    word: Option<Vec<u8>>,
}

impl Words<'_> {
    fn read(&mut self) {
        let escape = if self.shell == Shell::Pwsh { b'`' } else { b'\\' };
        while let Some(byte) = self.next() {
            match byte {
                b'\n' => break,
                b' ' | b'\t' | b'\r' => self.end_word(),
                b'"' => self.double(escape),
                b'\'' if self.shell != Shell::Cmd => self.single(),
                b'$' if self.shell == Shell::Posix && self.peek() == Some(b'\'') => {
                    self.at += 1;
                    self.ansi();
                }
                b'\\' if self.shell == Shell::Cmd => match self.peek() {
                    Some(b'"') => self.take(),
                    _ => self.push(b'\\'),
                },
                _ if byte == escape => match continuation(self.bytes, self.at) {
                    Some(next) => {
                        self.at = next;
                        self.end_word();
                    }
                    None => self.take(),
                },
                b'#' if self.word.is_none() && self.shell != Shell::Cmd => {
                    self.leave_line();
                    break;
                }
                b';' | b'|' | b'&' | b'<' | b'>' if self.shell != Shell::Cmd => {
                    // `2>&1`
                    if self.word.as_ref().is_some_and(|word| word.iter().all(u8::is_ascii_digit)) {
                        self.word = None;
                    }
                    self.leave_line();
                    break;
                }
                _ => self.push(byte),
            }
        }
        self.end_word();
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn push(&mut self, byte: u8) {
        self.word.get_or_insert_with(Vec::new).push(byte);
    }

    /// The next byte, whatever it is.
    fn take(&mut self) {
        if let Some(byte) = self.next() {
            self.push(byte);
        }
    }

    fn end_word(&mut self) {
        if let Some(word) = self.word.take() {
            self.list.push(String::from_utf8(word).unwrap_or_default());
        }
    }

    fn leave_line(&mut self) {
        self.end_word();
        while self.next().is_some_and(|byte| byte != b'\n') {}
    }

    fn single(&mut self) {
        self.word.get_or_insert_with(Vec::new);
        while let Some(byte) = self.next() {
            if byte != b'\'' {
                self.push(byte);
            } else if self.shell == Shell::Pwsh && self.peek() == Some(b'\'') {
                self.take();
            } else {
                return;
            }
        }
    }

    fn double(&mut self, escape: u8) {
        self.word.get_or_insert_with(Vec::new);
        while let Some(byte) = self.next() {
            match (byte, self.peek()) {
                (b'"', Some(b'"')) if self.shell != Shell::Posix => self.take(),
                (b'"', _) => return,
                (b'\\', Some(b'"')) => self.take(),
                (_, Some(b'"' | b'\\' | b'$' | b'`')) if byte == escape && self.shell != Shell::Cmd => self.take(),
                (_, Some(b'\n')) if byte == escape && self.shell == Shell::Posix => self.at += 1,
                (b'\\', Some(b'\\')) if self.shell == Shell::Cmd => self.take(),
                _ => self.push(byte),
            }
        }
    }

    /// `$'...'` of Bash.
    fn ansi(&mut self) {
        self.word.get_or_insert_with(Vec::new);
        while let Some(byte) = self.next() {
            match byte {
                b'\'' => return,
                b'\\' => match self.next() {
                    Some(b'n') => self.push(b'\n'),
                    Some(b'r') => self.push(b'\r'),
                    Some(b't') => self.push(b'\t'),
                    Some(b'x') => self.code(2),
                    Some(b'u') => self.code(4),
                    Some(byte) => self.push(byte),
                    None => return,
                },
                _ => self.push(byte),
            }
        }
    }

    /// A character by up to so many hexadecimal digits.
    fn code(&mut self, digits: usize) {
        let mut code = 0;
        for _ in 0..digits {
            let Some(digit) = self.peek().and_then(|byte| char::from(byte).to_digit(16)) else { break };
            code = code * 16 + digit;
            self.at += 1;
        }
        let mut buffer = [0; 4];
        for byte in char::from_u32(code).unwrap_or('\u{fffd}').encode_utf8(&mut buffer).bytes() {
            self.push(byte);
        }
    }
}

/// Behind the end of a line that an escape character continues: spaces that a paste has added, and the prompt of the next line.
fn continuation(bytes: &[u8], mut at: usize) -> Option<usize> {
    while let Some(byte) = bytes.get(at) {
        at += 1;
        if *byte == b'\n' {
            let prompt = [">> ", "> "]
                .iter()
                .find(|prompt| bytes.get(at..).is_some_and(|rest| rest.starts_with(prompt.as_bytes())));
            return Some(at + prompt.map_or(0, |prompt| prompt.len()));
        }
        if !text::is_any_of(*byte, " \t\r") {
            return None;
        }
    }
    Some(at)
}

/// What `cmd` hands to the program: without carets, up to the end of the command; and where the next line begins.
///
/// A caret is an escape within quotes too, where it stands before a mark: browsers have copied it so.
fn cmd_line(bytes: &[u8]) -> (Vec<u8>, usize) {
    let mut line = Vec::new();
    let mut at = 0;
    let mut is_quoted = false;
    let mut is_over = false;
    while let Some(byte) = bytes.get(at).copied() {
        at += 1;
        match byte {
            b'\n' => break,
            b'^' => {
                let mut next = bytes.get(at).copied().unwrap_or(b'\n');
                if next == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
                    (at, next) = (at + 1, b'\n');
                }
                if is_quoted && (next.is_ascii_alphanumeric() || next == b' ') {
                    line.push(b'^');
                } else if next != b'\n' {
                    line.push(next);
                    at += 1;
                } else {
                    at += 1;
                    // A line break within a value is written as two; a word ends here otherwise.
                    at += usize::from(bytes.get(at) == Some(&b'\r'));
                    if bytes.get(at) == Some(&b'\n') {
                        at += 1;
                    }
                    line.push(b' ');
                }
            }
            _ if is_over => {}
            b'&' | b'|' | b'<' | b'>' if !is_quoted => is_over = true,
            _ => {
                is_quoted ^= byte == b'"';
                line.push(byte);
            }
        }
    }
    (line, at)
}
