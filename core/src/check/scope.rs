//! The names bound around an expression, and what the expression reads.

use super::tree::{Reads, RecordId, TableId};
use super::types::Ty;

/// The most binders that may enclose one place.
pub(crate) const MAX_BINDERS: usize = 16;

/// What a bound name stands for.
#[derive(Debug, Clone)]
pub(crate) enum Bound {
    /// A record: an element of a list or a named source.
    Record { record: RecordId, source: bool },
    /// A row of a table.
    Row(TableId),
    /// A scalar element.
    Scalar(Ty),
    /// Its list was wrong, or the name already had a meaning.
    Poison,
}

#[derive(Debug, Clone)]
pub(crate) struct BoundName {
    pub name: String,
    pub slot: u8,
    pub bound: Bound,
    /// The paths of its list as the record spells them: one, or several for sources.
    pub prefixes: Vec<String>,
}

/// The scope of one expression.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    pub binders: Vec<BoundName>,
    /// Whether it is an outcome's condition, which knows `score` and `categories`.
    pub decide: bool,
    pub reads: Reads,
}

impl Scope {
    pub(crate) fn find(&self, name: &str) -> Option<&BoundName> {
        self.binders.iter().rev().find(|bound| bound.name == name)
    }

    pub(crate) fn next_slot(&self) -> u8 {
        u8::try_from(self.binders.len()).unwrap_or(u8::MAX)
    }
}
