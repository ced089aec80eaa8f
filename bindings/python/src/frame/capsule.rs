//! Arrow's interface of capsules: <https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html>.
//!
//! The only unsafe code of this crate: a pointer out of a capsule that says what it holds.

use super::run::guarded;
use crate::errors;
use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use std::sync::{Mutex, PoisonError};

/// Takes the stream of any object that has one.
pub(super) fn stream(frame: &Bound<'_, PyAny>) -> PyResult<RecordBatchStreamReader> {
    if !frame.hasattr("__arrow_c_stream__")? {
        let message = format!(
            "expected a table (pandas, Polars, PyArrow, DuckDB, or anything with `__arrow_c_stream__`), found {}",
            frame.get_type().name()?
        );
        return Err(PyTypeError::new_err(message));
    }
    let capsule = frame.call_method0("__arrow_c_stream__")?;
    let capsule = capsule.cast::<PyCapsule>()?;
    let pointer = capsule.pointer_checked(Some(c"arrow_array_stream"))?.cast::<FFI_ArrowArrayStream>();
    #[expect(unsafe_code, reason = "the interface passes C structures")]
    // SAFETY: by the interface a capsule of this name holds an `ArrowArrayStream`; `from_raw` moves it out and leaves a
    // released one behind, which the capsule's destructor expects.
    let reader = guarded(|| unsafe { RecordBatchStreamReader::from_raw(pointer.as_ptr()) });
    reader.and_then(|reader| reader).map_err(|error| errors::value(&error))
}

/// Batches that are made when they are asked for.
pub(super) type Batches = Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>> + Send>;

struct Reader {
    schema: SchemaRef,
    batches: Batches,
}

impl Iterator for Reader {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.batches.next()
    }
}

impl RecordBatchReader for Reader {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

/// Columns of verdicts, for whatever reads Arrow: as often as wanted, or once if they are made while they are taken.
#[pyclass(frozen, module = "indicia._indicia", name = "_Frame")]
pub(crate) struct Frame {
    schema: SchemaRef,
    rows: Held,
}

enum Held {
    Made(Vec<RecordBatch>),
    Coming(Mutex<Option<Batches>>),
}

impl Frame {
    /// Columns that are there.
    pub(super) fn made(schema: SchemaRef, batches: Vec<RecordBatch>) -> Self {
        Self { schema, rows: Held::Made(batches) }
    }

    /// Columns that are made when they are taken.
    pub(super) fn coming(schema: SchemaRef, batches: Batches) -> Self {
        Self { schema, rows: Held::Coming(Mutex::new(Some(batches))) }
    }
}

#[pymethods]
impl Frame {
    /// What the columns are, without taking them: some ask for it first.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema.as_ref()).map_err(|error| errors::value(&error))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // By the interface a wish that need not be heard.
        drop(requested_schema);
        let batches: Batches = match &self.rows {
            Held::Made(batches) => Box::new(batches.clone().into_iter().map(Ok)),
            Held::Coming(batches) => {
                let taken = batches.lock().unwrap_or_else(PoisonError::into_inner).take();
                taken.ok_or_else(|| PyValueError::new_err("these columns were taken already"))?
            }
        };
        let reader = Reader { schema: self.schema.clone(), batches };
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
    }
}
