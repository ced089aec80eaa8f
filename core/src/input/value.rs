//! Values that are already in memory, into the same slots as their JSON text.

use super::bind::{self, Many, Owner, Sink};
use super::node::{Fields, Kind, Node};
use super::{json, report};
use crate::error::InputError;
use crate::limits::Limits;
use crate::record::{Address, Cell, Element, FieldKind, Layout, Raw, Record, Scalar, ShapeId};
use serde_json::{Number, Value};
use std::borrow::Cow;

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
        let found = match value.kind()? {
            Kind::Object => {
                self.sink.put_record(Address::default(), 0, Owner::default());
                return self.fields(0, Address::default(), value, 1);
            }
            Kind::Null => Cow::from("null"),
            Kind::Bool(_) => "a bool".into(),
            Kind::Integer(_) | Kind::Float(_) | Kind::Number(_) => "a number".into(),
            Kind::Text(_) => "a text".into(),
            Kind::Array => "a list".into(),
            Kind::Other(found) => found,
        };
        self.skip(value, 1)?;
        Err(InputError::NotARecord { found: found.into_owned() })
    }

    fn fields<N: Node>(&mut self, shape: ShapeId, at: Address, value: &N, depth: usize) -> Result<(), InputError> {
        self.open(depth)?;
        let index = usize::from(shape);
        let shape = self.sink.layout.shape(shape);
        value.each_field(&Fields::new(shape, index), |place, key, value| {
            self.spend(key.len() + 3)?;
            let field = place.and_then(|place| shape.fields.get(place));
            let Some(field) = field else { return self.skip(value, depth + 1) };
            let place = at.plus(field.offset);
            let bound = match &field.kind {
                FieldKind::Scalar(scalar) => self.scalar(scalar, place, value, depth + 1),
                FieldKind::Record(shape) => {
                    let owner = Owner::of(*self.sink.record.cell(at));
                    self.record(*shape, place, owner, value, depth + 1)
                }
                FieldKind::List { arena, element } => self.list(*arena, element, place, at, value, depth + 1),
            };
            bound.map_err(|error| error.within(&field.name))
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
        if matches!(value.kind()?, Kind::Object) {
            self.sink.put_record(at, shape, owner);
            return self.fields(shape, at, value, depth);
        }
        let cell = self.no_container(value, depth, || report::WANTED_RECORD.to_owned())?;
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
        if !matches!(value.kind()?, Kind::Array) {
            let cell = self.no_container(value, depth, || report::wanted_list(element))?;
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
            let bound = match element {
                Element::Scalar(scalar) => {
                    let at = self.room(arena, 1)?;
                    self.scalar(scalar, at, item, depth + 1)
                }
                Element::Record(shape) => {
                    let at = self.room(arena, self.sink.layout.shape(*shape).width)?;
                    self.record(*shape, at, owner.into(), item, depth + 1)
                }
            };
            bound.map_err(|error| error.at(count - 1))
        })?;
        self.sink.put(at, bind::list(first, count, left_out));
        Ok(())
    }

    fn room(&mut self, arena: u16, width: u32) -> Result<Address, InputError> {
        let limit = self.sink.limits.max_record_values;
        self.sink.element(arena, width).map_err(|Many| InputError::TooManyValues { limit })
    }

    fn scalar<N: Node>(&mut self, scalar: &Scalar, at: Address, value: &N, depth: usize) -> Result<(), InputError> {
        let kind = value.kind()?;
        // Most values are texts as they stand.
        if let Kind::Text(text) = &kind
            && bind::is_plain(scalar, text.as_bytes(), self.sink.limits)
        {
            self.spend(text.len() + 2)?;
            let raw = self.sink.record.push_text(text);
            self.sink.put(at, bind::plain(raw));
            return Ok(());
        }
        let cell = self.cell(scalar, value, kind, depth)?;
        self.sink.put(at, cell);
        Ok(())
    }

    /// Anything but the object or array that belongs here.
    fn no_container<N: Node>(
        &mut self,
        value: &N,
        depth: usize,
        wanted: impl FnOnce() -> String,
    ) -> Result<Cell, InputError> {
        let kind = value.kind()?;
        let scalar = if matches!(kind, Kind::Text(_)) { Scalar::Number } else { Scalar::Text };
        self.cell(&scalar, value, kind, depth).map_err(|error| match error {
            InputError::Value { path, found, .. } => InputError::Value { path, expected: wanted(), found },
            other => other,
        })
    }

    fn cell<N: Node>(&mut self, scalar: &Scalar, value: &N, kind: Kind<'_>, depth: usize) -> Result<Cell, InputError> {
        Ok(match kind {
            Kind::Null => Cell::default(),
            Kind::Bool(given) => {
                let raw = self.sink.record.push_text(if given { "true" } else { "false" });
                bind::bool(scalar, given, raw)
            }
            Kind::Integer(given) => {
                #[expect(clippy::cast_precision_loss, reason = "numbers are IEEE doubles, as the language says")]
                let value = given as f64;
                let raw = self.sink.record.push_integer(given);
                Self::number(scalar, value, raw)
            }
            Kind::Float(given) => match Number::from_f64(given) {
                Some(number) => {
                    let raw = self.sink.record.push_display(format_args!("{number}"));
                    Self::number(scalar, given, raw)
                }
                None => Cell::default(),
            },
            Kind::Number(text) => match serde_json::from_str::<f64>(&text) {
                Ok(value) => {
                    let raw = self.sink.record.push_text(&text);
                    Self::number(scalar, value, raw)
                }
                Err(_) => return Err(InputError::value(report::wanted(scalar), "a number out of range")),
            },
            Kind::Text(text) => {
                self.spend(text.len() + 2)?;
                let raw = self.sink.record.push_text(&text);
                bind::text(scalar, &text, raw, self.sink.limits)
            }
            kind @ (Kind::Object | Kind::Array) => {
                self.skip(value, depth)?;
                let mut room = json::KEPT_JSON;
                let json = match copy(value, self.deepest, &mut room) {
                    Ok(copy) => copy.to_string(),
                    Err(InputError::TooLarge { .. } | InputError::TooDeep { .. }) => String::new(),
                    Err(error) => return Err(error),
                };
                bind::wrong(self.sink.record.push_text(json::kept(&json, matches!(kind, Kind::Object))))
            }
            Kind::Other(found) => return Err(InputError::value(report::wanted(scalar), found)),
        })
    }

    fn number(scalar: &Scalar, value: f64, raw: Raw) -> Cell {
        match scalar {
            Scalar::Number => bind::number(value, raw),
            _ => bind::wrong(raw),
        }
    }

    /// Looks at a value that no rule reads, for the limits' sake.
    fn skip<N: Node>(&mut self, value: &N, depth: usize) -> Result<(), InputError> {
        match value.kind()? {
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

/// A copy of a value, unless it has more values and text than `room`. What is read twice may have changed in between, so
/// that it was small and flat at first says nothing.
fn copy<N: Node>(node: &N, deepest: usize, room: &mut usize) -> Result<Value, InputError> {
    let mut spend = |amount: usize| {
        *room = room.checked_sub(amount).ok_or(InputError::TooLarge { limit: json::KEPT_JSON })?;
        Ok::<_, InputError>(())
    };
    spend(1)?;
    let deeper = || deepest.checked_sub(1).ok_or(InputError::TooDeep { limit: 0, line: 0, column: 0 });
    Ok(match node.kind()? {
        Kind::Null | Kind::Other(_) => Value::Null,
        Kind::Bool(value) => Value::Bool(value),
        Kind::Integer(value) => value.into(),
        Kind::Float(value) => value.into(),
        Kind::Number(text) => serde_json::from_str(&text).unwrap_or_default(),
        Kind::Text(text) => {
            spend(text.len())?;
            Value::String(text.into_owned())
        }
        Kind::Object => {
            let (deepest, mut map) = (deeper()?, serde_json::Map::new());
            node.each_entry(|key, value| {
                map.insert(key.to_owned(), copy(value, deepest, room)?);
                Ok(())
            })?;
            Value::Object(map)
        }
        Kind::Array => {
            let (deepest, mut items) = (deeper()?, Vec::new());
            node.each_item(|item| {
                items.push(copy(item, deepest, room)?);
                Ok(())
            })?;
            Value::Array(items)
        }
    })
}
