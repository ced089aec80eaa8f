//! Values between Python and the engine as JSON text, where speed is no matter.

use crate::errors;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use serde::Serialize;
use serde::de::DeserializeOwned;

fn function<'py>(py: Python<'py>, name: &str, kept: &PyOnceLock<Py<PyAny>>) -> PyResult<Bound<'py, PyAny>> {
    let function = kept.get_or_try_init(py, || Ok::<_, PyErr>(py.import("json")?.getattr(name)?.unbind()))?;
    Ok(function.bind(py).clone())
}

/// JSON text as Python objects.
pub(crate) fn loads<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    static LOADS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    function(py, "loads", &LOADS)?.call1((text,))
}

/// Data of the engine as Python objects.
pub(crate) fn give<'py>(py: Python<'py>, value: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    loads(py, &serde_json::to_string(value).map_err(|error| errors::value(&error))?)
}

/// Python objects as data of the engine; `what` is for the message of one that does not fit.
pub(crate) fn take<T: DeserializeOwned>(value: &Bound<'_, PyAny>, what: &str) -> PyResult<T> {
    static WRITE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = value.py();
    let write =
        WRITE.get_or_try_init(py, || Ok::<_, PyErr>(py.import("indicia._values")?.getattr("json")?.unbind()))?;
    let text: String = write.bind(py).call1((value, what))?.extract()?;
    serde_json::from_str(&text).map_err(|error| errors::value(&format!("{what}: {error}")))
}
