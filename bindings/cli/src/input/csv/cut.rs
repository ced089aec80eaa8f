//! Cuts CSV into rows. A row ends at LF, CR or CRLF outside of quotes; a quote opens a cell only at its start.

use crate::input::Fault;
use crate::input::Reason;
use crate::input::open::Stream;
use std::io::{self, BufRead};

/// Where in the file the next row starts.
#[derive(Debug)]
pub(super) struct Cutter {
    /// The line, from 1.
    pub(super) line: u64,
    /// Whether a LF at the start belongs to a CR before it.
    after_cr: bool,
}

/// Where in a row a byte stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell {
    Start,
    Plain,
    Quoted,
    /// Behind a quote in a quoted cell: it closes the cell, unless another one follows.
    Closing,
}

impl Cell {
    fn after(self, byte: u8) -> Self {
        match (self, byte) {
            (Self::Quoted, b'"') => Self::Closing,
            (Self::Quoted, _) | (Self::Start | Self::Closing, b'"') => Self::Quoted,
            (_, b',') => Self::Start,
            _ => Self::Plain,
        }
    }
}

impl Cutter {
    pub(super) fn new() -> Self {
        Self { line: 1, after_cr: false }
    }

    /// Reads one row with its line end and holds at most `limit` bytes.
    pub(super) fn row(&mut self, stream: &mut Stream, limit: usize) -> io::Result<Option<Result<Vec<u8>, Fault>>> {
        let (mut text, mut too_large, mut any) = (Vec::new(), false, false);
        let (mut cell, mut ended) = (Cell::Start, false);
        while !ended {
            let buffer = stream.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let skipped = usize::from(self.after_cr && cell != Cell::Quoted && !any && buffer.first() == Some(&b'\n'));
            let mut used = skipped;
            let mut after_cr = self.after_cr && skipped == 0;
            for &byte in buffer.iter().skip(skipped) {
                used += 1;
                self.line += u64::from(byte == b'\r' || (byte == b'\n' && !after_cr));
                after_cr = byte == b'\r';
                if matches!(byte, b'\r' | b'\n') && cell != Cell::Quoted {
                    ended = true;
                    break;
                }
                cell = cell.after(byte);
            }
            // What waits in the buffer is taken for the next row.
            if ended && after_cr && buffer.get(used) == Some(&b'\n') {
                used += 1;
                after_cr = false;
            }
            self.after_cr = after_cr;
            let part = buffer.get(skipped..used).unwrap_or_default();
            any |= !part.is_empty();
            if too_large || text.len() + part.len() > limit {
                too_large = true;
                text = Vec::new();
            } else {
                text.extend_from_slice(part);
            }
            stream.consume(used);
        }
        Ok(match (any, too_large) {
            (false, _) => None,
            (true, true) => Some(Err(Fault::too_large(limit))),
            (true, false) if cell == Cell::Quoted => Some(Err(Fault::new(Reason::Csv, "a quoted cell is not closed"))),
            (true, false) => Some(Ok(text)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Cutter;
    use crate::input::open::Stream;
    use std::io::Read;

    /// Each row, without its end, and the line it starts on.
    fn rows(text: &'static str) -> Vec<String> {
        let whole = cut(text, 1000);
        for capacity in 1..8 {
            assert_eq!(cut(text, capacity), whole, "{text:?} in pieces of {capacity}");
        }
        whole
    }

    fn cut(text: &'static str, capacity: usize) -> Vec<String> {
        let inner: Box<dyn Read + Send> = Box::new(text.as_bytes());
        let mut stream = Stream::with_capacity(capacity, inner);
        let (mut cutter, mut out) = (Cutter::new(), Vec::new());
        loop {
            let line = cutter.line;
            let Some(row) = cutter.row(&mut stream, 40).unwrap() else { return out };
            out.push(match row {
                Ok(text) => format!("{line} {}", String::from_utf8_lossy(&text).trim_end()),
                Err(fault) => format!("{line} {:?}", fault.reason),
            });
        }
    }

    #[test]
    fn all_line_ends_part_rows_alike() {
        for text in ["a,b\nc,d\n\ne", "a,b\r\nc,d\r\n\r\ne", "a,b\rc,d\r\re", "a,b\rc,d\n\r\ne"] {
            assert_eq!(rows(text), ["1 a,b", "2 c,d", "3 ", "4 e"], "{text:?}");
        }
    }

    #[test]
    fn line_ends_in_quotes_part_no_rows() {
        assert_eq!(
            rows("\"a\r\nb\",1\r\n\"c\rd\",2\r\"e\nf\"\"\",3"),
            ["1 \"a\r\nb\",1", "3 \"c\rd\",2", "5 \"e\nf\"\"\",3"]
        );
    }

    #[test]
    fn a_quote_within_a_cell_is_a_character() {
        assert_eq!(rows("1,6\" tall\n2,7\" tall\n"), ["1 1,6\" tall", "2 2,7\" tall"]);
        assert_eq!(rows("a,\"b\nc"), ["1 Csv"]);
        assert_eq!(rows("\"0123456789012345678901234567890123456789\"\nb"), ["1 TooLarge", "2 b"]);
    }
}
