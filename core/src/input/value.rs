//! Values that are already in memory, into the same slots as their JSON text.
//!
//! [`Node`] is what this needs to know of a value, so that a binding reads its own objects without a copy.

use super::bind::{self, Many, Owner, Sink};
use super::{json, report};
use crate::error::InputError;
use crate::limits::Limits;
use crate::record::{Address, Cell, Element, FieldKind, Layout, Record, Scalar, ShapeId};
use serde_json::{Number, Value};

/// What a value is.
#[derive(Debug, Clone)]
pub(crate) enum Kind<'a> {
    /// No value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(&'a str),
    /// Keys and values.
    Object,
    /// Values in their order.
    Array,
}

/// A value in memory.
pub(crate) trait Node: Sized {
    /// What it is.
    fn kind(&self) -> Kind<'_>;

    /// Visits the entries of an object, and nothing else.
    fn each_entry<E>(&self, visit: impl FnMut(&str, &Self) -> Result<(), E>) -> Result<(), E>;

    /// Visits the elements of an array, and nothing else.
    fn each_item<E>(&self, visit: impl FnMut(&Self) -> Result<(), E>) -> Result<(), E>;
}

impl Node for Value {
    fn kind(&self) -> Kind<'_> {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(value) => Kind::Bool(*value),
            Self::Number(number) => Kind::Number(number.clone()),
            Self::String(text) => Kind::Text(text),
            Self::Array(_) => Kind::Array,
            Self::Object(_) => Kind::Object,
        }
    }

    fn each_entry<E>(&self, mut visit: impl FnMut(&str, &Self) -> Result<(), E>) -> Result<(), E> {
        self.as_object().into_iter().flatten().try_for_each(|(key, value)| visit(key, value))
    }

    fn each_item<E>(&self, visit: impl FnMut(&Self) -> Result<(), E>) -> Result<(), E> {
        self.as_array().into_iter().flatten().try_for_each(visit)
    }
}

/// Reads a value into a record's slots, as [`super::bind_json`] reads its text.
pub(crate) fn bind_value<N: Node>(
    layout: &Layout,
    limits: &Limits,
    value: &N,
    record: &mut Record,
) -> Result<(), InputError> {
    let deepest = limits.max_record_nesting.min(super::scan::DEEPEST);
    let mut binder = Binder { sink: Sink::new(layout, limits, record), deepest, size: 0 };
    match binder.document(value) {
        Ok(()) => {
            if binder.sink.trouble {
                report::problems(layout, limits, record);
            }
            Ok(())
        }
        Err(error) => {
            record.clear(layout);
            Err(error)
        }
    }
}

struct Binder<'r> {
    sink: Sink<'r>,
    deepest: usize,
    /// Bytes of text and punctuation so far.
    size: usize,
}

impl Binder<'_> {
    fn document<N: Node>(&mut self, value: &N) -> Result<(), InputError> {
        let found = match value.kind() {
            Kind::Object => {
                self.sink.put_record(Address::default(), 0, Owner::default());
                return self.fields(0, Address::default(), value, 1);
            }
            Kind::Null => "null",
            Kind::Bool(_) => "a bool",
            Kind::Number(_) => "a number",
            Kind::Text(_) => "a text",
            Kind::Array => "a list",
        };
        self.skip(value, 1)?;
        Err(InputError::NotARecord { found: found.to_owned() })
    }

    fn fields<N: Node>(&mut self, shape: ShapeId, at: Address, value: &N, depth: usize) -> Result<(), InputError> {
        self.open(depth)?;
        let shape = self.sink.layout.shape(shape);
        let mut hint = 0;
        value.each_entry(|key, value| {
            self.spend(key.len() + 3)?;
            let Some((index, field)) = shape.by_key(key, hint) else { return self.skip(value, depth + 1) };
            hint = index + 1;
            let place = at.plus(field.offset);
            match &field.kind {
                FieldKind::Scalar(scalar) => self.scalar(scalar, place, value, depth + 1),
                FieldKind::Record(shape) => {
                    let owner = Owner::of(*self.sink.record.cell(at));
                    self.record(*shape, place, owner, value, depth + 1)
                }
                FieldKind::List { arena, element } => self.list(*arena, element, place, at, value, depth + 1),
            }
        })
    }

    fn record<N: Node>(
        &mut self,
        shape: ShapeId,
        at: Address,
        owner: Owner,
        value: &N,
        depth: usize,
    ) -> Result<(), InputError> {
        if matches!(value.kind(), Kind::Object) {
            self.sink.put_record(at, shape, owner);
            return self.fields(shape, at, value, depth);
        }
        let cell = self.no_container(value, depth)?;
        self.sink.put_no_record(at, shape, owner, cell);
        Ok(())
    }

    fn list<N: Node>(
        &mut self,
        arena: u16,
        element: &Element,
        at: Address,
        owner: Address,
        value: &N,
        depth: usize,
    ) -> Result<(), InputError> {
        if !matches!(value.kind(), Kind::Array) {
            let cell = self.no_container(value, depth)?;
            self.sink.put(at, cell);
            return Ok(());
        }
        self.open(depth)?;
        let first = self.sink.next_index(arena);
        let (mut count, mut left_out) = (0u32, false);
        value.each_item(|item| {
            self.spend(1)?;
            if count as usize >= self.sink.limits.max_list_length {
                left_out = true;
                return self.skip(item, depth + 1);
            }
            count += 1;
            match element {
                Element::Scalar(scalar) => {
                    let at = self.room(arena, 1)?;
                    self.scalar(scalar, at, item, depth + 1)
                }
                Element::Record(shape) => {
                    let at = self.room(arena, self.sink.layout.shape(*shape).width)?;
                    self.record(*shape, at, owner.into(), item, depth + 1)
                }
            }
        })?;
        self.sink.put(at, bind::list(first, count, left_out));
        Ok(())
    }

    fn room(&mut self, arena: u16, width: u32) -> Result<Address, InputError> {
        let limit = self.sink.limits.max_record_values;
        self.sink.element(arena, width).map_err(|Many| InputError::TooManyValues { limit })
    }

    fn scalar<N: Node>(&mut self, scalar: &Scalar, at: Address, value: &N, depth: usize) -> Result<(), InputError> {
        let cell = self.cell(scalar, value, depth)?;
        self.sink.put(at, cell);
        Ok(())
    }

    /// Anything but the object or array that belongs here.
    fn no_container<N: Node>(&mut self, value: &N, depth: usize) -> Result<Cell, InputError> {
        let scalar = if matches!(value.kind(), Kind::Text(_)) { Scalar::Number } else { Scalar::Text };
        self.cell(&scalar, value, depth)
    }

    fn cell<N: Node>(&mut self, scalar: &Scalar, value: &N, depth: usize) -> Result<Cell, InputError> {
        Ok(match value.kind() {
            Kind::Null => Cell::default(),
            Kind::Bool(given) => {
                let raw = self.sink.record.push_text(if given { "true" } else { "false" });
                bind::bool(scalar, given, raw)
            }
            Kind::Number(number) => {
                let raw = self.sink.record.push_text(&number.to_string());
                match scalar {
                    Scalar::Number => bind::number(number.as_f64().unwrap_or_default(), raw),
                    _ => bind::wrong(raw),
                }
            }
            Kind::Text(text) => {
                self.spend(text.len() + 2)?;
                let raw = self.sink.record.push_text(text);
                bind::text(scalar, text, raw, self.sink.limits)
            }
            kind @ (Kind::Object | Kind::Array) => {
                self.skip(value, depth)?;
                let json = to_value(value).to_string();
                bind::wrong(self.sink.record.push_text(json::kept(&json, matches!(kind, Kind::Object))))
            }
        })
    }

    /// Looks at a value that no rule reads, for the limits' sake.
    fn skip<N: Node>(&mut self, value: &N, depth: usize) -> Result<(), InputError> {
        match value.kind() {
            Kind::Text(text) => self.spend(text.len() + 2),
            Kind::Object => {
                self.open(depth)?;
                value.each_entry(|key, value| {
                    self.spend(key.len() + 3)?;
                    self.skip(value, depth + 1)
                })
            }
            Kind::Array => {
                self.open(depth)?;
                value.each_item(|item| {
                    self.spend(1)?;
                    self.skip(item, depth + 1)
                })
            }
            _ => Ok(()),
        }
    }

    fn open(&mut self, depth: usize) -> Result<(), InputError> {
        self.spend(2)?;
        if depth > self.deepest {
            return Err(InputError::TooDeep { limit: self.deepest, line: 0, column: 0 });
        }
        Ok(())
    }

    /// Counts bytes against the limit on a record's text: those of keys and strings, and punctuation.
    fn spend(&mut self, bytes: usize) -> Result<(), InputError> {
        self.size = self.size.saturating_add(bytes);
        let limit = self.sink.limits.max_record_bytes;
        if self.size > limit { Err(InputError::TooLarge { limit }) } else { Ok(()) }
    }
}

/// A copy of a value whose nesting was checked.
fn to_value<N: Node>(node: &N) -> Value {
    match node.kind() {
        Kind::Null => Value::Null,
        Kind::Bool(value) => Value::Bool(value),
        Kind::Number(number) => Value::Number(number),
        Kind::Text(text) => Value::String(text.to_owned()),
        Kind::Object => {
            let mut map = serde_json::Map::new();
            let _ = node.each_entry(|key, value| {
                map.insert(key.to_owned(), to_value(value));
                Ok::<(), ()>(())
            });
            Value::Object(map)
        }
        Kind::Array => {
            let mut items = Vec::new();
            let _ = node.each_item(|item| {
                items.push(to_value(item));
                Ok::<(), ()>(())
            });
            Value::Array(items)
        }
    }
}
