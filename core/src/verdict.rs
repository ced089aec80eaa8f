//! The verdict: one JSON shape, shared by every front end. Keys are written in the order of the fields here.

use crate::truth::Truth;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The version of the verdict's shape.
pub const VERDICT_VERSION: u32 = 1;

/// What a ruleset says about one application. It routes the application to a person and gives the reasons; it decides nothing about the applicant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Verdict {
    /// Version of this shape.
    pub verdict_version: u32,
    /// The application's own id.
    pub id: Option<String>,
    /// The highest outcome whose condition surely holds.
    pub outcome: String,
    /// The condition of that outcome as written; null for the default outcome.
    pub decided_by: Option<String>,
    /// Sum of raised weights after the caps.
    pub score: u32,
    /// Points by category, in the ruleset's order; only categories with a raised indicator.
    pub categories: Vec<CategoryScore>,
    /// How many of the active indicators could be judged.
    pub coverage: Coverage,
    /// The day of the evaluation (ISO 8601), or null if neither the record nor the caller gave one.
    pub as_of: Option<String>,
    /// Raised indicators in the ruleset's order.
    pub raised: Vec<Raised>,
    /// Indicators that could not be judged, and why.
    pub unknown: Vec<Undecided>,
    /// Raised shadow indicators: reported, without points.
    pub shadow: Vec<Raised>,
    /// What would lead to the next higher outcome; null at the top.
    pub next: Option<Next>,
    /// Fields that were given but could not be read.
    pub problems: Vec<ProblemReport>,
    /// Which ruleset spoke.
    pub ruleset: RulesetId,
    /// Which engine spoke.
    pub engine: EngineId,
}

/// Points of one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CategoryScore {
    /// The category.
    pub name: String,
    /// Its points after the cap.
    pub points: u32,
    /// Whether it counts as a category of its own for corroboration.
    pub counted: bool,
}

/// How many active indicators could be judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Coverage {
    /// Active indicators that are raised or clear.
    pub judged: u32,
    /// Active indicators, but for those that are unknown only because a row or list is not there.
    pub of: u32,
}

/// A raised indicator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Raised {
    /// Its id.
    pub indicator: String,
    /// Its title.
    pub title: String,
    /// Its category.
    pub category: String,
    /// Its severity.
    pub severity: String,
    /// Its weight before caps; 0 for shadow indicators.
    pub points: u32,
    /// Why it may read a protected field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub justified: Option<String>,
    /// One per match, the first ones.
    pub findings: Vec<Finding>,
    /// How many findings were left out.
    pub more: u32,
    /// How many elements beside the matches could not be judged.
    pub undecided: u32,
    /// What to do next.
    pub verify: Option<String>,
    /// Who is wrongly hit.
    pub caution: Option<String>,
    /// Public sources.
    pub sources: Vec<Source>,
}

/// One match.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Finding {
    /// The sentence for the reviewer.
    pub because: String,
    /// The fields that decided it.
    pub evidence: Vec<Evidence>,
}

/// One field that decided a finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Evidence {
    /// Its path, with indexes: `resume.work[2].end`.
    pub path: String,
    /// Its value as given; null where its absence decided.
    pub value: Value,
}

/// A public source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Source {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
}

/// An indicator that could not be judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Undecided {
    /// Its id.
    pub indicator: String,
    /// Why, the first reasons.
    pub reasons: Vec<Reason>,
}

/// Why something could not be judged.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Reason {
    /// The field, list, table row or indicator.
    pub path: String,
    /// The reason.
    pub reason: Why,
}

/// The closed list of reasons for *unknown*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Why {
    /// Absent, null or blank.
    Missing,
    /// Given, but not readable as the field's type.
    Unparsable,
    /// A partial date does not decide it.
    Imprecise,
    /// Names that agree in part, texts without a common script, or nothing left to compare.
    Undecidable,
    /// A row that is not in the table, or a list that the host did not fill.
    NotListed,
    /// A limit left something unvisited, or a number grew beyond what can be counted with.
    Limit,
    /// It depends on a shadow indicator.
    Shadow,
    /// Division by zero.
    DivisionByZero,
    /// A hashed list without the host's key.
    NoKey,
    /// A period that surely ends before it starts.
    Inverted,
}

impl Why {
    /// The reason as it stands in a verdict.
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unparsable => "unparsable",
            Self::Imprecise => "imprecise",
            Self::Undecidable => "undecidable",
            Self::NotListed => "not_listed",
            Self::Limit => "limit",
            Self::Shadow => "shadow",
            Self::DivisionByZero => "division_by_zero",
            Self::NoKey => "no_key",
            Self::Inverted => "inverted",
        }
    }
}

/// What would lead to the next higher outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Next {
    /// That outcome.
    pub outcome: String,
    /// The least extra points that alone make its condition true, or null.
    pub points: Option<u32>,
    /// Unknown indicators each of which would, with caps and categories applied.
    pub any_of: Vec<String>,
}

/// A field that was given but could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProblemReport {
    /// Its path.
    pub path: String,
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub found: String,
}

/// Which ruleset spoke.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RulesetId {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The ruleset it extends, as `name version`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// Version of the language.
    pub language: u32,
    /// Digest of its checked program and data, host lists included. A digest is no signature.
    pub digest: String,
}

/// Which engine spoke.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EngineId {
    /// Version of the engine.
    pub version: String,
    /// Versions of the data that it carries.
    pub data: EngineData,
}

/// Versions of the data that the engine carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EngineData {
    /// Phone metadata.
    pub phone: String,
    /// Public suffix list.
    pub public_suffix: String,
    /// Unicode.
    pub unicode: String,
}

/// The full tree of one indicator over one record: nothing is short-circuited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Explanation {
    /// The indicator.
    pub indicator: String,
    /// Its title.
    pub title: String,
    /// Its truth.
    pub truth: Truth,
    /// The tree.
    pub tree: Explained,
    /// Whether a limit left parts of the tree out.
    pub truncated: bool,
}

/// One node of an explanation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Explained {
    /// The operator: `and`, `or`, `not`, `any`, `==`, `matches`, …; `element` for one binding of a quantifier or of `for`; or a
    /// part of the indicator: `indicator` at the root, `for` if there is one, and `when` and `unless` around their conditions.
    pub operator: String,
    /// The source text, in canonical spelling; of the root the indicator's id, of an element the paths of what is bound.
    pub text: String,
    /// Its truth.
    pub truth: Truth,
    /// For leaves, what it was compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Value>,
    /// For leaves, the value found (null if missing).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<Value>,
    /// Why it is unknown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// The fields it reads, with indexes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<String>,
    /// Source file.
    pub file: String,
    /// Place in the source file, in bytes.
    pub span: indicia_dsl::span::Span,
    /// The parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Explained>,
}
