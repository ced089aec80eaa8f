//! Evidence on its way: paths in one text, values where they lie, until a finding is made of them.

use crate::input::raw_value;
use crate::json;
use crate::record::{Address, Record};
use crate::verdict::Evidence;
use serde_json::Value as Json;

/// Evidence in the order found, each path once.
#[derive(Debug, Default)]
pub(crate) struct Cited {
    /// The paths, one after the other.
    text: String,
    entries: Vec<Entry>,
    pub(super) seen: Seen,
    /// Binders of whose element something was cited, as bits.
    pub(super) touched: u32,
}

#[derive(Debug)]
struct Entry {
    path: (usize, usize),
    value: Given,
}

/// A value as it was given.
#[derive(Debug)]
enum Given {
    Cell(Address),
    Json(Json),
}

/// What stands for itself and was walked already: its evidence or reasons are there, however often it is named.
#[derive(Debug, Default)]
pub(crate) struct Seen(Vec<Named>);

/// Something with a name that others refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    Shared(u32),
    Let(u32),
    /// A `let` whose imprecise dates were blamed.
    Blamed(u32),
    Indicator(u32),
}

impl Seen {
    /// Whether it is seen for the first time.
    pub(super) fn first(&mut self, named: Named) -> bool {
        let first = !self.0.contains(&named);
        if first {
            self.0.push(named);
        }
        first
    }
}

impl Cited {
    /// Forgets everything but the room.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.entries.clear();
        self.seen.0.clear();
        self.touched = 0;
    }

    /// Starts an entry: its path is written to what this gives, and then the value is added.
    pub(super) fn path(&mut self) -> (usize, &mut String) {
        (self.text.len(), &mut self.text)
    }

    /// Adds the value in a cell to the path that was written.
    pub(super) fn add_cell(&mut self, path: usize, at: Address) {
        let known = self.entries.iter().any(|entry| matches!(entry.value, Given::Cell(cited) if cited == at));
        self.end(path, Given::Cell(at), known);
    }

    /// Adds a value to the path that was written.
    pub(super) fn add_json(&mut self, path: usize, value: Json) {
        self.end(path, Given::Json(value), false);
    }

    pub(super) fn add(&mut self, path: &str, value: Json) {
        let start = self.text.len();
        self.text.push_str(path);
        self.add_json(start, value);
    }

    fn end(&mut self, start: usize, value: Given, known: bool) {
        let end = self.text.len();
        let path = self.text.get(start..).unwrap_or("");
        let of_cell = matches!(value, Given::Cell(_));
        // Cells differ where their paths do.
        let same = |entry: &Entry| !(of_cell && matches!(entry.value, Given::Cell(_))) && self.path_of(entry) == path;
        if known || self.entries.iter().any(same) {
            self.text.truncate(start);
        } else {
            self.entries.push(Entry { path: (start, end), value });
        }
    }

    fn path_of(&self, entry: &Entry) -> &str {
        self.text.get(entry.path.0..entry.path.1).unwrap_or("")
    }

    /// The evidence without what a whole list already shows.
    fn shown(&self) -> impl Iterator<Item = (&str, &Given)> {
        let is_list = |entry: &Entry| matches!(&entry.value, Given::Json(Json::Array(_)));
        let lists = self.entries.iter().any(is_list);
        let hidden = move |path: &str| {
            lists
                && self
                    .entries
                    .iter()
                    .filter(|entry| is_list(entry))
                    .any(|list| path.strip_prefix(self.path_of(list)).is_some_and(|behind| behind.starts_with('[')))
        };
        let shown = self.entries.iter().map(|entry| (self.path_of(entry), &entry.value));
        shown.filter(move |(path, _)| !hidden(path))
    }

    /// The evidence as it stands in a verdict.
    pub(super) fn evidence(&self, record: &Record) -> Vec<Evidence> {
        let value = |given: &Given| match given {
            Given::Cell(at) => raw_value(record, *at),
            Given::Json(value) => value.clone(),
        };
        self.shown().map(|(path, given)| Evidence { path: path.to_owned(), value: value(given) }).collect()
    }

    /// The same as JSON text.
    pub(super) fn write(&self, record: &Record, out: &mut String) {
        out.push('[');
        for (number, (path, given)) in self.shown().enumerate() {
            out.push_str(if number > 0 { ",{\"path\":" } else { "{\"path\":" });
            json::push_text(path, out);
            out.push_str(",\"value\":");
            match given {
                Given::Cell(at) => write_cell(record, *at, out),
                Given::Json(value) => json::push_value(value, out),
            }
            out.push('}');
        }
        out.push(']');
    }
}

fn write_cell(record: &Record, at: Address, out: &mut String) {
    let cell = record.cell(at);
    if cell.state != crate::record::State::Missing && !cell.raw_is_json {
        json::push_text(record.written(cell), out);
    } else {
        json::push_value(&raw_value(record, at), out);
    }
}
