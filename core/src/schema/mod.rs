//! JSON Schemas: of the record that a ruleset reads, and of the verdict; and the paths that are read at all.

mod record;
mod verdict;

pub(crate) use record::{inputs, record_schema};
pub use verdict::verdict_schema;
