//! A verdict in Python: its JSON text, and what is asked for most. The rest is read from the text when somebody asks.

use crate::{errors, json};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyString, PyType};

/// What a ruleset says about one application.
#[pyclass(frozen, module = "indicia")]
pub(crate) struct Verdict {
    json: String,
    outcome: Py<PyString>,
    score: u32,
    parts: PyOnceLock<Py<PyAny>>,
}

impl Verdict {
    pub(crate) fn new(json: String, outcome: Py<PyString>, score: u32) -> Self {
        Self { json, outcome, score, parts: PyOnceLock::new() }
    }

    /// The typed parts: `indicia._verdict.Parts`.
    fn parts<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyAny>> {
        let make = || {
            let data = json::loads(py, &self.json)?;
            Ok::<_, PyErr>(py.import("indicia._verdict")?.getattr("parts")?.call1((data,))?.unbind())
        };
        Ok(self.parts.get_or_try_init(py, make)?.bind(py))
    }
}

#[pymethods]
impl Verdict {
    /// A verdict that was written as JSON.
    #[classmethod]
    fn from_json(cls: &Bound<'_, PyType>, text: &str) -> PyResult<Self> {
        let py = cls.py();
        let read: indicia::Verdict = serde_json::from_str(text).map_err(|error| errors::value(&error))?;
        Ok(Self::new(text.to_owned(), PyString::intern(py, &read.outcome).unbind(), read.score))
    }

    /// The outcome.
    #[getter]
    fn outcome(&self, py: Python<'_>) -> Py<PyString> {
        self.outcome.clone_ref(py)
    }

    /// The score after the caps.
    #[getter]
    fn score(&self) -> u32 {
        self.score
    }

    /// The application's own id, or None.
    #[getter]
    fn id<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.parts(py)?.getattr("id")
    }

    /// The condition of the outcome as written; None for the default outcome.
    #[getter]
    fn decided_by<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.parts(py)?.getattr("decided_by")
    }

    /// The day of the evaluation, as `2024-05-31`, or None.
    #[getter]
    fn as_of<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.parts(py)?.getattr("as_of")
    }

    /// How many of the active indicators could be judged.
    #[getter]
    fn coverage<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.parts(py)?.getattr("coverage")
    }

    /// Points by category.
    #[getter]
    fn categories<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.parts(py)?.getattr("categories")
    }

    /// The raised indicators, with findings and evidence.
    #[getter]
    fn raised<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.parts(py)?.getattr("raised")
    }

    /// The indicators that could not be judged, and why.
    #[getter]
    fn unknown<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.parts(py)?.getattr("unknown")
    }

    /// Raised shadow indicators: reported, without points.
    #[getter]
    fn shadow<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.parts(py)?.getattr("shadow")
    }

    /// What would lead to the next higher outcome, or None.
    #[getter]
    fn next<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.parts(py)?.getattr("next")
    }

    /// Fields that were given but could not be read.
    #[getter]
    fn problems<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.parts(py)?.getattr("problems")
    }

    /// Which ruleset spoke.
    #[getter]
    fn ruleset<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.parts(py)?.getattr("ruleset")
    }

    /// Which engine spoke.
    #[getter]
    fn engine<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.parts(py)?.getattr("engine")
    }

    /// The verdict as JSON text: the same bytes as every other front end writes.
    fn to_json(&self) -> &str {
        &self.json
    }

    /// The verdict as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::loads(py, &self.json)
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((slf.get_type().getattr("from_json")?, (slf.get().json.clone(),)))
    }

    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, _memo: Bound<'_, PyAny>) -> Py<Self> {
        slf
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| other.get().json == self.json)
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        PyString::new(py, &self.json).hash()
    }

    fn __repr__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("indicia._verdict")?.getattr("describe")?.call1((slf,))
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("indicia._html")?.getattr("verdict")?.call1((slf,))
    }
}
