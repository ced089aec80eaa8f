//! JSON's tokens over bytes in memory: white space, strings, numbers and words, as RFC 8259 and `serde_json` have them.
//!
//! A token is a range of the text, nothing is copied. What follows from the tokens' order belongs to `json` and `skip`.

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

/// What stands between a string's quotes: a range of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quoted<'a> {
    /// The bytes as they are written.
    pub bytes: &'a [u8],
    /// Their place in the text.
    pub start: usize,
    /// Whether there are escapes among them.
    pub escaped: bool,
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
    clean: bool,
    /// Whether it has no backslash either, so that every string ends at the next quote.
    simple: bool,
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
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
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
    #[expect(clippy::inline_always, reason = "every key of every record passes here: 15 % of the instructions of binding")]
    #[inline(always)]
    pub(super) fn key(&mut self) -> Result<Quoted<'a>, Fail> {
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

    /// A string, whose quote comes next.
    #[expect(clippy::inline_always, reason = "every string of every record passes here: 15 % of the instructions of binding")]
    #[inline(always)]
    pub(super) fn string(&mut self) -> Result<Quoted<'a>, Fail> {
        self.take();
        let whole = self.rest;
        let length = if self.simple { until_quote(whole) } else { None };
        match length.map(|length| whole.split_at_checked(length)) {
            Some(Some((bytes, [_, rest @ ..]))) => {
                let start = self.at();
                self.rest = rest;
                Ok(Quoted { bytes, start, escaped: false })
            }
            _ => self.string_with_escapes(),
        }
    }

    /// A string, whose quote was taken, with everything that strings may have in them.
    #[inline(never)]
    fn string_with_escapes(&mut self) -> Result<Quoted<'a>, Fail> {
        let (whole, start) = (self.rest, self.at());
        let mut escaped = false;
        loop {
            self.rest = self.rest.get(self.plain()..).unwrap_or_default();
            match self.rest {
                [b'"', rest @ ..] => {
                    let length = whole.len() - self.rest.len();
                    self.rest = rest;
                    return Ok(Quoted { bytes: whole.get(..length).unwrap_or_default(), start, escaped });
                }
                [b'\\', ..] => {
                    escaped = true;
                    self.escape()?;
                }
                [] => return Err(Fail::End),
                _ => return Err(Fail::Control),
            }
        }
    }

    /// How many bytes come before the next quote, backslash or control character: eight bytes a step at first, since most
    /// strings are short.
    #[inline]
    fn plain(&self) -> usize {
        let mut rest = self.rest;
        let mut steps = 0;
        while let Some((chunk, after)) = rest.split_first_chunk::<8>() {
            let word = u64::from_le_bytes(*chunk);
            let found = zeros(word ^ EACH * b'"' as u64) | zeros(word ^ EACH * b'\\' as u64) | zeros(word & EACH * 0xe0);
            if found != 0 {
                return steps * 8 + (found.trailing_zeros() / 8) as usize;
            }
            rest = after;
            steps += 1;
            if steps == 3 && self.clean {
                return 24 + memchr::memchr2(b'"', b'\\', rest).unwrap_or(rest.len());
            }
        }
        let special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1f);
        steps * 8 + rest.iter().position(special).unwrap_or(rest.len())
    }

    /// Checks an escape, whose backslash comes next, and takes it.
    fn escape(&mut self) -> Result<(), Fail> {
        match self.rest {
            [_, b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', rest @ ..] => self.rest = rest,
            [_, b'u', ..] => match self.unit()? {
                0xD800..=0xDBFF => match self.rest {
                    [b'\\', b'u', ..] => {
                        if !(0xDC00..=0xDFFF).contains(&self.unit()?) {
                            return Err(Fail::Surrogate);
                        }
                    }
                    _ => return Err(Fail::Surrogate),
                },
                0xDC00..=0xDFFF => return Err(Fail::Surrogate),
                _ => {}
            },
            [_] => return Err(Fail::End),
            _ => return Err(Fail::Escape),
        }
        Ok(())
    }

    /// Takes `\uXXXX`.
    fn unit(&mut self) -> Result<u32, Fail> {
        let Some((head, rest)) = self.rest.split_first_chunk::<6>() else { return Err(Fail::Escape) };
        let unit = hex(head.get(2..).unwrap_or_default()).ok_or(Fail::Escape)?;
        self.rest = rest;
        Ok(unit)
    }

    /// A number, whose first byte comes next. Its value is `serde_json`'s.
    #[inline]
    pub(super) fn number(&mut self) -> Result<f64, Fail> {
        let whole = self.rest;
        let negative = whole.first() == Some(&b'-');
        if negative {
            self.take();
        }
        let mut value = 0u64;
        let mut digits = 0usize;
        while let [digit @ b'0'..=b'9', rest @ ..] = self.rest {
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            digits += 1;
            self.rest = rest;
        }
        let leading_zero = digits > 1 && whole.get(usize::from(negative)) == Some(&b'0');
        if digits == 0 || leading_zero {
            return Err(if self.rest.is_empty() && digits == 0 { Fail::End } else { Fail::Number });
        }
        if digits > 18 || matches!(self.rest, [b'.' | b'e' | b'E', ..]) {
            return self.long_number(whole);
        }
        #[expect(clippy::cast_precision_loss, reason = "numbers are IEEE doubles, as the language says")]
        let value = value as f64;
        Ok(if negative { -value } else { value })
    }

    /// A number with a fraction, an exponent or many digits; `whole` begins with it, its digits are taken.
    #[inline(never)]
    fn long_number(&mut self, whole: &'a [u8]) -> Result<f64, Fail> {
        if let [b'.', rest @ ..] = self.rest {
            self.rest = rest;
            self.digits()?;
        }
        if let [b'e' | b'E', rest @ ..] = self.rest {
            self.rest = match rest {
                [b'+' | b'-', rest @ ..] => rest,
                rest => rest,
            };
            self.digits()?;
        }
        let token = whole.get(..whole.len() - self.rest.len()).unwrap_or_default();
        serde_json::from_slice::<f64>(token).map_err(|_| Fail::Range)
    }

    /// Takes one digit or more.
    fn digits(&mut self) -> Result<(), Fail> {
        if !self.rest.first().is_some_and(u8::is_ascii_digit) {
            return Err(if self.rest.is_empty() { Fail::End } else { Fail::Number });
        }
        while let [b'0'..=b'9', rest @ ..] = self.rest {
            self.rest = rest;
        }
        Ok(())
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

/// A byte in each byte of a word.
const EACH: u64 = 0x0101_0101_0101_0101;

/// Marks the lowest zero byte of a word by its high bit (marks above it may be wrong).
#[inline]
fn zeros(word: u64) -> u64 {
    word.wrapping_sub(EACH) & !word & (EACH << 7)
}

/// How many bytes come before the next quote.
#[expect(clippy::inline_always, reason = "the innermost loop of binding")]
#[inline(always)]
fn until_quote(bytes: &[u8]) -> Option<usize> {
    const QUOTES: u64 = EACH * b'"' as u64;
    let mut rest = bytes;
    for steps in 0..3 {
        let Some((chunk, after)) = rest.split_first_chunk::<8>() else { break };
        let found = zeros(u64::from_le_bytes(*chunk) ^ QUOTES);
        if found != 0 {
            return Some(steps * 8 + (found.trailing_zeros() / 8) as usize);
        }
        rest = after;
    }
    memchr::memchr(b'"', rest).map(|place| bytes.len() - rest.len() + place)
}

fn hex(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |value, digit| Some(value * 16 + char::from(*digit).to_digit(16)?))
}

/// Appends the text of a string whose escapes were checked.
pub(super) fn unescape(written: &str, into: &mut String) {
    let mut rest = written;
    while let Some(place) = rest.find('\\') {
        let (before, escape) = rest.split_at_checked(place).unwrap_or((rest, ""));
        into.push_str(before);
        let mut chars = escape.chars();
        let kind = chars.nth(1).unwrap_or('\\');
        let unit = |text: &str, at: usize| text.as_bytes().get(at..at + 4).and_then(hex).unwrap_or(0);
        let (decoded, length) = match kind {
            'b' => ('\u{8}', 2),
            'f' => ('\u{c}', 2),
            'n' => ('\n', 2),
            'r' => ('\r', 2),
            't' => ('\t', 2),
            'u' => match unit(escape, 2) {
                high @ 0xD800..=0xDBFF => {
                    let low = unit(escape, 8);
                    let code = 0x10000 + ((high - 0xD800) << 10) + (low.wrapping_sub(0xDC00) & 0x3ff);
                    (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 12)
                }
                code => (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 6),
            },
            other => (other, 1 + other.len_utf8()),
        };
        into.push(decoded);
        rest = escape.get(length..).unwrap_or("");
    }
    into.push_str(rest);
}
