//! The overview: the indicators by category, with what each counts.

use super::{Catalogue, item, linked_ids, points, title};
use crate::commands::docs::document::{Block, Inline, Line, Page, Place};
use crate::wrap::counted;
use indicia::{DescribedCategory, DescribedIndicator};

impl<'a> Catalogue<'a> {
    pub(super) fn index(&self) -> Page<'a> {
        let described = self.description;
        let mut blocks = Vec::new();
        if !described.description.is_empty() {
            blocks.push(Block::paragraph(&described.description));
        }
        blocks.push(Block::Items(self.facts()));
        blocks.push(Block::paragraph(
            "An indicator is a sign that something in an application may not be as it is told. It says nothing about a person \
             by itself: honest people show these signs, and each page says who.",
        ));
        let used = || described.categories.iter().filter(|category| !category.indicators.is_empty());
        blocks.push(Block::Items(used().map(contents).collect()));
        for category in used() {
            blocks.push(Block::Heading {
                level: 2,
                line: vec![Inline::code(&category.name)],
                anchor: Some(&category.name),
            });
            if let Some(cap) = category.cap {
                blocks.push(Block::paragraph(format!("Brings {} at most.", points(cap))));
            }
            let members = category.indicators.iter().filter_map(|id| self.indicators.get(id.as_str()));
            let rows = members.map(|indicator| row(indicator)).collect();
            let head = vec!["Indicator", "Id", "Severity", "Points"];
            blocks.push(Block::Table { about: "Indicators of this category", head, rows });
        }
        blocks.push(Block::heading("What follows from them"));
        blocks.push(Block::Items(self.description.outcomes.iter().map(outcome).collect()));
        if !described.withdrawn.is_empty() {
            blocks.push(Block::heading("Withdrawn"));
            blocks.push(Block::paragraph("These ids are not used any more, and will not be used again."));
            blocks.push(Block::Items(described.withdrawn.iter().map(|id| vec![Inline::code(id)]).collect()));
        }
        Page { place: Place::Index, title: format!("Indicators of {}", described.ruleset.name), blocks }
    }

    fn facts(&self) -> Vec<Line<'a>> {
        let (ruleset, engine) = (&self.description.ruleset, &self.description.engine);
        let all = &self.description.indicators;
        let shadow = all.iter().filter(|indicator| indicator.status == "shadow").count();
        let mut count = counted(all.len() as u64, "indicator");
        if shadow > 0 {
            count = format!("{count}, {shadow} of them in the shadow: they report, without points");
        }
        let mut facts = vec![vec![Inline::text(count)], item("Version", Inline::text(&ruleset.version))];
        if let Some(base) = &ruleset.base {
            facts.push(item("Extends", Inline::text(base)));
        }
        if !self.description.licence.is_empty() {
            facts.push(item("Licence", Inline::text(&self.description.licence)));
        }
        facts.push(item("Digest", Inline::code(&ruleset.digest)));
        facts.push(item("Examples computed by engine", Inline::text(&engine.version)));
        facts
    }
}

fn contents(category: &DescribedCategory) -> Line<'_> {
    let count = counted(category.indicators.len() as u64, "indicator");
    vec![Inline::code_link(Place::Index, Some(&category.name), &category.name), Inline::text(format!(": {count}"))]
}

fn row(indicator: &DescribedIndicator) -> Vec<Line<'_>> {
    let worth = if indicator.status == "shadow" { "none (shadow)".to_owned() } else { indicator.points.to_string() };
    vec![
        vec![Inline::link(Place::Indicator(&indicator.id), title(indicator))],
        vec![Inline::code(&indicator.id)],
        vec![Inline::text(&indicator.severity)],
        vec![Inline::text(worth)],
    ]
}

/// An outcome in a line.
fn outcome(outcome: &indicia::DescribedOutcome) -> Line<'_> {
    let mut line = vec![Inline::code(&outcome.name)];
    match &outcome.condition {
        Some(condition) => line.extend([Inline::text(" when "), Inline::code(condition)]),
        None => line.push(Inline::text(" when nothing else holds")),
    }
    if !outcome.indicators.is_empty() {
        line.push(Inline::text("; it names "));
        line.extend(linked_ids(&outcome.indicators));
    }
    line
}
