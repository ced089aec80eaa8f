//! Parsing and formatting of any text.

use super::places::{diagnostics, within};
use super::{holds, same};
use indicia::{Diagnostic, Sources, Span};
use indicia_dsl::ast::{ClauseKind, Item};
use indicia_dsl::{Limits, parse_expr, parse_with_limits};

const FILE: &str = "rules.indicia";
/// What stands before a place in what `Debug` prints.
const PLACE: &str = "Span { start: ";

/// Any text is parsed: places are places of the text, and every diagnostic can be shown.
///
/// # Errors
/// What is wrong.
pub fn parse(bytes: &[u8]) -> Result<(), String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(()) };
    let sources = Sources::single(text);
    let parsed = indicia_dsl::parse(FILE, text);
    diagnostics(&sources, &parsed.diagnostics)?;
    spans(text, &format!("{:?}", parsed.file))?;
    let formatted = indicia_dsl::format(FILE, text);
    same("whether it parses and is formatted", &parsed.diagnostics.is_empty(), &formatted.is_ok())?;

    let limits = Limits::DEFAULT.with_max_depth(8).with_max_diagnostics(3);
    let few = parse_with_limits(FILE, text, &limits);
    diagnostics(&sources, &few.diagnostics)?;
    holds(few.diagnostics.len() <= 4, || format!("{} diagnostics where 3 are asked for", few.diagnostics.len()))?;

    match parse_expr(FILE, text) {
        Ok(expr) => spans(text, &format!("{expr:?}")),
        Err(found) => {
            holds(found.iter().any(Diagnostic::is_error), || "an expression fails without an error".to_owned())?;
            diagnostics(&sources, &found)
        }
    }
}

/// What parses is formatted; that means the same, keeps every comment, and formatting it again changes nothing.
///
/// # Errors
/// What is wrong.
pub fn format(bytes: &[u8]) -> Result<(), String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(()) };
    if tree(text).is_err() {
        return Ok(());
    }
    let formatted = round_trip(text)?;
    same("comments", &comments(text), &comments(&formatted)).map_err(|wrong| format!("{wrong}\n{text}\n{formatted}"))
}

/// The formatted text, after trees and texts were compared.
///
/// # Errors
/// What differs.
pub fn round_trip(text: &str) -> Result<String, String> {
    let before = tree(text)?;
    let once = indicia_dsl::format(FILE, text).map_err(|_| format!("can't be formatted:\n{text}"))?;
    let after = tree(&once)?;
    if before != after {
        let at = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
        let near = |tree: &str| tree.chars().skip(at.saturating_sub(80)).take(160).collect::<String>();
        return Err(format!("another tree: {}\nwas {}\n{text}\nformatted\n{once}", near(&after), near(&before)));
    }
    let twice = indicia_dsl::format(FILE, &once).map_err(|_| format!("can't be formatted again:\n{once}"))?;
    if once != twice {
        let line = once.lines().zip(twice.lines()).find(|(a, b)| a != b);
        return Err(format!("formatting again changes {line:?}\n{text}\nonce\n{once}\ntwice\n{twice}"));
    }
    Ok(once)
}

/// The tree of a text without its places, the clauses of indicators by their kinds.
///
/// # Errors
/// The syntax errors.
pub fn tree(text: &str) -> Result<String, String> {
    let mut parsed = indicia_dsl::parse(FILE, text);
    let errors: Vec<&Diagnostic> = parsed.diagnostics.iter().filter(|found| found.is_error()).collect();
    if !errors.is_empty() {
        let told: Vec<String> = errors.iter().map(|found| format!("{} {}", found.code, found.message)).collect();
        return Err(format!("does not parse: {told:?}\n{text}"));
    }
    for item in &mut parsed.file.items {
        if let Item::Indicator(indicator) = item {
            indicator.clauses.sort_by_key(|clause| kind(&clause.kind));
        }
    }
    Ok(without_places(&format!("{:?}", parsed.file)))
}

/// The name of a clause's kind: `Because`.
fn kind(kind: &ClauseKind) -> String {
    format!("{kind:?}").chars().take_while(char::is_ascii_alphabetic).collect()
}

/// Removes `Span { start: 1, end: 2 }` from what `Debug` prints.
fn without_places(tree: &str) -> String {
    let mut parts = tree.split(PLACE);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("Span");
        out.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    out
}

/// Whether every place of a printed tree is one of the text. Where a text of the source looks like a place, nothing is said.
fn spans(text: &str, tree: &str) -> Result<(), String> {
    if text.contains(PLACE) {
        return Ok(());
    }
    for part in tree.split(PLACE).skip(1) {
        let (numbers, _) = part.split_once(" }").ok_or_else(|| format!("no place: {part}"))?;
        let numbers = numbers.split_once(", end: ").map(|(start, end)| (start.parse(), end.parse()));
        let Some((Ok(start), Ok(end))) = numbers else { return Err(format!("no place: {part}")) };
        within(text, Span { start, end })?;
    }
    Ok(())
}

/// The comments of a text that parses, sorted, without spaces at their ends.
fn comments(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    // Whether the last word was `matches`, behind which a stroke begins a regular expression.
    let mut regex = false;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("//") => {
                let line = rest.split('\n').next().unwrap_or_default();
                found.push(line.trim());
                line.len()
            }
            '"' => quoted(rest, '"'),
            '/' if regex => quoted(rest, '/'),
            c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        let (token, behind) = rest.split_at(length);
        if !first.is_whitespace() && !token.starts_with("//") {
            regex = token == "matches";
        }
        rest = behind;
    }
    found.sort_unstable();
    found
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The bytes up to the closing quote of what begins with one.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}
