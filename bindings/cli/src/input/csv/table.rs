//! A CSV file as one document about an applicant: a list of rows, each with the header's names as keys. Cells are text.
//!
//! Some archives put a note before the header: a first row `Notes:`, then text up to a blank line. It is left out.

use super::cells;
use super::cut::Cutter;
use crate::input::open::Stream;
use crate::input::{Fault, Reason};
use serde_json::{Map, Value};
use std::io::Read;

/// The first row of a note before the header.
const NOTES: &str = "notes:";

/// Bytes of names that all rows together may repeat.
const MOST_NAMES: usize = 64 * 1024 * 1024;

/// Reads a whole table.
pub(in crate::input) fn table(text: &[u8]) -> Result<Value, Fault> {
    let rows = rows(text)?;
    let is_note = rows.first().is_some_and(|(_, cells)| matches!(cells.as_slice(), [only] if is_notes(only)));
    let skipped = if is_note { rows.iter().position(|(_, cells)| cells.is_empty()).unwrap_or(rows.len()) } else { 0 };
    let mut rows = rows.into_iter().skip(skipped).filter(|(_, cells)| !cells.is_empty());
    let Some((_, names)) = rows.next() else { return Ok(Value::Array(Vec::new())) };
    let mut sorted = names.clone();
    sorted.sort_unstable();
    let twice = sorted.iter().zip(sorted.iter().skip(1)).find(|(a, b)| a == b);
    if let Some((name, _)) = twice {
        let bare = "two columns of the header have the same name";
        return Err(Fault::quoting(Reason::Csv, format!("{bare}, `{name}`"), bare));
    }
    // Each row repeats the names: long ones over many short rows would fill the memory.
    let weight = names.iter().map(String::len).sum::<usize>().saturating_mul(rows.size_hint().1.unwrap_or(usize::MAX));
    if weight > MOST_NAMES {
        return Err(Fault::new(Reason::TooLarge, "the header is too long for a table of this many rows"));
    }
    let rows = rows.map(|(line, cells)| {
        if cells.len() != names.len() {
            let message = format!("row has {} cells, the header has {}", cells.len(), names.len());
            return Err(Fault::new(Reason::Csv, message).at(line));
        }
        let cells = cells.into_iter().map(Value::String);
        Ok(Value::Object(names.iter().cloned().zip(cells).collect::<Map<_, _>>()))
    });
    Ok(Value::Array(rows.collect::<Result<_, _>>()?))
}

fn is_notes(cell: &str) -> bool {
    cell.trim().eq_ignore_ascii_case(NOTES)
}

/// The rows with their lines, from 1; a blank one has no cells.
fn rows(text: &[u8]) -> Result<Vec<(u64, Vec<String>)>, Fault> {
    let inner: Box<dyn Read + Send> = Box::new(std::io::Cursor::new(text.to_vec()));
    let (mut stream, mut cutter, mut rows) = (Stream::new(inner), Cutter::new(), Vec::new());
    loop {
        let line = cutter.line;
        let unreadable = |error| Fault::new(Reason::Read, format!("can't read: {error}"));
        let Some(row) = cutter.row(&mut stream, text.len()).map_err(unreadable)? else { return Ok(rows) };
        let row = row.map_err(|fault| fault.at(line))?;
        if row.trim_ascii().is_empty() {
            rows.push((line, Vec::new()));
            continue;
        }
        let cells = cells(&row).map_err(|fault| fault.at(line))?;
        rows.push((line, cells.iter().map(str::to_owned).collect()));
    }
}

#[cfg(test)]
mod tests {
    use super::table;
    use serde_json::json;

    #[test]
    fn rows_have_the_names_of_the_header_as_keys() {
        let text = "Company Name,Description\r\nAcme,\"a, b\nc\"\r\n\r\nOther,\r\n";
        let rows = json!([
            { "Company Name": "Acme", "Description": "a, b\nc" },
            { "Company Name": "Other", "Description": "" },
        ]);
        assert_eq!(table(text.as_bytes()).unwrap(), rows);
        assert_eq!(table(b"").unwrap(), json!([]));
        assert_eq!(table(b"Name\n").unwrap(), json!([]));
    }

    #[test]
    fn a_note_before_the_header_is_left_out() {
        let text = "Notes:\n\"Some addresses, as you may see, are missing.\"\n\nName,Email\nAnn,a@example.org\n";
        assert_eq!(table(text.as_bytes()).unwrap(), json!([{ "Name": "Ann", "Email": "a@example.org" }]));
        // A column of this name is no note.
        assert_eq!(table(b"Notes,Name\nx,Ann\n").unwrap(), json!([{ "Notes": "x", "Name": "Ann" }]));
        assert_eq!(table(b"Notes:\nnothing else").unwrap(), json!([]));
    }

    #[test]
    fn long_names_over_many_short_rows_are_refused() {
        let text = format!("{},{}\n{}", "a".repeat(40_000), "b".repeat(40_000), ",\n".repeat(1_000));
        let fault = table(text.as_bytes()).unwrap_err();
        assert_eq!(fault.message, "the header is too long for a table of this many rows");
    }

    #[test]
    fn what_is_no_table_is_told_with_its_line() {
        for (text, line, message) in [
            (&b"a,b\n1,2\n3\n"[..], Some(3), "row has 1 cells, the header has 2"),
            (b"a\n\"1\n", Some(2), "a quoted cell is not closed"),
            (b"a,b,a\n", None, "two columns of the header have the same name, `a`"),
            (b"a\n\xff\n", Some(2), "invalid UTF-8"),
        ] {
            let fault = table(text).unwrap_err();
            assert_eq!(fault.line, line, "{fault:?}");
            assert!(fault.message.contains(message) || message == "invalid UTF-8", "{fault:?}");
        }
    }
}
