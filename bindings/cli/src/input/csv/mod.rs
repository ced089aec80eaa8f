//! CSV: the header row names paths of the record (`form.phone`, `resume.work[0].name`), each further row is one application.
//!
//! A cell is text, or a number, bool or list (items separated by `;`) where the record says so. An empty cell is missing.

mod cut;
mod header;
mod table;

pub(super) use table::table;

use crate::input::open::Stream;
use crate::input::{Body, Fault, Header, Item, Reason, Records};
use csv::{ReaderBuilder, StringRecord};
use cut::Cutter;
use header::{Column, Step};
use indicia::Limits;
use serde_json::{Map, Number, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Reads one application a row.
pub(super) struct Rows {
    stream: Stream,
    file: Arc<str>,
    limits: Limits,
    types: Arc<BTreeMap<String, String>>,
    columns: Option<Vec<Column>>,
    header: Option<Header>,
    cutter: Cutter,
    blank: u64,
    ended: bool,
}

impl Rows {
    pub(super) fn new(stream: Stream, file: Arc<str>, limits: Limits, types: Arc<BTreeMap<String, String>>) -> Self {
        Self { stream, file, limits, types, columns: None, header: None, cutter: Cutter::new(), blank: 0, ended: false }
    }

    fn columns_of(&self, cells: &StringRecord) -> Result<Vec<Column>, Fault> {
        header::columns(cells, &self.types, self.limits.max_record_nesting)
    }

    fn item(&self, line: u64, bytes: usize, body: Body) -> Item {
        Item::new(Arc::clone(&self.file), Some(line), bytes, body)
    }
}

impl Records for Rows {
    fn next(&mut self) -> Option<Item> {
        while !self.ended {
            let start = self.cutter.line;
            let row = match self.cutter.row(&mut self.stream, self.limits.max_record_bytes) {
                Ok(None) => break,
                Ok(Some(row)) => row,
                Err(error) => {
                    self.ended = true;
                    return Some(self.item(
                        start,
                        0,
                        Body::Bad(Fault::new(Reason::Read, format!("can't read: {error}"))),
                    ));
                }
            };
            if row.as_ref().is_ok_and(|text| text.trim_ascii().is_empty()) {
                self.blank += 1;
                continue;
            }
            let bytes = row.as_ref().map_or(0, Vec::len);
            let cells = row.and_then(|text| cells(&text));
            let Some(columns) = &self.columns else {
                match cells.and_then(|cells| Ok((self.columns_of(&cells)?, cells))) {
                    Ok((columns, cells)) => {
                        let names = cells.iter().map(|name| name.trim().to_owned()).collect();
                        self.header = Some(Header { line: start, names });
                        self.columns = Some(columns);
                    }
                    Err(fault) => {
                        self.ended = true;
                        return Some(self.item(start, 0, Body::Bad(fault)));
                    }
                }
                continue;
            };
            let body = match cells.and_then(|cells| record(columns, &cells)) {
                Ok(value) => Body::Value(value),
                Err(fault) => Body::Bad(fault),
            };
            return Some(self.item(start, bytes, body));
        }
        None
    }

    fn blank(&self) -> u64 {
        self.blank
    }

    fn is_series(&self) -> bool {
        true
    }

    fn take_header(&mut self) -> Option<Header> {
        self.header.take()
    }

    fn may_wait(&self) -> bool {
        self.stream.buffer().is_empty()
    }
}

fn cells(text: &[u8]) -> Result<StringRecord, Fault> {
    std::str::from_utf8(text).map_err(|error| indicia::InputError::Utf8 { offset: error.valid_up_to() })?;
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).buffer_capacity(text.len()).from_reader(text);
    let mut cells = StringRecord::new();
    match reader.read_record(&mut cells) {
        Ok(_) => Ok(cells),
        Err(error) => Err(Fault::new(Reason::Csv, format!("invalid CSV: {error}"))),
    }
}

fn record(columns: &[Column], cells: &StringRecord) -> Result<Value, Fault> {
    if cells.len() != columns.len() {
        return Err(Fault::new(
            Reason::Csv,
            format!("row has {} cells, the header has {}", cells.len(), columns.len()),
        ));
    }
    let mut record = Value::Object(Map::new());
    for (column, cell) in columns.iter().zip(cells) {
        if !cell.trim().is_empty() {
            place(&mut record, &column.steps, typed(cell, column.ty.as_deref()));
        }
    }
    Ok(record)
}

/// The cell as its field's type; text that does not fit stays text, and the engine reports it.
fn typed(cell: &str, ty: Option<&str>) -> Value {
    let text = || Value::String(cell.to_owned());
    match ty {
        Some("number") => number(cell.trim()).map_or_else(text, Value::Number),
        Some("bool") => cell.trim().to_lowercase().parse().map_or_else(|_| text(), Value::Bool),
        Some(list) if list.starts_with("list of ") => {
            let item = list.strip_prefix("list of ");
            cell.split(';').map(str::trim).filter(|part| !part.is_empty()).map(|part| typed(part, item)).collect()
        }
        _ => text(),
    }
}

/// A number as JSON would hold it: whole where it is whole.
fn number(text: &str) -> Option<Number> {
    text.parse::<i64>().map(Number::from).ok().or_else(|| text.parse().ok().and_then(Number::from_f64))
}

/// Puts a value at its place, making the objects and lists on the way. A place that is taken by another shape stays as it is.
fn place(target: &mut Value, steps: &[Step], value: Value) {
    let Some((step, rest)) = steps.split_first() else {
        *target = value;
        return;
    };
    if target.is_null() {
        *target = if matches!(step, Step::Key(_)) { Value::Object(Map::new()) } else { Value::Array(Vec::new()) };
    }
    match (target, step) {
        (Value::Object(map), Step::Key(key)) => place(map.entry(key.clone()).or_insert(Value::Null), rest, value),
        (Value::Array(items), Step::Index(index)) => {
            if items.len() <= *index {
                items.resize(index + 1, Value::Null);
            }
            if let Some(item) = items.get_mut(*index) {
                place(item, rest, value);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, Body, Limits, Records, Rows, Stream};
    use std::io::Read;
    use std::sync::Arc;

    fn read(text: &'static str) -> Vec<String> {
        let types = [("years", "number"), ("remote", "bool"), ("skills", "list of text")];
        let types: BTreeMap<_, _> = types.iter().map(|(path, ty)| ((*path).to_owned(), (*ty).to_owned())).collect();
        let inner: Box<dyn Read + Send> = Box::new(text.as_bytes());
        let mut limits = Limits::default();
        limits.max_record_bytes = 100;
        let mut rows = Rows::new(Stream::with_capacity(5, inner), "f".into(), limits, Arc::new(types));
        let mut out = Vec::new();
        while let Some(item) = rows.next() {
            let line = item.line.unwrap_or(0);
            out.push(match item.body {
                Body::Value(value) => format!("{line} {value}"),
                Body::Bad(fault) => format!("{line} {:?}", fault.reason),
                other => format!("{other:?}"),
            });
        }
        out
    }

    #[test]
    fn cells_take_the_place_and_the_type_of_their_path() {
        let rows = read("id,work[1].name,years,remote,skills\n1,\"A, \"\"B\"\"\nC\",3,TRUE,Go; Rust\n\n2,,x,,\n");
        assert_eq!(
            rows[0],
            "2 {\"id\":\"1\",\"remote\":true,\"skills\":[\"Go\",\"Rust\"],\"work\":[null,{\"name\":\"A, \\\"B\\\"\\nC\"}],\"years\":3}"
        );
        assert_eq!(rows[1], "5 {\"id\":\"2\",\"years\":\"x\"}");
    }

    #[test]
    fn a_bad_row_is_told_and_the_next_is_read() {
        assert_eq!(read("id,years\n1\n2,3\n"), ["2 Csv", "3 {\"id\":\"2\",\"years\":3}"]);
        assert_eq!(read("id,work[x].name\n1,2\n"), ["1 Csv"]);
        assert_eq!(read("id\n\"1\n2\n"), ["2 Csv"]);
    }
}
