//! The Python face of Indicia: objects of Python and columns of Arrow into the engine, verdicts and errors out of it.
//!
//! What a rule means is the engine's business (`core`); what is pure Python lies beside this, in `python/indicia`.

#![deny(unsafe_code)]

mod advice;
mod errors;
mod frame;
mod functions;
mod json;
mod object;
mod options;
mod pool;
mod ruleset;
mod verdict;

use pyo3::prelude::*;

/// The engine, as `indicia` imports it.
#[pymodule]
mod _indicia {
    #[pymodule_export]
    use crate::frame::{Frame, Plan};
    #[pymodule_export]
    use crate::functions::{check, codes, format, verdict_schema};
    #[pymodule_export]
    use crate::ruleset::{Handle, Ruleset};
    #[pymodule_export]
    use crate::verdict::Verdict;

    use super::{Bound, PyModule, PyModuleMethods, PyResult};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
