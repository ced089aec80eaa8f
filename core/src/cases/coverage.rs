//! Counting what the cases show of each indicator and of each leaf of its condition.

use super::monotone::tests_presence;
use super::report::{IndicatorCoverage, LeafCoverage};
use super::run::{Screened, Suite};
use crate::truth::Truth;
use crate::verdict::Explained;
use indicia_dsl::span::Span;
use std::collections::BTreeMap;

/// Operators that only join conditions: without parts they show nothing.
const JOINS: [&str; 14] = [
    "and",
    "or",
    "not",
    "known",
    "any",
    "all",
    "no",
    "at least",
    "for",
    "element",
    "let",
    "indicator",
    "when",
    "unless",
];

pub(super) struct Coverage<'a> {
    suite: &'a Suite,
    counts: Vec<Count>,
}

#[derive(Default)]
struct Count {
    truths: [u32; 3],
    /// By file and place: the same leaf stands for all elements of a list.
    leaves: BTreeMap<(String, Span, String), [u32; 3]>,
}

fn position(truth: Truth) -> usize {
    match truth {
        Truth::True => 0,
        Truth::False => 1,
        Truth::Unknown => 2,
    }
}

fn add(counts: &mut [u32; 3], truth: Truth) {
    if let Some(count) = counts.get_mut(position(truth)) {
        *count += 1;
    }
}

impl<'a> Coverage<'a> {
    pub(super) fn new(suite: &'a Suite) -> Self {
        Self { suite, counts: suite.indicators.iter().map(|_| Count::default()).collect() }
    }

    pub(super) fn count(&mut self, screened: &Screened) {
        for (indicator, count) in self.suite.indicators.iter().zip(&mut self.counts) {
            add(&mut count.truths, screened.truth(indicator));
            if let Some(explanation) = screened.explanations.get(&indicator.id) {
                leaves(&explanation.tree, &mut count.leaves);
            }
        }
    }

    pub(super) fn finish(self) -> Vec<IndicatorCoverage> {
        let mut out = Vec::with_capacity(self.counts.len());
        for (indicator, count) in self.suite.indicators.iter().zip(self.counts) {
            let leaves = count.leaves.into_iter().map(|((file, span, text), [seen_true, seen_false, seen_unknown])| {
                let can_be_unknown = seen_unknown > 0 || !self.suite.always_decided(&text);
                LeafCoverage { file, span, text, seen_true, seen_false, seen_unknown, can_be_unknown }
            });
            let leaves: Vec<LeafCoverage> = leaves.collect();
            let [raised, clear, unknown] = count.truths;
            out.push(IndicatorCoverage {
                indicator: indicator.id.clone(),
                file: indicator.file.clone(),
                raised,
                clear,
                unknown,
                can_be_unknown: unknown > 0 || self.suite.syntax.can_be_unknown(&indicator.id),
                leaves,
            });
        }
        out
    }
}

fn leaves(node: &Explained, out: &mut BTreeMap<(String, Span, String), [u32; 3]>) {
    if node.children.is_empty() && !JOINS.contains(&node.operator.as_str()) {
        add(out.entry((node.file.clone(), node.span, node.text.clone())).or_default(), node.truth);
    }
    for child in &node.children {
        leaves(child, out);
    }
}

impl Suite {
    /// Whether a leaf is decided whatever is missing: a presence test, a literal, or an indicator that always is.
    fn always_decided(&self, text: &str) -> bool {
        let other = text.strip_prefix("raised ");
        matches!(text, "true" | "false")
            || tests_presence(text)
            || other.is_some_and(|other| !self.syntax.can_be_unknown(other))
    }
}
