//! Lines of a file: ends, blanks, lengths, errors.

use crate::error::InputError;
use crate::input::JsonLines;
use crate::limits::Limits;
use std::io::{self, BufReader, Read};

type Numbered = (u64, Result<String, InputError>);

fn read(text: &[u8], limit: usize, buffer: usize) -> (Vec<Numbered>, u64) {
    let limits = Limits { max_record_bytes: limit, ..Limits::default() };
    let mut lines = JsonLines::new(BufReader::with_capacity(buffer, text), &limits);
    let all = lines.by_ref().map(|line| (line.number, line.result.map(|b| String::from_utf8(b).unwrap()))).collect();
    (all, lines.blank_lines())
}

#[test]
fn lines_end_in_every_usual_way() {
    for buffer in [1, 2, 3, 100] {
        let (lines, blank) = read(b"a\r\n\n \t\r\nb\nc", 10, buffer);
        assert_eq!(lines, [(1, Ok("a".into())), (4, Ok("b".into())), (5, Ok("c".into()))]);
        assert_eq!(blank, 2);
        assert_eq!(read(b"", 10, buffer).0, []);
        assert_eq!(read(b"\n", 10, buffer), (vec![], 1));
    }
}

#[test]
fn a_line_that_is_too_long_does_not_stop_the_rest() {
    let large = || Err(InputError::TooLarge { limit: 3 });
    for buffer in [1, 2, 3, 4, 5, 100] {
        let (lines, _) = read(b"abc\nabcd\r\nabc\r\n    \nabcdefgh\nx", 3, buffer);
        let expected = [
            (1, Ok("abc".into())),
            (2, large()),
            (3, Ok("abc".into())),
            (4, large()),
            (5, large()),
            (6, Ok("x".into())),
        ];
        assert_eq!(lines, expected);
    }
}

#[test]
fn an_over_long_line_is_not_held_in_memory() {
    let limits = Limits { max_record_bytes: 10, ..Limits::default() };
    let endless = io::repeat(b'x').take(50_000_000);
    let mut lines = JsonLines::new(BufReader::new(endless.chain(&b"\n{}\n"[..])), &limits);
    assert!(lines.next_line().is_some_and(|line| line.result.is_err()));
    assert_eq!(lines.next_line().map(|line| line.result), Some(Ok(&b"{}"[..])));
    assert!(lines.next_line().is_none());
}

struct Broken(bool);

impl Read for Broken {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if std::mem::replace(&mut self.0, true) {
            return Err(io::Error::other("disk on fire"));
        }
        buffer[..5].copy_from_slice(b"{}\n{}");
        Ok(5)
    }
}

#[test]
fn an_error_of_the_reader_is_the_last_line() {
    let lines = JsonLines::new(BufReader::new(Broken(false)), &Limits::default());
    let all: Vec<_> = lines.map(|line| (line.number, line.result.map_err(|e| e.to_string()))).collect();
    assert_eq!(all, [(1, Ok(b"{}".to_vec())), (2, Err("can't read: disk on fire".to_owned()))]);
}
