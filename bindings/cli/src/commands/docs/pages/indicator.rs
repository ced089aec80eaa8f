//! The page of one indicator: what it says, when, what to verify, who is wrongly hit, an example, what it needs, its sources.

use super::{Catalogue, item, optional, points, title};
use crate::commands::docs::document::{Block, Inline, Kind, Line, Page, Place, linked_host};
use indicia::{DescribedIndicator, MessagePiece, Source};
use std::fmt::Write as _;

/// How wide a clause's keyword is, as in the rule itself.
const KEYWORD: usize = 9;

impl<'a> Catalogue<'a> {
    pub(super) fn indicator(&self, indicator: &'a DescribedIndicator) -> Page<'a> {
        let mut blocks = vec![Block::Items(self.facts_of(indicator))];
        blocks.push(Block::heading("What it says"));
        blocks.push(if indicator.because.is_empty() {
            Block::paragraph("The rule has no sentence of its own: its title says it.")
        } else {
            Block::Quote(message(&indicator.because))
        });
        self.rule(indicator, &mut blocks);
        for (name, text) in [("What to verify", &indicator.verify), ("Who is wrongly hit", &indicator.caution)] {
            if let Some(text) = text {
                blocks.extend([Block::heading(name), Block::paragraph(text)]);
            }
        }
        self.example(indicator, &mut blocks);
        self.needs(indicator, &mut blocks);
        if !indicator.sources.is_empty() {
            blocks.push(Block::heading("Sources"));
            blocks.push(Block::Items(indicator.sources.iter().map(source).collect()));
        }
        Page { place: Place::Indicator(&indicator.id), title: title(indicator).to_owned(), blocks }
    }

    fn facts_of(&self, indicator: &'a DescribedIndicator) -> Vec<Line<'a>> {
        let mut facts = vec![item("Id", Inline::code(&indicator.id))];
        let category = Inline::code_link(Place::Index, Some(&indicator.category), &indicator.category);
        let mut line = item("Category", category);
        let described = self.description.categories.iter().find(|category| category.name == indicator.category);
        if let Some(cap) = described.and_then(|category| category.cap) {
            line.push(Inline::text(format!(", which brings {} at most", points(cap))));
        }
        facts.push(line);
        let worth = if indicator.status == "shadow" {
            format!("{}; it is in the shadow: it reports, without its {}", indicator.severity, points(indicator.points))
        } else {
            format!("{}, {}", indicator.severity, points(indicator.points))
        };
        facts.push(item("Severity", Inline::text(worth)));
        facts.push(item("Stands in", Inline::code(&indicator.file)));
        facts
    }

    fn rule(&self, indicator: &'a DescribedIndicator, blocks: &mut Vec<Block<'a>>) {
        let described = self.description;
        blocks.push(Block::heading("When it is raised"));
        blocks.push(Block::Code { kind: Kind::Rule, text: clauses(indicator) });
        blocks.push(Block::paragraph(if indicator.unless.is_some() {
            "It is raised when what stands after “when” holds and what stands after “unless” does not. Where missing facts \
             leave that open, it is not judged."
        } else {
            "It is raised when what stands after “when” holds. Where missing facts leave that open, it is not judged."
        }));
        let lets = described.lets.iter().filter(|named| indicator.lets.contains(&named.name));
        let lets: Vec<String> = lets.map(|named| hanging(&format!("{} =", named.name), &named.value, 4)).collect();
        if !lets.is_empty() {
            blocks.push(Block::paragraph("Names in it stand for:"));
            blocks.push(Block::Code { kind: Kind::Rule, text: lets.join("\n") });
        }
        let settings = described.settings.iter().filter(|setting| indicator.settings.contains(&setting.name));
        let rows: Vec<Vec<Line<'a>>> = settings
            .map(|setting| {
                vec![
                    vec![Inline::code(&setting.name)],
                    vec![Inline::code(&setting.value)],
                    optional(setting.meaning.as_deref()),
                ]
            })
            .collect();
        if !rows.is_empty() {
            blocks.push(Block::paragraph("Settings in it:"));
            blocks.push(Block::Table { about: "Settings", head: vec!["Setting", "Value", "What it means"], rows });
        }
        let lists = described.lists.iter().filter(|list| indicator.lists.contains(&list.name));
        let rows: Vec<Vec<Line<'a>>> = lists
            .map(|list| {
                let name = Inline::code_link(Place::Lists, Some(&list.name), &list.name);
                vec![
                    vec![name],
                    optional(list.description.as_deref()),
                    vec![Inline::text(super::shared::rows_of(list))],
                ]
            })
            .collect();
        if !rows.is_empty() {
            blocks.push(Block::paragraph("Lists in it:"));
            blocks.push(Block::Table { about: "Lists", head: vec!["List", "What it holds", "Rows"], rows });
        }
        if let Some(reason) = &indicator.justified {
            blocks.push(Block::Paragraph(vec![
                Inline::text("It reads a field that is protected from discrimination, for this reason: "),
                Inline::text(reason),
            ]));
        }
        self.relations(indicator, blocks);
    }

    fn relations(&self, indicator: &'a DescribedIndicator, blocks: &mut Vec<Block<'a>>) {
        if !indicator.builds_on.is_empty() {
            blocks.push(Block::paragraph(
                "It is made of other indicators, and therefore counts as no category of its own:",
            ));
            blocks.push(self.titled_items(&indicator.builds_on));
        }
        if !indicator.part_of.is_empty() {
            blocks.push(Block::paragraph("These indicators are made of it and others:"));
            blocks.push(self.titled_items(&indicator.part_of));
        }
        let outcomes = self.description.outcomes.iter().filter(|outcome| outcome.indicators.contains(&indicator.id));
        for outcome in outcomes {
            blocks.push(Block::Paragraph(vec![
                Inline::text("The outcome "),
                Inline::code_link(Place::Outcomes, Some(&outcome.name), &outcome.name),
                Inline::text(" names it."),
            ]));
        }
    }

    fn needs(&self, indicator: &'a DescribedIndicator, blocks: &mut Vec<Block<'a>>) {
        blocks.push(Block::heading("What it needs"));
        let inputs = indicator.reads.iter().filter_map(|path| self.inputs.get(path.as_str()));
        let rows: Vec<Vec<Line<'a>>> = inputs
            .map(|input| {
                vec![vec![Inline::code(&input.path)], vec![Inline::code(&input.ty)], super::shared::about_field(input)]
            })
            .collect();
        blocks.push(if rows.is_empty() {
            Block::paragraph("It reads no field of an application.")
        } else {
            Block::Table { about: "Fields that it reads", head: vec!["Field", "Type", "What it is"], rows }
        });
    }
}

/// The clauses that decide, as they stand in the rule.
fn clauses(indicator: &DescribedIndicator) -> String {
    let mut out = String::new();
    if let Some(elements) = &indicator.elements {
        let _ = writeln!(out, "{elements}");
    }
    out.push_str(&hanging("when", &indicator.when, KEYWORD));
    if let Some(unless) = &indicator.unless {
        let _ = write!(out, "\n{}", hanging("unless", unless, KEYWORD));
    }
    out
}

/// A text behind a word, with its further lines at an indent.
fn hanging(word: &str, text: &str, indent: usize) -> String {
    let width = if word.len() < indent { indent } else { word.len() + 1 };
    let further = format!("\n{}", " ".repeat(indent));
    format!("{word:width$}{}", text.lines().collect::<Vec<_>>().join(&further))
}

fn message(pieces: &[MessagePiece]) -> Line<'_> {
    let piece = |piece: &'_ MessagePiece| match piece {
        MessagePiece::Value(value) => Some(Inline::code(value)),
        MessagePiece::Text(text) => Some(Inline::text(text)),
        _ => None,
    };
    pieces.iter().filter_map(piece).collect()
}

fn source(source: &Source) -> Line<'_> {
    let title = if source.title.trim().is_empty() { source.url.as_deref().unwrap_or_default() } else { &source.title };
    let Some(url) = &source.url else { return vec![Inline::text(title)] };
    match linked_host(url) {
        Some(host) => {
            let link = Inline::Outside { url: url.clone(), label: title.to_owned() };
            vec![link, Inline::text(", "), Inline::text(host)]
        }
        None => vec![Inline::text(title), Inline::text(", "), Inline::code(url)],
    }
}
