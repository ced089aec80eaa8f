//! `--list NAME=FILE`: rows that the user gives for a list or table, with the lines they stand on. Whether a row fits is for
//! the engine to say; which one does not is found here, by asking it about fewer rows.

use crate::console::Console;
use crate::render::values::safe;
use crate::wrap::{counted, grouped};
use indicia::{Diagnostic, Rows, Ruleset, RulesetError, Sources};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

/// Rows that don't fit and are told one by one.
const TOLD: usize = 5;

/// The rows of a file.
struct Given {
    rows: Rows,
    /// Where each row stands: `:4` for a line, ` (element 4)` for an element of a JSON list.
    places: Vec<String>,
}

/// Puts the rows of `NAME=FILE` into a ruleset.
pub(crate) fn fill(ruleset: &Ruleset, list: &str, console: Console) -> Result<Ruleset, String> {
    let Some((name, file)) = list.split_once('=') else { return Err("expected NAME=FILE".to_owned()) };
    let given = read(Path::new(file))?;
    let filled = match ruleset.with_rows(name, given.rows.clone()) {
        Ok(filled) => filled,
        Err(error) => return Err(why(ruleset, name, file, &given, &error)),
    };
    let shipped = shipped(ruleset.sources(), name).unwrap_or(0);
    if shipped > 0 {
        let own = given.places.len() as u64;
        let verb = if own == 1 { "replaces" } else { "replace" };
        console.note(&format!(
            "`{name}`: your {} {verb} {} shipped ones",
            counted(own, "row"),
            grouped(shipped as u64)
        ));
    }
    Ok(filled)
}

/// Reads the rows of a list or table.
fn read(path: &Path) -> Result<Given, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("can't read: {error}"))?;
    let text = text.trim_start_matches('\u{feff}');
    match path.extension().and_then(OsStr::to_str) {
        Some("json") => {
            let rows: Rows =
                serde_json::from_str(text).map_err(|_| "expected a JSON list of texts or of objects".to_owned())?;
            let places = (1..=length(&rows)).map(|number| format!(" (element {number})")).collect();
            Ok(Given { rows, places })
        }
        Some("csv") => table(text),
        _ => {
            let lines = (1..).zip(text.lines().map(str::trim));
            let entries = lines.filter(|(_, line): &(usize, &str)| !line.is_empty() && !line.starts_with('#'));
            let (places, rows) = entries.map(|(number, line)| (format!(":{number}"), line.to_owned())).unzip();
            Ok(Given { rows: Rows::List(rows), places })
        }
    }
}

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
    Ok(Given { rows: Rows::Table(rows), places })
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
        && let Some((at, message)) = first_wrong(ruleset, name, &given.rows, &left)
    {
        let number = left.remove(at);
        let place = given.places.get(number).map_or("", String::as_str);
        told.push(format!("{}{place}: {message}", safe(file)));
    }
    if told.is_empty() { format!("{}: {}", safe(file), messages(error)) } else { told.join("\n  ") }
}

/// The first of some rows that does not fit behind those before it, and what is wrong with it. More rows never mend an
/// error, so the number of rows that fit is found by halving.
fn first_wrong(ruleset: &Ruleset, name: &str, rows: &Rows, chosen: &[usize]) -> Option<(usize, String)> {
    let attempt = |count: usize| {
        let chosen = chosen.get(..count).unwrap_or(chosen);
        ruleset.with_rows(name, some(rows, chosen)).err()
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

/// How many rows a ruleset ships for a list or table. Looks for the declaration in canonical spelling, where it is one line.
fn shipped(sources: &Sources, name: &str) -> Option<usize> {
    if let Some(rows) = sources.rows.get(name) {
        return Some(length(rows));
    }
    let declared = sources.rules.iter().find_map(|(file, text)| {
        let text = indicia::format(file, text).ok()?;
        let starts = [format!("list {name}:"), format!("table {name} ")];
        text.lines().find(|line| starts.iter().any(|start| line.starts_with(start))).map(str::to_owned)
    });
    let Some(declared) = declared else { return shipped(sources.base.as_deref()?, name) };
    let (_, path) = declared.split_once(" from \"")?;
    let text = sources.data.get(path.split('"').next()?)?;
    let rows = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).count();
    let header = usize::from(declared.starts_with("table "));
    Some(rows.saturating_sub(header))
}

#[cfg(test)]
mod tests {
    use super::shipped;
    use indicia::Ruleset;

    #[test]
    fn every_shipped_list_is_counted() {
        let ruleset = Ruleset::default_ruleset().unwrap();
        let sources = ruleset.sources();
        for name in ["disposable_domains", "mail_relays", "mail_providers", "area_codes", "technologies", "time_zones"]
        {
            assert!(shipped(sources, name).is_some_and(|count| count > 5), "{name}");
        }
        for name in ["companies", "denied_phones", "no_such_list"] {
            assert_eq!(shipped(sources, name), None, "{name}");
        }
    }
}
