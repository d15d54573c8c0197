//! Tokens of JavaScript, as far as literals need them. Regular expressions are not known.

use crate::prelude::*;

/// One token.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A literal; the holes of a template stand in it as `${...}`.
    Text(String),
    /// A name, a keyword, or a number.
    Word(String),
    /// Any other character.
    Mark(u8),
}

/// Reads tokens one after the other.
pub(super) struct Tokens<'a> {
    text: &'a str,
    /// Offset behind the last token.
    pub at: usize,
    /// The last one, if it was handed back.
    back: Option<Token>,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Tokens { text, at, back: None }
    }

    /// The next token is this one again.
    pub(super) fn hand_back(&mut self, token: Token) {
        self.back = Some(token);
    }

    pub(super) fn next(&mut self) -> Option<Token> {
        if let Some(token) = self.back.take() {
            return Some(token);
        }
        loop {
            let byte = self.byte()?;
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => {}
                b'/' if self.peek() == Some(b'/') => self.skip_until(b"\n"),
                b'/' if self.peek() == Some(b'*') => {
                    self.at += 1;
                    self.skip_until(b"*/");
                }
                b'"' | b'\'' | b'`' => return self.literal(byte),
                _ if is_of_word(byte) => {
                    let begin = self.at - 1;
                    while self.peek().is_some_and(is_of_word) {
                        self.at += 1;
                    }
                    return Some(Token::Word(self.text.get(begin..self.at).unwrap_or_default().into()));
                }
                _ => return Some(Token::Mark(byte)),
            }
        }
    }

    /// A literal whose quote has been read; `None` if it does not end.
    fn literal(&mut self, quote: u8) -> Option<Token> {
        let mut literal = Vec::new();
        loop {
            let byte = self.byte()?;
            match byte {
                _ if byte == quote => break,
                // A line break ends what was no literal: an apostrophe in prose.
                b'\n' if quote != b'`' => return None,
                b'\\' => match self.byte()? {
                    b'n' => literal.push(b'\n'),
                    b'r' => literal.push(b'\r'),
                    b't' => literal.push(b'\t'),
                    b'u' => self.code(4, &mut literal),
                    b'x' => self.code(2, &mut literal),
                    byte => literal.push(byte),
                },
                b'$' if quote == b'`' && self.peek() == Some(b'{') => {
                    let begin = self.at - 1;
                    let mut depth = 0_usize;
                    loop {
                        match self.byte()? {
                            b'{' => depth += 1,
                            b'}' if depth < 2 => break,
                            b'}' => depth -= 1,
                            _ => {}
                        }
                    }
                    literal.extend_from_slice(self.text.as_bytes().get(begin..self.at).unwrap_or_default());
                }
                _ => literal.push(byte),
            }
        }
        Some(Token::Text(String::from_utf8(literal).unwrap_or_default()))
    }

    /// A character by so many hexadecimal digits.
    fn code(&mut self, digits: usize, literal: &mut Vec<u8>) {
        let mut code = 0;
        for _ in 0..digits {
            let Some(digit) = self.peek().and_then(|byte| char::from(byte).to_digit(16)) else { break };
            code = code * 16 + digit;
            self.at += 1;
        }
        let mut buffer = [0; 4];
        literal.extend(char::from_u32(code).unwrap_or('\u{fffd}').encode_utf8(&mut buffer).bytes());
    }

    fn skip_until(&mut self, end: &[u8]) {
        while let Some(rest) = self.text.as_bytes().get(self.at..).filter(|rest| !rest.is_empty()) {
            if rest.starts_with(end) {
                self.at += end.len();
                return;
            }
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }
}

/// It is a byte of a name or a number; all that is not ASCII is.
pub(super) fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte >= 0x80
}
