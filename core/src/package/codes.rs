//! The codes of files: what can be wrong before a rule is looked at. Codes are public API; wording is not.

/// A table's column has no name, or a name stands twice.
pub(crate) const BAD_COLUMN: &str = "E0504";
/// A table's row has more or fewer cells than there are columns.
pub(crate) const RAGGED_ROW: &str = "E0505";
/// A table is no CSV: a quote without its counterpart, or no row of column names.
pub(crate) const BAD_TABLE: &str = "E0506";
/// A file is no YAML, or has another shape than it should.
pub(crate) const BAD_YAML: &str = "E0507";
/// A rule file that the manifest names is not there.
pub(crate) const NO_RULE_FILE: &str = "E0508";
/// The ruleset to extend is not there, or extends itself.
pub(crate) const NO_BASE: &str = "E0509";
/// A case does not hold together: no record, an unknown base, nothing expected, a name twice.
pub(crate) const BAD_CASE: &str = "E0510";
