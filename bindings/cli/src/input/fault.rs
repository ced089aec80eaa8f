//! Why a record can't be read: a reason from a closed list, one line for people, and the same without text of the input.

use super::looks::Looks;
use indicia::InputError;
use serde::Serialize;

/// Why a record can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// A word from a closed list.
    pub(crate) reason: Reason,
    /// One line for people.
    pub(crate) message: String,
    /// The same without any text of the input, where the message quotes some.
    bare: Option<String>,
    /// The line within the record's text, from 1, if it is known.
    pub(crate) line: Option<u64>,
}

/// The closed list of reasons of error rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reason {
    /// No valid JSON.
    Json,
    /// No valid YAML.
    Yaml,
    /// No valid CSV.
    Csv,
    /// No valid UTF-8.
    Utf8,
    /// No object.
    NotARecord,
    /// Larger than the limit.
    TooLarge,
    /// Nested deeper than the limit.
    TooDeep,
    /// The mapping can't be applied.
    Mapping,
    /// The file can't be read.
    Read,
    /// The program itself failed over it.
    Internal,
    /// Anything else.
    Other,
}

impl Fault {
    /// A fault without a line of its own, whose message quotes nothing of the input.
    pub(crate) fn new(reason: Reason, message: impl Into<String>) -> Self {
        Self { reason, message: message.into(), bare: None, line: None }
    }

    /// A fault whose message quotes text of the input; `bare` says the same without it.
    pub(crate) fn quoting(reason: Reason, message: impl Into<String>, bare: impl Into<String>) -> Self {
        Self { bare: Some(bare.into()), ..Self::new(reason, message) }
    }

    /// The fault with a hint, if it may be one of the format.
    pub(crate) fn hinted(mut self, looks: Option<Looks>) -> Self {
        if let (Some(looks), Reason::Json | Reason::NotARecord) = (looks, self.reason) {
            self.message = format!("{}; {}", self.message, looks.hint());
        }
        self
    }

    /// The fault without any text of the input: what is said where values are redacted.
    pub(crate) fn bare(mut self) -> Self {
        if let Some(bare) = self.bare.take() {
            self.message = bare;
        }
        self
    }

    /// The fault at a line of the record's text, from 1.
    pub(crate) fn at(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// The line within the file, if the record starts on this one: the fault's own counts within the record.
    pub(crate) fn line_in_file(&self, start: Option<u64>) -> Option<u64> {
        start.map(|line| line + self.line.unwrap_or(1).saturating_sub(1)).or(self.line)
    }

    /// The same words as the engine's for a record beyond the limit.
    pub(crate) fn too_large(limit: usize) -> Self {
        Self::from(InputError::TooLarge { limit })
    }
}

impl From<InputError> for Fault {
    fn from(error: InputError) -> Self {
        let (reason, line) = match &error {
            InputError::Json { line, .. } => (Reason::Json, Some(*line as u64)),
            InputError::TooDeep { line, .. } => (Reason::TooDeep, (*line > 0).then_some(*line as u64)),
            InputError::Utf8 { .. } => (Reason::Utf8, None),
            InputError::NotARecord { .. } => (Reason::NotARecord, None),
            InputError::TooLarge { .. } => (Reason::TooLarge, None),
            InputError::Read { .. } => (Reason::Read, None),
            _ => (Reason::Other, None),
        };
        let message = match &error {
            InputError::Json { column, message, .. } => format!("invalid JSON at column {column}: {message}"),
            // A value has no lines.
            InputError::TooDeep { limit, line: 0, .. } => {
                format!("record is nested deeper than the limit of {limit} levels")
            }
            other => other.to_string(),
        };
        Self { line, ..Self::new(reason, message) }
    }
}

#[cfg(test)]
mod tests {
    use super::Fault;
    use indicia::InputError;

    #[test]
    fn a_value_that_is_too_deep_names_no_line_that_it_has_not() {
        let fault = Fault::from(InputError::TooDeep { limit: 64, line: 0, column: 0 });
        assert_eq!((fault.message.as_str(), fault.line), ("record is nested deeper than the limit of 64 levels", None));
        let fault = Fault::from(InputError::TooDeep { limit: 64, line: 2, column: 7 });
        assert!(fault.message.ends_with("(line 2, column 7)"), "{}", fault.message);
    }
}
