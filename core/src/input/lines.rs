//! JSON Lines: one record a line, read in memory that the longest allowed line bounds.
//!
//! Blank lines are counted and skipped. A line that is too long is an error of its own, and the next line is read as if
//! nothing had been.

use crate::error::InputError;
use crate::limits::Limits;
use std::io::{BufRead, ErrorKind};

/// One line that is not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Line<T> {
    /// Its number in the file, from 1, blank lines counted.
    pub number: u64,
    /// Its bytes without the line end, or why they can't be had.
    pub result: Result<T, InputError>,
}

/// The lines of a reader. As an iterator it gives each line as a `Vec<u8>`; [`JsonLines::next_line`] lends its buffer and
/// allocates nothing.
///
/// ```
/// let mut lines = indicia::JsonLines::new("{\"id\":\"a\"}\r\n\n{\"id\":\"b\"}".as_bytes(), &indicia::Limits::default());
/// while let Some(line) = lines.next_line() {
///     println!("{}: {} bytes", line.number, line.result?.len());
/// }
/// assert_eq!((lines.lines(), lines.blank_lines()), (3, 1));
/// # Ok::<(), indicia::InputError>(())
/// ```
#[derive(Debug)]
pub struct JsonLines<R> {
    reader: R,
    limit: usize,
    buffer: Vec<u8>,
    lines: u64,
    blank: u64,
    ended: bool,
}

/// What stands in the buffer after reading one line.
enum Taken {
    Line,
    TooLong,
    End,
}

impl<R: BufRead> JsonLines<R> {
    /// The lines of a reader, none longer than `max_record_bytes`.
    pub fn new(reader: R, limits: &Limits) -> Self {
        Self { reader, limit: limits.max_record_bytes, buffer: Vec::new(), lines: 0, blank: 0, ended: false }
    }

    /// How many lines were read so far, blank ones counted.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// How many blank lines were skipped so far.
    pub fn blank_lines(&self) -> u64 {
        self.blank
    }

    /// The next line that is not blank. After an error of the reader there is none.
    pub fn next_line(&mut self) -> Option<Line<&[u8]>> {
        if self.ended {
            return None;
        }
        loop {
            let taken = match self.take() {
                Ok(taken) => taken,
                Err(error) => {
                    self.ended = true;
                    let result = Err(InputError::Read { message: error.to_string() });
                    return Some(Line { number: self.lines + 1, result });
                }
            };
            match taken {
                Taken::End => {
                    self.ended = true;
                    return None;
                }
                Taken::Line if self.buffer.trim_ascii().is_empty() => {
                    self.lines += 1;
                    self.blank += 1;
                }
                Taken::Line => {
                    self.lines += 1;
                    return Some(Line { number: self.lines, result: Ok(&self.buffer) });
                }
                Taken::TooLong => {
                    self.lines += 1;
                    return Some(Line { number: self.lines, result: Err(InputError::TooLarge { limit: self.limit }) });
                }
            }
        }
    }

    /// Reads up to the next line end, which is left out, or the end of the input.
    fn take(&mut self) -> std::io::Result<Taken> {
        self.buffer.clear();
        let (mut any, mut too_long) = (false, false);
        loop {
            let chunk = match self.reader.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if chunk.is_empty() {
                break;
            }
            any = true;
            let end = memchr::memchr(b'\n', chunk);
            let part = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or_default();
            // A carriage return before the line end is no part of the line: one byte of grace.
            if too_long || self.buffer.len() + part.len() > self.limit.saturating_add(1) {
                too_long = true;
            } else {
                self.buffer.extend_from_slice(part);
            }
            let used = end.map_or(chunk.len(), |end| end + 1);
            self.reader.consume(used);
            if end.is_some() {
                break;
            }
        }
        if self.buffer.last() == Some(&b'\r') {
            self.buffer.pop();
        }
        if self.buffer.len() > self.limit {
            too_long = true;
        }
        Ok(match (any, too_long) {
            (false, _) => Taken::End,
            (true, true) => Taken::TooLong,
            (true, false) => Taken::Line,
        })
    }
}

impl<R: BufRead> Iterator for JsonLines<R> {
    type Item = Line<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_line().map(|line| Line { number: line.number, result: line.result.map(<[u8]>::to_vec) })
    }
}
