//! How a table is screened, made ready once: what `indicia.Ruleset.screen_frame` calls.

use super::capsule::{self, Frame};
use super::place::Places;
use super::plan::{Shape, Wanted};
use super::rows::{Failures, Wish};
use super::run::Run;
use super::source::Source;
use super::work::{Stop, Work};
use crate::{errors, options};
use arrow_array::RecordBatchReader as _;
use arrow_schema::Schema;
use indicia::{JsonLines, Limits};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor};
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

/// What comes in and what comes out.
#[pyclass(frozen, module = "indicia._indicia", name = "_Plan")]
pub(crate) struct Plan {
    work: Arc<Work>,
    threads: usize,
}

#[pymethods]
impl Plan {
    #[new]
    #[pyo3(signature = (ruleset, mapping, columns, explode, on_error, threads, as_of, redact_key, list_key))]
    #[expect(clippy::too_many_arguments, clippy::needless_pass_by_value, reason = "called by Python, from one place")]
    fn new(
        ruleset: &Bound<'_, crate::ruleset::Ruleset>,
        mapping: Vec<(String, String)>,
        columns: Vec<String>,
        explode: bool,
        on_error: &str,
        threads: usize,
        as_of: Option<&Bound<'_, PyAny>>,
        redact_key: Option<&Bound<'_, PyAny>>,
        list_key: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let py = ruleset.py();
        let options = options::options(as_of, redact_key, list_key)?;
        let ruleset = ruleset.get().inner.clone();
        // A day that is none would be the error of every row.
        let verdict = ruleset.screen(b"{}", &options).map_err(|error| errors::input(py, &error))?;
        let failures = if on_error == "row" { Failures::Rows } else { Failures::Raised };
        let wish = Wish::new(&columns, explode, failures).map_err(|message| errors::value(&message))?;
        let json = |value: serde_json::Result<String>| value.map_err(|error| errors::value(&error));
        let metadata = HashMap::from([
            ("indicia.ruleset".to_owned(), json(serde_json::to_string(&verdict.ruleset))?),
            ("indicia.engine".to_owned(), json(serde_json::to_string(&verdict.engine))?),
        ]);
        let schema = Arc::new(Schema::new_with_metadata(wish.fields(), metadata));
        let names = ruleset.indicators().into_iter().map(|one| (!one.shadow).then_some(one.id)).collect();
        let (wanted, places) = (Wanted::of(&ruleset), Places::of(&ruleset));
        let (together, idle) = (AtomicBool::new(true), Mutex::default());
        let work = Work { ruleset, wanted, places, mapping, options, wish, schema, names, together, idle };
        Ok(Self { work: Arc::new(work), threads: threads.max(1) })
    }

    /// Screens a table: at once, or chunk by chunk when somebody takes the columns.
    fn run(&self, py: Python<'_>, frame: &Bound<'_, PyAny>, lazy: bool) -> PyResult<Frame> {
        let reader = capsule::stream(frame)?;
        let shape = Shape::of(&reader.schema(), &self.work.wanted, &self.work.mapping);
        let shape = shape.map_err(|message| errors::value(&message))?;
        let is_read = |index: &usize| self.reads(reader.schema().field(*index).name());
        if !shape.columns().iter().any(is_read) {
            return Err(errors::value(&self.work.nothing(&reader.schema())));
        }
        self.start(py, Some(shape), Source::Table { reader, left: None }, lazy)
    }

    /// Screens lines of JSON, chunk by chunk when somebody takes the columns.
    #[pyo3(signature = (text, path))]
    fn run_lines(&self, py: Python<'_>, text: Option<PyBackedBytes>, path: Option<PathBuf>) -> PyResult<Frame> {
        let reader: Box<dyn BufRead + Send> = match (text, path) {
            (Some(text), _) => Box::new(Cursor::new(text)),
            (None, Some(path)) => Box::new(BufReader::with_capacity(1 << 20, File::open(path)?)),
            (None, None) => Box::new(std::io::empty()),
        };
        self.start(py, None, Source::Lines(JsonLines::new(reader, &Limits::default())), true)
    }

    /// The columns that come out, without rows.
    fn empty(&self) -> Frame {
        Frame::made(self.work.schema.clone(), Vec::new())
    }

    /// The columns of a table that are taken, in its order, and whether the values of each are read, or only that there are some.
    fn columns(&self, frame: &Bound<'_, PyAny>) -> PyResult<Vec<(String, bool)>> {
        let schema = capsule::stream(frame)?.schema();
        let shape =
            Shape::of(&schema, &self.work.wanted, &self.work.mapping).map_err(|message| errors::value(&message))?;
        let name = |index: &usize| schema.fields().get(*index).map(|field| field.name().clone());
        Ok(shape.columns().iter().filter_map(name).map(|name| (name.clone(), self.reads(&name))).collect())
    }
}

impl Plan {
    fn reads(&self, column: &str) -> bool {
        Shape::reads(&self.work.wanted, &self.work.mapping, column)
    }

    fn start(&self, py: Python<'_>, shape: Option<Shape>, source: Source, lazy: bool) -> PyResult<Frame> {
        let mut run = Run::new(self.work.clone(), shape, source, self.threads);
        let schema = self.work.schema.clone();
        if lazy {
            return Ok(Frame::coming(schema, Box::new(run.map(|batch| batch.map_err(Stop::arrow)))));
        }
        let mut made = Vec::new();
        while let Some(batch) = py.detach(|| run.next()) {
            made.push(batch.map_err(|stop| stop.python(py))?);
            // Ctrl-C ends a long table here.
            py.check_signals()?;
        }
        Ok(Frame::made(schema, made))
    }
}
