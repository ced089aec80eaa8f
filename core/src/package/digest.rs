//! The digest of a ruleset: what its rules say and what its lists hold, however they are spelled, ordered and spread over files.
//!
//! In it are the name, version and language of the ruleset and of those that it extends, every item in canonical spelling
//! without comments, sorted, the rows of every data file, sorted, and the rows that the host gave. Not in it are
//! descriptions, licences, mappings and cases: they don't change a verdict.

use super::data_file::{read_list, read_table};
use crate::source::{Rows, Sources};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Hexadecimal digits of the digest.
const DIGITS: usize = 32;

/// `blake3:` and 32 hexadecimal digits.
pub(crate) fn digest(sources: &Sources) -> String {
    let mut hash = Hash(blake3::Hasher::new());
    hash.text("indicia 1");
    hash.sources(sources);
    let mut hex = hash.0.finalize().to_hex().to_string();
    hex.truncate(DIGITS);
    format!("blake3:{hex}")
}

/// Every part goes in with its length before it, so that no two rulesets give the same bytes.
struct Hash(blake3::Hasher);

impl Hash {
    fn number(&mut self, number: usize) {
        self.0.update(&(number as u64).to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len());
        self.0.update(text.as_bytes());
    }

    fn texts(&mut self, mut texts: Vec<String>) {
        texts.sort_unstable();
        self.number(texts.len());
        for text in &texts {
            self.text(text);
        }
    }

    fn sources(&mut self, sources: &Sources) {
        let manifest = &sources.manifest;
        self.text(&manifest.name);
        self.text(&manifest.version);
        self.number(manifest.language as usize);
        self.texts(sources.rules.iter().flat_map(|(file, text)| items(file, text)).collect());
        self.number(sources.data.len());
        for (file, text) in &sources.data {
            self.text(file);
            self.texts(data_rows(file, text));
        }
        self.number(sources.rows.len());
        for (name, rows) in &sources.rows {
            self.text(name);
            self.texts(match rows {
                Rows::List(entries) => entries.iter().map(|entry| entry.trim().to_owned()).collect(),
                Rows::Table(rows) => rows
                    .iter()
                    .map(|row| cells(row.iter().map(|(column, cell)| (column.as_str(), value(cell)))))
                    .collect(),
            });
        }
        self.number(usize::from(sources.base.is_some()));
        if let Some(base) = &sources.base {
            self.sources(base);
        }
    }
}

fn data_rows(file: &str, text: &str) -> Vec<String> {
    if file.rsplit('.').next() != Some("csv") {
        return read_list(text).rows.into_iter().flat_map(|row| row.cells).collect();
    }
    let Ok(table) = read_table(file, text) else { return vec![text.to_owned()] };
    let row = |row: super::data_file::RawRow| {
        let columns = table.columns.iter().map(|column| column.text.as_str());
        cells(columns.zip(row.cells))
    };
    table.rows.into_iter().map(row).collect()
}

/// A row without its missing cells, sorted by column.
fn cells<'a>(row: impl Iterator<Item = (&'a str, String)>) -> String {
    let row: BTreeMap<&str, String> = row.filter(|(_, cell)| !cell.is_empty()).collect();
    let mut out = String::new();
    for (column, cell) in row {
        let _ = write!(out, "{}:{column}{}:{cell}", column.len(), cell.len());
    }
    out
}

fn value(cell: &Value) -> String {
    match cell {
        Value::Null => String::new(),
        Value::String(text) => text.trim().to_owned(),
        other => other.to_string(),
    }
}

/// The items of a rule file in canonical spelling, without comments. A file that can't be read stands for itself.
fn items(file: &str, text: &str) -> Vec<String> {
    let whole = || vec![text.to_owned()];
    let Ok(text) = indicia_dsl::format(file, &without_comments(text)) else { return whole() };
    let parsed = indicia_dsl::parse(file, &text);
    let mut starts: Vec<usize> = parsed.file.items.iter().map(start).collect();
    starts.push(text.len());
    let pieces = starts.windows(2).map(|ends| match ends {
        [from, to] => text.get(*from..*to).map(|piece| piece.trim_end().to_owned()),
        _ => None,
    });
    pieces.collect::<Option<Vec<_>>>().unwrap_or_else(whole)
}

fn start(item: &indicia_dsl::ast::Item) -> usize {
    use indicia_dsl::ast::Item;
    let span = match item {
        Item::Record(item) => item.span,
        Item::List(item) => item.span,
        Item::Table(item) => item.span,
        Item::Let(item) => item.span,
        Item::Setting(item) => item.span,
        Item::Indicator(item) => item.span,
        Item::Decide(item) => item.span,
        Item::Adjust(item) => item.span,
        _ => return usize::MAX,
    };
    span.start as usize
}

/// The text with its comments left out, so that they don't sway the formatter. Texts and regular expressions are kept as they are.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '/' if chars.peek() == Some(&'/') => while chars.next_if(|c| *c != '\n').is_some() {},
            '"' => {
                out.push(c);
                quoted(&mut chars, '"', &mut out);
            }
            '/' if after_matches(&out) => {
                out.push(c);
                quoted(&mut chars, '/', &mut out);
            }
            _ => out.push(c),
        }
    }
    out
}

/// Copies up to the closing mark or the end of the line.
fn quoted(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, mark: char, out: &mut String) {
    while let Some(c) = chars.next_if(|c| *c != '\n') {
        out.push(c);
        if c == mark {
            return;
        }
        if c == '\\'
            && let Some(escaped) = chars.next_if(|c| *c != '\n')
        {
            out.push(escaped);
        }
    }
}

/// Whether what is written so far ends in the word `matches`, after which a slash opens a regular expression.
fn after_matches(written: &str) -> bool {
    let before = written.trim_end().strip_suffix("matches");
    before.is_some_and(|before| before.ends_with(|c: char| c.is_whitespace() || c == ')'))
}

#[cfg(test)]
#[path = "tests/digest.rs"]
mod tests;
