//! What is done to each chunk, and why it may not come to its end.

use super::column::{Cell, Column};
use super::place::Places;
use super::plan::{Shape, Wanted};
use super::rows::{Failures, Rows, Wish};
use super::source::{Chunk, ChunkRows, Lines};
use crate::{advice, errors};
use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use indicia::{InputError, Ruleset, ScreenOptions, Screener};
use pyo3::{PyErr, Python};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

pub(super) struct Work {
    pub(super) ruleset: Ruleset,
    pub(super) wanted: Wanted,
    pub(super) places: Places,
    pub(super) mapping: Vec<(String, String)>,
    pub(super) options: ScreenOptions,
    pub(super) wish: Wish,
    pub(super) schema: SchemaRef,
    /// By indicator its name, unless it is in the shadow.
    pub(super) names: Vec<Option<String>>,
    /// Whether rows are tried together first.
    pub(super) together: AtomicBool,
    /// Screeners that no thread uses just now.
    pub(super) idle: Mutex<Vec<Screener>>,
}

/// Why a table can't be screened to its end.
pub(super) enum Stop {
    /// An application that can't be read.
    Row(Box<BadRow>),
    /// The table itself.
    Table(ArrowError),
}

pub(super) struct BadRow {
    row: i64,
    /// Where it stands, in words.
    place: String,
    column: Option<String>,
    error: InputError,
}

impl BadRow {
    fn message(&self) -> String {
        match &self.column {
            Some(column) => format!("{}, column `{column}`: {}", self.place, advice::told(&self.error)),
            None => format!("{}: {}", self.place, advice::told(&self.error)),
        }
    }
}

impl Stop {
    /// For whoever reads the stream.
    pub(super) fn arrow(self) -> ArrowError {
        match self {
            Self::Row(bad) => ArrowError::ExternalError(bad.message().into()),
            Self::Table(error) => error,
        }
    }

    /// For whoever asked for all at once.
    pub(super) fn python(self, py: Python<'_>) -> PyErr {
        match self {
            Self::Row(bad) => errors::input_in_row(py, &bad.error, &bad.message(), bad.row, bad.column.as_deref()),
            Self::Table(error) => errors::value(&error),
        }
    }
}

impl Work {
    /// What to say of a table that has no column of the record.
    pub(super) fn nothing(&self, schema: &SchemaRef) -> String {
        let has: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        format!(
            "the ruleset reads none of the table's columns ({}); name them by a mapping such as {{\"phone\": \"form.phone\"}}; it reads: {}",
            has.join(", "),
            self.wanted.top().join(", ")
        )
    }

    /// Screens a chunk.
    pub(super) fn screen(&self, shape: Option<&Shape>, chunk: &Chunk) -> Result<RecordBatch, Stop> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut screener = idle.unwrap_or_else(|| self.ruleset.screener());
        let mut rows = Rows::new(&self.wish);
        match (&chunk.rows, shape) {
            (ChunkRows::Table(batch), Some(shape)) => {
                self.table(&mut screener, shape, batch, chunk.first, &mut rows)?;
            }
            (ChunkRows::Lines(lines), _) => self.lines(&mut screener, lines, chunk.first, &mut rows)?,
            (ChunkRows::Table(_), None) => {}
        }
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(screener);
        rows.finish(&self.schema).map_err(Stop::Table)
    }

    fn table(
        &self,
        screener: &mut Screener,
        shape: &Shape,
        batch: &RecordBatch,
        first: i64,
        rows: &mut Rows<'_>,
    ) -> Result<(), Stop> {
        let columns = Column::application(shape, batch.columns(), &self.wanted);
        let together = if rows.are_brief() && self.together.load(Ordering::Relaxed) {
            // A day that is none was found when this was made ready.
            self.ruleset.judge_columns(&columns, 0..batch.num_rows(), &self.options).ok()
        } else {
            None
        };
        let mut left = 0;
        for (number, row) in (0..batch.num_rows()).zip(first..) {
            if let Some(judged) = together.as_ref().and_then(|together| together.row(number)) {
                rows.push_judged(&judged, &self.names);
                continue;
            }
            left += 1;
            match screener.read_node(&Cell::new(&columns, number), &self.options) {
                Ok(mut application) => rows.push(row, &mut application, &self.names),
                Err(error) => {
                    let column = self.places.column(&error, shape, batch.schema_ref());
                    self.bad(BadRow { row, place: format!("row {row}"), column, error }, rows)?;
                }
            }
        }
        // Where most rows have to be judged by themselves, the rest is not worth it.
        if together.is_some() && left * 2 > batch.num_rows() {
            self.together.store(false, Ordering::Relaxed);
        }
        Ok(())
    }

    fn lines(&self, screener: &mut Screener, lines: &Lines, first: i64, rows: &mut Rows<'_>) -> Result<(), Stop> {
        for ((number, line), row) in lines.iter().zip(first..) {
            let read = line.map_err(Clone::clone).and_then(|text| screener.read(text, &self.options));
            match read {
                Ok(mut application) => rows.push(row, &mut application, &self.names),
                Err(error) => self.bad(BadRow { row, place: format!("line {number}"), column: None, error }, rows)?,
            }
        }
        Ok(())
    }

    fn bad(&self, bad: BadRow, rows: &mut Rows<'_>) -> Result<(), Stop> {
        if self.wish.failures == Failures::Raised {
            return Err(Stop::Row(Box::new(bad)));
        }
        rows.push_error(bad.row, &bad.message());
        Ok(())
    }
}
