//! What comes in, in chunks: batches of a table, or lines of JSON.

use arrow_array::RecordBatch;
use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_schema::ArrowError;
use indicia::{InputError, JsonLines};
use std::io::BufRead;
use std::ops::Range;

/// Rows that one thread screens at a time.
const ROWS: usize = 4096;
/// Bytes of lines that one thread screens at a time, about.
const BYTES: usize = 1 << 20;

/// Some of the applications, and the number of the first, from 0.
pub(super) struct Chunk {
    pub(super) first: i64,
    pub(super) rows: ChunkRows,
}

pub(super) enum ChunkRows {
    Table(RecordBatch),
    Lines(Lines),
}

/// Lines one after the other in one text.
#[derive(Default)]
pub(super) struct Lines {
    text: Vec<u8>,
    lines: Vec<(u64, Result<Range<usize>, InputError>)>,
}

impl Lines {
    /// Each line with its number in the file, from 1.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, Result<&[u8], &InputError>)> {
        self.lines.iter().map(|(number, line)| {
            (*number, line.as_ref().map(|range| self.text.get(range.clone()).unwrap_or_default()))
        })
    }
}

/// Where applications come from.
pub(super) enum Source {
    Table { reader: RecordBatchStreamReader, left: Option<RecordBatch> },
    Lines(JsonLines<Box<dyn BufRead + Send>>),
}

impl Source {
    /// The next chunk, whose first row has this number.
    pub(super) fn next(&mut self, first: i64) -> Option<Result<Chunk, ArrowError>> {
        match self {
            Self::Table { reader, left } => loop {
                if let Some(batch) = left.take() {
                    let length = batch.num_rows().min(ROWS);
                    if length < batch.num_rows() {
                        *left = Some(batch.slice(length, batch.num_rows() - length));
                    }
                    if length > 0 {
                        return Some(Ok(Chunk { first, rows: ChunkRows::Table(batch.slice(0, length)) }));
                    }
                }
                match reader.next()? {
                    Ok(batch) => *left = Some(batch),
                    Err(error) => return Some(Err(error)),
                }
            },
            Self::Lines(lines) => {
                let mut chunk = Lines::default();
                while chunk.text.len() < BYTES && chunk.lines.len() < ROWS {
                    let Some(line) = lines.next_line() else { break };
                    let range = line.result.map(|text| {
                        let start = chunk.text.len();
                        chunk.text.extend_from_slice(text);
                        start..chunk.text.len()
                    });
                    chunk.lines.push((line.number, range));
                }
                (!chunk.lines.is_empty()).then_some(Ok(Chunk { first, rows: ChunkRows::Lines(chunk) }))
            }
        }
    }
}

impl Chunk {
    /// How many applications it holds.
    pub(super) fn len(&self) -> usize {
        match &self.rows {
            ChunkRows::Table(batch) => batch.num_rows(),
            ChunkRows::Lines(lines) => lines.lines.len(),
        }
    }
}
