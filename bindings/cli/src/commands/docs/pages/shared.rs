//! The pages that indicators share: outcomes and points, lists, settings and names, fields.

use super::{Catalogue, item, linked_ids, optional};
use crate::commands::docs::document::{Block, Inline, Kind, Line, Page, Place};
use crate::wrap::grouped;
use indicia::{DescribedAdjustment, DescribedList, DescribedSetting, InputPath};

impl<'a> Catalogue<'a> {
    pub(super) fn outcomes(&self) -> Page<'a> {
        let described = self.description;
        let mut blocks = vec![Block::paragraph(
            "Raised indicators bring points. The points of a category are added up to its cap, and those of all categories \
             are the score. The last outcome whose condition surely holds is the one that counts.",
        )];
        for outcome in &described.outcomes {
            let name = vec![Inline::code(&outcome.name)];
            blocks.push(Block::Heading { level: 2, line: name, anchor: Some(&outcome.name) });
            match &outcome.condition {
                Some(condition) => blocks.push(Block::Code { kind: Kind::Rule, text: format!("when {condition}") }),
                None => blocks.push(Block::paragraph("Holds when no other does.")),
            }
            if !outcome.indicators.is_empty() {
                blocks.push(Block::paragraph("It names:"));
                blocks.push(self.titled_items(&outcome.indicators));
            }
        }
        blocks.push(Block::heading("Points of a severity"));
        let weights = described.weights.iter();
        let rows = weights
            .map(|weight| vec![vec![Inline::text(&weight.severity)], vec![Inline::text(weight.points.to_string())]]);
        blocks.push(Block::Table {
            about: "Points of a severity",
            head: vec!["Severity", "Points"],
            rows: rows.collect(),
        });
        blocks.push(Block::heading("Categories"));
        let rows = described.categories.iter().map(|category| {
            let cap = category.cap.map_or_else(|| "no cap".to_owned(), |cap| cap.to_string());
            vec![
                vec![Inline::code_link(Place::Index, Some(&category.name), &category.name)],
                vec![Inline::text(category.indicators.len().to_string())],
                vec![Inline::text(cap)],
            ]
        });
        let head = vec!["Category", "Indicators", "Points at most"];
        blocks.push(Block::Table { about: "Categories", head, rows: rows.collect() });
        if !described.adjustments.is_empty() {
            blocks.push(Block::heading("Adjusted"));
            blocks.push(Block::paragraph("What this ruleset changes of the one that it extends:"));
            let rows = described.adjustments.iter().map(adjustment).collect();
            let head = vec!["What", "Is now", "Why", "Stands in"];
            blocks.push(Block::Table { about: "Adjustments", head, rows });
        }
        Page { place: Place::Outcomes, title: "Outcomes and points".to_owned(), blocks }
    }

    pub(super) fn lists(&self) -> Page<'a> {
        let mut blocks = Vec::new();
        if self.description.lists.is_empty() {
            blocks.push(Block::paragraph("The ruleset has no lists."));
        } else {
            blocks.push(Block::paragraph(
                "Reference data that rules look things up in. What is to be filled has no rows until whoever uses the ruleset \
                 gives them; until then the indicators that need it can't be judged.",
            ));
        }
        for list in &self.description.lists {
            let name = vec![Inline::code(&list.name)];
            blocks.push(Block::Heading { level: 2, line: name, anchor: Some(&list.name) });
            if let Some(description) = &list.description {
                blocks.push(Block::paragraph(description));
            }
            let kind = if list.columns.is_empty() { "List of" } else { "Table by" };
            let mut facts = vec![item(kind, Inline::code(&list.ty)), item("Rows", Inline::text(rows_of(list)))];
            if let Some(origin) = &list.origin {
                facts.push(item("Rows from", Inline::code(origin)));
            }
            facts.push(item("Stands in", Inline::code(&list.file)));
            let mut users = vec![Inline::text("Used by: ")];
            users.extend(linked_ids(&list.indicators));
            facts.push(users);
            blocks.push(Block::Items(facts));
            if !list.columns.is_empty() {
                let rows = list.columns.iter().map(|column| {
                    vec![
                        vec![Inline::code(&column.name)],
                        vec![Inline::code(&column.ty)],
                        optional(column.description.as_deref()),
                    ]
                });
                let head = vec!["Column", "Type", "What it holds"];
                blocks.push(Block::Table { about: "Columns", head, rows: rows.collect() });
            }
        }
        Page { place: Place::Lists, title: "Lists".to_owned(), blocks }
    }

    pub(super) fn names(&self) -> Page<'a> {
        let described = self.description;
        let mut blocks = vec![Block::heading("Settings")];
        blocks.push(if described.settings.is_empty() {
            Block::paragraph("The ruleset has no settings.")
        } else {
            let rows = described.settings.iter().map(setting).collect();
            let head = vec!["Setting", "Value", "What it means", "Used by"];
            Block::Table { about: "Settings", head, rows }
        });
        blocks.push(Block::heading("Names"));
        blocks.push(Block::paragraph(if described.lets.is_empty() {
            "Rules share no names."
        } else {
            "What several rules read alike has a name of its own."
        }));
        for named in &described.lets {
            blocks.push(Block::Heading { level: 3, line: vec![Inline::code(&named.name)], anchor: Some(&named.name) });
            blocks.push(Block::Code { kind: Kind::Rule, text: named.value.clone() });
            let mut line = vec![Inline::text("Stands in "), Inline::code(&named.file), Inline::text(". Used by: ")];
            line.extend(linked_ids(&named.indicators));
            blocks.push(Block::Paragraph(line));
        }
        Page { place: Place::Names, title: "Settings and names".to_owned(), blocks }
    }

    pub(super) fn fields(&self) -> Page<'a> {
        let rows: Vec<Vec<Line<'a>>> = self
            .description
            .inputs
            .iter()
            .map(|input| {
                let readers = if input.indicators.is_empty() {
                    vec![Inline::text("every verdict")]
                } else {
                    linked_ids(&input.indicators)
                };
                vec![vec![Inline::code(&input.path)], vec![Inline::code(&input.ty)], about_field(input), readers]
            })
            .collect();
        let blocks = vec![
            Block::paragraph(
                "What the indicators read of an application. Every field may be missing; what is missing leaves those that \
                 need it unjudged. Nothing else of an application is read.",
            ),
            Block::Table { about: "Fields", head: vec!["Field", "Type", "What it is", "Read by"], rows },
        ];
        Page { place: Place::Fields, title: "Fields".to_owned(), blocks }
    }
}

/// How many rows a list has.
pub(super) fn rows_of(list: &DescribedList) -> String {
    match (list.rows, list.to_fill) {
        (None, _) => "to be filled by whoever uses the ruleset".to_owned(),
        (Some(rows), true) => format!("{}, filled by whoever uses the ruleset", grouped(rows as u64)),
        (Some(rows), false) => grouped(rows as u64),
    }
}

/// What a field is, and its key where that is another.
pub(super) fn about_field(input: &InputPath) -> Line<'_> {
    let mut line = optional(input.description.as_deref());
    if input.key != input.path {
        let before = if line.is_empty() { "" } else { "; " };
        line.extend([Inline::text(format!("{before}in the input ")), Inline::code(&input.key)]);
    }
    line
}

fn setting(setting: &DescribedSetting) -> Vec<Line<'_>> {
    let mut value = vec![Inline::code(&setting.value)];
    if let Some(before) = &setting.adjusted_from {
        value.extend([Inline::text(", adjusted from "), Inline::code(before)]);
    }
    let users = linked_ids(&setting.indicators);
    vec![vec![Inline::code(&setting.name)], value, optional(setting.meaning.as_deref()), users]
}

fn adjustment(adjustment: &DescribedAdjustment) -> Vec<Line<'_>> {
    vec![
        vec![Inline::code(&adjustment.name)],
        vec![Inline::code(adjustment.changes.join(", "))],
        optional(adjustment.because.as_deref()),
        vec![Inline::code(&adjustment.file)],
    ]
}
