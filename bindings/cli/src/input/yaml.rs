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
    waiting: std::vec::IntoIter<Value>,
    waiting_line: u64,
    /// Bytes of one record of the document at hand.
    weight: usize,
}

impl Documents {
    pub(super) fn new(stream: Stream, file: Arc<str>, limit: usize) -> Self {
        Self { stream, file, limit, line: 0, ended: false, waiting: Vec::new().into_iter(), waiting_line: 1, weight: 0 }
    }

    fn item(&self, line: u64, body: Body) -> Item {
        Item { file: Arc::clone(&self.file), line: Some(line), bytes: self.weight, body }
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
            if let Some(value) = self.waiting.next() {
                return Some(self.item(self.waiting_line, Body::Value(value)));
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
                    self.waiting = values.into_iter();
                    self.waiting_line = start;
                }
                Ok(value) => return Some(self.item(start, Body::Value(value))),
                Err(fault) => return Some(self.item(start, Body::Bad(fault))),
            }
        }
    }
}

/// Whether a document holds nothing but blank lines and comments.
fn is_blank(text: &[u8]) -> bool {
    text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).all(|line| line.is_empty() || line.starts_with(b"#"))
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
        let fault = Fault::new(Reason::Yaml, format!("invalid YAML: {}", message.lines().next().unwrap_or_default()));
        line.map_or(fault.clone(), |line| fault.at(line))
    })
}
