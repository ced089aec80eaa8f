//! A verdict in Python: what is asked for most. Its JSON text is written when somebody asks for more, which most callers do
//! of few applications; the other parts are read from the text.

use crate::pool::Held;
use crate::{errors, json};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyList, PyString, PyType};
use std::sync::{Mutex, OnceLock, PoisonError};

/// What a ruleset says about one application.
#[pyclass(frozen, module = "indicia")]
pub(crate) struct Verdict {
    outcome: Py<PyString>,
    score: u32,
    indicators: Vec<Py<PyString>>,
    json: OnceLock<String>,
    /// Until the text is written.
    held: Mutex<Option<Held>>,
    parts: PyOnceLock<Py<PyAny>>,
}

/// The text of a verdict, or the application that it is about.
pub(crate) enum Text {
    Written(String),
    Held(Held),
}

impl Verdict {
    pub(crate) fn new(outcome: Py<PyString>, score: u32, indicators: Vec<Py<PyString>>, text: Text) -> Self {
        let (json, held) = match text {
            Text::Written(text) => (OnceLock::from(text), None),
            Text::Held(held) => (OnceLock::new(), Some(held)),
        };
        Self { outcome, score, indicators, json, held: Mutex::new(held), parts: PyOnceLock::new() }
    }

    fn json(&self, py: Python<'_>) -> &str {
        if let Some(text) = self.json.get() {
            return text;
        }
        let (json, held) = (&self.json, &self.held);
        let write = || match held.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(held) => held.ask(|application| {
                let mut text = String::with_capacity(2048);
                application.write_verdict(&mut text);
                text.shrink_to_fit();
                text
            }),
            None => String::new(),
        };
        // Whoever waits here for another thread does not keep it from going on.
        py.detach(|| json.get_or_init(write))
    }

    /// The typed parts: `indicia._verdict.Parts`, each made when it is asked for.
    fn parts<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyAny>> {
        let make = || {
            let data = json::loads(py, self.json(py))?;
            Ok::<_, PyErr>(py.import("indicia._verdict")?.getattr("Parts")?.call1((data,))?.unbind())
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
        let intern = |text: &str| PyString::intern(py, text).unbind();
        let indicators = read.raised.iter().map(|raised| intern(&raised.indicator)).collect();
        Ok(Self::new(intern(&read.outcome), read.score, indicators, Text::Written(text.to_owned())))
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

    /// The raised indicators by their names: those of `raised`.
    #[getter]
    fn indicators<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        PyList::new(py, &self.indicators)
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
    fn to_json(&self, py: Python<'_>) -> &str {
        self.json(py)
    }

    /// The verdict as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::loads(py, self.json(py))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((slf.get_type().getattr("from_json")?, (slf.get().json(slf.py()).to_owned(),)))
    }

    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, _memo: Bound<'_, PyAny>) -> Py<Self> {
        slf
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        let py = other.py();
        other.cast::<Self>().is_ok_and(|other| other.get().json(py) == self.json(py))
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        PyString::new(py, self.json(py)).hash()
    }

    fn __repr__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("indicia._verdict")?.getattr("describe")?.call1((slf,))
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("indicia._html")?.getattr("verdict")?.call1((slf,))
    }
}
