//! What running the cases of a ruleset has shown, as data: front ends print it.

use indicia_dsl::span::Span;
use serde::{Deserialize, Serialize};

/// The result of [`Ruleset::run_cases`](crate::Ruleset::run_cases).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CaseReport {
    /// One per case, in the order of the files.
    pub cases: Vec<CaseResult>,
    /// One per indicator, in the ruleset's order.
    pub coverage: Vec<IndicatorCoverage>,
    /// How many probes were made.
    pub probes: u32,
    /// How many probes could not be made: what they would break can't be told apart from outside.
    pub probes_skipped: u32,
    /// The probes that found something.
    pub probe_failures: Vec<ProbeFailure>,
}

/// The result of one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CaseResult {
    /// The case's file.
    pub file: String,
    /// The case's name.
    pub name: String,
    /// What is not as expected, in words; empty if the case holds.
    pub differences: Vec<String>,
    /// The outcome, if the record could be screened.
    pub outcome: Option<String>,
    /// The score, if the record could be screened.
    pub score: Option<u32>,
}

/// What the cases have shown of one indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IndicatorCoverage {
    /// The indicator.
    pub indicator: String,
    /// The file that it stands in.
    pub file: String,
    /// Cases in which it was raised.
    pub raised: u32,
    /// Cases in which it was clear.
    pub clear: u32,
    /// Cases in which it could not be judged.
    pub unknown: u32,
    /// Whether some record leaves it unknown: presence tests alone always decide.
    pub can_be_unknown: bool,
    /// The comparisons and tests of its condition that were reached, in source order.
    pub leaves: Vec<LeafCoverage>,
}

/// What the cases have shown of one comparison or test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LeafCoverage {
    /// The file that it stands in; for a `let` another one than the indicator's, perhaps.
    pub file: String,
    /// Where, in bytes.
    pub span: Span,
    /// Its text.
    pub text: String,
    /// How often it was true.
    pub seen_true: u32,
    /// How often it was false.
    pub seen_false: u32,
    /// How often it was unknown.
    pub seen_unknown: u32,
    /// Whether it can be unknown.
    pub can_be_unknown: bool,
}

/// What a probe tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Probe {
    /// One field of the record is missing: nothing new may be raised.
    FieldDropped,
    /// All evidence of an indicator is missing: it must fall silent.
    EvidenceDropped,
    /// Everything but the evidence is missing: the indicator must stay raised.
    EvidenceAlone,
    /// One comparison is broken after every alternative to it: the indicator must fall silent.
    LeafBroken,
}

/// A probe that found something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProbeFailure {
    /// What was tried.
    pub probe: Probe,
    /// The case's file.
    pub file: String,
    /// The case whose record was changed.
    pub case: String,
    /// The indicator.
    pub indicator: String,
    /// The fields that were made missing; for [`Probe::EvidenceAlone`] those that were kept.
    pub paths: Vec<String>,
    /// What happened, in words.
    pub message: String,
}

impl CaseReport {
    /// How many cases and probes failed.
    pub fn failed(&self) -> usize {
        self.cases.iter().filter(|case| !case.passed()).count() + self.probe_failures.len()
    }

    /// Whether every indicator was seen raised, clear and, where that is possible, unknown, and every leaf likewise.
    pub fn is_covered(&self) -> bool {
        self.coverage.iter().all(|indicator| indicator.gaps().is_empty())
    }
}

impl CaseResult {
    /// Whether all is as expected.
    pub fn passed(&self) -> bool {
        self.differences.is_empty()
    }
}

impl IndicatorCoverage {
    /// What no case shows, in words.
    pub fn gaps(&self) -> Vec<String> {
        let whole = [
            (self.raised == 0, "never raised"),
            (self.clear == 0, "never clear"),
            (self.unknown == 0 && self.can_be_unknown, "never unknown"),
        ];
        let mut gaps: Vec<String> =
            whole.iter().filter(|(gap, _)| *gap).map(|(_, words)| (*words).to_owned()).collect();
        for leaf in &self.leaves {
            let parts = [
                (leaf.seen_true == 0, "true"),
                (leaf.seen_false == 0, "false"),
                (leaf.seen_unknown == 0 && leaf.can_be_unknown, "unknown"),
            ];
            let missing: Vec<&str> = parts.iter().filter(|(gap, _)| *gap).map(|(_, word)| *word).collect();
            if !missing.is_empty() {
                gaps.push(format!("`{}` never {}", leaf.text, missing.join(", never ")));
            }
        }
        gaps
    }
}
