//! JSON's strings: where they end, what their escapes mean. The innermost loops of binding are here.
//!
//! A text without escapes and control characters, which `Scan` knows beforehand, needs no more than its quotes found.

use super::scan::{Fail, Scan};

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

impl<'a> Scan<'a> {
    /// A string, whose quote comes next.
    #[expect(
        clippy::inline_always,
        reason = "every string of every record passes here: 15 % of the instructions of binding"
    )]
    #[inline(always)]
    pub(super) fn string(&mut self) -> Result<Quoted<'a>, Fail> {
        self.take();
        let whole = self.rest;
        match self.unescaped(whole).map(|length| whole.split_at_checked(length)) {
            Some(Some((bytes, [_, rest @ ..]))) => {
                let start = self.at();
                self.rest = rest;
                Ok(Quoted { bytes, start, escaped: false })
            }
            _ => self.string_with_escapes(),
        }
    }

    /// The length of a string that surely has neither escapes nor control characters.
    #[expect(clippy::inline_always, reason = "part of every key and string")]
    #[inline(always)]
    pub(super) fn unescaped(&self, bytes: &[u8]) -> Option<usize> {
        if self.simple {
            until_quote(bytes)
        } else if self.clean {
            until_special(bytes).filter(|length| bytes.get(*length) == Some(&b'"'))
        } else {
            None
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
            let found = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES) | zeros(word & (EACH * 0xe0));
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
}

/// A byte in each byte of a word.
const EACH: u64 = 0x0101_0101_0101_0101;
const QUOTES: u64 = EACH * b'"' as u64;
const BACKSLASHES: u64 = EACH * b'\\' as u64;

/// Marks the lowest zero byte of a word by its high bit (marks above it may be wrong).
#[inline]
fn zeros(word: u64) -> u64 {
    word.wrapping_sub(EACH) & !word & (EACH << 7)
}

/// How many bytes come before the next quote.
#[expect(clippy::inline_always, reason = "the innermost loop of binding")]
#[inline(always)]
fn until_quote(bytes: &[u8]) -> Option<usize> {
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

/// How many bytes come before the next quote or backslash.
#[inline(never)]
fn until_special(bytes: &[u8]) -> Option<usize> {
    let mut rest = bytes;
    for steps in 0..3 {
        let Some((chunk, after)) = rest.split_first_chunk::<8>() else { break };
        let word = u64::from_le_bytes(*chunk);
        let found = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES);
        if found != 0 {
            return Some(steps * 8 + (found.trailing_zeros() / 8) as usize);
        }
        rest = after;
    }
    memchr::memchr2(b'"', b'\\', rest).map(|place| bytes.len() - rest.len() + place)
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
