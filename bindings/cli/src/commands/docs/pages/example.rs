//! The example of an indicator: a record that raises it, the sentence that it yields, and the evidence.

use super::Catalogue;
use crate::commands::docs::document::{Block, Inline, Kind};
use crate::render::values::shown;
use indicia::{DescribedIndicator, Evidence, Example, Finding, Rows};
use serde_json::{Map, Value, json};

/// Findings that are shown.
const MAX_FINDINGS: usize = 3;
/// Cells of tables that are shown as evidence of one finding.
const MAX_CELLS: usize = 12;
/// Rows of a list that are shown.
const MAX_ROWS: usize = 20;
/// Longest text of a record that is shown whole, in characters.
const MAX_TEXT: usize = 300;
/// Most lines of a record that are shown.
const MAX_LINES: usize = 200;

impl<'a> Catalogue<'a> {
    pub(super) fn example(&self, indicator: &'a DescribedIndicator, blocks: &mut Vec<Block<'a>>) {
        blocks.push(Block::heading("Example"));
        let Some(example) = self.examples.get(indicator.id.as_str()) else {
            blocks.push(Block::paragraph(if self.has_cases {
                "No case of the ruleset raises it."
            } else {
                "No cases were at hand to take one from: a bundle carries none."
            }));
            return;
        };
        blocks.push(Block::Paragraph(origin(example)));
        blocks.push(Block::Code { kind: Kind::Json, text: pretty(&example.record) });
        if let Some(day) = &example.as_of {
            blocks.push(Block::Paragraph(vec![Inline::text("Judged as of "), Inline::code(day), Inline::text(".")]));
        }
        if !example.lists.is_empty() {
            blocks.push(Block::paragraph("With these rows, which the case gives:"));
            blocks.push(Block::Code { kind: Kind::Json, text: pretty(&rows(example)) });
        }
        blocks.push(Block::paragraph("What the reviewer then reads, and the fields that decided:"));
        for finding in example.raised.findings.iter().take(MAX_FINDINGS) {
            findings(finding, blocks);
        }
        let left = example.raised.findings.len().saturating_sub(MAX_FINDINGS) + example.raised.more as usize;
        if left > 0 {
            blocks.push(Block::paragraph(format!("And {left} more of the kind.")));
        }
    }
}

fn origin<'a>(example: &Example) -> Vec<Inline<'a>> {
    let what = if example.whole {
        ", as a whole: what decides does not raise it alone."
    } else {
        ". Of its record it has only what decides and what the sentence tells."
    };
    vec![
        Inline::text("From the case “"),
        Inline::text(&example.case),
        Inline::text("” of "),
        Inline::code(&example.file),
        Inline::text(what),
    ]
}

fn findings(finding: &Finding, blocks: &mut Vec<Block<'_>>) {
    if !finding.because.trim().is_empty() {
        blocks.push(Block::Quote(vec![Inline::text(&finding.because)]));
    }
    let (mut rows, mut cells) = (Vec::new(), 0);
    for Evidence { path, value, .. } in &finding.evidence {
        // Only a table has a row that is called by a text.
        cells += usize::from(path.contains("[\""));
        if cells > MAX_CELLS && path.contains("[\"") {
            continue;
        }
        let value = match value {
            Value::Null => Inline::text("(not given)"),
            value => Inline::code(shown(value)),
        };
        rows.push(vec![vec![Inline::code(path)], vec![value]]);
    }
    if !rows.is_empty() {
        blocks.push(Block::Table { about: "Evidence", head: vec!["Field", "Value"], rows });
    }
    if cells > MAX_CELLS {
        blocks.push(Block::paragraph(format!("And {} more cells of tables.", cells - MAX_CELLS)));
    }
}

fn rows(example: &Example) -> Value {
    let mut all = Map::new();
    for (name, rows) in &example.lists {
        let (mut shown, left): (Vec<Value>, usize) = match rows {
            Rows::List(entries) => (entries.iter().take(MAX_ROWS).map(|entry| json!(entry)).collect(), entries.len()),
            Rows::Table(rows) => (rows.iter().take(MAX_ROWS).map(|row| json!(row)).collect(), rows.len()),
            _ => (Vec::new(), 0),
        };
        if left > MAX_ROWS {
            shown.push(json!(format!("… and {} more", left - MAX_ROWS)));
        }
        all.insert(name.clone(), Value::Array(shown));
    }
    Value::Object(all)
}

/// JSON for people: long texts and long records are cut.
fn pretty(value: &Value) -> String {
    let text = serde_json::to_string_pretty(&cut(value)).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    match lines.get(..MAX_LINES) {
        Some(first) if lines.len() > MAX_LINES => format!("{}\n…", first.join("\n")),
        _ => text,
    }
}

fn cut(value: &Value) -> Value {
    match value {
        Value::String(text) => match text.char_indices().nth(MAX_TEXT) {
            Some((end, _)) => json!(format!("{}…", text.get(..end).unwrap_or_default())),
            None => value.clone(),
        },
        Value::Array(items) => Value::Array(items.iter().map(cut).collect()),
        Value::Object(fields) => Value::Object(fields.iter().map(|(key, value)| (key.clone(), cut(value))).collect()),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_LINES, pretty};
    use serde_json::json;

    #[test]
    fn a_long_text_and_a_long_record_are_cut() {
        assert!(pretty(&json!({ "a": "é".repeat(400) })).contains(&format!("\"{}…\"", "é".repeat(300))));
        let long = pretty(&json!((0..1000).collect::<Vec<_>>()));
        assert_eq!(long.lines().count(), MAX_LINES + 1);
        assert!(long.ends_with("\n…"));
    }
}
