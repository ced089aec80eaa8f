//! Engine data as text for people: diagnostics, explanations, values.

pub(crate) mod cases;
mod code;
pub(crate) mod diagnostics;
pub(crate) mod sarif;
pub(crate) mod tree;
pub(crate) mod values;
