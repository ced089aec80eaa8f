//! Which fields could not be read: one walk over a bound record, in the order of its declaration.
//!
//! A walk at the end instead of notes while binding keeps the list independent of the order of keys, of keys given
//! twice, and of whether the record came as text or as a value; and a record without such fields pays nothing.

use super::bind::TOO_LONG;
use super::dump::raw_value;
use crate::limits::Limits;
use crate::record::{Address, Cell, Element, FieldKind, Layout, Problem, Record, Scalar, ShapeId, State};
use serde_json::Value as Json;
use std::fmt::Write;

/// Characters of a value that a problem shows.
const SHOWN: usize = 80;

/// Fills the record's problems from its unparsable cells.
pub(super) fn problems(layout: &Layout, limits: &Limits, record: &mut Record) {
    let mut walk = Walk { layout, limits, record, path: String::new(), problems: Vec::new(), more: 0 };
    walk.fields(0, Address::default());
    let (problems, more) = (walk.problems, walk.more);
    record.problems = problems;
    record.more_problems = more;
}

struct Walk<'a> {
    layout: &'a Layout,
    limits: &'a Limits,
    record: &'a Record,
    path: String,
    problems: Vec<Problem>,
    more: usize,
}

impl Walk<'_> {
    fn fields(&mut self, shape: ShapeId, at: Address) {
        let layout = self.layout;
        for field in &layout.shape(shape).fields {
            let length = self.path.len();
            if length > 0 {
                self.path.push('.');
            }
            self.path.push_str(&field.name);
            let place = at.plus(field.offset);
            let cell = *self.record.cell(place);
            match &field.kind {
                FieldKind::Scalar(scalar) => self.scalar(scalar, place, cell),
                FieldKind::Record(shape) => self.nested(*shape, place, cell),
                FieldKind::List { arena, element } => self.list(*arena, element, place, cell),
            }
            self.path.truncate(length);
        }
    }

    fn scalar(&mut self, scalar: &Scalar, at: Address, cell: Cell) {
        if cell.state == State::Unparsable {
            if cell.code == TOO_LONG {
                self.problem(at, format!("text of at most {} characters", self.limits.max_text_chars));
            } else {
                self.problem(at, wanted(scalar));
            }
        }
    }

    fn nested(&mut self, shape: ShapeId, at: Address, cell: Cell) {
        match cell.state {
            State::Present => self.fields(shape, at),
            State::Unparsable => self.problem(at, WANTED_RECORD.to_owned()),
            State::Missing => {}
        }
    }

    fn list(&mut self, arena: u16, element: &Element, at: Address, cell: Cell) {
        match cell.state {
            State::Missing => {}
            State::Unparsable => self.problem(at, wanted_list(element)),
            State::Present => self.elements(arena, element, cell),
        }
    }

    fn elements(&mut self, arena: u16, element: &Element, cell: Cell) {
        let (first, count) = cell.halves();
        let length = self.path.len();
        for number in 0..count {
            let _ = write!(self.path, "[{number}]");
            match element {
                Element::Scalar(scalar) => {
                    let at = Address { arena, index: first.saturating_add(number) };
                    self.scalar(scalar, at, *self.record.cell(at));
                }
                Element::Record(shape) => {
                    let width = self.layout.shape(*shape).width;
                    let at = Address { arena, index: first.saturating_add(number.saturating_mul(width)) };
                    self.nested(*shape, at, *self.record.cell(at));
                }
            }
            self.path.truncate(length);
        }
    }

    fn problem(&mut self, at: Address, expected: String) {
        if self.problems.len() >= self.limits.max_problems {
            self.more += 1;
            return;
        }
        // What stands in an object or a list was not asked for: it may be anything, protected attributes included.
        let found = match raw_value(self.record, at) {
            Json::Object(_) => "an object".to_owned(),
            Json::Array(_) => "a list".to_owned(),
            value => shortened(&value.to_string()),
        };
        self.problems.push(Problem { path: self.path.clone(), expected, found });
    }
}

/// What stands where a record belongs, in JSON's terms.
pub(super) const WANTED_RECORD: &str = "object";

/// What a list must look like.
pub(super) fn wanted_list(element: &Element) -> String {
    match element {
        Element::Scalar(scalar) => format!("list of {}", scalar.name()),
        Element::Record(_) => "list of objects".to_owned(),
    }
}

/// What a value must look like, in JSON's terms and with an example where the type's name does not say it.
pub(super) fn wanted(scalar: &Scalar) -> String {
    let form = match scalar {
        Scalar::Text => "text",
        Scalar::Number => "number",
        Scalar::Bool => "true or false",
        Scalar::Date => "date such as 2019, 2019-05 or 2019-05-31",
        Scalar::Instant => "instant such as 2026-01-15T09:30:00Z",
        Scalar::Country => "country such as DE, DEU or Germany",
        Scalar::Phone => "text (a phone number)",
        Scalar::Email => "text (a mail address)",
        Scalar::Url => "text (a web address)",
        Scalar::Ip => "IP address such as 203.0.113.7",
        Scalar::Network => "network such as 203.0.113.0/24",
        Scalar::Person | Scalar::Organisation => "text (a name)",
        Scalar::OneOf(_) => return scalar.name(),
    };
    form.to_owned()
}

/// The first characters of a text.
fn shortened(json: &str) -> String {
    match json.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", json.get(..end).unwrap_or_default()),
        None => json.to_owned(),
    }
}
