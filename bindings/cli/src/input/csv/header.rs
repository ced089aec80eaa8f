//! The header of CSV: each cell is a path of the record. A header that can't be one, or whose columns take each other's
//! place, is an error of the whole file: its cells would be lost.

use crate::input::{Fault, Reason};
use csv::StringRecord;
use std::collections::BTreeMap;

/// Highest index in a header, so that `work[4000000000]` does not fill the memory.
const MAX_INDEX: usize = 999;
/// Characters that other programs put between columns.
const OTHER_SEPARATORS: [(char, &str); 3] = [(';', "`;`"), ('\t', "a tab"), ('|', "`|`")];
/// Longest name of a column that is quoted whole, in characters.
const LONGEST: usize = 60;

/// One column of the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) steps: Vec<Step>,
    /// The type that the record gives it.
    pub(super) ty: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// The columns of a header row.
pub(super) fn columns(
    cells: &StringRecord,
    types: &BTreeMap<String, String>,
    max_nesting: usize,
) -> Result<Vec<Column>, Fault> {
    let names: Vec<&str> = cells.iter().map(str::trim).collect();
    if let [only] = names.as_slice()
        && let Some((_, word)) = OTHER_SEPARATORS.iter().find(|(separator, _)| only.contains(*separator))
    {
        let message = format!("the header is a single column with {word} in it: columns are separated by `,`");
        return Err(Fault::new(Reason::Csv, message));
    }
    if let Some((number, _)) = (1..).zip(&names).find(|(_, name)| looks_like_a_value(name)) {
        let message = format!(
            "column {number} of the header looks like a value: the first row has to name the columns (`form.phone`)"
        );
        return Err(Fault::new(Reason::Csv, message));
    }
    let mut columns = Vec::new();
    for (number, name) in (1_usize..).zip(&names) {
        let Some(column) = column(name, types) else { return Err(no_path(number, name)) };
        if column.steps.len() > max_nesting {
            let message =
                format!("column {number} of the header is nested deeper than the limit of {max_nesting} levels");
            return Err(Fault::new(Reason::TooDeep, message));
        }
        columns.push(column);
    }
    conflict(&columns, &names).map_or(Ok(columns), Err)
}

/// No key of a record looks like this, but addresses, phone numbers, dates and links do.
fn looks_like_a_value(name: &str) -> bool {
    name.starts_with(|first: char| first == '+' || first.is_ascii_digit()) || name.contains('@') || name.contains("://")
}

fn no_path(number: usize, name: &str) -> Fault {
    if name.is_empty() {
        return Fault::new(Reason::Csv, format!("column {number} of the header has no name"));
    }
    let rest = "is no path such as `form.phone` or `resume.work[0].name`";
    Fault::quoting(
        Reason::Csv,
        format!("`{}` in column {number} of the header {rest}", short(name)),
        format!("column {number} of the header {rest}"),
    )
}

/// Two columns of which one would take the other's place: they are the same, one lies within the other, or one takes for
/// an object what the other takes for a list. Sorted by their steps, such columns stand side by side.
fn conflict(columns: &[Column], names: &[&str]) -> Option<Fault> {
    let mut sorted: Vec<(&[Step], usize)> =
        columns.iter().enumerate().map(|(at, column)| (column.steps.as_slice(), at)).collect();
    sorted.sort();
    let (left, right) = sorted.iter().zip(sorted.iter().skip(1)).find_map(|((a, left), (b, right))| {
        let parted = a.iter().zip(b.iter()).find(|(a, b)| a != b);
        let apart = parted.is_some_and(|pair| !matches!(pair, (Step::Key(_), Step::Index(_))));
        (!apart).then_some((*left.min(right), *left.max(right)))
    })?;
    let name = |at: usize| short(names.get(at).copied().unwrap_or_default());
    let (first, second) = (left + 1, right + 1);
    let message = if names.get(left) == names.get(right) {
        format!("columns {first} and {second} of the header are both `{}`", name(left))
    } else {
        format!(
            "columns {first} and {second} of the header, `{}` and `{}`, take the same place",
            name(left),
            name(right)
        )
    };
    Some(Fault::quoting(
        Reason::Csv,
        message,
        format!("columns {first} and {second} of the header take the same place"),
    ))
}

fn short(name: &str) -> String {
    match name.char_indices().nth(LONGEST) {
        None => name.to_owned(),
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()),
    }
}

fn column(name: &str, types: &BTreeMap<String, String>) -> Option<Column> {
    let mut steps = Vec::new();
    let mut general = String::new();
    for part in name.split('.') {
        let (key, mut indexes) = part.find('[').map_or((part, ""), |at| part.split_at(at));
        if key.is_empty() {
            return None;
        }
        if !general.is_empty() {
            general.push('.');
        }
        general.push_str(key);
        steps.push(Step::Key(key.to_owned()));
        while let Some(rest) = indexes.strip_prefix('[') {
            let (index, rest) = rest.split_once(']')?;
            steps.push(Step::Index(index.parse().ok().filter(|index| *index <= MAX_INDEX)?));
            general.push_str("[]");
            indexes = rest;
        }
        if !indexes.is_empty() {
            return None;
        }
    }
    Some(Column { steps, ty: types.get(&general).cloned() })
}

#[cfg(test)]
mod tests {
    use super::columns;
    use csv::StringRecord;
    use std::collections::BTreeMap;

    /// What is said of a header, and what of it when nothing may be quoted; nothing of a good one.
    fn told(cells: &[&str]) -> Option<(String, String)> {
        let fault = columns(&StringRecord::from(cells.to_vec()), &BTreeMap::new(), 4).err()?;
        Some((fault.message.clone(), fault.bare().message))
    }

    fn same(cells: &[&str], said: &str) {
        assert_eq!(told(cells), Some((said.to_owned(), said.to_owned())), "{cells:?}");
    }

    #[test]
    fn another_separator_is_an_error_of_the_header() {
        let rest = "in it: columns are separated by `,`";
        same(&["id;form.email"], &format!("the header is a single column with `;` {rest}"));
        same(&["id\tform.email"], &format!("the header is a single column with a tab {rest}"));
        same(&["id|form.email"], &format!("the header is a single column with `|` {rest}"));
    }

    #[test]
    fn a_row_of_values_is_no_header_and_is_not_quoted() {
        let rest = "of the header looks like a value: the first row has to name the columns (`form.phone`)";
        for value in ["ann@mail.example", "+447400123456", "2026-01-31", "https://example.org"] {
            same(&["ann", value], &format!("column 2 {rest}"));
        }
    }

    #[test]
    fn columns_that_take_the_same_place_are_an_error() {
        let message = |cells: &[&str]| told(cells).map(|(message, _)| message);
        assert_eq!(message(&["id", "form.name", " id"]).unwrap(), "columns 1 and 3 of the header are both `id`");
        for (cells, names) in [
            (["form.name", "form", "id"], "`form.name` and `form`"),
            (["work.name", "work[0].name", "x"], "`work.name` and `work[0].name`"),
            (["form", "forms", "form[0][0]"], "`form` and `form[0][0]`"),
            (["form", "form-x", "form.y"], "`form` and `form.y`"),
        ] {
            let said = message(&cells).unwrap();
            assert!(said.ends_with(&format!("of the header, {names}, take the same place")), "{said}");
        }
        assert_eq!(told(&["Ann", "Ann"]).unwrap().1, "columns 1 and 2 of the header take the same place");
        assert_eq!(message(&["a.b", "a.c", "b[0].x", "b[0].y", "b[1]", "ab", "abc"]), None);
    }

    #[test]
    fn a_column_that_is_no_path_is_told_by_its_number() {
        let rest = "is no path such as `form.phone` or `resume.work[0].name`";
        let (message, bare) = told(&["id", "Mr. Ann [Lee"]).unwrap();
        assert_eq!(message, format!("`Mr. Ann [Lee` in column 2 of the header {rest}"));
        assert_eq!(bare, format!("column 2 of the header {rest}"));
        same(&["id", ""], "column 2 of the header has no name");
        same(&["id", "a[0].b[0].c"], "column 2 of the header is nested deeper than the limit of 4 levels");
    }
}
