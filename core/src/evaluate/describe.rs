//! Values for people: paths with indexes, texts for messages, JSON for evidence.

use super::text::TextRef;
use super::{Eval, Got};
use crate::check::types::Ty;
use crate::compile::program::{Base, Field, List, Node, Row, TableValue, Value};
use crate::domain::country::Country;
use crate::domain::date::Date;
use crate::domain::length::{Elapsed, Length};
use crate::domain::{date, instant};
use crate::input::{dump_element, raw_value};
use crate::record::{Address, Element, FieldKind, Layout, ShapeId, State};
use crate::verdict::Why;
use serde_json::Value as Json;

impl Eval<'_, '_> {
    /// The path of a field, with indexes.
    pub(super) fn path(&mut self, field: &Field) -> String {
        let mut path = String::with_capacity(field.path.len() + 24);
        self.push_path(field, &mut path);
        path
    }

    pub(super) fn push_path(&mut self, field: &Field, out: &mut String) {
        match &field.base {
            Base::Root => {}
            Base::Binder(slot) => self.push_bound(*slot, out),
            Base::End(end) => {
                self.push_path(&end.list, out);
                let count = self.value_cell(&end.list).map_or(0, |cell| cell.halves().1);
                if count == 0 {
                    return;
                }
                push_index(if end.last { count - 1 } else { 0 }, out);
            }
        }
        if !field.path.is_empty() {
            if !matches!(field.base, Base::Root) {
                out.push('.');
            }
            out.push_str(&field.path);
        }
    }

    /// The path of what a slot is bound to.
    pub(super) fn bound_path(&mut self, slot: u8) -> String {
        let mut path = String::with_capacity(24);
        self.push_bound(slot, &mut path);
        path
    }

    pub(super) fn push_bound(&mut self, slot: u8, out: &mut String) {
        let bound = self.bound(slot);
        match self.list(bound.list) {
            Some(List::Field { field, .. }) => {
                self.push_path(field, out);
                push_index(bound.position, out);
            }
            Some(List::Table(table)) => out.push_str(&self.row_path(*table, bound.at.index)),
            Some(List::Sources(sources)) => {
                out.push_str(sources.get(bound.position as usize).map_or("", |(name, _)| name));
            }
            Some(list @ (List::Words(value) | List::Cell(value))) => {
                if let Some(path) = self.value_path(value) {
                    out.push_str(&path);
                    out.push_str(if matches!(list, List::Words(_)) { ".words" } else { "" });
                    push_index(bound.position, out);
                }
            }
            None => {}
        }
    }

    /// `technologies["Go"]`.
    pub(super) fn row_path(&mut self, table: u32, row: u32) -> String {
        let Some(prepared) = self.p.tables.get(table as usize) else { return String::new() };
        let columns = u32::try_from(prepared.columns.len()).unwrap_or(0);
        let key = prepared.cells.get((row * columns) as usize).map_or_else(String::new, table_text);
        // Which row matched follows from the application.
        format!("{}[{}]", prepared.name, Json::String(self.redacted(&key)))
    }

    /// The path that a value comes from, if it is one place.
    pub(super) fn value_path(&mut self, value: &Value) -> Option<String> {
        match &value.node {
            Node::Field(field) => Some(self.path(field)),
            Node::Element(slot) => {
                let bound = self.bound(*slot);
                match self.list(bound.list) {
                    Some(List::Words(text)) => self.value_path(text),
                    _ => Some(self.bound_path(*slot)),
                }
            }
            Node::Column { table, column, row } => {
                let (table, column) = (*table, *column);
                let base = match row {
                    Row::Binder(_) => {
                        let row = self.row(table, row).unwrap_or(0);
                        self.row_path(table, row)
                    }
                    Row::Lookup(key) => self.lookup_path(table, key),
                };
                let name = self.p.tables.get(table as usize).and_then(|t| t.columns.get(column as usize));
                match name {
                    Some(name) if !matches!(value.ty, Ty::Row(_)) => Some(format!("{base}.{name}")),
                    _ => Some(base),
                }
            }
            Node::Prop(base, _) => self.value_path(base),
            Node::Let(index) => {
                let p = self.p;
                let named = p.lets.get(*index as usize)?;
                self.apart(|eval| eval.value_path(named))
            }
            Node::Coalesce(left, right) => {
                let right_side = matches!(self.probe(left), Err(Why::Missing | Why::NotListed));
                self.value_path(if right_side { right } else { left })
            }
            Node::AsOf => Some("submitted".to_owned()),
            _ => None,
        }
    }

    /// `companies["Acme"]`, with the key as the application gives it.
    pub(super) fn lookup_path(&mut self, table: u32, key: &Value) -> String {
        let name = self.p.tables.get(table as usize).map_or("", |table| &table.name).to_owned();
        let shown = self.shown(key).unwrap_or_default();
        let shown = if self.tells_of_application(key) { self.redacted(&shown) } else { shown };
        format!("{name}[{}]", Json::String(shown))
    }

    /// The value at a place as it was written.
    pub(super) fn written(&mut self, field: &Field, ty: &Ty) -> Json {
        let Ok(at) = self.address(field) else { return Json::Null };
        match ty {
            Ty::List(_) => self.written_list(field),
            Ty::Record(_) => match self.w.record.cell(at).state {
                State::Missing => Json::Null,
                State::Unparsable => raw_value(&self.w.record, at),
                // A record is cited as present; its fields are cited where they are read.
                State::Present => Json::Object(serde_json::Map::new()),
            },
            _ => raw_value(&self.w.record, at),
        }
    }

    /// All elements of a list, each with the fields that the ruleset reads.
    pub(super) fn written_list(&mut self, field: &Field) -> Json {
        let Ok((cell, at)) = self.cell(field) else { return Json::Null };
        match cell.state {
            State::Missing => return Json::Null,
            State::Unparsable => return raw_value(&self.w.record, at),
            State::Present => {}
        }
        let (first, count) = cell.halves();
        let Some((arena, element, stride)) = self.list_shape(field) else { return Json::Array(Vec::new()) };
        let elements = (0..count)
            .map(|position| {
                let at = Address { arena, index: first + position * stride };
                dump_element(&self.w.record, &self.p.layout, element, at)
            })
            .collect();
        Json::Array(elements)
    }

    /// Arena, element and stride of a list field.
    pub(super) fn list_shape(&self, field: &Field) -> Option<(u16, &Element, u32)> {
        let layout = &self.p.layout;
        let shape = match &field.base {
            Base::Root => 0,
            Base::End(end) => element_shape(layout, end.arena)?,
            Base::Binder(slot) => match self.list(self.bound(*slot).list)? {
                List::Field { arena, .. } => element_shape(layout, *arena)?,
                List::Sources(sources) => {
                    let (_, source) = sources.get(self.bound(*slot).position as usize)?;
                    match walk_shapes(layout, 0, &source.path)? {
                        FieldKind::Record(shape) => *shape,
                        _ => return None,
                    }
                }
                _ => return None,
            },
        };
        let FieldKind::List { arena, element } = walk_shapes(layout, shape, &field.path)? else { return None };
        let stride = match element {
            Element::Scalar(_) => 1,
            Element::Record(shape) => layout.shape(*shape).width,
        };
        Some((*arena, element, stride))
    }

    /// The text that a message shows of a value as it stands, without a copy; `None` for what has to be printed first.
    pub(super) fn shown_as_it_is(&mut self, value: &Value) -> Option<TextRef> {
        match (&value.node, &value.ty) {
            (_, Ty::List(_)) | (Node::Field(_) | Node::Element(_), Ty::Number) => None,
            (Node::Field(_) | Node::Element(_), _) => self.raw(value).ok(),
            (Node::Prop(..), Ty::Text | Ty::Identifier) => self.text(value).ok(),
            _ => None,
        }
    }

    /// The value as text for a message: as written where it was written.
    pub(super) fn shown(&mut self, value: &Value) -> Got<String> {
        match (&value.node, &value.ty) {
            (Node::Field(_) | Node::Element(_) | Node::Prop(..) | Node::Column { .. }, Ty::List(_)) => {
                self.shown_list(value)
            }
            (Node::Column { .. }, _) => self.table_shown(value),
            (Node::Let(index), _) => {
                // Asked first, since that is remembered: a `let` that is missing is not looked through again.
                if let Err(why @ (Why::Missing | Why::NotListed)) = self.probe(value) {
                    return Err(why);
                }
                self.in_let(*index, super::Eval::shown)
            }
            (Node::Coalesce(left, right), _) => match self.shown(left) {
                Err(Why::Missing | Why::NotListed) => self.shown(right),
                found => found,
            },
            (Node::Period(start, end), _) => Ok(format!("{} to {}", self.shown(start)?, self.shown(end)?)),
            (Node::Field(_) | Node::Element(_), Ty::Number) => self.number(value).map(number_text),
            (Node::Field(_) | Node::Element(_) | Node::Canonical(..) | Node::Network(..), _) => {
                let text = self.raw(value)?;
                Ok(self.str_of(text).to_owned())
            }
            (_, Ty::Number) => self.number(value).map(number_text),
            (_, Ty::Bool) => self.code(value).map(|code| if code == 1 { "true" } else { "false" }.to_owned()),
            (_, Ty::OneOf(words)) => {
                let code = self.code(value)?;
                Ok(words.get(code as usize).map_or_else(String::new, ToString::to_string))
            }
            (_, Ty::Country) => {
                let code = self.code(value)?;
                Ok(country(code).map_or_else(String::new, |country| country.alpha2().to_owned()))
            }
            (_, Ty::Date) => self.date(value).map(date_text),
            (_, Ty::Instant) => self.instant(value).map(instant::to_text),
            (_, Ty::Length) => self.elapsed(value).map(|elapsed| elapsed_text(&elapsed)),
            (_, Ty::Text | Ty::Identifier | Ty::Person | Ty::Organisation) => {
                let text = self.text(value)?;
                Ok(self.str_of(text).to_owned())
            }
            _ => {
                let text = self.raw(value)?;
                Ok(self.str_of(text).to_owned())
            }
        }
    }

    fn shown_list(&mut self, value: &Value) -> Got<String> {
        let items: Vec<String> = match &value.node {
            Node::Column { .. } => match self.column(value)? {
                TableValue::List(items) => items.iter().map(|item| item.text.to_string()).collect(),
                _ => return Err(Why::Missing),
            },
            Node::Field(field) => {
                self.present(field)?;
                match self.written_list(field) {
                    Json::Array(items) => items
                        .into_iter()
                        .map(|item| match item {
                            Json::String(text) => text,
                            // As a number by itself is printed, however it is written.
                            Json::Number(number) => number.as_f64().map_or_else(|| number.to_string(), number_text),
                            other => other.to_string(),
                        })
                        .collect(),
                    _ => return Err(Why::Missing),
                }
            }
            Node::Prop(base, _) => {
                let text = self.text(base)?;
                crate::domain::words::words_of(self.str_of(text)).into_iter().map(str::to_owned).collect()
            }
            _ => return Err(Why::Missing),
        };
        Ok(items.join(", "))
    }

    pub(super) fn table_shown(&mut self, value: &Value) -> Got<String> {
        self.column(value).map(table_text)
    }

    /// The value as JSON, for explanations.
    pub(super) fn json(&mut self, value: &Value) -> Json {
        match (&value.node, &value.ty) {
            (Node::Field(field), ty) => {
                let (field, ty) = (field.clone(), ty.clone());
                self.written(&field, &ty)
            }
            (Node::Element(slot), _) if matches!(self.list(self.bound(*slot).list), Some(List::Field { .. })) => {
                raw_value(&self.w.record, self.bound(*slot).at)
            }
            (_, Ty::Number) => self.number(value).map_or(Json::Null, number_json),
            (_, Ty::Bool) => self.code(value).map_or(Json::Null, |code| Json::Bool(code == 1)),
            _ => self.shown(value).map_or(Json::Null, Json::String),
        }
    }
}

/// The shape of the records in an arena.
fn element_shape(layout: &Layout, arena: u16) -> Option<ShapeId> {
    layout.shapes.iter().flat_map(|shape| &shape.fields).find_map(|field| match field.kind {
        FieldKind::List { arena: found, element: Element::Record(shape) } if found == arena => Some(shape),
        _ => None,
    })
}

/// What lies at a path from a record on.
fn walk_shapes<'l>(layout: &'l Layout, from: ShapeId, path: &str) -> Option<&'l FieldKind> {
    let mut shape = from;
    let mut names = path.split('.').peekable();
    while let Some(name) = names.next() {
        let field = layout.shape(shape).fields.iter().find(|field| *field.name == *name)?;
        match &field.kind {
            kind if names.peek().is_none() => return Some(kind),
            FieldKind::Record(inner) => shape = *inner,
            _ => return None,
        }
    }
    None
}

fn country(code: u32) -> Option<Country> {
    u16::try_from(code).ok().and_then(Country::from_index)
}

pub(super) fn table_text(value: &TableValue) -> String {
    match value {
        TableValue::Missing => String::new(),
        TableValue::Text(text) => text.text.to_string(),
        TableValue::List(items) => items.iter().map(|item| &*item.text).collect::<Vec<_>>().join(", "),
        TableValue::Number(number) => number_text(*number),
        TableValue::Date(_, text) | TableValue::Instant(_, text) | TableValue::Code(_, text) => text.to_string(),
    }
}

/// `[2]`.
fn push_index(position: u32, out: &mut String) {
    out.push('[');
    push_number(position, out);
    out.push(']');
}

pub(crate) fn push_number(number: u32, out: &mut String) {
    match u8::try_from(number) {
        Ok(digit @ 0..=9) => out.push(char::from(b'0' + digit)),
        _ => out.push_str(&number.to_string()),
    }
}

/// The value of a table's cell as JSON.
pub(super) fn table_json(value: &TableValue) -> Json {
    match value {
        TableValue::Missing => Json::Null,
        TableValue::Number(number) => number_json(*number),
        TableValue::List(items) => items.iter().map(|item| Json::String(item.text.to_string())).collect(),
        other => Json::String(table_text(other)),
    }
}

/// Numbers are printed the same everywhere: whole ones without a decimal point.
#[expect(clippy::cast_possible_truncation, reason = "the range is tested in the condition")]
pub(super) fn number_json(number: f64) -> Json {
    if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 {
        return Json::from(number as i64);
    }
    serde_json::Number::from_f64(number).map_or(Json::Null, Json::Number)
}

pub(super) fn number_text(number: f64) -> String {
    number_json(number).to_string()
}

fn date_text(value: Date) -> String {
    if value.last == Date::OPEN {
        return format!("{} or later", date::to_text(value.first));
    }
    if value.is_exact() {
        return date::to_text(value.first);
    }
    let (first, last) = (date::ymd(value.first), date::ymd(value.last));
    let whole_year = (first.1, first.2, last.1, last.2) == (1, 1, 12, 31) && first.0 == last.0;
    let text = date::to_text(value.first);
    if whole_year {
        text.get(..4).unwrap_or("").to_owned()
    } else if (first.0, first.1, first.2) == (last.0, last.1, 1) {
        text.get(..7).unwrap_or("").to_owned()
    } else {
        format!("{text} to {}", date::to_text(value.last))
    }
}

fn plural(count: i64, unit: &str) -> String {
    if count == 1 { format!("{count} {unit}") } else { format!("{count} {unit}s") }
}

fn length_text(length: Length) -> String {
    let mut parts = Vec::new();
    let (years, months) = (length.months / 12, length.months % 12);
    for (count, unit) in [(years, "year"), (months, "month"), (length.days, "day")] {
        if count != 0 {
            parts.push(plural(count, unit));
        }
    }
    let seconds = length.micros / 1_000_000;
    for (count, unit) in [(seconds / 3600, "hour"), (seconds / 60 % 60, "minute"), (seconds % 60, "second")] {
        if count != 0 {
            parts.push(plural(count, unit));
        }
    }
    if parts.is_empty() { "0 days".to_owned() } else { parts.join(" ") }
}

fn elapsed_text(elapsed: &Elapsed) -> String {
    match elapsed {
        Elapsed::Length(length) => length_text(*length),
        Elapsed::Instants { late, early } => {
            length_text(Length { months: 0, days: 0, micros: late.saturating_sub(*early) })
        }
        Elapsed::Dates { late, early, floor } => {
            let days = |late: i32, early: i32| {
                let days = i64::from(late) - i64::from(early);
                Some(if *floor { days.max(0) } else { days })
            };
            let least = if early.last == Date::OPEN { floor.then_some(0) } else { days(late.first, early.last) };
            let most = if late.last == Date::OPEN { None } else { days(late.last, early.first) };
            range_text(least, most, |days| plural(days, "day"))
        }
        Elapsed::Range { least, most } => {
            let given = |micros: i64, none: i64| (micros != none).then_some(micros);
            range_text(given(*least, i64::MIN), given(*most, i64::MAX), |micros| {
                let days = micros / MICROS_PER_DAY;
                length_text(Length { days, micros: micros % MICROS_PER_DAY, ..Length::ZERO })
            })
        }
    }
}

const MICROS_PER_DAY: i64 = 86_400_000_000;

fn range_text(least: Option<i64>, most: Option<i64>, text: impl Fn(i64) -> String) -> String {
    match (least.map(&text), most.map(&text)) {
        (None, None) => "any time".to_owned(),
        (Some(least), None) => format!("at least {least}"),
        (None, Some(most)) => format!("at most {most}"),
        (Some(least), Some(most)) if least == most => most,
        (Some(least), Some(most)) => format!("{} to {most}", least.trim_end_matches(" days").trim_end_matches(" day")),
    }
}

impl Eval<'_, '_> {
    /// The path of the country in which a phone is read.
    pub(super) fn region_path(&mut self, field: &Field) -> Option<String> {
        let (drop, rest) = field.read_in_path.clone()?;
        let mut path = self.path(field);
        for _ in 0..drop {
            let end = path.rfind('.').unwrap_or(0);
            path.truncate(end);
        }
        // Climbing out of an element leaves its index behind.
        Some(if path.is_empty() { rest.to_string() } else { format!("{path}.{rest}") })
    }
}
