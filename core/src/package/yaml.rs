//! The one place that reads YAML: strict booleans, no duplicate keys, bounded work, and errors that point at their place.
//!
//! Plain scalars keep their spelling where a number would lose it: `0755` and `1_000` stay text.

use super::codes;
use indicia_dsl::diagnostic::Diagnostic;
use indicia_dsl::span::Span;
use serde::de::DeserializeOwned;
use serde_saphyr::{Error, Location};

/// Levels of lists and mappings in a YAML file. The bundle's reader allows as many in a mapping.
pub(crate) const MAX_YAML_DEPTH: usize = 64;
/// Values in one YAML file.
const MAX_YAML_NODES: usize = 250_000;

/// Reads one YAML document.
///
/// # Errors
/// One diagnostic, `E0507`, if the text is no YAML or has another shape than `T`.
pub(crate) fn from_yaml<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, Box<Diagnostic>> {
    read(text).map_err(|error| Box::new(diagnostic(file, text, &error)))
}

/// Reads one YAML document, with the reader's own error.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: MAX_YAML_DEPTH,
            flow_nesting_limit: MAX_YAML_DEPTH,
            max_nodes: MAX_YAML_NODES,
            max_documents: 2,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: MAX_YAML_NODES / 5,
        },
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        reject_unsupported_tags: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options)
}

fn diagnostic(file: &str, text: &str, error: &Error) -> Diagnostic {
    let error = error.without_snippet();
    let span = error.location().map_or_else(Span::default, |location| span_of(text, &location));
    let mut diagnostic = Diagnostic::error(codes::BAD_YAML, message(error), file, span, "");
    diagnostic.locate(text);
    diagnostic
}

/// A place of the reader as a span of the text.
pub(super) fn span_of(text: &str, location: &Location) -> Span {
    let span = location.span();
    match span.byte_offset() {
        Some(start) => clamp(text, start, span.byte_len().unwrap_or(0)),
        None => clamp(text, offset_of(text, location.line(), location.column()), 0),
    }
}

/// What is wrong, as one line without its own position and without the reader's own terms where they would be read by an author.
fn message(error: &Error) -> String {
    match error {
        Error::DuplicateMappingKey { key: Some(key), .. } => format!("key `{key}` stands twice"),
        Error::DuplicateMappingKey { key: None, .. } => "a key stands twice".to_owned(),
        Error::MultipleDocuments { .. } => "more than one YAML document".to_owned(),
        Error::Eof { .. } => "nothing is written here".to_owned(),
        Error::InvalidScalar { ty, .. } if ty.starts_with(['u', 'i', 'f']) => "expected a number".to_owned(),
        Error::NonFiniteFloat { value, .. } => format!("`{value}` is no number that a record can hold"),
        Error::Unexpected { expected, .. } => format!("expected {}", plain_kind(expected)),
        Error::AliasError { error, .. } => message(error),
        Error::Budget { .. } | Error::AliasReplayLimitExceeded { .. } => {
            format!(
                "too large or too deep: a YAML file may hold {MAX_YAML_NODES} values, nested {MAX_YAML_DEPTH} levels deep"
            )
        }
        other => first_line(&other.render()),
    }
}

fn plain_kind(expected: &str) -> &str {
    match expected {
        "string scalar" => "a text",
        "mapping start" | "mapping" => "keys with values",
        "sequence start" | "sequence" => "a list",
        other => other,
    }
}

fn first_line(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("invalid YAML");
    let line = line.split(" at line ").next().unwrap_or(line);
    line.trim_start_matches("error: ").trim_end_matches('.').to_owned()
}

/// A span within the text, on one line, with its ends between characters.
fn clamp(text: &str, start: u64, len: u64) -> Span {
    let start = floor(text, usize::try_from(start).unwrap_or(usize::MAX));
    let wanted = start.saturating_add(usize::try_from(len).unwrap_or(usize::MAX));
    let line = text.get(start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| start + length);
    let end = floor(text, wanted.min(line)).max(start);
    Span::new(u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX))
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Byte offset of a line and a column, both from 1, the column in characters.
fn offset_of(text: &str, line: u64, column: u64) -> u64 {
    let mut offset = 0_u64;
    for (number, content) in (1_u64..).zip(text.split_inclusive('\n')) {
        if number == line {
            let column = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
            let within: usize = content.chars().take(column).map(char::len_utf8).sum();
            return offset + within as u64;
        }
        offset += content.len() as u64;
    }
    offset
}

/// The place of a top-level key's value, for errors that are found after reading.
pub(crate) fn place_of(text: &str, key: &str) -> Span {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if let Some(rest) = line.strip_prefix(key).and_then(|rest| rest.trim_start().strip_prefix(':')) {
            let value = rest.trim();
            let start = offset + line.len() - rest.trim_start().len();
            return clamp(text, start as u64, value.len() as u64);
        }
        offset += line.len();
    }
    Span::default()
}

#[cfg(test)]
#[path = "tests/yaml.rs"]
mod tests;
