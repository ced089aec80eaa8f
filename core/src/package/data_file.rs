//! Data files of lists and tables: text with one entry a line, and CSV. Owns their spelling and nothing of their meaning: types, keys and columns are the checker's.

use super::codes;
use indicia_dsl::diagnostic::Diagnostic;
use indicia_dsl::span::Span;

/// Errors that are reported of one file; the rest would say the same.
const MAX_ERRORS: usize = 10;

/// The rows of a data file as text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct RawRows {
    /// The column names; empty for a list.
    pub(crate) columns: Vec<RawCell>,
    /// The rows. Each has as many cells as there are columns; of a list, one.
    pub(crate) rows: Vec<RawRow>,
}

/// A column name with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RawCell {
    /// The name, without surrounding blanks.
    pub(crate) text: String,
    /// The line that it stands on.
    pub(crate) span: Span,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RawRow {
    /// The cells, without surrounding blanks; an empty one is missing.
    pub(crate) cells: Vec<String>,
    /// Where the row stands.
    pub(crate) span: Span,
}

/// Reads a list: one entry a line; lines that start with `#` are comments, empty ones don't count.
pub(crate) fn read_list(text: &str) -> RawRows {
    let (base, body) = without_mark(text);
    let mut rows = Vec::new();
    let mut offset = base;
    for line in body.split_inclusive('\n') {
        let entry = line.trim();
        if !entry.is_empty() && !entry.starts_with('#') {
            let start = offset + line.len() - line.trim_start().len();
            rows.push(RawRow { cells: vec![entry.to_owned()], span: span(start, start + entry.len()) });
        }
        offset += line.len();
    }
    RawRows { columns: Vec::new(), rows }
}

/// Reads a table: CSV with a row of column names; lines that start with `#` are comments.
///
/// # Errors
/// `E0504` for a column without a name or with a name twice, `E0505` for a row of another length, `E0506` for a stray
/// quote or a file without a row of column names.
pub(crate) fn read_table(file: &str, text: &str) -> Result<RawRows, Vec<Diagnostic>> {
    let (base, body) = without_mark(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_reader(body.as_bytes());
    let mut out = RawRows::default();
    let mut errors = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut before = 0;
    let mut named = false;
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            // The text is UTF-8 and rows may have any length: nothing else can go wrong.
            Err(error) => {
                errors.push(Diagnostic::error(
                    codes::BAD_TABLE,
                    format!("can't read the table: {error}"),
                    file,
                    span(0, 0),
                    "",
                ));
                break;
            }
        }
        let after = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let (start, end) = extent(body, before, after);
        before = after;
        let place = span(base + start, base + end);
        if body.get(start..end).is_some_and(|row| row.matches('"').count() % 2 == 1) {
            errors.push(
                Diagnostic::error(
                    codes::BAD_TABLE,
                    "row has a quote without its counterpart",
                    file,
                    first_line(body, base, start, end),
                    "",
                )
                .with_help("write a quote within a cell twice, and the cell in quotes: `\"a \"\"b\"\" c\"`"),
            );
        } else if record.len() == 1 && record.get(0) == Some("") {
            // A line of blanks.
        } else if !named {
            named = true;
            columns(file, &record, place, &mut out, &mut errors);
        } else if record.len() == out.columns.len() {
            out.rows.push(RawRow { cells: record.iter().map(str::to_owned).collect(), span: place });
        } else {
            errors.push(ragged(file, record.len(), out.columns.len(), place));
        }
        if errors.len() >= MAX_ERRORS {
            break;
        }
    }
    if !named && errors.is_empty() {
        errors.push(Diagnostic::error(
            codes::BAD_TABLE,
            "table has no row of column names",
            file,
            span(base, base),
            "",
        ));
    }
    if errors.is_empty() { Ok(out) } else { Err(errors) }
}

fn columns(file: &str, record: &csv::StringRecord, place: Span, out: &mut RawRows, errors: &mut Vec<Diagnostic>) {
    for (index, name) in record.iter().enumerate() {
        if name.is_empty() {
            errors.push(Diagnostic::error(
                codes::BAD_COLUMN,
                format!("column {} has no name", index + 1),
                file,
                place,
                "",
            ));
        } else if out.columns.iter().any(|known| known.text == name) {
            errors.push(Diagnostic::error(codes::BAD_COLUMN, format!("column `{name}` stands twice"), file, place, ""));
        }
        out.columns.push(RawCell { text: name.to_owned(), span: place });
    }
}

fn ragged(file: &str, found: usize, expected: usize, place: Span) -> Diagnostic {
    let s = if found == 1 { "" } else { "s" };
    let error = Diagnostic::error(
        codes::RAGGED_ROW,
        format!("row has {found} cell{s}, the table has {expected} columns"),
        file,
        place,
        "",
    );
    if found > expected { error.with_help("put a cell that holds a comma in quotes") } else { error }
}

/// The text without its byte order mark, and how many bytes that took.
fn without_mark(text: &str) -> (usize, &str) {
    text.strip_prefix('\u{feff}').map_or((0, text), |rest| (text.len() - rest.len(), rest))
}

/// The part of `from..to` that is the row itself: without the comments and blank lines before it and the line end after it.
fn extent(body: &str, from: usize, to: usize) -> (usize, usize) {
    let mut start = from.min(body.len());
    let piece = body.get(start..to.min(body.len())).unwrap_or_default();
    for line in piece.split_inclusive('\n') {
        if !line.starts_with('#') && !line.trim_end_matches(['\r', '\n']).is_empty() {
            break;
        }
        start += line.len();
    }
    let row = body.get(start..to.min(body.len())).unwrap_or_default();
    (start, start + row.trim_end().len())
}

fn first_line(body: &str, base: usize, start: usize, end: usize) -> Span {
    let length = body.get(start..end).and_then(|row| row.lines().next()).map_or(0, str::len);
    span(base + start, base + start + length)
}

fn span(start: usize, end: usize) -> Span {
    Span::new(u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX))
}

#[cfg(test)]
#[path = "tests/data_file.rs"]
mod tests;
