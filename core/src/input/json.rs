//! One pass from a record's JSON text into its slots.
//!
//! Accepts and rejects what `serde_json` does, also inside fields that no rule reads, but for three things: a byte order
//! mark at the start is skipped, and size and nesting have limits of their own. A key that is given twice has its last
//! value, a record or list wholly. The text is copied once into the record, so that cells point into it; once the
//! record's buffers have grown, nothing is allocated.

use super::bind::{self, Many, Owner, Sink};
use super::scan::{Fail, Scan};
use super::strings::{Quoted, unescape};
use super::{dump, report};
use crate::error::InputError;
use crate::limits::Limits;
use crate::record::{Address, Cell, Element, Field, FieldKind, Layout, Raw, Record, Scalar, Shape, ShapeId};

/// The longest JSON text that is kept of a value of the wrong type.
pub(super) const KEPT_JSON: usize = 4096;

/// Reads a record's JSON text into its slots.
pub(crate) fn bind_json(layout: &Layout, limits: &Limits, json: &[u8], record: &mut Record) -> Result<(), InputError> {
    let scan = Scan::new(json, limits)?;
    let mut binder = Binder { scan, sink: Sink::new(layout, limits, record) };
    binder.sink.record.text.push_str(binder.scan.text);
    match binder.document() {
        Ok(None) => {
            if binder.sink.trouble {
                report::problems(layout, limits, record);
            }
            Ok(())
        }
        Ok(Some(found)) => {
            record.clear(layout);
            Err(InputError::NotARecord { found: found.to_owned() })
        }
        Err(fail) => {
            let error = binder.scan.error(fail, limits);
            record.clear(layout);
            Err(error)
        }
    }
}

struct Binder<'a, 'r> {
    scan: Scan<'a>,
    sink: Sink<'r>,
}

impl From<Many> for Fail {
    fn from(_: Many) -> Self {
        Self::Many
    }
}

impl Binder<'_, '_> {
    /// The whole text; what stands there if it is no object.
    fn document(&mut self) -> Result<Option<&'static str>, Fail> {
        let root = Address::default();
        let found = match self.scan.peek()? {
            b'{' => {
                self.sink.put_record(root, 0, Owner::default());
                self.fields(0, root)?;
                None
            }
            first => {
                self.scan.skip()?;
                Some(type_of(first))
            }
        };
        match self.scan.peek() {
            Err(_) => Ok(found),
            Ok(_) => Err(Fail::Trailing),
        }
    }

    /// An object, whose brace comes next, as the record at an address.
    fn fields(&mut self, shape: ShapeId, at: Address) -> Result<(), Fail> {
        self.scan.open()?;
        if self.scan.empty(b'}')? {
            return Ok(());
        }
        let shape = self.sink.layout.shape(shape);
        let mut hint = 0;
        loop {
            let key = self.scan.key()?;
            match self.find(shape, key, hint) {
                Some((index, field)) => {
                    hint = index + 1;
                    self.field(field, at)?;
                }
                None => self.scan.skip()?,
            }
            if !self.scan.more(b'}')? {
                return Ok(());
            }
        }
    }

    /// The field of a key. `hint` follows the last one found: real documents keep their keys' order.
    #[inline]
    fn find<'s>(&mut self, shape: &'s Shape, key: Quoted<'_>, hint: usize) -> Option<(usize, &'s Field)> {
        match shape.fields.get(hint) {
            Some(field) if same(field.key.as_bytes(), key.bytes) && !key.escaped => Some((hint, field)),
            _ => self.search(shape, key, hint),
        }
    }

    #[inline(never)]
    fn search<'s>(&mut self, shape: &'s Shape, key: Quoted<'_>, hint: usize) -> Option<(usize, &'s Field)> {
        if key.escaped {
            return self.find_escaped(shape, key);
        }
        let (before, after) = shape.fields.split_at_checked(hint).unwrap_or((&shape.fields, &[]));
        for (index, field) in after.iter().enumerate() {
            if same(field.key.as_bytes(), key.bytes) {
                return Some((hint + index, field));
            }
        }
        before.iter().enumerate().find(|(_, field)| same(field.key.as_bytes(), key.bytes))
    }

    #[cold]
    fn find_escaped<'s>(&mut self, shape: &'s Shape, key: Quoted<'_>) -> Option<(usize, &'s Field)> {
        let text = &mut self.sink.record.text;
        let length = text.len();
        unescape(quoted_text(&self.scan, key), text);
        let found = text.get(length..).and_then(|key| shape.by_key(key, 0));
        text.truncate(length);
        found
    }

    #[inline]
    fn field(&mut self, field: &Field, record: Address) -> Result<(), Fail> {
        let at = record.plus(field.offset);
        match &field.kind {
            FieldKind::Scalar(scalar) => self.scalar(scalar, at),
            FieldKind::Record(shape) => {
                let owner = Owner::of(*self.sink.record.cell(record));
                self.record(*shape, at, owner)
            }
            FieldKind::List { arena, element } => self.list(*arena, element, at, record),
        }
    }

    fn record(&mut self, shape: ShapeId, at: Address, owner: Owner) -> Result<(), Fail> {
        if self.scan.peek()? == b'{' {
            self.sink.put_record(at, shape, owner);
            return self.fields(shape, at);
        }
        let cell = self.no_container()?;
        self.sink.put_no_record(at, shape, owner, cell);
        Ok(())
    }

    fn list(&mut self, arena: u16, element: &Element, at: Address, record: Address) -> Result<(), Fail> {
        if self.scan.peek()? != b'[' {
            let cell = self.no_container()?;
            self.sink.put(at, cell);
            return Ok(());
        }
        self.scan.open()?;
        let first = self.sink.next_index(arena);
        let (mut count, mut left_out) = (0u32, false);
        let mut more = !self.scan.empty(b']')?;
        while more {
            if count as usize >= self.sink.limits.max_list_length {
                left_out = true;
                self.scan.skip()?;
            } else {
                self.element(arena, element, record)?;
                count += 1;
            }
            more = self.scan.more(b']')?;
        }
        self.sink.put(at, bind::list(first, count, left_out));
        Ok(())
    }

    #[inline]
    fn element(&mut self, arena: u16, element: &Element, owner: Address) -> Result<(), Fail> {
        match element {
            Element::Scalar(scalar) => {
                let at = self.sink.element(arena, 1)?;
                self.scalar(scalar, at)
            }
            Element::Record(shape) => {
                let at = self.sink.element(arena, self.sink.layout.shape(*shape).width)?;
                self.record(*shape, at, owner.into())
            }
        }
    }

    #[expect(
        clippy::inline_always,
        reason = "every scalar of every record passes here: 5 % of the instructions of binding"
    )]
    #[inline(always)]
    fn scalar(&mut self, scalar: &Scalar, at: Address) -> Result<(), Fail> {
        if self.scan.peek()? != b'"' {
            let cell = self.other(scalar)?;
            self.sink.put(at, cell);
            return Ok(());
        }
        let string = self.scan.string()?;
        if !string.escaped && bind::is_plain(scalar, string.bytes, self.sink.limits) {
            if let Some(cell) = self.sink.record.cell_mut(at) {
                *cell = bind::plain(place(string));
            }
            return Ok(());
        }
        let cell = self.text(scalar, string);
        self.sink.put(at, cell);
        Ok(())
    }

    /// A string that is to be trimmed, unescaped or read as something else than text.
    #[inline(never)]
    fn text(&mut self, scalar: &Scalar, string: Quoted<'_>) -> Cell {
        if string.escaped {
            return self.escaped_text(scalar, string);
        }
        bind::text(scalar, quoted_text(&self.scan, string), place(string), self.sink.limits)
    }

    fn escaped_text(&mut self, scalar: &Scalar, string: Quoted<'_>) -> Cell {
        let text = &mut self.sink.record.text;
        let start = text.len();
        unescape(quoted_text(&self.scan, string), text);
        let raw = Raw { start: short(start), len: short(text.len() - start) };
        bind::text(scalar, self.sink.record.text(raw), raw, self.sink.limits)
    }

    /// Anything but a string where a scalar belongs.
    fn other(&mut self, scalar: &Scalar) -> Result<Cell, Fail> {
        let start = self.scan.at();
        Ok(match self.scan.peek()? {
            b'n' => {
                self.scan.word(b"null")?;
                Cell::default()
            }
            b't' => {
                self.scan.word(b"true")?;
                bind::bool(scalar, true, self.since(start))
            }
            b'f' => {
                self.scan.word(b"false")?;
                bind::bool(scalar, false, self.since(start))
            }
            b'-' | b'0'..=b'9' => {
                let value = self.scan.number()?;
                let raw = self.since(start);
                match scalar {
                    Scalar::Number => bind::number(value, raw),
                    _ => self.wrong_number(value, raw),
                }
            }
            b'{' | b'[' => self.container()?,
            _ => return Err(Fail::Value),
        })
    }

    /// Anything but the object or array that belongs here.
    fn no_container(&mut self) -> Result<Cell, Fail> {
        if self.scan.peek()? == b'"' {
            // Any type that reads no text will do; a blank string is missing here too.
            let string = self.scan.string()?;
            Ok(self.text(&Scalar::Number, string))
        } else {
            self.other(&NO_SCALAR)
        }
    }

    /// A number where none belongs: kept as `serde_json` writes it, so that it prints alike wherever it came from.
    #[cold]
    fn wrong_number(&mut self, value: f64, raw: Raw) -> Cell {
        let json = dump::number(self.sink.record.text(raw), value).to_string();
        bind::wrong(self.sink.record.push_text(&json))
    }

    /// An object or array where a scalar belongs: kept as canonical JSON text.
    #[cold]
    fn container(&mut self) -> Result<Cell, Fail> {
        let start = self.scan.at();
        self.scan.skip()?;
        let written = self.scan.text.get(start..self.scan.at()).unwrap_or_default();
        let json = serde_json::from_str::<serde_json::Value>(written).map(|value| value.to_string());
        Ok(bind::wrong(self.sink.record.push_text(kept(json.as_deref().unwrap_or_default(), written.starts_with('{')))))
    }

    /// The range from a place in the text to here.
    fn since(&self, start: usize) -> Raw {
        Raw { start: short(start), len: short(self.scan.at() - start) }
    }
}

/// A type that no bool and no number has.
const NO_SCALAR: Scalar = Scalar::Text;

/// What is kept of a value of the wrong type.
pub(super) fn kept(json: &str, object: bool) -> &str {
    match (json.len(), object) {
        (1..=KEPT_JSON, _) => json,
        (_, true) => "{}",
        (_, false) => "[]",
    }
}

/// What a value is called that is no record.
fn type_of(first: u8) -> &'static str {
    match first {
        b'[' => "a list",
        b'"' => "a text",
        b'n' => "null",
        b't' | b'f' => "a bool",
        _ => "a number",
    }
}

fn quoted_text<'a>(scan: &Scan<'a>, quoted: Quoted<'_>) -> &'a str {
    scan.text.get(quoted.start..quoted.start + quoted.bytes.len()).unwrap_or_default()
}

/// The range of a string without escapes.
#[inline]
fn place(quoted: Quoted<'_>) -> Raw {
    Raw { start: short(quoted.start), len: short(quoted.bytes.len()) }
}

/// Places in a text fit 32 bits: `Scan` sees to it.
fn short(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// Equality of short byte strings without a call.
#[inline]
fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    if let (Some(a1), Some(b1), Some(a2), Some(b2)) =
        (a.first_chunk::<8>(), b.first_chunk::<8>(), a.last_chunk::<8>(), b.last_chunk::<8>())
        && a.len() <= 16
    {
        return a1 == b1 && a2 == b2;
    }
    if let (Some(a1), Some(b1), Some(a2), Some(b2)) =
        (a.first_chunk::<4>(), b.first_chunk::<4>(), a.last_chunk::<4>(), b.last_chunk::<4>())
        && a.len() <= 8
    {
        return a1 == b1 && a2 == b2;
    }
    a == b
}
