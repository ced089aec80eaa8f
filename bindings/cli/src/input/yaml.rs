//! YAML: each document of the file (`---` between them) is one application, or a list of applications.

use super::lines::{Line, take_line};
use super::open::Stream;
use super::{Body, Fault, Item, Reason, Records};
use serde_json::Value;
use std::sync::Arc;

/// Levels of lists and mappings in a document.
const MAX_DEPTH: usize = 64;
/// Values in a document, those that aliases repeat included.
const MAX_NODES: usize = 250_000;

/// Reads one document at a time.
pub(super) struct Documents {
    stream: Stream,
    file: Arc<str>,
    limit: usize,
    line: u64,
    ended: bool,
    /// Elements of a list with their lines.
    waiting: std::vec::IntoIter<(u64, Value)>,
    /// Bytes of one record of the document at hand.
    weight: usize,
    /// Whether a list was seen.
    list: bool,
}

impl Documents {
    pub(super) fn new(stream: Stream, file: Arc<str>, limit: usize) -> Self {
        Self { stream, file, limit, line: 0, ended: false, waiting: Vec::new().into_iter(), weight: 0, list: false }
    }

    fn item(&self, line: u64, body: Body) -> Item {
        Item::new(Arc::clone(&self.file), Some(line), self.weight, body)
    }

    /// The text of the next document with its first line; `Err` if it is larger than the limit or can't be read.
    fn document(&mut self) -> (u64, Result<Vec<u8>, Fault>) {
        let start = self.line + 1;
        let mut text = Vec::new();
        let mut too_large = false;
        loop {
            self.line += 1;
            match take_line(&mut self.stream, self.limit) {
                Ok(Line::End) => {
                    self.ended = true;
                    break;
                }
                Ok(Line::Whole(line)) if is_marker(&line) => {
                    if !text.trim_ascii().is_empty() {
                        break;
                    }
                    text.push(b'\n');
                }
                Ok(Line::Whole(line)) if text.len() + line.len() < self.limit && !too_large => {
                    text.extend_from_slice(&line);
                    text.push(b'\n');
                }
                Ok(Line::Whole(_) | Line::TooLong) => {
                    too_large = true;
                    text.clear();
                    text.extend_from_slice(b"#");
                }
                Err(error) => {
                    self.ended = true;
                    return (self.line, Err(Fault::new(Reason::Read, format!("can't read: {error}"))));
                }
            }
        }
        (start, if too_large { Err(Fault::too_large(self.limit)) } else { Ok(text) })
    }
}

/// A line that parts two documents.
fn is_marker(line: &[u8]) -> bool {
    let line = line.trim_ascii_end();
    line == b"---" || line == b"..."
}

impl Records for Documents {
    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some((line, value)) = self.waiting.next() {
                return Some(self.item(line, Body::Value(value)));
            }
            if self.ended {
                return None;
            }
            let (start, text) = self.document();
            let text = match text {
                Ok(text) if is_blank(&text) => continue,
                Ok(text) => text,
                Err(fault) => return Some(self.item(start, Body::Bad(fault))),
            };
            self.weight = text.len();
            match value(&text) {
                Ok(Value::Array(values)) => {
                    self.weight = text.len() / values.len().max(1);
                    self.list = values.len() > 1;
                    let lines = element_lines(&text, values.len());
                    let places = lines.into_iter().map(|line| start + line);
                    self.waiting = places.zip(values).collect::<Vec<_>>().into_iter();
                }
                Ok(value) => return Some(self.item(start, Body::Value(value))),
                Err(fault) => return Some(self.item(start, Body::Bad(fault))),
            }
        }
    }

    fn is_series(&self) -> bool {
        self.list
    }
}

/// Whether a document holds nothing but blank lines and comments.
fn is_blank(text: &[u8]) -> bool {
    text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).all(|line| line.is_empty() || line.starts_with(b"#"))
}

/// The lines, from 0, on which the elements of a document's list start. Whatever stands within an element is indented
/// deeper than its dash. Where dashes and elements don't agree in number (`[a, b]`), all stand on the first line.
fn element_lines(text: &[u8], elements: usize) -> Vec<u64> {
    let indent = |line: &[u8]| line.iter().take_while(|byte| **byte == b' ').count();
    let is_dash = |line: &[u8]| {
        let rest = line.trim_ascii_start();
        rest == b"-" || rest.starts_with(b"- ") || rest.starts_with(b"-\t")
    };
    let lines = || (0_u64..).zip(text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end));
    let first = lines().find(|(_, line)| is_dash(line)).map_or(0, |(_, line)| indent(line));
    let found: Vec<u64> =
        lines().filter(|(_, line)| is_dash(line) && indent(line) == first).map(|(number, _)| number).collect();
    if found.len() == elements { found } else { vec![0; elements] }
}

/// Reads one document. `on`, `yes` and `no` are text, as people write them in forms, and so is `01234`.
pub(crate) fn value(text: &[u8]) -> Result<Value, Fault> {
    let text = std::str::from_utf8(text).map_err(|error| indicia::InputError::Utf8 { offset: error.valid_up_to() })?;
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_depth: MAX_DEPTH, flow_nesting_limit: MAX_DEPTH, max_nodes: MAX_NODES },
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: MAX_NODES },
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        reject_unsupported_tags: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let line = error.location().map(|place| place.line());
        let message = error.to_string();
        let said = message.lines().next().unwrap_or_default();
        // The reader says the line within the document; the row says the line within the file.
        let fault = match error.location().and_then(|place| Some((place, said.split_once(" at line ")?.0))) {
            Some((place, said)) => format!("invalid YAML at column {}: {said}", place.column()),
            None => format!("invalid YAML: {said}"),
        };
        let fault = Fault::new(Reason::Yaml, fault);
        line.map_or(fault.clone(), |line| fault.at(line))
    })
}

#[cfg(test)]
mod tests {
    use super::element_lines;

    #[test]
    fn elements_of_a_list_stand_on_their_own_lines() {
        assert_eq!(element_lines(b"# list\n- id: a\n  skills:\n    - Go\n  note: |\n    - x\n-\n  id: b\n", 2), [1, 6]);
        assert_eq!(element_lines(b"[{id: a},\n {id: b}]", 2), [0, 0]);
    }
}
