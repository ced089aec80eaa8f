//! What stands on the pages of a catalogue: one for each indicator, an overview, and four that they share.

mod example;
mod index;
mod indicator;
mod shared;

use super::document::{Block, Inline, Line, Page, Place};
use indicia::{DescribedIndicator, Description, Example, InputPath};
use std::collections::BTreeMap;

/// A ruleset's description, and what is looked up in it by name.
pub(super) struct Catalogue<'a> {
    description: &'a Description,
    /// Whether there were cases to take examples from.
    has_cases: bool,
    examples: BTreeMap<&'a str, &'a Example>,
    indicators: BTreeMap<&'a str, &'a DescribedIndicator>,
    inputs: BTreeMap<&'a str, &'a InputPath>,
}

impl<'a> Catalogue<'a> {
    pub(super) fn new(description: &'a Description, examples: &'a [Example], has_cases: bool) -> Self {
        Self {
            description,
            has_cases,
            examples: examples.iter().map(|example| (example.indicator.as_str(), example)).collect(),
            indicators: description.indicators.iter().map(|indicator| (indicator.id.as_str(), indicator)).collect(),
            inputs: description.inputs.iter().map(|input| (input.path.as_str(), input)).collect(),
        }
    }

    /// All pages.
    pub(super) fn pages(&self) -> Vec<Page<'a>> {
        let shared = [self.index(), self.outcomes(), self.lists(), self.names(), self.fields()];
        let indicators = self.description.indicators.iter().map(|indicator| self.indicator(indicator));
        shared.into_iter().chain(indicators).collect()
    }

    /// A link to an indicator by its title, with its id behind it.
    fn titled(&self, id: &'a str) -> Line<'a> {
        let title = self.indicators.get(id).map_or(id, |indicator| title(indicator));
        vec![Inline::link(Place::Indicator(id), title), Inline::text(" ("), Inline::code(id), Inline::text(")")]
    }

    fn titled_items(&self, ids: &'a [String]) -> Block<'a> {
        Block::Items(ids.iter().map(|id| self.titled(id)).collect())
    }
}

/// The title of an indicator, which has one on every page.
fn title(indicator: &DescribedIndicator) -> &str {
    if indicator.title.trim().is_empty() { &indicator.id } else { &indicator.title }
}

/// Links to indicators by their ids, in a line.
fn linked_ids(ids: &[String]) -> Line<'_> {
    let mut line = Vec::new();
    for id in ids {
        if !line.is_empty() {
            line.push(Inline::text(", "));
        }
        line.push(Inline::code_link(Place::Indicator(id), None, id));
    }
    if line.is_empty() {
        line.push(Inline::text("none"));
    }
    line
}

/// `Label: ` and a text.
fn item<'a>(label: &str, value: Inline<'a>) -> Line<'a> {
    vec![Inline::text(format!("{label}: ")), value]
}

/// A text, or nothing.
fn optional<'a>(text: Option<&str>) -> Line<'a> {
    text.map(|text| vec![Inline::text(text)]).unwrap_or_default()
}

/// `1 point`, `5 points`.
fn points(points: u32) -> String {
    crate::wrap::counted(u64::from(points), "point")
}
