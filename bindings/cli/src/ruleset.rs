//! Which ruleset a command works with: the embedded one, a folder, a bundle or a single rule file; and the lists that the user adds.

use crate::failure::Failure;
use indicia::{Rows, Ruleset, RulesetError, Sources};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// Options that choose the ruleset.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct RulesetArgs {
    /// The ruleset: a folder, a bundle or one `.indicia` file. Default: the embedded `applicant-fraud`.
    #[arg(long, short, value_name = "DIR|BUNDLE")]
    ruleset: Option<PathBuf>,
    /// Rows for a list or table of the ruleset: a text file (an entry a line), a CSV file (a row a line) or JSON. May be repeated.
    #[arg(long = "list", value_name = "NAME=FILE")]
    lists: Vec<String>,
}

impl RulesetArgs {
    /// Loads the ruleset and puts the user's lists in.
    pub(crate) fn load(&self) -> Result<Ruleset, Failure> {
        let mut ruleset = match &self.ruleset {
            None => Ruleset::default_ruleset()?,
            Some(path) => load(path)?,
        };
        for list in &self.lists {
            let Some((name, file)) = list.split_once('=') else {
                return Err(Failure::Usage(format!("`--list {list}`: expected NAME=FILE")));
            };
            let rows =
                rows(Path::new(file)).map_err(|message| Failure::Usage(format!("`--list {list}`: {message}")))?;
            ruleset = ruleset.with_rows(name, rows).map_err(|error| match error {
                RulesetError::List { .. } => Failure::Usage(error.to_string()),
                other => Failure::from(other),
            })?;
        }
        Ok(ruleset)
    }
}

/// Loads a ruleset from a folder, a bundle or one rule file.
pub(crate) fn load(path: &Path) -> Result<Ruleset, Failure> {
    if path.is_dir() || is_rule_file(path) {
        let sources = sources(path)?;
        return Ruleset::from_sources(&sources).map_err(|error| Failure::ruleset(error, home(path), Some(&sources)));
    }
    Ok(Ruleset::from_bundle(&read(path)?)?)
}

/// The text of a ruleset, unchecked.
pub(crate) fn sources(path: &Path) -> Result<Sources, Failure> {
    if path.is_dir() {
        return Sources::from_folder(path).map_err(|error| Failure::ruleset(error, path, None));
    }
    if !is_rule_file(path) {
        return Ok(Ruleset::from_bundle(&read(path)?)?.sources().clone());
    }
    let text = String::from_utf8(read(path)?).map_err(|error| unreadable(path, &error))?;
    let mut sources = Sources::single(String::new());
    sources.rules.clear();
    sources.rules.insert(path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text);
    Ok(sources)
}

/// The folder that file names of a ruleset are relative to.
pub(crate) fn home(path: &Path) -> &Path {
    if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) }
}

/// Whether a path names one rule file.
pub(crate) fn is_rule_file(path: &Path) -> bool {
    path.extension() == Some(OsStr::new("indicia"))
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &dyn std::error::Error) -> Failure {
    Failure::from(RulesetError::Read { path: path.display().to_string(), message: error.to_string() })
}

/// Reads the rows of a list or table.
fn rows(path: &Path) -> Result<Rows, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("can't read: {error}"))?;
    match path.extension().and_then(OsStr::to_str) {
        Some("json") => {
            serde_json::from_str(&text).map_err(|_| "expected a JSON list of texts or of objects".to_owned())
        }
        Some("csv") => table(&text),
        _ => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
            Ok(Rows::List(lines.map(str::to_owned).collect()))
        }
    }
}

fn table(text: &str) -> Result<Rows, String> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for row in reader.deserialize() {
        let cells: BTreeMap<String, String> = row.map_err(|error| error.to_string())?;
        let filled = cells.into_iter().filter(|(_, cell)| !cell.trim().is_empty());
        rows.push(filled.map(|(column, cell)| (column, serde_json::Value::String(cell))).collect());
    }
    Ok(Rows::Table(rows))
}
