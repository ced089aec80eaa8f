//! What a ruleset says, as data: for pages, forms and other programs that show it to people who read no rules.
//!
//! Owns the shape of a [`Description`]. `written` gets texts from the rule files, `read` puts both together. Refuses rendering:
//! front ends print it.

mod read;
mod written;

pub(crate) use read::describe;

use crate::ruleset::InputPath;
use crate::verdict::{EngineId, RulesetId, Source};
use serde::{Deserialize, Serialize};

/// All that a ruleset says, as [`Ruleset::describe`](crate::Ruleset::describe) gives it.
///
/// Conditions are texts of the language in canonical spelling, with line breaks where the formatter breaks them. Neither folders
/// nor bundles keep that spelling: both keep the rules as written, and the formatter spells them when a description is made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Description {
    /// Name, version and digest.
    pub ruleset: RulesetId,
    /// Which engine read it.
    pub engine: EngineId,
    /// What it is for, as its manifest says.
    pub description: String,
    /// Its licence, as its manifest says.
    pub licence: String,
    /// In the ruleset's order.
    pub categories: Vec<DescribedCategory>,
    /// The points of each severity, from least to most.
    pub weights: Vec<DescribedWeight>,
    /// From least to most.
    pub outcomes: Vec<DescribedOutcome>,
    /// In the ruleset's order: by category, then by id.
    pub indicators: Vec<DescribedIndicator>,
    /// In the order of the files.
    pub settings: Vec<DescribedSetting>,
    /// In the order of the files.
    pub lets: Vec<DescribedLet>,
    /// Lists, then tables, each in the order of the files.
    pub lists: Vec<DescribedList>,
    /// The paths of the record that it reads, as [`Ruleset::inputs`](crate::Ruleset::inputs) gives them.
    pub inputs: Vec<InputPath>,
    /// What it adjusts of a ruleset that it extends, in the order of the files.
    pub adjustments: Vec<DescribedAdjustment>,
    /// Ids of indicators that it has withdrawn.
    pub withdrawn: Vec<String>,
}

/// A category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DescribedCategory {
    /// Its name.
    pub name: String,
    /// The most points that it brings.
    pub cap: Option<u32>,
    /// The ids of its indicators.
    pub indicators: Vec<String>,
}

/// The points of a severity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DescribedWeight {
    /// The severity.
    pub severity: String,
    /// Its points, for indicators without a weight of their own.
    pub points: u32,
}

/// An outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DescribedOutcome {
    /// Its name.
    pub name: String,
    /// Its condition; none for the least outcome, which holds when no other does.
    pub condition: Option<String>,
    /// The indicators that the condition names.
    pub indicators: Vec<String>,
}

/// An indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DescribedIndicator {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its category.
    pub category: String,
    /// Its severity.
    pub severity: String,
    /// Its weight, before caps. An indicator in the shadow reports without points.
    pub points: u32,
    /// `active`, or `shadow` if it only reports.
    pub status: String,
    /// The file it stands in; with the name of the ruleset in front if that is one which this one extends.
    pub file: String,
    /// What it runs through, with its keyword (`for any w in resume.work`).
    pub elements: Option<String>,
    /// Its condition.
    pub when: String,
    /// Its exception.
    pub unless: Option<String>,
    /// The sentence for the reviewer, as it stands in the rule.
    pub because: Vec<MessagePiece>,
    /// What to do next.
    pub verify: Option<String>,
    /// Who is wrongly hit.
    pub caution: Option<String>,
    /// Why it may read a protected field.
    pub justified: Option<String>,
    /// Public sources.
    pub sources: Vec<Source>,
    /// The paths of [`Description::inputs`] that it needs: also through a `let` or another indicator.
    pub reads: Vec<String>,
    /// The `let`s that it uses, those of other `let`s among them.
    pub lets: Vec<String>,
    /// The settings that it uses, also through a `let`.
    pub settings: Vec<String>,
    /// The lists and tables that it uses, also through a `let`.
    pub lists: Vec<String>,
    /// The indicators that its condition names.
    pub builds_on: Vec<String>,
    /// The indicators whose conditions name it.
    pub part_of: Vec<String>,
}

/// A piece of a message: text as it is printed, or an expression whose value is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MessagePiece {
    /// Text.
    Text(String),
    /// An expression of the language.
    Value(String),
}

/// A setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DescribedSetting {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The value that the extended ruleset gives it, where this one adjusts it.
    pub adjusted_from: Option<String>,
    /// What it means.
    pub meaning: Option<String>,
    /// The file it stands in.
    pub file: String,
    /// The indicators that use it.
    pub indicators: Vec<String>,
}

/// A `let`: a name that rules share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DescribedLet {
    /// Its name.
    pub name: String,
    /// What it stands for.
    pub value: String,
    /// The file it stands in.
    pub file: String,
    /// The indicators that use it.
    pub indicators: Vec<String>,
}

/// A list or a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DescribedList {
    /// Its name.
    pub name: String,
    /// The type of its entries; for a table that of its key.
    #[serde(rename = "type")]
    pub ty: String,
    /// For a table its columns, the key first; none for a list.
    pub columns: Vec<DescribedColumn>,
    /// What it holds.
    pub description: Option<String>,
    /// How many rows it has; none if nobody has filled it.
    pub rows: Option<usize>,
    /// Whether it is declared `empty`: whoever uses the ruleset fills it.
    pub to_fill: bool,
    /// The file that it is declared in.
    pub file: String,
    /// The file that its rows come from.
    pub origin: Option<String>,
    /// The indicators that use it.
    pub indicators: Vec<String>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DescribedColumn {
    /// Its name.
    pub name: String,
    /// The type of its cells.
    #[serde(rename = "type")]
    pub ty: String,
    /// What it holds.
    pub description: Option<String>,
}

/// An `adjust`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DescribedAdjustment {
    /// The indicator, category or setting.
    pub name: String,
    /// What is changed, as written: `cap 15`.
    pub changes: Vec<String>,
    /// Why.
    pub because: Option<String>,
    /// The file it stands in.
    pub file: String,
}

#[cfg(test)]
mod tests;
