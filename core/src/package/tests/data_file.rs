//! Tests of list and table files.

use super::{RawRows, read_list, read_table};

fn at(text: &str, rows: &RawRows, row: usize) -> String {
    let span = rows.rows[row].span;
    text.get(span.start as usize..span.end as usize).unwrap().to_owned()
}

#[test]
fn a_list_has_one_entry_a_line() {
    let text = "\u{feff}# source: somewhere: there\r\n# licence: CC0-1.0\r\n#retrieved: 2026-01-02\r\n# rows: 2\r\n\r\nmail.test\r\n  a b é \r\n# rows: 9\nend";
    let rows = read_list(text);
    let cells: Vec<_> = rows.rows.iter().map(|row| row.cells[0].as_str()).collect();
    assert_eq!(cells, ["mail.test", "a b é", "end"]);
    assert_eq!(at(text, &rows, 1), "a b é");
    assert_eq!(at(text, &rows, 2), "end");
}

#[test]
fn a_table_has_columns_rows_and_places() {
    let text = "\u{feff}# source: x\r\n\r\nname, released,aliases\r\nGo,2012,golang\r\n# a comment\r\n\r\n\"C, the \"\"old\"\" one\",1972,\"c;\nansi\"\r\nRust,2015,";
    let rows = read_table("lists/x.csv", text).unwrap();
    let columns: Vec<_> = rows.columns.iter().map(|column| column.text.as_str()).collect();
    assert_eq!(columns, ["name", "released", "aliases"]);
    assert_eq!(rows.rows.len(), 3);
    assert_eq!(at(text, &rows, 0), "Go,2012,golang");
    assert_eq!(rows.rows[1].cells, ["C, the \"old\" one", "1972", "c;\nansi"]);
    assert_eq!(at(text, &rows, 1), "\"C, the \"\"old\"\" one\",1972,\"c;\nansi\"");
    assert_eq!(at(text, &rows, 2), "Rust,2015,");
    assert_eq!(rows.rows[2].cells[2], "");
}

#[test]
fn every_ragged_row_is_reported() {
    let text = "a,b\n1\n1,2\n1,2,3\n";
    let errors = read_table("x.csv", text).unwrap_err();
    let found: Vec<_> = errors.iter().map(|e| (e.code.as_ref(), e.message.as_str(), e.labels[0].span.start)).collect();
    assert_eq!(
        found,
        [
            ("E0505", "row has 1 cell, the table has 2 columns", 4),
            ("E0505", "row has 3 cells, the table has 2 columns", 10)
        ]
    );
}

#[test]
fn column_names_are_there_and_differ() {
    let codes = |text: &str| -> Vec<String> {
        read_table("x.csv", text).unwrap_err().iter().map(|e| format!("{} {}", e.code, e.message)).collect()
    };
    assert_eq!(codes("a,b,a\n"), ["E0504 column `a` stands twice"]);
    assert_eq!(codes("a,,\n"), ["E0504 column 2 has no name", "E0504 column 3 has no name"]);
    assert_eq!(codes(""), ["E0506 table has no row of column names"]);
    assert_eq!(codes("# source: x\n\n"), ["E0506 table has no row of column names"]);
}

#[test]
fn an_open_quote_swallows_no_rows_in_silence() {
    let errors = read_table("x.csv", "a,b\n\"1,2\n3,4\n").unwrap_err();
    assert_eq!(errors[0].code, "E0506");
    assert_eq!((errors[0].labels[0].span.start, errors[0].labels[0].span.end), (4, 8));
}
