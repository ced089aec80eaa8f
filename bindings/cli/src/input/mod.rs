//! Input: files, folders and stdin become a stream of single applications, in order and in bounded memory.
//!
//! A record that can't be read becomes an item of its own with file, line and reason; the stream goes on behind it.
//! What a record means is the engine's business: JSON text is handed on unparsed.

mod csv;
mod detect;
mod fault;
mod folder;
mod json;
mod lines;
mod looks;
mod open;
mod yaml;

pub(crate) use detect::{InputFormat, is_document};
pub(crate) use fault::{Fault, Reason};
pub(crate) use folder::{Expanded, Folders, Input, Unread, expand};
pub(crate) use yaml::value as yaml_value;

use indicia::{InputError, Limits};
use looks::Looks;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// One application, or the reason why it can't be read.
#[derive(Debug)]
pub(crate) struct Item {
    /// The file it stands in; `<stdin>` is standard input.
    pub(crate) file: Arc<str>,
    /// The line it starts on, from 1, where the file has lines.
    pub(crate) line: Option<u64>,
    /// Bytes of its text, more or less.
    pub(crate) bytes: usize,
    /// What stands there.
    pub(crate) body: Body,
    /// Whether it is one of several, so that the file's name alone does not say which.
    pub(crate) one_of_many: bool,
    /// The header of its table, with the first row alone.
    pub(crate) header: Option<Box<Header>>,
    /// The format that its file looks like, if it is read as another.
    pub(crate) looks: Option<Looks>,
    /// What lies beside the documents of an applicant and is not read.
    pub(crate) unread: Option<Box<Unread>>,
}

/// The header row of a CSV file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    /// The line it stands on, from 1.
    pub(crate) line: u64,
    /// The columns as written.
    pub(crate) names: Vec<String>,
}

impl Item {
    fn new(file: Arc<str>, line: Option<u64>, bytes: usize, body: Body) -> Self {
        Self { file, line, bytes, body, one_of_many: false, header: None, looks: None, unread: None }
    }
}

/// What stands at one place of the input.
#[derive(Debug)]
pub(crate) enum Body {
    /// JSON text.
    Text(Vec<u8>),
    /// A value that was read from another format.
    Value(Value),
    /// Several documents about one applicant, by name.
    Documents(BTreeMap<String, Value>),
    /// A record that can't be read.
    Bad(Fault),
}

impl Body {
    /// Bytes of JSON text; other bodies are weighed by their readers.
    fn bytes(&self) -> usize {
        if let Self::Text(text) = self { text.len() } else { 0 }
    }
}

/// What the readers need to know.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// The format that the user asked for.
    pub(crate) format: InputFormat,
    /// Limits on one record.
    pub(crate) limits: Limits,
    /// The documents about an applicant that are read, by name; all if there is nothing to go by.
    pub(crate) wanted: Option<Arc<BTreeSet<String>>>,
    /// Types of the record's fields, by path: cells of CSV are text.
    pub(crate) types: Arc<BTreeMap<String, String>>,
    /// Counts the bytes read from the files, for the progress bar.
    pub(crate) bytes: Arc<AtomicU64>,
}

/// Reads JSON text as a value, for mappings.
pub(crate) fn json_value(text: &[u8]) -> Result<Value, Fault> {
    std::str::from_utf8(text).map_err(|error| InputError::Utf8 { offset: error.valid_up_to() })?;
    serde_json::from_slice(text).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        Fault::from(InputError::Json { line: error.line(), column: error.column(), message })
    })
}

/// A reader of one format.
trait Records: Send {
    /// The next application; `None` at the end.
    fn next(&mut self) -> Option<Item>;
    /// Blank lines skipped so far.
    fn blank(&self) -> u64 {
        0
    }
    /// Whether the format is made for several records.
    fn is_series(&self) -> bool {
        false
    }
    /// The header of a table, once it was read and until it was taken.
    fn take_header(&mut self) -> Option<Header> {
        None
    }
    /// Whether the next record may have to wait for its bytes.
    fn may_wait(&self) -> bool {
        false
    }
}

/// All applications of all inputs, in order.
pub(crate) struct Applications {
    inputs: std::vec::IntoIter<Input>,
    several: bool,
    settings: Settings,
    current: Option<Box<dyn Records>>,
    /// The format that the current input looks like.
    looks: Option<Looks>,
    blank: u64,
}

impl Applications {
    /// Reads the inputs one after the other.
    pub(crate) fn new(inputs: Vec<Input>, settings: Settings) -> Self {
        Self { several: inputs.len() > 1, inputs: inputs.into_iter(), settings, current: None, looks: None, blank: 0 }
    }

    /// Blank lines skipped so far.
    pub(crate) fn blank(&self) -> u64 {
        self.blank + self.current.as_ref().map_or(0, |current| current.blank())
    }

    /// Whether the next record may have to wait for its bytes: what is at hand should be shown first.
    pub(crate) fn may_wait(&self) -> bool {
        self.current.as_ref().is_some_and(|current| current.may_wait())
    }
}

impl Iterator for Applications {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(current) = &mut self.current {
                if let Some(mut item) = current.next() {
                    let later = item.line.is_some_and(|line| line > 1);
                    item.one_of_many = self.several || current.is_series() || later;
                    item.looks = self.looks;
                    item.header = current.take_header().map(Box::new);
                    return Some(item);
                }
                self.blank += current.blank();
                self.current = None;
            }
            let input = self.inputs.next()?;
            match detect::open(&input, &self.settings) {
                Ok(opened) => {
                    self.looks = opened.looks;
                    self.current = Some(opened.records);
                }
                Err(item) => return Some(*item),
            }
        }
    }
}
