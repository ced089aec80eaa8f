//! A layout with a field of every type, and its dump as text.

use crate::error::InputError;
use crate::input::{bind_json, bind_value, dump_record};
use crate::limits::Limits;
use crate::record::{Address, Element, Field, FieldKind, Layout, Record, Scalar, Shape, ShapeId, State};
use serde_json::{Value, json};

fn shape(layout: &mut Layout, fields: Vec<(&str, &str, FieldKind)>) -> ShapeId {
    let mut shape = Shape { fields: Vec::new(), width: 1 };
    for (name, key, kind) in fields {
        let width = match &kind {
            FieldKind::Record(id) => layout.shape(*id).width,
            _ => 1,
        };
        shape.fields.push(Field { name: name.into(), key: key.into(), offset: shape.width, kind });
        shape.width += width;
    }
    layout.shapes.push(shape);
    ShapeId::try_from(layout.shapes.len() - 1).unwrap()
}

pub(super) fn scalar(scalar: Scalar) -> FieldKind {
    FieldKind::Scalar(scalar)
}

/// The sample layout: shape 0 is filled last.
pub(super) fn layout() -> Layout {
    let mut layout = Layout { shapes: vec![Shape { fields: Vec::new(), width: 1 }], arenas: 1 };
    let arena = |layout: &mut Layout| {
        layout.arenas += 1;
        layout.arenas - 1
    };
    let place = shape(
        &mut layout,
        vec![("country", "countryCode", scalar(Scalar::Country)), ("city", "city", scalar(Scalar::Text))],
    );
    let (notes, work, tags, days) = (arena(&mut layout), arena(&mut layout), arena(&mut layout), arena(&mut layout));
    let job = vec![
        ("name", "name", scalar(Scalar::Organisation)),
        ("start", "startDate", scalar(Scalar::Date)),
        ("end", "endDate", scalar(Scalar::Date)),
        ("notes", "notes", FieldKind::List { arena: notes, element: Element::Scalar(Scalar::Text) }),
        ("place", "place", FieldKind::Record(place)),
    ];
    let job = shape(&mut layout, job);
    let words = ["open", "toll_free", "Half Time"].map(Into::into).into();
    let claim = vec![
        ("name", "name", scalar(Scalar::Person)),
        ("phone", "phone", scalar(Scalar::Phone)),
        ("email", "email", scalar(Scalar::Email)),
        ("site", "site", scalar(Scalar::Url)),
        ("age", "age", scalar(Scalar::Number)),
        ("ok", "ok", scalar(Scalar::Bool)),
        ("ip", "ip", scalar(Scalar::Ip)),
        ("network", "network", scalar(Scalar::Network)),
        ("status", "status", scalar(Scalar::OneOf(words))),
        ("location", "location", FieldKind::Record(place)),
        ("work", "work", FieldKind::List { arena: work, element: Element::Record(job) }),
        ("tags", "tags", FieldKind::List { arena: tags, element: Element::Scalar(Scalar::Text) }),
        ("days", "days", FieldKind::List { arena: days, element: Element::Scalar(Scalar::Date) }),
    ];
    let claim = shape(&mut layout, claim);
    let root = shape(
        &mut layout,
        vec![
            ("id", "id", scalar(Scalar::Text)),
            ("submitted", "submitted", scalar(Scalar::Instant)),
            ("form", "form", FieldKind::Record(claim)),
            ("resume", "resume", FieldKind::Record(claim)),
        ],
    );
    layout.shapes.swap(0, usize::from(root));
    layout
}

/// Everything that a bound record shows: its dump, cells in their order, problems.
pub(super) fn everything(layout: &Layout, record: &Record) -> Value {
    let problems: Vec<_> = record.problems.iter().map(|p| json!([p.path, p.expected, p.found])).collect();
    let mut all = Vec::new();
    cells(layout, record, 0, Address::default(), &mut all);
    json!({
        "dump": dump_record(record, layout, 0, Address::default()),
        "cells": all.iter().fold(0u64, |hash, cell| (hash.rotate_left(5) ^ cell).wrapping_mul(0x517c_c1b7_2722_0a95)),
        "problems": problems,
        "more": record.more_problems,
    })
}

/// State, code, bits and trimming of every cell that is reached from the root.
fn cells(layout: &Layout, record: &Record, shape: ShapeId, at: Address, all: &mut Vec<u64>) {
    one(record, at, true, all);
    for field in &layout.shape(shape).fields {
        let place = at.plus(field.offset);
        match &field.kind {
            FieldKind::Scalar(_) => one(record, place, true, all),
            FieldKind::Record(id) => cells(layout, record, *id, place, all),
            FieldKind::List { arena, element } => {
                one(record, place, false, all);
                let (first, count) = record.cell(place).halves();
                if record.cell(place).state != State::Present {
                    continue;
                }
                for number in 0..count {
                    match element {
                        Element::Scalar(_) => one(record, Address { arena: *arena, index: first + number }, true, all),
                        Element::Record(id) => {
                            let index = first + number * layout.shape(*id).width;
                            cells(layout, record, *id, Address { arena: *arena, index }, all);
                        }
                    }
                }
            }
        }
    }
}

fn one(record: &Record, at: Address, with_bits: bool, all: &mut Vec<u64>) {
    let cell = record.cell(at);
    let bits = if with_bits { cell.bits } else { u64::from(cell.halves().1) };
    let length = if cell.raw_is_json { 0 } else { cell.raw.len };
    all.extend([
        cell.state as u64,
        u64::from(cell.code),
        bits,
        u64::from(cell.raw_is_json),
        u64::from(length),
        u64::from(cell.trimmed_before),
        u64::from(cell.trimmed_after),
    ]);
}

pub(super) fn by_text(layout: &Layout, limits: &Limits, json: &[u8]) -> Result<Value, InputError> {
    let mut record = Record::default();
    bind_json(layout, limits, json, &mut record).map(|()| everything(layout, &record))
}

pub(super) fn by_value(layout: &Layout, limits: &Limits, value: &Value) -> Result<Value, InputError> {
    let mut record = Record::default();
    bind_value(layout, limits, value, &mut record).map(|()| everything(layout, &record))
}
