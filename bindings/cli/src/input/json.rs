//! JSON values one after the other, or as elements of one list: cuts the text into records without reading them.
//!
//! Only strings and brackets are looked at; whether a record is valid JSON is for the engine to say.

use super::open::Stream;
use super::{Body, Fault, Item, Reason, Records};
use std::io::{self, BufRead};
use std::sync::Arc;

/// Reads the elements of one list, or values one after the other.
pub(super) struct Values {
    stream: Stream,
    file: Arc<str>,
    limit: usize,
    line: u64,
    list: bool,
    place: Place,
}

/// Where in the file the reader stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Between values that stand one after the other.
    Between,
    /// Before the first element of a list.
    ListStart,
    /// Behind a comma of the list.
    AfterComma,
    /// Behind the list's end.
    AfterList,
    /// A record or the list was cut off by the end of the file.
    CutOff,
    /// Nothing more.
    Done,
}

/// A record's text as cut out, and what stands behind it.
struct Cut {
    text: Vec<u8>,
    line: u64,
    too_large: bool,
    behind: Behind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Behind {
    /// A comma of the list.
    Comma,
    /// The end of the list.
    ListEnd,
    /// The end of a value that stands alone.
    ValueEnd,
    /// The end of the file outside of a record.
    FileEnd,
    /// The end of the file inside of a record.
    Broken,
}

impl Values {
    /// Values one after the other, or the elements of a list if `list`.
    pub(super) fn new(mut stream: Stream, file: Arc<str>, limit: usize, list: bool) -> Self {
        let mut line = 1;
        let mut place = Place::Between;
        if list && skip_to_bracket(&mut stream, &mut line) {
            place = Place::ListStart;
        }
        Self { stream, file, limit, line, list: place == Place::ListStart, place }
    }

    fn item(&self, line: u64, body: Body) -> Item {
        Item::new(Arc::clone(&self.file), Some(line), body.bytes(), body)
    }

    fn fault(&self, line: u64, message: &str) -> Item {
        self.item(line, Body::Bad(Fault::new(Reason::Json, message)))
    }
}

impl Records for Values {
    fn next(&mut self) -> Option<Item> {
        loop {
            let list = matches!(self.place, Place::ListStart | Place::AfterComma);
            if self.place == Place::Done {
                return None;
            }
            if self.place == Place::CutOff {
                self.place = Place::Done;
                return Some(self.fault(self.line, "file ends before its list is closed by `]`"));
            }
            let cut = match cut(&mut self.stream, &mut self.line, self.limit, list) {
                Ok(cut) => cut,
                Err(error) => {
                    self.place = Place::Done;
                    let fault = Fault::new(Reason::Read, format!("can't read: {error}"));
                    return Some(self.item(self.line, Body::Bad(fault)));
                }
            };
            let before = self.place;
            self.place = match cut.behind {
                Behind::Comma => Place::AfterComma,
                Behind::ListEnd => Place::AfterList,
                Behind::FileEnd if list => Place::CutOff,
                Behind::FileEnd | Behind::Broken => Place::Done,
                Behind::ValueEnd => Place::Between,
            };
            if cut.too_large {
                return Some(self.item(cut.line, Body::Bad(Fault::too_large(self.limit))));
            }
            if !cut.text.is_empty() {
                if before == Place::AfterList {
                    self.place = Place::Done;
                    return Some(self.fault(cut.line, "text stands behind the list's `]`"));
                }
                return Some(self.item(cut.line, Body::Text(cut.text)));
            }
            let trailing = cut.behind == Behind::ListEnd && before == Place::AfterComma;
            if cut.behind == Behind::Comma || trailing {
                return Some(self.fault(cut.line, "a record is missing between commas of the list"));
            }
        }
    }

    fn is_series(&self) -> bool {
        self.list
    }

    fn may_wait(&self) -> bool {
        self.stream.buffer().is_empty()
    }
}

/// Consumes blank text and the opening bracket, if there is one.
fn skip_to_bracket(stream: &mut Stream, line: &mut u64) -> bool {
    while let Ok(Some(byte)) = peek(stream) {
        if byte == b'[' {
            stream.consume(1);
            return true;
        }
        if !byte.is_ascii_whitespace() {
            return false;
        }
        *line += u64::from(byte == b'\n');
        stream.consume(1);
    }
    false
}

fn peek(stream: &mut Stream) -> io::Result<Option<u8>> {
    Ok(stream.fill_buf()?.first().copied())
}

/// Cuts one record out of the text and holds at most `limit` bytes of it.
fn cut(stream: &mut Stream, line: &mut u64, limit: usize, list: bool) -> io::Result<Cut> {
    let mut cut = Cut { text: Vec::new(), line: *line, too_large: false, behind: Behind::FileEnd };
    let (mut depth, mut in_string, mut escaped, mut started) = (0_u64, false, false, false);
    loop {
        let buffer = stream.fill_buf()?;
        if buffer.is_empty() {
            cut.behind = if in_string || depth > 0 { Behind::Broken } else { Behind::FileEnd };
            break;
        }
        let (mut used, mut skipped, mut end) = (0, 0, None);
        for &byte in buffer {
            if !started {
                if byte.is_ascii_whitespace() {
                    *line += u64::from(byte == b'\n');
                    used += 1;
                    skipped += 1;
                    continue;
                }
                started = true;
                cut.line = *line;
            }
            if in_string {
                in_string = escaped || byte != b'"';
                escaped = !escaped && byte == b'\\';
            } else {
                match byte {
                    b',' if list && depth == 0 => end = Some(Behind::Comma),
                    b']' if list && depth == 0 => end = Some(Behind::ListEnd),
                    b'"' => in_string = true,
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                let closed = depth == 0 && matches!(byte, b'}' | b']');
                if !list && (closed || (depth == 0 && byte.is_ascii_whitespace())) {
                    end = Some(Behind::ValueEnd);
                }
            }
            *line += u64::from(byte == b'\n');
            used += 1;
            if end.is_some() {
                break;
            }
        }
        let kept_end = if matches!(end, Some(Behind::Comma | Behind::ListEnd)) { used - 1 } else { used };
        let part = buffer.get(skipped..kept_end).unwrap_or_default();
        if cut.too_large || cut.text.len() + part.len() > limit {
            cut.too_large = true;
            cut.text = Vec::new();
        } else {
            cut.text.extend_from_slice(part);
        }
        stream.consume(used);
        if let Some(behind) = end {
            cut.behind = behind;
            break;
        }
    }
    let blank_behind = cut.text.len() - cut.text.trim_ascii_end().len();
    cut.text.truncate(cut.text.len() - blank_behind);
    Ok(cut)
}

#[cfg(test)]
mod tests {
    use super::{Body, Records, Stream, Values};
    use std::io::Read;

    fn read(text: &'static str, list: bool) -> Vec<String> {
        let inner: Box<dyn Read + Send> = Box::new(text.as_bytes());
        let mut values = Values::new(Stream::with_capacity(3, inner), "f".into(), 40, list);
        let mut out = Vec::new();
        while let Some(item) = values.next() {
            let line = item.line.unwrap_or(0);
            out.push(match item.body {
                Body::Text(text) => format!("{line} {}", String::from_utf8_lossy(&text)),
                Body::Bad(fault) => format!("{line} {:?}", fault.reason),
                other => format!("{other:?}"),
            });
        }
        out
    }

    #[test]
    fn elements_of_a_list_are_cut_apart() {
        assert_eq!(
            read(" [ {\"a\": \"],{\"},\n {\"b\": [1, 2]} ,3]\n", true),
            ["1 {\"a\": \"],{\"}", "2 {\"b\": [1, 2]}", "2 3"]
        );
        assert!(read("[]", true).is_empty());
    }

    #[test]
    fn a_list_that_is_not_closed_says_so_once() {
        assert_eq!(read("[{\"a\":1}", true), ["1 {\"a\":1}", "1 Json"]);
        assert_eq!(read("[{\"a\":1},{\"b\":", true), ["1 {\"a\":1}", "1 {\"b\":"]);
        assert_eq!(read("[{},]", true), ["1 {}", "1 Json"]);
        assert_eq!(read("[{}] x", true), ["1 {}", "1 Json"]);
    }

    #[test]
    fn values_one_after_the_other_are_cut_apart() {
        assert_eq!(read("{\n}\n{\"a\": \"}\\\"\"} oops", false), ["1 {\n}", "3 {\"a\": \"}\\\"\"}", "3 oops"]);
    }

    #[test]
    fn a_value_beyond_the_limit_is_dropped_alone() {
        let text = "[{\"a\": \"0123456789012345678901234567890123456789012345678901234567890\"}, {}]";
        assert_eq!(read(text, true), ["1 TooLarge", "1 {}"]);
    }
}
