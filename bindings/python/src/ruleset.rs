//! A compiled ruleset in Python.

use crate::functions::{Files, sources};
use crate::object::{Keys, Object, Reading};
use crate::verdict::Verdict;
use crate::{errors, json, options};
use indicia::{Application, CaseFile, InputError, Mapping, RulesetError, ScreenOptions, Screener, Sources};
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyDict, PyString, PyType};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// JSON text up to this many bytes is read with the interpreter's lock held: to let go of it would cost more.
const SHORT: usize = 1024;

/// A compiled ruleset on its way to `Ruleset`.
#[pyclass(frozen, module = "indicia._indicia", name = "_Handle")]
pub(crate) struct Handle(pub(crate) indicia::Ruleset);

/// A checked and compiled ruleset.
#[pyclass(frozen, subclass, module = "indicia")]
pub(crate) struct Ruleset {
    pub(crate) inner: indicia::Ruleset,
    keys: Keys,
    outcomes: Vec<Py<PyString>>,
    /// Screeners that nobody uses just now, with their buffers.
    idle: Mutex<Vec<Screener>>,
}

/// An object of the class, which may be one of Python's own below `Ruleset`.
fn wrap<'py>(cls: &Bound<'py, PyType>, ruleset: indicia::Ruleset) -> PyResult<Bound<'py, PyAny>> {
    cls.call1((Handle(ruleset),))
}

fn compile(py: Python<'_>, sources: &Sources) -> PyResult<indicia::Ruleset> {
    py.detach(|| indicia::Ruleset::from_sources(sources)).map_err(|error| errors::ruleset(py, Some(sources), &error))
}

impl Ruleset {
    /// Runs something with a screener that nobody else uses: other threads, and objects that screen while they are read.
    fn with_screener<T>(&self, run: impl FnOnce(&mut Screener) -> T) -> T {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut screener = idle.unwrap_or_else(|| self.inner.screener());
        let result = run(&mut screener);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(screener);
        result
    }

    fn judged(&self, application: &mut Application<'_>) -> Judged {
        let mut json = String::with_capacity(2048);
        application.write_verdict(&mut json);
        let judgement = application.judge();
        Judged { json, outcome: judgement.outcome_index(), score: judgement.score() }
    }

    fn from_text(&self, text: &[u8], options: &ScreenOptions) -> Result<Judged, InputError> {
        self.with_screener(|screener| Ok(self.judged(&mut screener.read(text, options)?)))
    }

    /// Reads an application of any kind and does something with it.
    fn read<'py, T: Send>(
        &self,
        application: &Bound<'py, PyAny>,
        options: &ScreenOptions,
        of_text: impl FnOnce(&Self, &[u8], &ScreenOptions) -> Result<T, InputError> + Send,
        of_object: impl FnOnce(&mut Application<'_>) -> T,
    ) -> PyResult<T> {
        let py = application.py();
        let text: &[u8] = if let Ok(text) = application.cast::<PyString>() {
            text.to_str()?.as_bytes()
        } else if let Ok(bytes) = application.cast::<PyBytes>() {
            bytes.as_bytes()
        } else if application.is_instance_of::<PyByteArray>() || application.get_type().name()? == "memoryview" {
            let bytes: Vec<u8> =
                application.call_method0("tobytes").or_else(|_| application.call_method0("copy"))?.extract()?;
            return py.detach(|| of_text(self, &bytes, options)).map_err(|error| errors::input(py, &error));
        } else {
            return self.read_object(application, options, of_object);
        };
        let result =
            if text.len() <= SHORT { of_text(self, text, options) } else { py.detach(|| of_text(self, text, options)) };
        result.map_err(|error| errors::input(py, &error))
    }

    fn read_object<'py, T>(
        &self,
        application: &Bound<'py, PyAny>,
        options: &ScreenOptions,
        run: impl FnOnce(&mut Application<'_>) -> T,
    ) -> PyResult<T> {
        let py = application.py();
        let reading = Reading::new(py, &self.keys);
        let result = self.with_screener(|screener| {
            let object = Object::new(application, &reading)?;
            Ok(run(&mut screener.read_node(&object, options)?))
        });
        result.map_err(|error: InputError| reading.raised().unwrap_or_else(|| errors::input(py, &error)))
    }

    pub(crate) fn verdict(&self, py: Python<'_>, judged: Judged) -> Verdict {
        let outcome = self.outcomes.get(judged.outcome).map(|outcome| outcome.clone_ref(py));
        Verdict::new(judged.json, outcome.unwrap_or_else(|| PyString::new(py, "").unbind()), judged.score)
    }
}

/// A verdict as text, and what most callers ask for first.
pub(crate) struct Judged {
    json: String,
    outcome: usize,
    score: u32,
}

#[pymethods]
impl Ruleset {
    #[new]
    fn new(py: Python<'_>, handle: PyRef<'_, Handle>) -> Self {
        let inner = handle.0.clone();
        let intern = |text: &str| PyString::intern(py, text).unbind();
        let keys = inner.keys().into_iter().map(|keys| keys.into_iter().map(intern).collect()).collect();
        let outcomes = inner.outcomes().iter().map(|outcome| intern(outcome)).collect();
        Self { inner, keys, outcomes, idle: Mutex::default() }
    }

    /// The shipped ruleset of applicant-fraud indicators.
    #[classmethod]
    fn default<'py>(cls: &Bound<'py, PyType>) -> PyResult<Bound<'py, PyAny>> {
        let py = cls.py();
        let loaded = py.detach(indicia::Ruleset::default_ruleset).map_err(|error| errors::ruleset(py, None, &error))?;
        wrap(cls, loaded)
    }

    /// A ruleset from its folder or its bundle's file.
    #[classmethod]
    fn load<'py>(cls: &Bound<'py, PyType>, path: PathBuf) -> PyResult<Bound<'py, PyAny>> {
        let py = cls.py();
        if path.is_file() {
            let bytes = std::fs::read(&path)?;
            return Self::from_bundle(cls, &bytes);
        }
        let sources = py.detach(|| Sources::from_folder(&path)).map_err(|error| errors::ruleset(py, None, &error))?;
        wrap(cls, compile(py, &sources)?)
    }

    /// A ruleset from the text of its files.
    #[classmethod]
    fn from_source<'py>(cls: &Bound<'py, PyType>, files: Files) -> PyResult<Bound<'py, PyAny>> {
        let py = cls.py();
        wrap(cls, compile(py, &sources(py, files)?)?)
    }

    /// A ruleset from the bytes of its bundle.
    #[classmethod]
    fn from_bundle<'py>(cls: &Bound<'py, PyType>, bundle: &[u8]) -> PyResult<Bound<'py, PyAny>> {
        let py = cls.py();
        let sources = Sources::from_bundle(bundle).map_err(|error| errors::bundle(py, &error))?;
        wrap(cls, compile(py, &sources)?)
    }

    /// The ruleset as one bundle.
    fn to_bundle<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.inner.to_bundle())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        let py = slf.py();
        let from_bundle = slf.get_type().getattr("from_bundle")?;
        Ok((from_bundle, (slf.get().to_bundle(py),)))
    }

    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, _memo: Bound<'_, PyAny>) -> Py<Self> {
        slf
    }

    fn __repr__(&self) -> String {
        let count = self.inner.indicators().len();
        format!("<indicia.Ruleset {} {}: {count} indicators>", self.inner.name(), self.inner.version())
    }

    /// Its name.
    #[getter]
    fn name(&self) -> &str {
        self.inner.name()
    }

    /// Its version.
    #[getter]
    fn version(&self) -> &str {
        self.inner.version()
    }

    /// Digest of its rules and data.
    #[getter]
    fn digest(&self) -> &str {
        self.inner.digest()
    }

    /// Its outcomes from least to most.
    #[getter]
    fn outcomes(&self) -> Vec<String> {
        self.inner.outcomes()
    }

    #[getter]
    fn _warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::give(py, &self.inner.warnings())
    }

    fn _indicators<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::give(py, &self.inner.indicators())
    }

    fn _inputs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::give(py, &self.inner.inputs())
    }

    /// JSON Schema (2020-12) of the applications that it reads.
    fn schema<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::give(py, &self.inner.schema())
    }

    /// Rows for lists and tables, instead of the ruleset's own.
    fn _with_lists<'py>(slf: &Bound<'py, Self>, lists: &Bound<'py, PyDict>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let mut sources = slf.get().inner.sources().clone();
        for (name, rows) in lists {
            let name: String = name.extract()?;
            let rows = json::take(&rows, &format!("list `{name}`"))?;
            sources.rows.insert(name, rows);
        }
        wrap(&slf.get_type(), compile(py, &sources)?)
    }

    /// Screens one application.
    #[pyo3(signature = (application, as_of=None, *, redact_key=None, list_key=None))]
    fn screen(
        &self,
        application: &Bound<'_, PyAny>,
        as_of: Option<&Bound<'_, PyAny>>,
        redact_key: Option<&Bound<'_, PyAny>>,
        list_key: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Verdict> {
        let options = options::options(as_of, redact_key, list_key)?;
        let judged = self.read(application, &options, Self::from_text, |application| self.judged(application))?;
        Ok(self.verdict(application.py(), judged))
    }

    #[pyo3(signature = (indicator, application, as_of=None, *, redact_key=None, list_key=None))]
    fn _explain<'py>(
        &self,
        indicator: &str,
        application: &Bound<'py, PyAny>,
        as_of: Option<&Bound<'py, PyAny>>,
        redact_key: Option<&Bound<'py, PyAny>>,
        list_key: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = application.py();
        let options = options::options(as_of, redact_key, list_key)?;
        let explained = self.read(
            application,
            &options,
            |ruleset, text, options| {
                ruleset.with_screener(|screener| Ok(screener.read(text, options)?.explain(indicator)))
            },
            |application| application.explain(indicator),
        )?;
        json::give(py, &explained.map_err(|error| errors::explain(py, &error))?)
    }

    /// Runs cases: of a folder, or of texts by file name.
    fn _test<'py>(&self, py: Python<'py>, cases: Cases) -> PyResult<Bound<'py, PyAny>> {
        let (files, texts) = match cases {
            Cases::Texts(texts) => {
                let mut files = Vec::new();
                let mut wrong = Vec::new();
                for (name, text) in &texts {
                    match CaseFile::parse(name, text) {
                        Ok(file) => files.push(file),
                        Err(errors) => wrong.extend(errors),
                    }
                }
                (if wrong.is_empty() { Ok(files) } else { Err(RulesetError::Compile { diagnostics: wrong }) }, texts)
            }
            Cases::Folder(path) => (CaseFile::from_folder(path), BTreeMap::new()),
        };
        let files = files.map_err(|error| {
            let mut sources = self.inner.sources().clone();
            sources.data.extend(texts);
            errors::ruleset(py, Some(&sources), &error)
        })?;
        let report = py.detach(|| self.inner.run_cases(&files));
        let gaps: BTreeMap<&str, Vec<String>> = report
            .coverage
            .iter()
            .map(|one| (one.indicator.as_str(), one.gaps()))
            .filter(|(_, gaps)| !gaps.is_empty())
            .collect();
        json::give(py, &(&report, gaps))
    }

    /// Its mappings by name, with what each reads.
    fn mappings(&self) -> BTreeMap<String, String> {
        let described =
            |value: &serde_json::Value| value.get("description").and_then(|text| text.as_str().map(str::to_owned));
        self.inner
            .mappings()
            .into_iter()
            .map(|(name, value)| (name.to_owned(), described(value).unwrap_or_default()))
            .collect()
    }

    /// Makes an application of foreign documents: `(record, dropped, left_out, unmapped, mapping)`.
    fn _map<'py>(&self, py: Python<'py>, documents: &Bound<'py, PyAny>, mapping: &str) -> PyResult<Bound<'py, PyAny>> {
        let documents: BTreeMap<String, serde_json::Value> = json::take(documents, "documents")?;
        let own = self.inner.mappings();
        let parse = |value: &serde_json::Value| Mapping::parse(value).map_err(|error| errors::mapping(py, &error));
        let chosen = if mapping == "auto" {
            let all = own.values().map(|value| parse(value)).collect::<PyResult<Vec<_>>>()?;
            Mapping::recognise(&all, &documents).map_err(|error| errors::mapping(py, &error))?.clone()
        } else {
            let known = || own.keys().copied().collect::<Vec<_>>().join(", ");
            let value = own.get(mapping).ok_or_else(|| {
                errors::value(&format!("no mapping is called `{mapping}`; known mappings: auto, {}", known()))
            })?;
            parse(value)?
        };
        let applied = chosen.apply(&documents).map_err(|error| errors::mapping(py, &error))?;
        json::give(py, &(chosen.name(), applied))
    }
}

/// Where cases are.
#[derive(FromPyObject)]
enum Cases {
    /// File name to text.
    Texts(BTreeMap<String, String>),
    /// A folder with `*.cases.yaml`.
    Folder(PathBuf),
}
