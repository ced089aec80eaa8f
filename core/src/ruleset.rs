//! The public handle of a compiled ruleset: cheap to clone, shared between threads.

use crate::error::{ExplainError, InputError, RulesetError};
use crate::options::ScreenOptions;
use crate::source::{Rows, Sources};
use crate::verdict::{Explanation, Verdict};
use indicia_dsl::diagnostic::Diagnostic;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A checked and compiled ruleset. `Send + Sync`; a clone shares everything.
#[derive(Debug, Clone)]
pub struct Ruleset {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    sources: Sources,
    warnings: Vec<Diagnostic>,
}

/// What a ruleset says about one of its indicators.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IndicatorInfo {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its category.
    pub category: String,
    /// Its severity.
    pub severity: String,
    /// Its weight.
    pub weight: u32,
    /// Whether it only reports.
    pub shadow: bool,
    /// Whether it is made of other indicators.
    pub composite: bool,
    /// The file it stands in.
    pub file: String,
    /// Its condition as written, in canonical spelling.
    pub condition: String,
}

/// One path of the record that a ruleset reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InputPath {
    /// The path, with `[]` after lists: `resume.work[].end`.
    pub path: String,
    /// The type's name in the language.
    #[serde(rename = "type")]
    pub ty: String,
    /// Its description, if the record gives one.
    pub description: Option<String>,
    /// The indicators that read it, in the ruleset's order.
    pub indicators: Vec<String>,
}

impl Ruleset {
    /// Checks and compiles a ruleset.
    pub fn from_sources(sources: &Sources) -> Result<Self, RulesetError> {
        Ok(Self { inner: Arc::new(Inner { sources: sources.clone(), warnings: Vec::new() }) })
    }

    /// The ruleset as it was written.
    pub fn sources(&self) -> &Sources {
        &self.inner.sources
    }

    /// Warnings of the check.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.inner.warnings
    }

    /// The ruleset's name.
    pub fn name(&self) -> &str {
        &self.inner.sources.manifest.name
    }

    /// The ruleset's version.
    pub fn version(&self) -> &str {
        &self.inner.sources.manifest.version
    }

    /// Digest of the checked program and its data.
    pub fn digest(&self) -> &str {
        ""
    }

    /// The outcomes from least to most.
    pub fn outcomes(&self) -> Vec<String> {
        Vec::new()
    }

    /// All indicators in the ruleset's order.
    pub fn indicators(&self) -> Vec<IndicatorInfo> {
        Vec::new()
    }

    /// The paths that the ruleset reads.
    pub fn inputs(&self) -> Vec<InputPath> {
        Vec::new()
    }

    /// JSON Schema of the record.
    pub fn schema(&self) -> serde_json::Value {
        serde_json::Value::Null
    }

    /// The same ruleset with rows for a declared list or table, instead of its own.
    pub fn with_rows(&self, name: &str, rows: Rows) -> Result<Self, RulesetError> {
        let mut sources = self.inner.sources.clone();
        sources.rows.insert(name.to_owned(), rows);
        Self::from_sources(&sources)
    }

    /// Screens one application given as JSON text.
    pub fn screen(&self, json: &[u8], options: &ScreenOptions) -> Result<Verdict, InputError> {
        let _ = (json, options);
        Err(InputError::Serialize { message: String::new() })
    }

    /// Screens one application given as a JSON value.
    pub fn screen_value(&self, record: &serde_json::Value, options: &ScreenOptions) -> Result<Verdict, InputError> {
        let _ = (record, options);
        Err(InputError::Serialize { message: String::new() })
    }

    /// Screens any value that serialises to the record.
    pub fn screen_record<T: Serialize>(&self, record: &T, options: &ScreenOptions) -> Result<Verdict, InputError> {
        let value = serde_json::to_value(record).map_err(|e| InputError::Serialize { message: e.to_string() })?;
        self.screen_value(&value, options)
    }

    /// Explains one indicator over one application given as JSON text.
    pub fn explain(&self, indicator: &str, json: &[u8], options: &ScreenOptions) -> Result<Explanation, ExplainError> {
        let _ = (indicator, json, options);
        Err(ExplainError::UnknownIndicator { name: String::new(), suggestion: None })
    }
}

/// All errors and warnings of a ruleset.
pub fn check(sources: &Sources) -> Vec<Diagnostic> {
    let _ = sources;
    Vec::new()
}
