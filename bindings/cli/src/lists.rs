//! `--list NAME=FILE`: rows that the user gives for a list or table, instead of the shipped ones or, with `+=`, beside them, and
//! the lines they stand on. Whether a row fits is for the engine to say; which one does not is found here, by asking it about
//! fewer rows.

use crate::console::Console;
use crate::render::values::safe;
use crate::wrap::{counted, grouped};
use indicia::{DescribedList, Diagnostic, Rows, Ruleset, RulesetError, Sources};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

/// Rows that don't fit and are told one by one.
const TOLD: usize = 5;

/// The rows of a file.
struct Given {
    /// The shipped rows that they are added to; none if they replace them.
    before: Option<Rows>,
    rows: Rows,
    /// Where each row stands: `:4` for a line, ` (element 4)` for an element of a JSON list.
    places: Vec<String>,
}

/// Puts the rows of `NAME=FILE` or `NAME+=FILE` into a ruleset.
pub(crate) fn fill(ruleset: &Ruleset, list: &str, console: Console) -> Result<Ruleset, String> {
    let Some((name, file)) = list.split_once('=') else { return Err("expected NAME=FILE or NAME+=FILE".to_owned()) };
    let (name, adds) = name.strip_suffix('+').map_or((name, false), |name| (name, true));
    let mut given = read(Path::new(file))?;
    let shipped = shipped(ruleset.sources(), &ruleset.describe().lists, name);
    let count = shipped.as_ref().map_or(0, length) as u64;
    if adds {
        given.before = shipped;
    }
    let filled = match ruleset.with_rows(name, given.with_those_before(given.rows.clone())) {
        Ok(filled) => filled,
        Err(error) => return Err(why(ruleset, name, file, &given, &error)),
    };
    if count > 0 {
        let own = given.places.len() as u64;
        let verb = match (adds, own) {
            (true, 1) => "is added to",
            (true, _) => "are added to",
            (false, 1) => "replaces",
            (false, _) => "replace",
        };
        let ones = if count == 1 { "1 shipped one".to_owned() } else { format!("{} shipped ones", grouped(count)) };
        console.note(&format!("`{name}`: your {} {verb} {ones}", counted(own, "row")));
    }
    Ok(filled)
}

impl Given {
    /// Rows of the file, behind the shipped ones if they are added to them. Rows of another kind are the engine's to refuse.
    fn with_those_before(&self, rows: Rows) -> Rows {
        match (self.before.clone(), rows) {
            (Some(Rows::List(mut before)), Rows::List(own)) => {
                before.extend(own);
                Rows::List(before)
            }
            (Some(Rows::Table(mut before)), Rows::Table(own)) => {
                before.extend(own);
                Rows::Table(before)
            }
            (_, rows) => rows,
        }
    }
}

/// Reads the rows of a list or table.
fn read(path: &Path) -> Result<Given, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("can't read: {error}"))?;
    let text = text.trim_start_matches('\u{feff}');
    match path.extension().and_then(OsStr::to_str).map(str::to_lowercase).as_deref() {
        Some("json") => {
            let rows: Rows =
                serde_json::from_str(text).map_err(|_| "expected a JSON list of texts or of objects".to_owned())?;
            let places = (1..=length(&rows)).map(|number| format!(" (element {number})")).collect();
            Ok(Given { before: None, rows, places })
        }
        Some("csv") => table(text),
        _ => Ok(entries(text)),
    }
}

/// An entry a line.
fn entries(text: &str) -> Given {
    let lines = (1..).zip(text.lines().map(str::trim));
    let entries = lines.filter(|(_, line): &(usize, &str)| !line.is_empty() && !line.starts_with('#'));
    let (places, rows) = entries.map(|(number, line)| (format!(":{number}"), line.to_owned())).unzip();
    Given { before: None, rows: Rows::List(rows), places }
}

/// A row a line, under a header.
fn table(text: &str) -> Result<Given, String> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    let (mut rows, mut places) = (Vec::new(), Vec::new());
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        let cells = header.iter().zip(&row).filter(|(_, cell)| !cell.trim().is_empty());
        let cells = cells.map(|(column, cell)| (column.to_owned(), Value::String(cell.to_owned())));
        rows.push(cells.collect::<BTreeMap<_, _>>());
        places.push(row.position().map(|place| format!(":{}", place.line())).unwrap_or_default());
    }
    Ok(Given { before: None, rows: Rows::Table(rows), places })
}

fn length(rows: &Rows) -> usize {
    match rows {
        Rows::List(entries) => entries.len(),
        Rows::Table(rows) => rows.len(),
        _ => 0,
    }
}

/// Some of the rows, by their numbers.
fn some(rows: &Rows, chosen: &[usize]) -> Rows {
    match rows {
        Rows::List(entries) => Rows::List(chosen.iter().filter_map(|number| entries.get(*number)).cloned().collect()),
        Rows::Table(rows) => Rows::Table(chosen.iter().filter_map(|number| rows.get(*number)).cloned().collect()),
        other => other.clone(),
    }
}

/// Why rows can't be taken, with the file and the lines that don't fit.
fn why(ruleset: &Ruleset, name: &str, file: &str, given: &Given, error: &RulesetError) -> String {
    let none = some(&given.rows, &[]);
    if let Err(error) = ruleset.with_rows(name, none) {
        // Not a row is wrong, but what they are given for.
        return if is_unknown(&error) {
            let near = diagnostics(&error).iter().find_map(|found| found.help.as_ref());
            let near = near.map(|near| format!("; {near}")).unwrap_or_default();
            format!("ruleset `{}` has no list or table `{}`{near}", ruleset.name(), safe(name))
        } else {
            messages(&error)
        };
    }
    let mut told = Vec::new();
    let mut left: Vec<usize> = (0..given.places.len()).collect();
    while told.len() < TOLD
        && let Some((at, message)) = first_wrong(ruleset, name, given, &left)
    {
        let number = left.remove(at);
        let place = given.places.get(number).map_or("", String::as_str);
        told.push(format!("{}{place}: {message}", safe(file)));
    }
    if told.is_empty() { format!("{}: {}", safe(file), messages(error)) } else { told.join("\n  ") }
}

/// The first of some rows that does not fit behind those before it, and what is wrong with it. More rows never mend an
/// error, so the number of rows that fit is found by halving.
fn first_wrong(ruleset: &Ruleset, name: &str, given: &Given, chosen: &[usize]) -> Option<(usize, String)> {
    let attempt = |count: usize| {
        let chosen = chosen.get(..count).unwrap_or(chosen);
        ruleset.with_rows(name, given.with_those_before(some(&given.rows, chosen))).err()
    };
    let mut last = attempt(chosen.len())?;
    let (mut fit, mut wrong) = (0, chosen.len());
    while fit + 1 < wrong {
        let middle = fit + (wrong - fit) / 2;
        match attempt(middle) {
            None => fit = middle,
            Some(error) => (wrong, last) = (middle, error),
        }
    }
    Some((wrong.saturating_sub(1), messages(&last)))
}

fn diagnostics(error: &RulesetError) -> &[Diagnostic] {
    if let RulesetError::Compile { diagnostics } = error { diagnostics } else { &[] }
}

/// Whether the ruleset has no such list: the one error of given rows that lies at no declaration.
fn is_unknown(error: &RulesetError) -> bool {
    let at_manifest = |found: &Diagnostic| found.labels.iter().any(|label| label.file == "ruleset.yaml");
    diagnostics(error).iter().any(|found| found.is_error() && at_manifest(found))
}

fn messages(error: &RulesetError) -> String {
    let errors = diagnostics(error).iter().filter(|found| found.is_error());
    let said: Vec<String> = errors
        .map(|found| {
            let help = found.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
            format!("{}{help}", found.message)
        })
        .collect();
    if said.is_empty() { error.to_string() } else { said.join("; ") }
}

/// The rows that a ruleset has for a list or table; none if nobody has filled it.
fn shipped(sources: &Sources, lists: &[DescribedList], name: &str) -> Option<Rows> {
    if let Some(rows) = given(sources, name) {
        return Some(rows.clone());
    }
    let list = lists.iter().find(|list| list.name == name)?;
    let text = text_of(sources, list)?;
    let text = text.trim_start_matches('\u{feff}');
    if list.columns.is_empty() {
        return Some(entries(text).rows);
    }
    let Rows::Table(mut rows) = table(text).ok()?.rows else { return None };
    // A file may have columns beside those that are declared; rows that are given may not.
    for row in &mut rows {
        row.retain(|column, _| list.columns.iter().any(|declared| declared.name == *column));
    }
    Some(Rows::Table(rows))
}

/// Rows that were given before.
fn given<'s>(sources: &'s Sources, name: &str) -> Option<&'s Rows> {
    sources.rows.get(name).or_else(|| given(sources.base.as_deref()?, name))
}

/// The text of a list's file, in the ruleset that declares it.
fn text_of<'s>(sources: &'s Sources, list: &DescribedList) -> Option<&'s str> {
    let origin = list.origin.as_ref()?;
    let base = list.file.split_once('/').map(|(base, _)| format!("{base}/{origin}"));
    base.and_then(|file| sources.text(&file)).or_else(|| sources.text(origin))
}

#[cfg(test)]
mod tests {
    use super::{length, shipped};
    use indicia::{Rows, Ruleset};

    #[test]
    fn every_shipped_list_is_read_as_the_engine_reads_it() {
        let ruleset = Ruleset::default_ruleset().unwrap();
        let (sources, lists) = (ruleset.sources(), ruleset.describe().lists);
        let mut again = sources.clone();
        for list in &lists {
            let rows = shipped(sources, &lists, &list.name);
            assert_eq!(rows.as_ref().map(length), list.rows.filter(|_| !list.to_fill), "{}", list.name);
            if let Some(rows) = rows {
                assert!(matches!(rows, Rows::List(_)) == list.columns.is_empty(), "{}", list.name);
                again.rows.insert(list.name.clone(), rows);
            }
        }
        for name in ["companies", "denied_phones", "no_such_list"] {
            assert!(shipped(sources, &lists, name).is_none(), "{name}");
        }
        // Given anew, each row fits.
        Ruleset::from_sources(&again).unwrap();
    }
}
