//! Every limit of the engine in one table, with unit and default.
//!
//! What a limit leaves unvisited is *unknown, reason: limit*; a match that was already found stays true. Limits on
//! source text are errors of the ruleset, limits on a record's size are errors of that record.

/// Limits on rulesets and records. Make one with [`Limits::default`] and change what you need.
///
/// ```
/// let mut limits = indicia::Limits::default();
/// limits.max_record_bytes = 64 * 1024;
/// assert_eq!(limits.max_findings, 10);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of one source file. Default 1 MiB.
    pub max_source_bytes: usize,
    /// Levels of brackets or prefix operators in a source file. Default 128.
    pub max_source_nesting: usize,
    /// Bytes of one record's JSON text. Default 4 MiB.
    pub max_record_bytes: usize,
    /// Levels of arrays and objects in a record. Default 64.
    pub max_record_nesting: usize,
    /// Values (fields that are read) of all list elements of a record together. Default 1,000,000.
    pub max_record_values: usize,
    /// Elements that are read of one list of a record. Default 1,000.
    pub max_list_length: usize,
    /// Characters that are read of one text of a record. Default 100,000.
    pub max_text_chars: usize,
    /// Tests of elements (pairs, products of binders) per indicator and record. Default 100,000.
    pub max_pairs: usize,
    /// Bytes of one compiled regular expression. Default 1 MiB.
    pub max_regex_bytes: usize,
    /// Characters of one printed message. Default 500.
    pub max_message_chars: usize,
    /// Findings that are kept per indicator; the rest is counted. Default 10.
    pub max_findings: usize,
    /// Reasons that are kept per unknown indicator. Default 10.
    pub max_reasons: usize,
    /// Problems that are kept per record. Default 100.
    pub max_problems: usize,
    /// Nodes of one explanation. Default 10,000.
    pub max_explain_nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_source_bytes: 1024 * 1024,
            max_source_nesting: 128,
            max_record_bytes: 4 * 1024 * 1024,
            max_record_nesting: 64,
            max_record_values: 1_000_000,
            max_list_length: 1_000,
            max_text_chars: 100_000,
            max_pairs: 100_000,
            max_regex_bytes: 1024 * 1024,
            max_message_chars: 500,
            max_findings: 10,
            max_reasons: 10,
            max_problems: 100,
            max_explain_nodes: 10_000,
        }
    }
}
