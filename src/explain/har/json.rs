//! JSON as it comes: tokens out of pieces of any size.
//!
//! By [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259), nothing laxer, but a byte order mark may stand in front. It keeps
//! a string only if asked to, and checks those that it does not keep as strictly. Not looked at: whether strings are UTF-8
//! (who keeps one replaces what is not), and repeated names.

use crate::prelude::*;

/// Deeper nesting is refused. Call stacks of asynchronous code, as Chromium writes them, reach about a hundred.
pub(super) const DEPTH: usize = 1000;

/// Longer names are cut: none that is looked for is as long.
const NAME: usize = 64;

/// What was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// `{`
    Object,
    /// `[`
    Array,
    /// `}` or `]`
    End,
    /// The name of a member; it is [`Tokens::text`].
    Name,
    /// A string; it is [`Tokens::text`], if it was [wanted](Tokens::want).
    Text,
    /// A number; likewise.
    Number,
    /// `true`
    True,
    /// `false` or `null`
    Other,
}

/// Why it is not JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// This byte may not stand there.
    Unexpected(u8),
    /// More than [`DEPTH`] objects and arrays in each other.
    TooDeep,
}

/// Where in the grammar the next byte stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before everything.
    Start,
    /// In a byte order mark, or in `true`, `false`, `null`: what is still to come, and what it is then.
    Word(&'static [u8], Option<Token>),
    /// A value.
    Value,
    /// A value, or the end of an empty array.
    FirstItem,
    /// A name, or the end of an empty object.
    FirstName,
    /// A name.
    Name,
    /// The colon behind a name.
    Colon,
    /// What may stand behind a value.
    After,
    /// In a string.
    Text,
    /// Behind a backslash.
    Escape,
    /// In `\u`: so many digits are still to come.
    Hex(u8),
    /// In a number, behind its `-`.
    Minus,
    /// Behind a leading `0`.
    Zero,
    /// In the digits before a point.
    Whole,
    /// Behind the point.
    Point,
    /// In the digits behind the point.
    Fraction,
    /// Behind the `e`.
    Exponent,
    /// Behind its sign.
    Sign,
    /// In its digits.
    Power,
}

/// The reader of tokens.
#[derive(Debug)]
pub(super) struct Tokens {
    state: State,
    /// The objects (`true`) and arrays that are open.
    open: Vec<bool>,
    /// Bytes read.
    at: usize,
    text: Vec<u8>,
    /// So much of the string that is read may be kept.
    room: usize,
    /// The string that is read is a name.
    is_name: bool,
    is_cut: bool,
    /// The digits of `\u` so far.
    code: u32,
    /// The first half of a surrogate pair.
    high: Option<u32>,
}

impl Default for Tokens {
    fn default() -> Tokens {
        Tokens {
            state: State::Start,
            open: Vec::new(),
            at: 0,
            text: Vec::new(),
            room: 0,
            is_name: false,
            is_cut: false,
            code: 0,
            high: None,
        }
    }
}

impl Tokens {
    /// The next token of these bytes, which it takes away; `None` if they are used up.
    pub(super) fn next(&mut self, bytes: &mut &[u8]) -> Result<Option<Token>, Fault> {
        while let Some((byte, rest)) = bytes.split_first() {
            if self.state == State::Text {
                // Most of a HAR is bodies in strings: through them in one go.
                let is_special = |byte: &u8| *byte == b'"' || *byte == b'\\' || *byte < b' ';
                let plain = bytes.iter().position(is_special).unwrap_or(bytes.len());
                if let Some((run, rest)) = bytes.split_at_checked(plain).filter(|_| plain > 0) {
                    self.keep(run);
                    self.at += plain;
                    *bytes = rest;
                    continue;
                }
            }
            let token = self.step(*byte)?;
            // Only what follows a number ends it.
            if token != Some(Token::Number) {
                *bytes = rest;
                self.at += 1;
            }
            if token.is_some() {
                return Ok(token);
            }
        }
        Ok(None)
    }

    /// So much of the next value's text shall be kept.
    pub(super) fn want(&mut self, room: usize) {
        self.room = room;
    }

    /// The text of the token just read, as far as it was wanted.
    pub(super) fn text(&self) -> &[u8] {
        &self.text
    }

    /// There was more of it than was wanted.
    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// How many bytes were read.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Nothing but space was read.
    pub(super) fn is_empty(&self) -> bool {
        self.state == State::Start
    }

    /// All that was read is one value.
    pub(super) fn is_whole(&self) -> bool {
        self.open.is_empty() && (self.state == State::After || self.ends_number())
    }

    fn step(&mut self, byte: u8) -> Result<Option<Token>, Fault> {
        let is_space = matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
        let unexpected = Err(Fault::Unexpected(byte));
        match self.state {
            State::Start | State::Value | State::FirstItem | State::FirstName | State::Name if is_space => {}
            State::Colon | State::After if is_space => {}
            State::Start if byte == 0xEF && self.at == 0 => self.state = State::Word(b"\xBB\xBF", None),
            State::FirstItem if byte == b']' => return self.close(byte),
            State::Start | State::Value | State::FirstItem => return self.value(byte),
            State::FirstName if byte == b'}' => return self.close(byte),
            State::FirstName | State::Name if byte == b'"' => self.begin_text(true),
            State::Colon if byte == b':' => self.state = State::Value,
            State::After => return self.after(byte),
            State::Text => return self.special(byte),
            State::Escape => self.escape(byte)?,
            State::Hex(left) => self.hex(byte, left)?,
            State::Word(word, token) => {
                let Some((_, rest)) = word.split_first().filter(|(expected, _)| **expected == byte) else {
                    return unexpected;
                };
                self.state = State::Word(rest, token);
                if rest.is_empty() {
                    self.state = if token.is_some() { State::After } else { State::Start };
                    return Ok(token);
                }
            }
            _ => return self.number(byte),
        }
        Ok(None)
    }

    fn value(&mut self, byte: u8) -> Result<Option<Token>, Fault> {
        self.text.clear();
        match byte {
            b'{' => return self.open(State::FirstName, Token::Object),
            b'[' => return self.open(State::FirstItem, Token::Array),
            b'"' => self.begin_text(false),
            b't' => self.state = State::Word(b"rue", Some(Token::True)),
            b'f' => self.state = State::Word(b"alse", Some(Token::Other)),
            b'n' => self.state = State::Word(b"ull", Some(Token::Other)),
            b'-' | b'0'..=b'9' => {
                self.is_cut = false;
                self.high = None;
                self.keep(&[byte]);
                self.state = match byte {
                    b'-' => State::Minus,
                    b'0' => State::Zero,
                    _ => State::Whole,
                };
            }
            _ => return Err(Fault::Unexpected(byte)),
        }
        Ok(None)
    }

    fn open(&mut self, state: State, token: Token) -> Result<Option<Token>, Fault> {
        if self.open.len() >= DEPTH {
            return Err(Fault::TooDeep);
        }
        self.open.push(token == Token::Object);
        self.state = state;
        Ok(Some(token))
    }

    fn close(&mut self, byte: u8) -> Result<Option<Token>, Fault> {
        let end = if self.open.last() == Some(&true) { b'}' } else { b']' };
        if byte != end || self.open.pop().is_none() {
            return Err(Fault::Unexpected(byte));
        }
        self.state = State::After;
        Ok(Some(Token::End))
    }

    fn after(&mut self, byte: u8) -> Result<Option<Token>, Fault> {
        let Some(is_object) = self.open.last().copied().filter(|_| byte == b',') else {
            return self.close(byte);
        };
        self.state = if is_object { State::Name } else { State::Value };
        Ok(None)
    }

    fn number(&mut self, byte: u8) -> Result<Option<Token>, Fault> {
        self.state = match (self.state, byte) {
            (State::Minus, b'0') => State::Zero,
            (State::Minus | State::Whole, b'0'..=b'9') => State::Whole,
            (State::Zero | State::Whole, b'.') => State::Point,
            (State::Point | State::Fraction, b'0'..=b'9') => State::Fraction,
            (State::Zero | State::Whole | State::Fraction, b'e' | b'E') => State::Exponent,
            (State::Exponent, b'+' | b'-') => State::Sign,
            (State::Exponent | State::Sign | State::Power, b'0'..=b'9') => State::Power,
            _ if self.ends_number() => {
                self.state = State::After;
                return Ok(Some(Token::Number));
            }
            _ => return Err(Fault::Unexpected(byte)),
        };
        self.keep(&[byte]);
        Ok(None)
    }

    fn ends_number(&self) -> bool {
        matches!(self.state, State::Zero | State::Whole | State::Fraction | State::Power)
    }

    fn begin_text(&mut self, is_name: bool) {
        self.text.clear();
        self.is_cut = false;
        self.is_name = is_name;
        self.high = None;
        if is_name {
            self.room = NAME;
        }
        self.state = State::Text;
    }

    fn special(&mut self, byte: u8) -> Result<Option<Token>, Fault> {
        match byte {
            b'"' => {
                self.keep(&[]);
                self.state = if self.is_name { State::Colon } else { State::After };
                return Ok(Some(if self.is_name { Token::Name } else { Token::Text }));
            }
            b'\\' => self.state = State::Escape,
            _ => return Err(Fault::Unexpected(byte)),
        }
        Ok(None)
    }

    fn escape(&mut self, byte: u8) -> Result<(), Fault> {
        let meant = match byte {
            b'"' | b'\\' | b'/' => byte,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                self.code = 0;
                self.state = State::Hex(4);
                return Ok(());
            }
            _ => return Err(Fault::Unexpected(byte)),
        };
        self.keep(&[meant]);
        self.state = State::Text;
        Ok(())
    }

    fn hex(&mut self, byte: u8, left: u8) -> Result<(), Fault> {
        let digit = char::from(byte).to_digit(16).ok_or(Fault::Unexpected(byte))?;
        self.code = self.code << 4 | digit;
        self.state = State::Hex(left.saturating_sub(1));
        if left > 1 {
            return Ok(());
        }
        self.state = State::Text;
        let mut code = self.code;
        if let (0xDC00..=0xDFFF, Some(high)) = (code, self.high) {
            self.high = None;
            code = 0x10000 + ((high & 0x3FF) << 10 | code & 0x3FF);
        }
        self.keep(&[]);
        if let 0xD800..=0xDBFF = code {
            self.high = Some(code);
        } else {
            let meant = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
            self.keep(meant.encode_utf8(&mut [0; 4]).as_bytes());
        }
        Ok(())
    }

    /// Adds to the text, as far as there is room; half a surrogate pair that waited for the other waits no longer.
    fn keep(&mut self, bytes: &[u8]) {
        if self.room == 0 {
            return;
        }
        if self.high.take().is_some() {
            self.keep("\u{FFFD}".as_bytes());
        }
        let left = self.room.saturating_sub(self.text.len());
        self.is_cut |= bytes.len() > left;
        self.text.extend_from_slice(bytes.get(..left).unwrap_or(bytes));
    }
}
