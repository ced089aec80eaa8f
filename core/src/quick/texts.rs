//! Steps on texts: short ones in ASCII. Everything else is for the long road.

use super::decide::{Frame, Got, Road, UNKNOWN, is};
use super::{Found, MailPart, Place, Text};
use crate::compile::program::{Entries, Program, TableValue, TextConst};
use crate::domain::names::Kind;
use crate::domain::text::{fold_ascii, fold_short_bytes, folded_byte};
use crate::domain::words::{Words, first_word_ascii, last_word_ascii};
use crate::evaluate::alike;
use crate::record::State;
use crate::truth::Truth;
use indicia_dsl::ast::CompareOp;

/// Texts up to this length are folded on the stack.
const SHORT: usize = 128;

/// A text that was found.
#[derive(Clone, Copy)]
pub(crate) enum Seen<'r> {
    /// As given.
    Given(&'r [u8]),
    /// Of the ruleset, with its prepared forms.
    Ready(&'r TextConst),
}

impl<'r> Seen<'r> {
    pub(crate) fn bytes(self) -> &'r [u8] {
        match self {
            Self::Given(bytes) => bytes,
            Self::Ready(text) => text.text.as_bytes(),
        }
    }

    /// What it folds to; `None` where that takes the long road.
    #[inline]
    fn folded<'b>(self, buffer: &'b mut [u8; SHORT]) -> Option<&'b [u8]>
    where
        'r: 'b,
    {
        match self {
            Self::Given(bytes) => fold_short_bytes(bytes, buffer),
            Self::Ready(text) => text.is_latin.then_some(text.folded.as_bytes()),
        }
    }
}

impl<'r> Road<'r> {
    #[inline(never)]
    pub(super) fn matches(&self, value: &Text, regex: u32, frame: &Frame<'r>) -> Found {
        let regex = self.p.regexes.get(regex as usize)?;
        match self.text(value, frame) {
            Ok(seen) => is(regex.is_match(std::str::from_utf8(seen.bytes()).ok()?)),
            Err(found) => found,
        }
    }

    #[inline]
    fn text(&self, text: &Text, frame: &Frame<'r>) -> Got<Seen<'r>> {
        match text {
            Text::Field(place) => self.written(*place, frame),
            text => self.made(text, frame),
        }
    }

    #[inline(never)]
    fn made(&self, text: &Text, frame: &Frame<'r>) -> Got<Seen<'r>> {
        match text {
            Text::Field(place) => self.written(*place, frame),
            Text::Row(column) => match self.in_row(*column, frame) {
                Some(TableValue::Text(text)) => Ok(Seen::Ready(text)),
                _ => Err(UNKNOWN),
            },
            Text::Const(index) => self.p.texts.get(*index as usize).map(Seen::Ready).ok_or(None),
            Text::FirstWord(whole) => self.end(whole, first_word_ascii, frame),
            Text::LastWord(whole) => self.end(whole, last_word_ascii, frame),
            Text::Mail(place, part) => self.mail(*place, *part, frame),
            Text::Column { table, column, key } => {
                let table = self.p.tables.get(*table as usize).filter(|table| table.filled).ok_or(UNKNOWN)?;
                let code = u32::from(Self::given(*key, frame)?.code);
                let row = table.row_of(code).ok_or(UNKNOWN)?;
                match table.cells.get(row as usize * table.columns.len() + *column as usize) {
                    Some(TableValue::Text(text)) => Ok(Seen::Ready(text)),
                    _ => Err(UNKNOWN),
                }
            }
            Text::Or(place, other) => match Self::cell(*place, frame).state {
                State::Missing => self.made(other, frame),
                _ => self.written(*place, frame),
            },
        }
    }

    #[inline]
    fn written(&self, place: Place, frame: &Frame<'r>) -> Got<Seen<'r>> {
        let raw = Self::given(place, frame)?.raw;
        let (start, len) = (raw.start as usize, raw.len as usize);
        self.w.record.text.as_bytes().get(start..start + len).map(Seen::Given).ok_or(None)
    }

    fn end(&self, whole: &Text, word: fn(&[u8]) -> Option<&[u8]>, frame: &Frame<'r>) -> Got<Seen<'r>> {
        match self.made(whole, frame)? {
            Seen::Given(bytes) => word(bytes).map(Seen::Given).ok_or(None),
            Seen::Ready(_) => Err(None),
        }
    }

    fn mail(&self, place: Place, part: MailPart, frame: &Frame<'r>) -> Got<Seen<'r>> {
        let index = Self::given(place, frame)?.derived.checked_sub(1).ok_or(None)?;
        let mail = self.w.emails.get(index as usize).ok_or(None)?;
        let range = match part {
            MailPart::Local => mail.local,
            MailPart::Host => mail.host,
        };
        let (start, end) = range.ok_or(UNKNOWN)?;
        self.w.mail.as_bytes().get(start as usize..end as usize).map(Seen::Given).ok_or(None)
    }

    #[inline(never)]
    pub(super) fn like(&self, op: CompareOp, sides: &[Text; 2], frame: &Frame<'r>) -> Found {
        let [left, right] = sides;
        let (left, right) = match (self.text(left, frame), self.text(right, frame)) {
            (Ok(left), Ok(right)) => (left, right),
            (Err(None), _) | (_, Err(None)) => return None,
            _ => return UNKNOWN,
        };
        like(op, left, right)
    }

    /// Words of the ruleset in a text of the application. Most are not there, in whatever case and wherever words end: that takes
    /// no preparation.
    #[inline(never)]
    pub(super) fn mentions(&self, exactly: bool, sides: &[Text; 2], frame: &Frame<'r>) -> Found {
        let [left, right] = sides;
        match (self.text(left, frame), self.text(right, frame)) {
            (Ok(text), Ok(phrase)) => mentions(exactly, text, phrase),
            (Err(None), _) | (_, Err(None)) => None,
            _ => UNKNOWN,
        }
    }

    #[inline(never)]
    pub(super) fn agrees(&self, kind: Kind, sides: &[Text; 2], frame: &Frame<'r>) -> Found {
        let [left, right] = sides;
        let (left, right) = match (self.text(left, frame), self.text(right, frame)) {
            (Ok(left), Ok(right)) => (left.bytes(), right.bytes()),
            (Err(None), _) | (_, Err(None)) => return None,
            _ => return UNKNOWN,
        };
        Some(self.w.agree(kind, left, right))
    }

    #[inline(never)]
    pub(super) fn text_is(&self, equal: bool, identifier: bool, sides: &[Text; 2], frame: &Frame<'r>) -> Found {
        let [left, right] = sides;
        match (self.text(left, frame), self.text(right, frame)) {
            (Ok(left), Ok(right)) => text_is(equal, identifier, left.bytes(), right.bytes()),
            (Err(None), _) | (_, Err(None)) => None,
            _ => UNKNOWN,
        }
    }

    #[inline(never)]
    pub(super) fn text_in(&self, value: &Text, texts: &[u32], frame: &Frame<'r>) -> Found {
        match self.text(value, frame) {
            Ok(seen) => text_in(self.p, seen, texts),
            Err(found) => found,
        }
    }

    #[inline(never)]
    pub(super) fn in_list(&self, value: &Text, identifier: bool, list: u32, frame: &Frame<'r>) -> Found {
        let entries = &self.p.lists.get(list as usize)?.entries;
        match self.text(value, frame) {
            Ok(seen) => in_list(entries, identifier, seen.bytes()),
            Err(found) => found,
        }
    }
}

/// Whether a text is `same as` another, contains it and so on.
#[inline]
pub(crate) fn like(op: CompareOp, left: Seen<'_>, right: Seen<'_>) -> Found {
    let mut there = [0; SHORT];
    let right = right.folded(&mut there)?;
    match left {
        _ if right.is_empty() => UNKNOWN,
        Seen::Given(left) if op == CompareOp::SameAs => same_as(left, right),
        Seen::Given(left) if op == CompareOp::StartsWith => starts_with(left, right),
        left => {
            let mut here = [0; SHORT];
            let left = left.folded(&mut here)?;
            if left.is_empty() { UNKNOWN } else { is(alike(op, left, right)) }
        }
    }
}

/// Whether words of the ruleset stand in a text of the application.
#[inline]
pub(crate) fn mentions(exactly: bool, text: Seen<'_>, phrase: Seen<'_>) -> Found {
    let (Seen::Given(text), Seen::Ready(phrase)) = (text, phrase) else { return None };
    let first = phrase.words.first().as_bytes();
    if !phrase.is_latin || first.is_empty() || !first.is_ascii() || !text.is_ascii() {
        return None;
    }
    if stands_in(first, text) {
        return is(Words::of(std::str::from_utf8(text).ok()?).mentions(&phrase.words, exactly));
    }
    if text.iter().any(u8::is_ascii_alphanumeric) { is(false) } else { None }
}

/// Whether two texts are the same, or differ.
#[inline]
pub(crate) fn text_is(equal: bool, identifier: bool, left: &[u8], right: &[u8]) -> Found {
    if left == right {
        return is(equal);
    }
    if !identifier {
        return is(!equal);
    }
    (left.is_ascii() && right.is_ascii()).then(|| Truth::from(left.eq_ignore_ascii_case(right) == equal))
}

/// Whether a text is among literals, by their indexes.
#[inline]
pub(crate) fn text_in(p: &Program, seen: Seen<'_>, texts: &[u32]) -> Found {
    let mut buffer = [0; SHORT];
    let folded = seen.folded(&mut buffer)?;
    if folded.is_empty() {
        return UNKNOWN;
    }
    let mut any = Some(Truth::False);
    for text in texts.iter().filter_map(|index| p.texts.get(*index as usize)) {
        if !text.is_latin {
            any = None;
        } else if text.folded.is_empty() {
            any = any.map(|_| Truth::Unknown);
        } else if text.folded.as_bytes() == folded {
            return is(true);
        }
    }
    any
}

/// Whether a text is in a list.
#[inline]
pub(crate) fn in_list(entries: &Entries, identifier: bool, bytes: &[u8]) -> Found {
    let Entries::Texts { folded: known, lower, ends } = entries else { return None };
    if identifier {
        let plain = bytes.iter().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        return plain.then(|| lower.contains(bytes).into());
    }
    if ends.exclude(bytes) {
        return is(false);
    }
    let mut buffer = [0; SHORT];
    let folded = fold_ascii(bytes, &mut buffer)?;
    if folded.is_empty() {
        return UNKNOWN;
    }
    is(known.contains(folded))
}

/// Whether a folded word of ASCII characters stands in a text, inside of a word or not, whatever the case.
fn stands_in(word: &[u8], text: &[u8]) -> bool {
    // The letter that is seldom met is sought.
    let Some((at, rare)) = word.iter().copied().enumerate().min_by_key(|(_, byte)| frequency(*byte)) else {
        return true;
    };
    let matches = |found: usize| {
        let start = found.checked_sub(at)?;
        text.get(start..start + word.len()).filter(|there| there.eq_ignore_ascii_case(word))
    };
    memchr::memchr2_iter(rare, rare.to_ascii_uppercase(), text).any(|found| matches(found).is_some())
}

/// About how often a character is met in prose: 0 seldom, more often.
fn frequency(byte: u8) -> u8 {
    match byte {
        b'e' | b't' | b'a' | b'o' | b'i' | b'n' | b's' | b'r' => 3,
        b'h' | b'l' | b'd' | b'c' | b'u' | b'm' => 2,
        b'f' | b'p' | b'g' | b'w' | b'y' | b'b' | b'v' | b'.' => 1,
        _ => 0,
    }
}

/// Whether a text folds to a folded one, folding no more than that takes.
fn same_as(text: &[u8], wanted: &[u8]) -> Found {
    if !text.is_ascii() {
        return None;
    }
    let mut wanted = wanted.iter();
    let mut some = false;
    for folded in text.iter().filter_map(|byte| folded_byte(*byte)) {
        if wanted.next() != Some(&folded) {
            return is(false);
        }
        some = true;
    }
    if some { is(wanted.next().is_none()) } else { UNKNOWN }
}

/// Whether the folded form of a text starts with a folded one, folding no more than that takes.
fn starts_with(text: &[u8], start: &[u8]) -> Found {
    let mut wanted = start.iter();
    let mut next = wanted.next()?;
    if !text.is_ascii() {
        return None;
    }
    let mut some = false;
    for folded in text.iter().filter_map(|byte| folded_byte(*byte)) {
        if folded != *next {
            return is(false);
        }
        some = true;
        match wanted.next() {
            Some(byte) => next = byte,
            None => return is(true),
        }
    }
    if some { is(false) } else { UNKNOWN }
}
