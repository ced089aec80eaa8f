//! What needs no compiled ruleset.

use crate::{errors, json};
use indicia::Sources;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyMapping, PyString};
use std::collections::BTreeMap;

/// The files of a ruleset, by their names in its folder, or one rule file.
pub(crate) enum Files {
    /// The text of one rule file.
    One(String),
    /// File name to text.
    Many(BTreeMap<String, String>),
}

impl<'py> FromPyObject<'_, 'py> for Files {
    type Error = PyErr;

    fn extract(files: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(text) = files.cast::<PyString>() {
            return Ok(Self::One(text.to_str()?.to_owned()));
        }
        let wrong = |what: &str, found: &Bound<'py, PyAny>| {
            let found = found.get_type().name()?;
            let message =
                format!("{what}: expected the text of a rule file, or a dict from file names to texts, found {found}");
            Err(PyTypeError::new_err(message))
        };
        let Ok(mapping) = files.cast::<PyMapping>() else { return wrong("files", &files) };
        let mut many = BTreeMap::new();
        for entry in mapping.items()? {
            let (name, text): (Bound<'py, PyAny>, Bound<'py, PyAny>) = entry.extract()?;
            match (name.cast::<PyString>(), text.cast::<PyString>()) {
                (Ok(name), Ok(text)) => many.insert(name.to_str()?.to_owned(), text.to_str()?.to_owned()),
                (Ok(name), Err(_)) => return wrong(&format!("files[{}]", name.repr()?), &text),
                (Err(_), _) => return wrong("a name in files", &name),
            };
        }
        Ok(Self::Many(many))
    }
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
