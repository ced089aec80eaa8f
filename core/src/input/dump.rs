//! What was written, given back as JSON: evidence of single cells, and whole records and lists for messages and tests.
//!
//! A record comes back under the names of the language and with the fields that are read; its keys are sorted.

use super::bind::TOO_LARGE;
use crate::record::{Address, Cell, Element, Field, FieldKind, Layout, Record, ShapeId, State};
use serde_json::{Map, Number, Value};

/// The value of a scalar cell as it was written: a string with its white space, a number, a bool, `null` where there is none.
pub(crate) fn raw_value(record: &Record, at: Address) -> Value {
    cell_value(record, record.cell(at))
}

/// The same of a cell.
pub(crate) fn cell_value(record: &Record, cell: &Cell) -> Value {
    if cell.state == State::Missing {
        return Value::Null;
    }
    if !cell.raw_is_json {
        return Value::String(record.written(cell).to_owned());
    }
    let json = record.text(cell.raw);
    match json.as_bytes().first() {
        Some(b'-' | b'0'..=b'9') if cell.state == State::Present || cell.derived == TOO_LARGE => {
            number(json, f64::from_bits(cell.bits))
        }
        Some(b'-' | b'0'..=b'9') => number(json, json.parse().unwrap_or_default()),
        _ => serde_json::from_str(json).unwrap_or_default(),
    }
}

/// A number that was written so: an integer stays one as far as `serde_json` knows integers.
pub(super) fn number(written: &str, value: f64) -> Value {
    let integer = written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') && written != "-0";
    if integer {
        if let Ok(number) = written.parse::<u64>() {
            return number.into();
        }
        if let Ok(number) = written.parse::<i64>() {
            return number.into();
        }
    }
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

/// A record with its present fields.
pub(crate) fn dump_record(record: &Record, layout: &Layout, shape: ShapeId, at: Address) -> Value {
    match record.cell(at).state {
        State::Missing => Value::Null,
        State::Unparsable => raw_value(record, at),
        State::Present => {
            let fields = layout.shape(shape).fields.iter();
            let entries = fields.filter_map(|field| {
                let place = at.plus(field.offset);
                let present = record.cell(place).state != State::Missing;
                present.then(|| (field.name.to_string(), dump_field(record, layout, field, place)))
            });
            Value::Object(entries.collect::<Map<_, _>>())
        }
    }
}

/// A field, whose cell lies at `at`.
fn dump_field(record: &Record, layout: &Layout, field: &Field, at: Address) -> Value {
    match &field.kind {
        FieldKind::Scalar(_) => raw_value(record, at),
        FieldKind::Record(shape) => dump_record(record, layout, *shape, at),
        FieldKind::List { arena, element } => dump_list(record, layout, *arena, element, at),
    }
}

/// A list, whose cell lies at `at`.
fn dump_list(record: &Record, layout: &Layout, arena: u16, element: &Element, at: Address) -> Value {
    let cell = record.cell(at);
    if cell.state != State::Present {
        return raw_value(record, at);
    }
    let (first, count) = cell.halves();
    let width = match element {
        Element::Scalar(_) => 1,
        Element::Record(shape) => layout.shape(*shape).width,
    };
    let index = |number: u32| first.saturating_add(number.saturating_mul(width));
    (0..count).map(|number| dump_element(record, layout, element, Address { arena, index: index(number) })).collect()
}

/// An element of a list, whose first cell lies at `at`.
pub(crate) fn dump_element(record: &Record, layout: &Layout, element: &Element, at: Address) -> Value {
    match element {
        Element::Scalar(_) => raw_value(record, at),
        Element::Record(shape) => dump_record(record, layout, *shape, at),
    }
}
