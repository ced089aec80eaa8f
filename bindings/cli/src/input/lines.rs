//! JSON Lines: one record a line. A line beyond the limit is skipped in constant memory.

use super::open::Stream;
use super::{Body, Fault, Item, Reason, Records};
use std::io::BufRead;
use std::sync::Arc;

/// Reads one record a line.
pub(super) struct Lines {
    stream: Stream,
    file: Arc<str>,
    limit: usize,
    line: u64,
    blank: u64,
    ended: bool,
    series: bool,
}

/// What one call of [`take_line`] found.
pub(super) enum Line {
    /// Nothing more.
    End,
    /// A line without its end.
    Whole(Vec<u8>),
    /// A line beyond the limit; its bytes are gone.
    TooLong,
}

impl Lines {
    /// With `series`, a record is one of many by the name of its format.
    pub(super) fn new(stream: Stream, file: Arc<str>, limit: usize, series: bool) -> Self {
        Self { stream, file, limit, line: 0, blank: 0, ended: false, series }
    }

    fn item(&self, body: Body) -> Item {
        Item::new(Arc::clone(&self.file), Some(self.line), body.bytes(), body)
    }
}

impl Records for Lines {
    fn next(&mut self) -> Option<Item> {
        while !self.ended {
            self.line += 1;
            match take_line(&mut self.stream, self.limit) {
                Ok(Line::End) => self.ended = true,
                Ok(Line::TooLong) => return Some(self.item(Body::Bad(Fault::too_large(self.limit)))),
                Ok(Line::Whole(text)) if text.trim_ascii().is_empty() => self.blank += 1,
                Ok(Line::Whole(text)) => return Some(self.item(Body::Text(text))),
                Err(error) => {
                    self.ended = true;
                    return Some(self.item(Body::Bad(Fault::new(Reason::Read, format!("can't read: {error}")))));
                }
            }
        }
        None
    }

    fn blank(&self) -> u64 {
        self.blank
    }

    fn is_series(&self) -> bool {
        self.series
    }

    fn may_wait(&self) -> bool {
        self.stream.buffer().is_empty()
    }
}

/// Reads up to the end of the line and holds at most `limit` bytes of it.
pub(super) fn take_line(stream: &mut impl BufRead, limit: usize) -> std::io::Result<Line> {
    let mut text = Vec::new();
    let mut too_long = false;
    let mut any = false;
    loop {
        let buffer = match stream.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if buffer.is_empty() {
            break;
        }
        any = true;
        let mut parts = buffer.splitn(2, |byte| *byte == b'\n');
        let part = parts.next().unwrap_or_default();
        let ends = parts.next().is_some();
        if too_long || text.len() + part.len() > limit {
            too_long = true;
            text = Vec::new();
        } else {
            text.extend_from_slice(part);
        }
        let used = part.len() + usize::from(ends);
        stream.consume(used);
        if ends {
            break;
        }
    }
    if text.last() == Some(&b'\r') {
        text.pop();
    }
    Ok(match (any, too_long) {
        (false, _) => Line::End,
        (true, true) => Line::TooLong,
        (true, false) => Line::Whole(text),
    })
}

#[cfg(test)]
mod tests {
    use super::{Line, take_line};
    use std::io::BufReader;

    #[test]
    fn a_line_beyond_the_limit_does_not_stop_the_next() {
        let text = format!("{}\r\nshort\r\nlast", "x".repeat(5000));
        let mut stream = BufReader::with_capacity(16, text.as_bytes());
        assert!(matches!(take_line(&mut stream, 100), Ok(Line::TooLong)));
        assert!(matches!(take_line(&mut stream, 100), Ok(Line::Whole(line)) if line == b"short"));
        assert!(matches!(take_line(&mut stream, 100), Ok(Line::Whole(line)) if line == b"last"));
        assert!(matches!(take_line(&mut stream, 100), Ok(Line::End)));
    }
}
