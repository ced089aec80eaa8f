//! Which ruleset a command works with: the embedded one, a folder, a bundle or a single rule file.

use crate::console::Console;
use crate::failure::Failure;
use crate::lists;
use indicia::{Ruleset, RulesetError, Sources};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// Options that choose the ruleset.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct RulesetArgs {
    /// The ruleset: a folder, a bundle or one `.indicia` file. Default: the embedded `applicant-fraud`.
    #[arg(long, short, value_name = "DIR|BUNDLE")]
    ruleset: Option<PathBuf>,
    /// Rows for a list or table of the ruleset: a text file (an entry a line), a CSV file (a row a line) or JSON. `NAME=FILE` replaces the rows that it ships, `NAME+=FILE` adds to them. May be repeated.
    #[arg(long = "list", value_name = "NAME[+]=FILE")]
    lists: Vec<String>,
}

impl RulesetArgs {
    /// Where the ruleset lies, unless it is the embedded one.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.ruleset.as_deref()
    }

    /// Loads the ruleset and puts the user's lists in.
    pub(crate) fn load(&self, console: Console) -> Result<Ruleset, Failure> {
        let mut ruleset = match &self.ruleset {
            None => Ruleset::default_ruleset()?,
            Some(path) => load(path)?,
        };
        for list in &self.lists {
            ruleset = lists::fill(&ruleset, list, console)
                .map_err(|message| Failure::Usage(format!("`--list {list}`: {message}")))?;
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
    Ruleset::from_bundle(&read(path)?).map_err(|error| in_bundle(path, error))
}

/// The text of a ruleset, unchecked.
pub(crate) fn sources(path: &Path) -> Result<Sources, Failure> {
    if path.is_dir() {
        return Sources::from_folder(path).map_err(|error| Failure::ruleset(error, path, None));
    }
    if !is_rule_file(path) {
        return Sources::from_bundle(&read(path)?).map_err(|error| in_bundle(path, error.into()));
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

/// An error of a bundle, with the file's name.
fn in_bundle(path: &Path, error: RulesetError) -> Failure {
    match error {
        RulesetError::Bundle(error) => unreadable(path, &error),
        other => Failure::from(other),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &dyn std::error::Error) -> Failure {
    Failure::from(RulesetError::Read { path: path.display().to_string(), message: error.to_string() })
}
