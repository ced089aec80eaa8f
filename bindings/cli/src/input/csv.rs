//! CSV: the header row names paths of the record (`form.phone`, `resume.work[0].name`), each further row is one application.
//!
//! A cell is text, or a number, bool or list (items separated by `;`) where the record says so. An empty cell is missing.

use super::open::Stream;
use super::{Body, Fault, Header, Item, Reason, Records};
use csv::{ReaderBuilder, StringRecord};
use serde_json::{Map, Number, Value};
use std::collections::BTreeMap;
use std::io::{self, BufRead};
use std::sync::Arc;

/// Highest index in a header, so that `work[4000000000]` does not fill the memory.
const MAX_INDEX: usize = 999;

/// Reads one application a row.
pub(super) struct Rows {
    stream: Stream,
    file: Arc<str>,
    limit: usize,
    types: Arc<BTreeMap<String, String>>,
    columns: Option<Vec<Column>>,
    header: Option<Header>,
    line: u64,
    blank: u64,
    ended: bool,
}

/// One column of the header.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Column {
    steps: Vec<Step>,
    ty: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

impl Rows {
    pub(super) fn new(stream: Stream, file: Arc<str>, limit: usize, types: Arc<BTreeMap<String, String>>) -> Self {
        Self { stream, file, limit, types, columns: None, header: None, line: 1, blank: 0, ended: false }
    }

    fn item(&self, line: u64, bytes: usize, body: Body) -> Item {
        Item::new(Arc::clone(&self.file), Some(line), bytes, body)
    }

    fn header(&self, cells: &StringRecord) -> Result<Vec<Column>, Fault> {
        let columns = cells.iter().map(|name| column(name.trim(), &self.types).ok_or(name));
        columns.collect::<Result<_, _>>().map_err(|name| {
            Fault::new(
                Reason::Csv,
                format!("`{name}` in the header is no path such as `form.phone` or `resume.work[0].name`"),
            )
        })
    }
}

impl Records for Rows {
    fn next(&mut self) -> Option<Item> {
        while !self.ended {
            let start = self.line;
            let row = match take_row(&mut self.stream, &mut self.line, self.limit) {
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
                match cells.and_then(|cells| Ok((self.header(&cells)?, cells))) {
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

/// Reads up to a line end outside of quotes and holds at most `limit` bytes.
fn take_row(stream: &mut Stream, line: &mut u64, limit: usize) -> io::Result<Option<Result<Vec<u8>, Fault>>> {
    let (mut text, mut too_large, mut quoted, mut any) = (Vec::new(), false, false, false);
    loop {
        let buffer = stream.fill_buf()?;
        if buffer.is_empty() {
            break;
        }
        any = true;
        let mut used = 0;
        let mut ends = false;
        for &byte in buffer {
            used += 1;
            quoted ^= byte == b'"';
            *line += u64::from(byte == b'\n');
            if byte == b'\n' && !quoted {
                ends = true;
                break;
            }
        }
        if too_large || text.len() + used > limit {
            too_large = true;
            text = Vec::new();
        } else {
            text.extend_from_slice(buffer.get(..used).unwrap_or_default());
        }
        stream.consume(used);
        if ends {
            break;
        }
    }
    Ok(match (any, too_large) {
        (false, _) => None,
        (true, true) => Some(Err(Fault::too_large(limit))),
        (true, false) if quoted => Some(Err(Fault::new(Reason::Csv, "a quoted cell is not closed"))),
        (true, false) => Some(Ok(text)),
    })
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

fn column(name: &str, types: &BTreeMap<String, String>) -> Option<Column> {
    let mut steps = Vec::new();
    let mut general = String::new();
    for part in name.split('.') {
        let (key, mut indexes) = part.find('[').map_or((part, ""), |at| part.split_at(at));
        if key.is_empty() {
            return None;
        }
        if !general.is_empty() {
            general.push('.');
        }
        general.push_str(key);
        steps.push(Step::Key(key.to_owned()));
        while let Some(rest) = indexes.strip_prefix('[') {
            let (index, rest) = rest.split_once(']')?;
            steps.push(Step::Index(index.parse().ok().filter(|index| *index <= MAX_INDEX)?));
            general.push_str("[]");
            indexes = rest;
        }
        if !indexes.is_empty() {
            return None;
        }
    }
    Some(Column { steps, ty: types.get(&general).cloned() })
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
    use super::{BTreeMap, Body, Records, Rows, Stream};
    use std::io::Read;
    use std::sync::Arc;

    fn read(text: &'static str) -> Vec<String> {
        let types = [("years", "number"), ("remote", "bool"), ("skills", "list of text")];
        let types: BTreeMap<_, _> = types.iter().map(|(path, ty)| ((*path).to_owned(), (*ty).to_owned())).collect();
        let inner: Box<dyn Read + Send> = Box::new(text.as_bytes());
        let mut rows = Rows::new(Stream::with_capacity(5, inner), "f".into(), 100, Arc::new(types));
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
