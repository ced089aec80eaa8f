//! What needs no compiled ruleset.

use crate::{errors, json};
use indicia::Sources;
use pyo3::prelude::*;
use std::collections::BTreeMap;

/// The files of a ruleset, by their names in its folder, or one rule file.
#[derive(FromPyObject)]
pub(crate) enum Files {
    /// The text of one rule file.
    One(String),
    /// File name to text.
    Many(BTreeMap<String, String>),
}

/// The sources of a ruleset.
pub(crate) fn sources(py: Python<'_>, files: Files) -> PyResult<Sources> {
    match files {
        Files::One(text) => Ok(Sources::single(text)),
        Files::Many(files) => Sources::from_files(files).map_err(|error| errors::ruleset(py, None, &error)),
    }
}

/// All errors and warnings of a ruleset's files, as dicts.
#[pyfunction]
pub(crate) fn check(py: Python<'_>, files: Files) -> PyResult<Bound<'_, PyAny>> {
    let sources = sources(py, files)?;
    let found = py.detach(|| indicia::check(&sources));
    json::give(py, &found)
}

/// A rule file in its canonical form.
#[pyfunction]
pub(crate) fn format(py: Python<'_>, text: &str, file: &str) -> PyResult<String> {
    indicia::format(file, text).map_err(|diagnostics| {
        let mut sources = Sources::default();
        sources.rules.insert(file.to_owned(), text.to_owned());
        errors::compile(py, &sources, &diagnostics)
    })
}

/// Every diagnostic code, with its title.
#[pyfunction]
pub(crate) fn codes() -> Vec<(&'static str, &'static str)> {
    indicia::codes().into_iter().map(|code| (code.id, code.title)).collect()
}

/// JSON Schema of a verdict.
#[pyfunction]
pub(crate) fn verdict_schema(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    json::give(py, &indicia::verdict_schema())
}
