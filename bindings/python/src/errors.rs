//! Errors of the engine as the exceptions of `indicia._errors`.

use crate::advice;
use indicia::{BundleError, Diagnostic, ExplainError, InputError, MappingError, RulesetError, Sources};
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// An exception of `indicia._errors` by its name.
fn raise(py: Python<'_>, name: &str, message: &str, more: &[(&str, Option<&str>)]) -> PyErr {
    let made = || -> PyResult<Bound<'_, PyAny>> {
        let named = PyDict::new(py);
        for (key, value) in more {
            named.set_item(key, value)?;
        }
        py.import("indicia._errors")?.getattr(name)?.call((message,), Some(&named))
    };
    made().map_or_else(|error| error, PyErr::from_value)
}

/// The diagnostics of a ruleset that can't be used, with their text as the command line prints it.
pub(crate) fn compile(py: Python<'_>, sources: &Sources, diagnostics: &[Diagnostic]) -> PyErr {
    let made = || -> PyResult<Bound<'_, PyAny>> {
        let json = serde_json::to_string(diagnostics).map_err(|error| value(&error))?;
        let text = indicia::render(sources, diagnostics);
        py.import("indicia._errors")?.getattr("compile_error")?.call1((text.trim_end(), json))
    };
    made().map_or_else(|error| error, PyErr::from_value)
}

/// An error of loading a ruleset. `sources` is what was loaded, if it came so far.
pub(crate) fn ruleset(py: Python<'_>, sources: Option<&Sources>, error: &RulesetError) -> PyErr {
    match error {
        RulesetError::Compile { diagnostics } => {
            let nothing = Sources::default();
            compile(py, sources.unwrap_or(&nothing), diagnostics)
        }
        RulesetError::Bundle(error) => bundle(py, error),
        other => raise(py, "IndiciaError", &other.to_string(), &[]),
    }
}

/// A bundle that can't be read.
pub(crate) fn bundle(py: Python<'_>, error: &BundleError) -> PyErr {
    raise(py, "BundleError", &error.to_string(), &[])
}

/// A record that can't be read.
pub(crate) fn input(py: Python<'_>, error: &InputError) -> PyErr {
    let (path, expected, found) = parts(error);
    raise(py, "InputError", &advice::told(error), &[("path", path), ("expected", expected), ("found", found)])
}

/// A text that UTF-8 can't hold.
pub(crate) fn surrogate(py: Python<'_>) -> PyErr {
    raise(py, "InputError", "the text has half of a surrogate pair, which no UTF-8 has", &[])
}

/// A row of a table that can't be read.
pub(crate) fn input_in_row(py: Python<'_>, error: &InputError, message: &str, row: i64, column: Option<&str>) -> PyErr {
    let (path, expected, found) = parts(error);
    let more = [("path", path), ("expected", expected), ("found", found), ("column", column)];
    let raised = raise(py, "InputError", message, &more);
    match raised.value(py).setattr("row", row) {
        Ok(()) => raised,
        Err(error) => error,
    }
}

/// Where, what was expected, and what was found.
fn parts(error: &InputError) -> (Option<&str>, Option<&str>, Option<&str>) {
    match error {
        InputError::Value { path, expected, found } => {
            (Some(path.as_str()), Some(expected.as_str()), Some(found.as_str()))
        }
        InputError::NotARecord { found } => (None, Some("a record"), Some(found.as_str())),
        InputError::AsOf { text } => (Some("as_of"), Some("a date of the form 2024-05-31"), Some(text.as_str())),
        _ => (None, None, None),
    }
}

/// An explanation that can't be given.
pub(crate) fn explain(py: Python<'_>, error: &ExplainError) -> PyErr {
    match error {
        ExplainError::Input(error) => input(py, error),
        ExplainError::UnknownIndicator { suggestion: Some(near), .. } => {
            raise(py, "IndiciaError", &format!("{error}; did you mean `{near}`?"), &[])
        }
        other => raise(py, "IndiciaError", &other.to_string(), &[]),
    }
}

/// A document that a mapping can't take.
pub(crate) fn mapping(py: Python<'_>, error: &MappingError) -> PyErr {
    raise(py, "InputError", &error.to_string(), &[])
}

/// An argument of the wrong value.
pub(crate) fn value(message: &impl ToString) -> PyErr {
    pyo3::exceptions::PyValueError::new_err(message.to_string())
}
