//! A compiled ruleset in Python.

use crate::functions::{Files, sources};
use crate::object::{Keys, Object, Reading};
use crate::pool::{Held, Pool};
use crate::verdict::{Text, Verdict};
use crate::{errors, json, options};
use indicia::{CaseFile, Mapping, RulesetError, ScreenOptions, Screener, Sources};
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyDict, PyMemoryView, PyString, PyType};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

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
    /// The names of its indicators, but of those in the shadow.
    indicators: Vec<Option<Py<PyString>>>,
    pool: Arc<Pool>,
}

/// An object of the class, which may be one of Python's own below `Ruleset`.
fn wrap<'py>(cls: &Bound<'py, PyType>, ruleset: indicia::Ruleset) -> PyResult<Bound<'py, PyAny>> {
    cls.call1((Handle(ruleset),))
}

fn compile(py: Python<'_>, sources: &Sources) -> PyResult<indicia::Ruleset> {
    py.detach(|| indicia::Ruleset::from_sources(sources)).map_err(|error| errors::ruleset(py, Some(sources), &error))
}

/// What an application comes to, before Python sees it.
struct Judged {
    outcome: usize,
    score: u32,
    /// By their positions.
    raised: Vec<usize>,
    text: Text,
}

impl Ruleset {
    /// Reads an application of any kind into a screener and does something with it: long texts without the interpreter's lock.
    fn read<T: Send>(
        &self,
        application: &Bound<'_, PyAny>,
        options: &ScreenOptions,
        then: impl FnOnce(Box<Screener>) -> T + Send,
    ) -> PyResult<T> {
        let py = application.py();
        let given;
        let text: &[u8] = if application.is_exact_instance_of::<PyDict>() {
            return self.read_object(application, options, then);
        } else if let Ok(text) = application.cast::<PyString>() {
            text.to_str().map_err(|_| errors::surrogate(py))?.as_bytes()
        } else if let Ok(bytes) = application.cast::<PyBytes>() {
            bytes.as_bytes()
        } else if let Ok(bytes) = application.cast::<PyByteArray>() {
            given = bytes.to_vec();
            &given
        } else if application.is_instance_of::<PyMemoryView>() {
            given = application.call_method0("tobytes")?.extract::<Vec<u8>>()?;
            &given
        } else {
            return self.read_object(application, options, then);
        };
        let read = || {
            let mut screener = self.pool.take();
            match screener.read(text, options) {
                Ok(_) => Ok(then(screener)),
                Err(error) => {
                    self.pool.give(screener);
                    Err(error)
                }
            }
        };
        let result = if text.len() <= SHORT { read() } else { py.detach(read) };
        result.map_err(|error| errors::input(py, &error))
    }

    fn read_object<T>(
        &self,
        application: &Bound<'_, PyAny>,
        options: &ScreenOptions,
        then: impl FnOnce(Box<Screener>) -> T,
    ) -> PyResult<T> {
        let py = application.py();
        let reading = Reading::new(py, &self.keys);
        let mut screener = self.pool.take();
        let object = Object::new(application.clone(), &reading);
        match object.and_then(|object| screener.read_node(&object, options).map(drop)) {
            Ok(()) => Ok(then(screener)),
            Err(error) => {
                self.pool.give(screener);
                Err(reading.raised().unwrap_or_else(|| errors::input(py, &error)))
            }
        }
    }

    /// Judges the application that a screener has read.
    fn judge(&self, mut screener: Box<Screener>, options: ScreenOptions) -> Judged {
        let mut application = screener.resume(&options);
        let judgement = application.judge();
        let truths = judgement.truths().iter().zip(&self.indicators).enumerate();
        let raised = truths.filter(|(_, (truth, name))| truth.is_true() && name.is_some());
        let raised = raised.map(|(index, _)| index).collect();
        let (outcome, score) = (judgement.outcome_index(), judgement.score());
        // Who wants hashes in place of values wants none of them kept.
        let text = if options.redact_key.is_none() && self.pool.may_hold() {
            Text::Held(Held::new(screener, options, self.pool.clone()))
        } else {
            let mut text = String::with_capacity(2048);
            application.write_verdict(&mut text);
            self.pool.give(screener);
            Text::Written(text)
        };
        Judged { outcome, score, raised, text }
    }

    fn verdict(&self, py: Python<'_>, judged: Judged) -> Verdict {
        let outcome = self.outcomes.get(judged.outcome).map(|outcome| outcome.clone_ref(py));
        let names = judged.raised.iter().filter_map(|index| self.indicators.get(*index)?.as_ref());
        let names = names.map(|name| name.clone_ref(py)).collect();
        Verdict::new(outcome.unwrap_or_else(|| PyString::new(py, "").unbind()), judged.score, names, judged.text)
    }
}

#[pymethods]
impl Ruleset {
    #[new]
    fn new(handle: &Bound<'_, Handle>) -> Self {
        let (py, inner) = (handle.py(), handle.get().0.clone());
        let intern = |text: &str| PyString::intern(py, text).unbind();
        let keys = inner.keys().into_iter().map(|keys| keys.into_iter().map(intern).collect()).collect();
        let outcomes = inner.outcomes().iter().map(|outcome| intern(outcome)).collect();
        let indicators = inner.indicators().iter().map(|one| (!one.shadow).then(|| intern(&one.id))).collect();
        let pool = Arc::new(Pool::new(inner.clone()));
        Self { inner, keys, outcomes, indicators, pool }
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
    #[expect(clippy::needless_pass_by_value, reason = "what Python gives is a path of its own")]
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
        let judged = self.read(application, &options, |screener| self.judge(screener, options.clone()))?;
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
        let explained = self.read(application, &options, |mut screener| {
            let explained = screener.resume(&options).explain(indicator);
            self.pool.give(screener);
            explained
        })?;
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
            let known = || own.keys().fold("auto".to_owned(), |all, name| all + ", " + name);
            let value = own.get(mapping).ok_or_else(|| {
                errors::value(&format!("no mapping is called `{mapping}`; known mappings: {}", known()))
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
