//! One scalar as it was given becomes one cell: the only place where the types of the language meet the types of JSON.
//!
//! Decisions beyond `docs/language.md`: a word of a `one of` may be written in any case and with `-` or a space for `_`,
//! as long as that means one word; a text longer than the limit is unparsable, never cut.

use crate::domain::{country::Country, date, instant, ip::Ip, network::Network};
use crate::limits::Limits;
use crate::record::{Address, Cell, Layout, Raw, Record, Scalar, ShapeId, State};
use std::sync::{Arc, LazyLock};

/// `code` of an unparsable text-like cell whose text is longer than the limit.
pub(crate) const TOO_LONG: u16 = 1;
/// `code` of a list whose last elements were left out.
pub(crate) const LEFT_OUT: u16 = 1;

/// Where a record lies that owns a list: what the presence cells of its elements hold.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Owner {
    arena: u16,
    index: u32,
}

impl Owner {
    /// What the presence cell of an element, or of a record within it, holds.
    pub(super) fn of(presence: Cell) -> Self {
        Self { arena: presence.code, index: presence.halves().0 }
    }
}

impl From<Address> for Owner {
    fn from(at: Address) -> Self {
        Self { arena: at.arena, index: at.index }
    }
}

/// A record that is being bound.
pub(super) struct Sink<'r> {
    pub layout: &'r Layout,
    pub limits: &'r Limits,
    pub record: &'r mut Record,
    /// Whether some cell is unparsable: `report` then says which.
    pub trouble: bool,
    values: usize,
}

/// More values in lists than the limit.
pub(super) struct Many;

impl<'r> Sink<'r> {
    pub(super) fn new(layout: &'r Layout, limits: &'r Limits, record: &'r mut Record) -> Self {
        record.clear(layout);
        Self { layout, limits, record, trouble: false, values: 0 }
    }

    /// Writes a cell. A field that is given twice has its last value.
    #[inline]
    pub(super) fn put(&mut self, at: Address, cell: Cell) {
        self.trouble |= cell.state == State::Unparsable;
        if let Some(place) = self.record.cell_mut(at) {
            *place = cell;
        }
    }

    /// Makes a record present, without what an earlier mention left in it.
    pub(super) fn put_record(&mut self, at: Address, shape: ShapeId, owner: Owner) {
        self.wipe(at, shape);
        let presence =
            Cell { state: State::Present, code: owner.arena, bits: u64::from(owner.index), ..Cell::default() };
        self.put(at, presence);
    }

    /// Makes a record missing or unparsable.
    pub(super) fn put_no_record(&mut self, at: Address, shape: ShapeId, owner: Owner, cell: Cell) {
        self.wipe(at, shape);
        if cell.state == State::Unparsable {
            // What should have been a record says nothing about its fields: they are unreadable, not missing; what stands
            // there stands for each of them.
            for offset in 1..self.layout.shape(shape).width {
                self.put(at.plus(offset), Cell { code: 0, bits: 0, ..cell });
            }
        }
        self.put(at, Cell { code: owner.arena, bits: u64::from(owner.index), ..cell });
    }

    fn wipe(&mut self, at: Address, shape: ShapeId) {
        if self.record.cell(at).state == State::Missing {
            return;
        }
        for offset in 0..self.layout.shape(shape).width {
            self.put(at.plus(offset), Cell::default());
        }
    }

    /// Room for one more element of a list.
    #[inline]
    pub(super) fn element(&mut self, arena: u16, width: u32) -> Result<Address, Many> {
        self.values += width as usize;
        if self.values > self.limits.max_record_values {
            return Err(Many);
        }
        Ok(Address { arena, index: self.record.grow(arena, width) })
    }

    /// Where the next element of an arena will lie.
    pub(super) fn next_index(&self, arena: u16) -> u32 {
        self.record.arenas.get(usize::from(arena)).map_or(0, |cells| u32::try_from(cells.len()).unwrap_or(u32::MAX))
    }
}

/// A list of so many elements.
pub(super) fn list(first: u32, count: u32, left_out: bool) -> Cell {
    let code = if left_out { LEFT_OUT } else { 0 };
    Cell { state: State::Present, code, bits: Cell::pack(first, count), ..Cell::default() }
}

/// A value whose JSON type is not the field's; `raw` is its JSON text.
pub(super) fn wrong(raw: Raw) -> Cell {
    Cell { state: State::Unparsable, raw_is_json: true, raw, ..Cell::default() }
}

/// `true` or `false`.
pub(super) fn bool(scalar: &Scalar, value: bool, raw: Raw) -> Cell {
    match scalar {
        Scalar::Bool => Cell { state: State::Present, code: u16::from(value), ..wrong(raw) },
        _ => wrong(raw),
    }
}

/// `derived` of a number's unparsable cell whose `bits` still hold it.
pub(crate) const TOO_LARGE: u32 = u32::MAX;

/// From here on a double is not every whole number (2⁵³), so that two that differ could be equal.
const INEXACT: f64 = 9_007_199_254_740_992.0;

/// A number where one belongs.
pub(super) fn number(value: f64, raw: Raw) -> Cell {
    if value.abs() >= INEXACT {
        return Cell { bits: value.to_bits(), derived: TOO_LARGE, ..wrong(raw) };
    }
    Cell { state: State::Present, bits: value.to_bits(), ..wrong(raw) }
}

/// Whether a string is a text as it stands, where text-like types are read.
#[inline]
pub(crate) fn is_plain_text(text: &str, limits: &Limits) -> bool {
    is_plain(&Scalar::Text, text.as_bytes(), limits)
}

/// Whether a string is a text as it stands: neither white space to trim nor too long nor to be read as anything else.
#[inline]
pub(super) fn is_plain(scalar: &Scalar, bytes: &[u8], limits: &Limits) -> bool {
    let solid = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    is_text(scalar) && solid(bytes.first()) && solid(bytes.last()) && bytes.len() <= limits.max_text_chars
}

/// Types whose values are looked into only when a rule asks.
#[inline]
fn is_text(scalar: &Scalar) -> bool {
    use Scalar::{Email, Organisation, Person, Phone, Text, Url};
    matches!(scalar, Text | Person | Organisation | Phone | Email | Url)
}

/// A text as it stands.
#[inline]
pub(super) fn plain(raw: Raw) -> Cell {
    Cell { state: State::Present, raw, ..Cell::default() }
}

/// A string; `raw` is the place of all of it.
#[inline]
pub(super) fn text(scalar: &Scalar, written: &str, raw: Raw, limits: &Limits) -> Cell {
    let text = trim(written);
    if text.is_empty() {
        return Cell::default();
    }
    let mut cell = plain(raw);
    if text.len() != written.len() {
        cell = trimmed(cell, written, text);
    }
    let read = match scalar {
        Scalar::Text | Scalar::Person | Scalar::Organisation | Scalar::Phone | Scalar::Email | Scalar::Url => {
            if text.len() <= limits.max_text_chars || text.chars().count() <= limits.max_text_chars {
                return cell;
            }
            cell.code = TOO_LONG;
            None
        }
        Scalar::Number | Scalar::Bool => None,
        Scalar::Date => {
            cell.derived = year(text);
            date(text)
        }
        Scalar::Instant => instant::parse(text).map(|micros| (0, micros.cast_unsigned())),
        Scalar::Country => country(text).map(|index| (index, 0)),
        Scalar::Ip => Ip::parse(text).map(|_| (0, 0)),
        Scalar::Network => Network::parse(text).map(|_| (0, 0)),
        Scalar::OneOf(words) => one_of(words, text).map(|index| (index, 0)),
    };
    match read {
        Some((code, bits)) => Cell { code, bits, ..cell },
        None => Cell { state: State::Unparsable, derived: 0, ..cell },
    }
}

/// Trims Unicode white space; most text has none at its ends.
#[inline]
fn trim(text: &str) -> &str {
    let solid = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    let bytes = text.as_bytes();
    if solid(bytes.first()) && solid(bytes.last()) { text } else { text.trim() }
}

/// Narrows a cell's text to what trimming left, and notes what it took.
#[cold]
fn trimmed(cell: Cell, written: &str, text: &str) -> Cell {
    let before = written.len() - written.trim_start().len();
    let after = written.len() - text.len() - before;
    let short = |length: usize| u16::try_from(length).unwrap_or(u16::MAX);
    let place = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let raw = Raw { start: cell.raw.start.saturating_add(place(before)), len: place(text.len()) };
    Cell { raw, trimmed_before: short(before), trimmed_after: short(after), ..cell }
}

/// The year that a written date starts with; 0 for none.
fn year(text: &str) -> u32 {
    match text.as_bytes() {
        [a @ b'0'..=b'9', b, c, d, ..] => {
            [a, b, c, d].iter().fold(0, |year, digit| year * 10 + u32::from(digit.wrapping_sub(b'0')))
        }
        _ => 0,
    }
}

fn date(text: &str) -> Option<(u16, u64)> {
    let code = |precision: date::Precision| u16::try_from(precision.index()).unwrap_or_default();
    Some(match date::parse(text)? {
        date::Written::Date(days, precision) => {
            (code(precision), Cell::pack(days.first.cast_unsigned(), days.last.cast_unsigned()))
        }
        date::Written::Present => (code(date::Precision::Open), 0),
    })
}

/// A country's index. Nearly all are written as alpha-2 codes.
fn country(text: &str) -> Option<u16> {
    alpha2(text).or_else(|| Country::parse(text).ok().map(Country::index))
}

#[inline]
fn alpha2(text: &str) -> Option<u16> {
    static CODES: LazyLock<Vec<Option<u16>>> = LazyLock::new(|| {
        let mut codes = vec![None; 26 * 26];
        for country in Country::all() {
            if let Some(slot) = alpha2_slot(country.alpha2()).and_then(|slot| codes.get_mut(slot)) {
                *slot = Some(country.index());
            }
        }
        codes
    });
    alpha2_slot(text).and_then(|slot| CODES.get(slot).copied().flatten())
}

/// The code of a country or a word that is written as it is declared.
#[inline]
pub(crate) fn declared_code(scalar: &Scalar, text: &str) -> Option<u16> {
    match scalar {
        Scalar::Country => alpha2(text),
        Scalar::OneOf(words) => u16::try_from(words.iter().position(|word| &**word == text)?).ok(),
        _ => None,
    }
}

fn alpha2_slot(text: &str) -> Option<usize> {
    match text.as_bytes() {
        [a @ b'A'..=b'Z', b @ b'A'..=b'Z'] => Some(usize::from(a - b'A') * 26 + usize::from(b - b'A')),
        _ => None,
    }
}

/// The index of a word: as it is declared, or the only one that differs by nothing but case and `-` or space for `_`.
fn one_of(words: &[Arc<str>], text: &str) -> Option<u16> {
    if let Some(index) = words.iter().position(|word| &**word == text) {
        return u16::try_from(index).ok();
    }
    let plain = |byte: u8| if matches!(byte, b'-' | b' ') { b'_' } else { byte.to_ascii_lowercase() };
    let alike = |word: &str| word.bytes().map(plain).eq(text.bytes().map(plain));
    let mut found = words.iter().enumerate().filter(|(_, word)| alike(word));
    let (index, _) = found.next()?;
    if found.next().is_some() { None } else { u16::try_from(index).ok() }
}
