//! One record in, one row out: a verdict or an error, in the format that the user asked for.

use super::Detail;
use super::evaluation::Prepared;
use super::text;
use crate::console::Theme;
use crate::input::{Fault, Item, Reason};
use indicia::{Screener, Verdict};
use serde::Serialize;

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
    /// The place of its outcome among the ruleset's.
    Outcome(usize),
    /// It could not be read.
    Error,
}

/// Screens and renders; shared by the worker threads.
#[derive(Debug)]
pub(super) struct Rows {
    prepared: Prepared,
    format: Format,
    detail: Detail,
    theme: Theme,
    outcomes: Vec<String>,
}

impl Rows {
    pub(super) fn new(prepared: Prepared, format: Format, detail: Detail, theme: Theme, outcomes: Vec<String>) -> Self {
        Self { prepared, format, detail, theme, outcomes }
    }

    /// The ruleset's outcomes from least to most.
    pub(super) fn outcomes(&self) -> &[String] {
        &self.outcomes
    }

    /// Buffers for one worker.
    pub(super) fn screener(&self) -> Screener {
        self.prepared.ruleset.screener()
    }

    /// Screens one record and appends its row.
    pub(super) fn row(&self, item: Item, screener: &mut Screener, out: &mut Vec<u8>) -> Judged {
        let Item { file, line, body, .. } = item;
        match self.prepared.screen(body, screener) {
            Ok(verdict) => {
                let place = self.outcomes.iter().position(|outcome| *outcome == verdict.outcome).unwrap_or(0);
                self.verdict(&verdict, place, &file, line, out);
                Judged::Outcome(place)
            }
            Err(fault) => {
                self.error(&fault, &file, line, out);
                Judged::Error
            }
        }
    }

    fn verdict(&self, verdict: &Verdict, place: usize, file: &str, line: Option<u64>, out: &mut Vec<u8>) {
        match self.format {
            Format::Text => {
                let grade = text::Grade { place, of: self.outcomes.len() };
                out.extend_from_slice(text::verdict(verdict, grade, file, line, self.detail, self.theme).as_bytes());
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

    fn error(&self, fault: &Fault, file: &str, line: Option<u64>, out: &mut Vec<u8>) {
        // The fault's line counts within the record, the record's within the file.
        let line = line.map(|line| line + fault.line.unwrap_or(1).saturating_sub(1)).or(fault.line);
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
    // Writing to memory does not fail, and the verdict has only texts as keys.
    let _ = serde_json::to_writer(&mut *out, value);
    out.push(b'\n');
}

/// An element of the list: a comma before it, which the output drops before the first.
fn json_element(value: &impl Serialize, out: &mut Vec<u8>) {
    out.extend_from_slice(b",\n");
    let _ = serde_json::to_writer_pretty(&mut *out, value);
}

fn csv_row(cells: &[String], out: &mut Vec<u8>) {
    let mut writer = csv::WriterBuilder::new().from_writer(out);
    let _ = writer.write_record(cells.iter().map(|cell| inert(cell)));
    let _ = writer.flush();
}

/// A cell that no spreadsheet takes for a formula: applicants choose their own ids.
fn inert(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn a_spreadsheet_sees_no_formula_in_an_id() {
        assert_eq!(inert("=1+1"), "'=1+1");
        assert_eq!(inert("a-1"), "a-1");
    }
}
