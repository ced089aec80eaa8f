//! JSON's tokens over bytes in memory: white space, brackets, keys and words, as RFC 8259 and `serde_json` have them.
//!
//! A token is a range of the text, nothing is copied. Strings have their own file, and so have numbers; what follows from
//! the tokens' order belongs to `json` and `skip`.

use super::strings::Quoted;
use crate::error::InputError;
use crate::limits::Limits;

/// Arrays and objects may never be nested deeper than this, whatever the limits say: values in memory are walked by recursion.
pub(super) const DEEPEST: usize = 512;
/// Texts may never be longer than this, whatever the limits say: ranges are held in 32 bits.
const LONGEST: usize = 1 << 30;

/// Why a text is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fail {
    End,
    Value,
    Key,
    Colon,
    CommaOrBrace,
    CommaOrBracket,
    TrailingComma,
    Control,
    Escape,
    Surrogate,
    Number,
    Range,
    Trailing,
    Deep,
    Many,
}

impl Fail {
    fn message(self) -> &'static str {
        match self {
            Self::End => "unexpected end of the text",
            Self::Value => "expected a value",
            Self::Key => "expected a key in double quotes",
            Self::Colon => "expected `:` after a key",
            Self::CommaOrBrace => "expected `,` or `}`",
            Self::CommaOrBracket => "expected `,` or `]`",
            Self::TrailingComma => "comma without a value after it",
            Self::Control => "control character in a string",
            Self::Escape => "invalid escape in a string",
            Self::Surrogate => "half of a surrogate pair in a string",
            Self::Number => "invalid number",
            Self::Range => "number out of range",
            Self::Trailing => "text after the record",
            Self::Deep | Self::Many => "limit exceeded",
        }
    }
}
/// A place in a JSON text.
pub(super) struct Scan<'a> {
    /// The whole text.
    pub text: &'a str,
    /// What is left of it.
    pub rest: &'a [u8],
    /// How many arrays and objects are open.
    pub depth: usize,
    /// How many may be.
    pub deepest: usize,
    /// Whether the text has no control characters at all, so that strings need not be searched for them.
    pub clean: bool,
    /// Whether it has no backslash either, so that every string ends at the next quote.
    pub simple: bool,
}

impl<'a> Scan<'a> {
    /// A scan of one record's text, after a byte order mark if there is one.
    pub(super) fn new(json: &'a [u8], limits: &Limits) -> Result<Self, InputError> {
        let limit = limits.max_record_bytes.min(LONGEST);
        if json.len() > limit {
            return Err(InputError::TooLarge { limit });
        }
        let text = std::str::from_utf8(json).map_err(|error| InputError::Utf8 { offset: error.valid_up_to() })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let rest = text.as_bytes();
        let (clean, simple) = survey(rest);
        Ok(Self { text, rest, depth: 0, deepest: limits.max_record_nesting.min(DEEPEST), clean, simple })
    }

    /// The place of the next byte.
    pub(super) fn at(&self) -> usize {
        self.text.len() - self.rest.len()
    }

    /// The error at this place.
    pub(super) fn error(&self, fail: Fail, limits: &Limits) -> InputError {
        let before = self.text.as_bytes().get(..self.at()).unwrap_or_default();
        let line = 1 + memchr::memchr_iter(b'\n', before).count();
        let column = 1 + before.iter().rev().take_while(|byte| **byte != b'\n').count();
        match fail {
            Fail::Deep => InputError::TooDeep { limit: self.deepest, line, column },
            Fail::Many => InputError::TooManyValues { limit: limits.max_record_values },
            fail => InputError::Json { line, column, message: fail.message().to_owned() },
        }
    }

    /// The next byte after white space, which stays.
    #[inline]
    pub(super) fn peek(&mut self) -> Result<u8, Fail> {
        match self.rest {
            [byte, ..] if *byte > b' ' => Ok(*byte),
            _ => self.peek_far(),
        }
    }

    #[inline(never)]
    fn peek_far(&mut self) -> Result<u8, Fail> {
        loop {
            match self.rest {
                [b' ' | b'\n' | b'\t' | b'\r', rest @ ..] => self.rest = rest,
                [byte, ..] => return Ok(*byte),
                [] => return Err(Fail::End),
            }
        }
    }

    /// Takes the next byte, which `peek` has seen.
    #[inline]
    pub(super) fn take(&mut self) {
        if let [_, rest @ ..] = self.rest {
            self.rest = rest;
        }
    }

    /// Opens an array or object, whose bracket comes next.
    #[inline]
    pub(super) fn open(&mut self) -> Result<(), Fail> {
        if self.depth >= self.deepest {
            return Err(Fail::Deep);
        }
        self.depth += 1;
        self.take();
        Ok(())
    }

    /// Closes it, whose bracket comes next.
    #[inline]
    pub(super) fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.take();
    }

    /// After an element: whether a comma follows, which is taken, or the closing bracket, which is taken too.
    #[inline]
    pub(super) fn more(&mut self, closing: u8) -> Result<bool, Fail> {
        if let [b',', rest @ ..] = self.rest {
            self.rest = after_space(rest);
            return Ok(true);
        }
        let next = self.peek()?;
        self.take();
        if next == b',' {
            return Ok(true);
        }
        if next == closing {
            self.depth = self.depth.saturating_sub(1);
            return Ok(false);
        }
        self.rest = self.text.as_bytes().get(self.at() - 1..).unwrap_or_default();
        Err(if closing == b'}' { Fail::CommaOrBrace } else { Fail::CommaOrBracket })
    }

    /// Whether an array or object that was just opened is empty; its bracket is taken then.
    #[inline]
    pub(super) fn empty(&mut self, closing: u8) -> Result<bool, Fail> {
        let empty = self.peek()? == closing;
        if empty {
            self.close();
        }
        Ok(empty)
    }

    /// A key and its colon.
    #[expect(
        clippy::inline_always,
        reason = "every key of every record passes here: 15 % of the instructions of binding"
    )]
    #[inline(always)]
    pub(super) fn key(&mut self) -> Result<Quoted<'a>, Fail> {
        // Nearly all keys: no white space before the quote or the colon, no escapes.
        if let [b'"', inner @ ..] = self.rest
            && let Some(length) = self.unescaped(inner)
            && let Some((bytes, [_, b':', rest @ ..])) = inner.split_at_checked(length)
        {
            let start = self.at() + 1;
            self.rest = after_space(rest);
            return Ok(Quoted { bytes, start, escaped: false });
        }
        self.spaced_key()
    }

    /// A key and its colon, with everything that may stand in and between them.
    #[inline(never)]
    fn spaced_key(&mut self) -> Result<Quoted<'a>, Fail> {
        match self.peek()? {
            b'"' => {}
            b'}' => return Err(Fail::TrailingComma),
            _ => return Err(Fail::Key),
        }
        let key = self.string()?;
        if self.peek()? != b':' {
            return Err(Fail::Colon);
        }
        self.take();
        Ok(key)
    }

    /// Takes `true`, `false` or `null`.
    #[inline]
    pub(super) fn word(&mut self, word: &[u8]) -> Result<(), Fail> {
        match self.rest.strip_prefix(word) {
            Some(rest) => {
                self.rest = rest;
                Ok(())
            }
            None => Err(if word.starts_with(self.rest) { Fail::End } else { Fail::Value }),
        }
    }
}

/// Whether a text is without control characters, and whether it is without backslashes too.
fn survey(bytes: &[u8]) -> (bool, bool) {
    let (mut least, mut escapes) = (u8::MAX, 0);
    for byte in bytes {
        least = least.min(*byte);
        escapes |= u8::from(*byte == b'\\');
    }
    (least >= b' ', least >= b' ' && escapes == 0)
}

/// What follows one space, as writers of JSON like to put after `,` and `:`.
#[inline]
fn after_space(bytes: &[u8]) -> &[u8] {
    match bytes {
        [b' ', rest @ ..] => rest,
        _ => bytes,
    }
}
