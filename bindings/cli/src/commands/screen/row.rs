//! One record in, one row out: a verdict or an error, in the format that the user asked for. What is strange about the
//! document is noted beside it. A fault of the program itself costs one row, not the run.

use super::Detail;
use super::envelope;
use super::evaluation::{Prepared, Record};
use super::known::Known;
use super::notices::{self, Kind, Notice};
use super::text;
use crate::console::Theme;
use crate::input::{Fault, Item, Reason, Unread};
use crate::render::values;
use indicia::{Dropped, Screener, Verdict};
use serde::Serialize;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Formats of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum Format {
    /// Text for people.
    #[default]
    Text,
    /// One verdict a line.
    Jsonl,
    /// One JSON list.
    Json,
    /// One row a record.
    Csv,
}

/// The header of the CSV output.
pub(super) const CSV_HEADER: &str = "id,outcome,score,judged,of,indicators,error,file,line\n";

/// What became of one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Judged {
    /// It has a verdict.
    Verdict {
        /// The place of its outcome among the ruleset's.
        place: usize,
        /// Whether it has an id.
        named: bool,
        /// Whether anything in it is in the record.
        recognised: bool,
        /// Whether little of it could be judged.
        thin: bool,
    },
    /// It could not be read.
    Error,
}

/// Rows, what became of their records, and what is to be told beside.
#[derive(Debug, Default)]
pub(super) struct Done {
    pub(super) rows: Vec<u8>,
    pub(super) judged: Vec<Judged>,
    pub(super) notices: Vec<Notice>,
    /// The protected keys that a mapping dropped from each record that had any.
    pub(super) dropped: Vec<Vec<Dropped>>,
    /// What the folders of applicants hold beside their documents.
    pub(super) unread: Vec<Unread>,
}

/// Where a record stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    pub(super) line: Option<u64>,
    /// Whether the file alone does not say which record is meant.
    pub(super) one_of_many: bool,
}

impl Place<'_> {
    /// `applications.jsonl:7`, as exact as needed.
    pub(super) fn text(self) -> String {
        match self.line {
            Some(line) if self.one_of_many => format!("{}:{line}", self.file),
            _ => self.file.to_owned(),
        }
    }
}

/// Screens and renders; shared by the worker threads.
#[derive(Debug)]
pub(super) struct Rows {
    prepared: Prepared,
    known: Known,
    format: Format,
    detail: Detail,
    theme: Theme,
    outcomes: Vec<String>,
}

impl Rows {
    pub(super) fn new(prepared: Prepared, format: Format, detail: Detail, theme: Theme, outcomes: Vec<String>) -> Self {
        Self { known: Known::of(&prepared.ruleset), prepared, format, detail, theme, outcomes }
    }

    /// The ruleset's outcomes from least to most.
    pub(super) fn outcomes(&self) -> &[String] {
        &self.outcomes
    }

    /// Buffers for one worker.
    pub(super) fn screener(&self) -> Screener {
        self.prepared.ruleset.screener()
    }

    /// Screens one record and appends its row. With `look`, unknown keys of the document are noted.
    pub(super) fn row(&self, item: Item, look: bool, screener: &mut Screener, done: &mut Done) {
        let file = item.file.clone();
        let place = Place { file: &file, line: item.line, one_of_many: item.one_of_many };
        let written = done.rows.len();
        let judged = guarded(|| self.judge(item, place, look, screener, done)).unwrap_or_else(|| {
            // Half a row and half-used buffers are of no use.
            done.rows.truncate(written);
            *screener = self.screener();
            self.error(&Fault::new(Reason::Internal, "internal error, please report"), place, &mut done.rows);
            Judged::Error
        });
        done.judged.push(judged);
    }

    fn judge(&self, mut item: Item, place: Place<'_>, look: bool, screener: &mut Screener, done: &mut Done) -> Judged {
        // A mapping reads columns of its own.
        if let (Some(header), None) = (&item.header, &self.prepared.mapping) {
            let kinds = notices::of_header(header, &self.known);
            note(kinds, Place { line: Some(header.line), ..place }, done);
        }
        done.unread.extend(item.unread.take().map(|unread| *unread));
        let judged = self.prepared.record(item.body).and_then(|record| {
            let recognised = envelope::recognised(&record, &self.prepared, &self.known)?;
            Ok((self.prepared.screen(&record, screener)?, record, recognised))
        });
        match judged {
            Ok((verdict, mut record, recognised)) => {
                if let Record::Mapped { dropped, .. } = &mut record
                    && !dropped.is_empty()
                {
                    done.dropped.push(std::mem::take(dropped));
                }
                let grade = self.outcomes.iter().position(|outcome| *outcome == verdict.outcome).unwrap_or(0);
                self.verdict(&verdict, grade, place, &mut done.rows);
                if look {
                    note(notices::of_any(&record, recognised, &self.prepared, &self.known), place, done);
                }
                Judged::Verdict { place: grade, named: verdict.id.is_some(), recognised, thin: text::is_thin(&verdict) }
            }
            Err(fault) => {
                self.error(&self.prepared.told(fault).hinted(item.looks), place, &mut done.rows);
                Judged::Error
            }
        }
    }

    fn verdict(&self, verdict: &Verdict, grade: usize, place: Place<'_>, out: &mut Vec<u8>) {
        let Place { file, line, .. } = place;
        match self.format {
            Format::Text => {
                let grade = text::Grade { place: grade, of: self.outcomes.len() };
                out.extend_from_slice(text::verdict(verdict, grade, place, self.detail, self.theme).as_bytes());
            }
            Format::Jsonl => json_line(verdict, out),
            Format::Json => json_element(verdict, out),
            Format::Csv => {
                let indicators: Vec<&str> = verdict.raised.iter().map(|raised| raised.indicator.as_str()).collect();
                let cells = [
                    verdict.id.clone().unwrap_or_default(),
                    verdict.outcome.clone(),
                    verdict.score.to_string(),
                    verdict.coverage.judged.to_string(),
                    verdict.coverage.of.to_string(),
                    indicators.join(" "),
                    String::new(),
                    file.to_owned(),
                    line.map(|line| line.to_string()).unwrap_or_default(),
                ];
                csv_row(&cells, out);
            }
        }
    }

    fn error(&self, fault: &Fault, place: Place<'_>, out: &mut Vec<u8>) {
        let (file, line) = (place.file, fault.line_in_file(place.line));
        let row = ErrorRow { error: ErrorValue { file, line, reason: fault.reason, message: &fault.message } };
        match self.format {
            Format::Text => out.extend_from_slice(text::error(fault, file, line, self.theme).as_bytes()),
            Format::Jsonl => json_line(&row, out),
            Format::Json => json_element(&row, out),
            Format::Csv => {
                let mut cells = vec![String::new(); 6];
                cells.push(fault.message.clone());
                cells.push(file.to_owned());
                cells.push(line.map(|line| line.to_string()).unwrap_or_default());
                csv_row(&cells, out);
            }
        }
    }
}

/// What `work` gives; nothing if it panics. The message of the panic is on stderr.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

fn note(kinds: Vec<Kind>, place: Place<'_>, done: &mut Done) {
    let notices = kinds.into_iter().map(|kind| Notice { place: place.text(), kind });
    done.notices.extend(notices);
}

/// The row in the place of a record that can't be read. Its shape is part of the public interface.
#[derive(Debug, Serialize)]
struct ErrorRow<'a> {
    error: ErrorValue<'a>,
}

#[derive(Debug, Serialize)]
struct ErrorValue<'a> {
    file: &'a str,
    line: Option<u64>,
    reason: Reason,
    message: &'a str,
}

fn json_line(value: &impl Serialize, out: &mut Vec<u8>) {
    out.extend_from_slice(values::json_line(value).as_bytes());
    out.push(b'\n');
}

/// An element of the list: a comma before it, which the output drops before the first.
fn json_element(value: &impl Serialize, out: &mut Vec<u8>) {
    out.extend_from_slice(b",\n");
    out.extend_from_slice(values::json_lines(value).as_bytes());
}

fn csv_row(cells: &[String], out: &mut Vec<u8>) {
    let mut writer = csv::WriterBuilder::new().from_writer(out);
    let _ = writer.write_record(cells.iter().map(|cell| inert(cell)));
    let _ = writer.flush();
}

/// A cell on one line that no spreadsheet takes for a formula, and in which nothing hides: applicants choose their own ids.
fn inert(cell: &str) -> String {
    let cell = values::safe(cell);
    if cell.starts_with(['=', '+', '-', '@']) { format!("'{cell}") } else { cell.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::{guarded, inert};

    #[test]
    fn a_panic_is_caught_where_it_happens() {
        assert_eq!(guarded(|| 1), Some(1));
        assert_eq!(guarded(|| -> u8 { panic!("on purpose") }), None);
    }

    #[test]
    fn a_spreadsheet_sees_no_formula_in_an_id() {
        assert_eq!(inert("=1+1"), "'=1+1");
        assert_eq!(inert("a-1"), "a-1");
        assert_eq!(inert("a\u{202e}\t1"), "a\\u{202e}\\t1");
    }
}
