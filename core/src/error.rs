//! The errors of the public API. Each says where, what was expected and what was found.

use indicia_dsl::diagnostic::Diagnostic;

/// A record that can't be read at all (its other records go on).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// The text is no valid JSON.
    #[error("invalid JSON at line {line}, column {column}: {message}")]
    Json {
        /// Line within the record's text, from 1.
        line: usize,
        /// Column in bytes, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// The text is no valid UTF-8.
    #[error("invalid UTF-8 at byte {offset}")]
    Utf8 {
        /// The first wrong byte, from 0.
        offset: usize,
    },
    /// The record is no JSON object.
    #[error("expected a record (a JSON object), found {found}")]
    NotARecord {
        /// What stands there instead.
        found: String,
    },
    /// The record's text is larger than the limit.
    #[error("record is larger than the limit of {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// Arrays or objects are nested deeper than the limit.
    #[error("record is nested deeper than the limit of {limit} levels{}", place(*line, *column))]
    TooDeep {
        /// The limit, in levels.
        limit: usize,
        /// Line within the record's text, from 1; 0 for a value that was no text.
        line: usize,
        /// Column in bytes, from 1; 0 for a value that was no text.
        column: usize,
    },
    /// The record's lists have more values than the limit.
    #[error("record has more than {limit} values in its lists")]
    TooManyValues {
        /// The limit, in values of fields that are read.
        limit: usize,
    },
    /// A value in memory is nothing that JSON has, where the ruleset reads it.
    #[error("at `{path}`: expected {expected}, found {found}")]
    Value {
        /// Where it stands, with indexes: `resume.work[2].end`.
        path: String,
        /// What the field is.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// The evaluation date is no full date.
    #[error("evaluation date `{text}` is no date of the form 2024-05-31")]
    AsOf {
        /// What was given.
        text: String,
    },
    /// The value can't be serialised to JSON.
    #[error("value can't be serialised: {message}")]
    Serialize {
        /// What the serialiser said.
        message: String,
    },
    /// The line could not be read from its file.
    #[error("can't read: {message}")]
    Read {
        /// What the system said.
        message: String,
    },
}

impl InputError {
    /// A value that can't be read, at a place that [`InputError::within`] and [`InputError::at`] complete.
    pub(crate) fn value(expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self::Value { path: String::new(), expected: expected.into(), found: found.into() }
    }

    /// The same error of a value within this field.
    pub(crate) fn within(self, field: &str) -> Self {
        match self {
            Self::Value { path, expected, found } => {
                let dot = if path.is_empty() || path.starts_with('[') { "" } else { "." };
                Self::Value { path: format!("{field}{dot}{path}"), expected, found }
            }
            other => other,
        }
    }

    /// The same error of a value within this element of a list.
    pub(crate) fn at(self, index: u32) -> Self {
        match self {
            Self::Value { path, expected, found } => {
                let dot = if path.is_empty() || path.starts_with('[') { "" } else { "." };
                Self::Value { path: format!("[{index}]{dot}{path}"), expected, found }
            }
            other => other,
        }
    }
}

/// A ruleset that can't be loaded.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RulesetError {
    /// Its source has errors.
    /// Its message has a line for each error: `rules.indicia:7:12: error[E0201]: unknown field …`. For the whole text of a
    /// diagnostic, with the lines that it points at, see [`render`](crate::render()).
    #[error("{}", lines(diagnostics))]
    Compile {
        /// All errors and warnings.
        diagnostics: Vec<Diagnostic>,
    },
    /// A file of the ruleset can't be read.
    #[error("can't read `{path}`: {message}")]
    Read {
        /// The file.
        path: String,
        /// What the system said.
        message: String,
    },
    /// The bundle can't be read.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// A list that the host fills is not declared, or its rows don't fit.
    #[error("list `{name}`: {message}")]
    List {
        /// The list or table.
        name: String,
        /// What is wrong.
        message: String,
    },
}

fn place(line: usize, column: usize) -> String {
    if line == 0 { String::new() } else { format!(" (line {line}, column {column})") }
}

fn lines(diagnostics: &[Diagnostic]) -> String {
    let errors: Vec<String> = diagnostics.iter().filter(|d| d.is_error()).map(ToString::to_string).collect();
    errors.join("\n")
}

/// A bundle that can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BundleError {
    /// It does not start as a bundle does.
    #[error("not an Indicia bundle")]
    NotABundle,
    /// It was written in another format version.
    #[error("bundle has format version {found}, this engine reads {supported}")]
    Version {
        /// The bundle's.
        found: u32,
        /// This engine's.
        supported: u32,
    },
    /// It ends too early or has bytes left over.
    #[error("bundle is truncated or damaged: {message}")]
    Damaged {
        /// What is wrong.
        message: String,
    },
    /// Its content is not what its digest says.
    #[error("bundle's content does not match its digest")]
    Digest,
}

/// An explanation that can't be given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExplainError {
    /// The ruleset has no such indicator.
    #[error("no indicator is called `{name}`")]
    UnknownIndicator {
        /// The name asked for.
        name: String,
        /// A name that is near, if there is one.
        suggestion: Option<String>,
    },
    /// The record can't be read.
    #[error(transparent)]
    Input(#[from] InputError),
}
