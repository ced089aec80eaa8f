//! Diagnostics as plain data: what is wrong, where, and how to mend it. Rendering is the front ends' business.

use crate::span::Span;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Severity {
    /// The ruleset can't be used.
    Error,
    /// The ruleset can be used, but something deserves a look.
    Warning,
}

/// One place that a diagnostic points at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// File name within the ruleset, such as `contact.indicia`.
    pub file: String,
    /// Where in that file, in bytes.
    pub span: Span,
    /// What to say about this place; may be empty.
    pub text: String,
    /// Whether this is the place of the mistake itself (the others give context). Each diagnostic has one primary label, or none when it is about a whole folder.
    pub primary: bool,
}

/// A place as people count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A replacement of one piece of source text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// File name within the ruleset.
    pub file: String,
    /// What to replace, in bytes; empty to insert.
    pub span: Span,
    /// The new text.
    pub replacement: String,
}

/// A mend that a machine can apply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What applying it does, in the imperative: "write `resume.phone`".
    pub title: String,
    /// The edits, which don't overlap.
    pub edits: Vec<Edit>,
}

/// One finding about a ruleset's source. Codes are stable; wording is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Stable code, such as `E0201`.
    pub code: Cow<'static, str>,
    /// How grave it is.
    pub severity: Severity,
    /// One line: lowercase, no final period, user text in backticks.
    pub message: String,
    /// The places it is about.
    pub labels: Vec<Label>,
    /// Advice, if there is any: "did you mean `resume.phone`?".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// A mend that a machine can apply, if there is a certain one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// Where its primary label starts, once somebody who had the text has said so ([`Diagnostic::locate`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
}

impl Diagnostic {
    /// An error with its primary label.
    pub fn error(
        code: &'static str,
        message: impl Into<String>,
        file: &str,
        span: Span,
        label: impl Into<String>,
    ) -> Self {
        Self::new(Severity::Error, code, message, file, span, label)
    }

    /// A warning with its primary label.
    pub fn warning(
        code: &'static str,
        message: impl Into<String>,
        file: &str,
        span: Span,
        label: impl Into<String>,
    ) -> Self {
        Self::new(Severity::Warning, code, message, file, span, label)
    }

    fn new(
        severity: Severity,
        code: &'static str,
        message: impl Into<String>,
        file: &str,
        span: Span,
        label: impl Into<String>,
    ) -> Self {
        Self {
            code: Cow::Borrowed(code),
            severity,
            message: message.into(),
            labels: vec![Label { file: file.to_owned(), span, text: label.into(), primary: true }],
            help: None,
            fix: None,
            position: None,
        }
    }

    /// Adds advice.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a secondary place.
    #[must_use]
    pub fn with_label(mut self, file: &str, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { file: file.to_owned(), span, text: text.into(), primary: false });
        self
    }

    /// Adds a mend that replaces `span` of `file` by `replacement`.
    #[must_use]
    pub fn with_fix(
        mut self,
        title: impl Into<String>,
        file: &str,
        span: Span,
        replacement: impl Into<String>,
    ) -> Self {
        self.fix = Some(Fix {
            title: title.into(),
            edits: vec![Edit { file: file.to_owned(), span, replacement: replacement.into() }],
        });
        self
    }

    /// The place of the mistake itself.
    pub fn primary(&self) -> Option<&Label> {
        self.labels.iter().find(|label| label.primary)
    }

    /// Notes line and column of its primary label, given the text of that label's file.
    pub fn locate(&mut self, text: &str) {
        let start = self.primary().map(|label| label.span.start);
        self.position = start.map(|start| {
            let (line, column) = crate::line_column(text, start);
            Position { line, column }
        });
    }

    /// Whether the ruleset can't be used because of it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// `file:line:column: error[E0201]: message`, as far as the place is known. Control characters are blanks.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(label) = self.primary().filter(|label| !label.file.is_empty()) {
            f.write_str(&visible(&label.file))?;
            if let Some(Position { line, column }) = self.position {
                write!(f, ":{line}:{column}")?;
            }
            f.write_str(": ")?;
        }
        write!(f, "{}[{}]: {}", self.severity, self.code, visible(&self.message))
    }
}

/// A text that moves no cursor.
fn visible(text: &str) -> String {
    text.replace(char::is_control, " ")
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}
