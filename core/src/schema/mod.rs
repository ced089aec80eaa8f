//! JSON Schemas: of the record that a ruleset reads, and of the verdict; and the paths that are read at all.

mod inputs;
mod record;
mod verdict;

pub(crate) use inputs::inputs;
pub(crate) use record::record_schema;
pub use verdict::verdict_schema;

#[cfg(test)]
mod tests;
