//! An explanation as a tree: one line a node, with its truth, and under a leaf what was found and why it is unknown.

use super::code::pieces;
use super::values::{safe, shown};
use crate::console::Theme;
use crate::wrap;
use anstyle::Style;
use indicia::{Explained, Explanation, Reason, Truth};
use std::fmt::Write as _;

/// The whole tree, with the indicator as heading: its parts stand at the left.
pub(crate) fn render(explanation: &Explanation, theme: Theme) -> String {
    let mut out = String::new();
    let strong = theme.strong();
    let (style, word) = match explanation.truth {
        Truth::True => (theme.bad(), "raised"),
        Truth::False => (theme.good(), "clear"),
        Truth::Unknown => (theme.fair(), "unknown"),
    };
    let _ = writeln!(out, "{strong}{}{strong:#}: {style}{word}{style:#}", explanation.indicator);
    let _ = writeln!(out, "{}\n", safe(&explanation.title));
    for part in &explanation.tree.children {
        node(&mut out, part, "", "", theme);
    }
    if explanation.truncated {
        let _ = writeln!(out, "\nThe tree is larger than the limit; the rest is left out.");
    }
    out
}

/// Fixed marks, so that the tree reads the same without colours.
fn mark(truth: Truth, theme: Theme) -> (Style, &'static str) {
    match truth {
        Truth::True => (theme.strong(), "true   "),
        Truth::False => (theme.faint(), "false  "),
        Truth::Unknown => (theme.fair(), "unknown"),
    }
}

fn node(out: &mut String, explained: &Explained, first: &str, rest: &str, theme: Theme) {
    let (style, word) = mark(explained.truth, theme);
    // A clause and its condition are one line: `when a == b`.
    let (keyword, explained) = match (explained.operator.as_str(), explained.children.as_slice()) {
        (keyword @ ("when" | "unless"), [condition]) => (Some(keyword), condition),
        _ => (None, explained),
    };
    let text = if explained.text.is_empty() { explained.operator.as_str() } else { explained.text.as_str() };
    let head = format!("{style}{word}{style:#}  {first}");
    let below = format!("         {rest}");
    wrap::words(out, keyword.into_iter().chain(pieces(&safe(text))), &head, &below, theme.width);
    let bar = if explained.children.is_empty() { "  " } else { "│ " };
    details(out, explained, &format!("{below}{bar}"), theme);
    let last = explained.children.len().saturating_sub(1);
    for (index, child) in explained.children.iter().enumerate() {
        let (branch, stem) = if index == last { ("└ ", "  ") } else { ("├ ", "│ ") };
        node(out, child, &format!("{rest}{branch}"), &format!("{rest}{stem}"), theme);
    }
}

fn details(out: &mut String, explained: &Explained, indent: &str, theme: Theme) {
    let (name, faint) = (theme.name(), theme.faint());
    let against =
        explained.expected.as_ref().map(|expected| format!(" against {}", shown(expected))).unwrap_or_default();
    // What is missing or not readable is told by the reasons. The value may be a property of the field: it stands before the path.
    let told = explained.actual.as_ref().filter(|actual| !actual.is_null() || explained.reasons.is_empty());
    if let Some(actual) = told {
        let paths: Vec<_> = explained.paths.iter().map(|path| safe(path)).collect();
        let of = if paths.is_empty() { String::new() } else { format!(" ({name}{}{name:#})", paths.join(", ")) };
        let _ = writeln!(out, "{indent}found {}{against}{of}", shown(actual));
    }
    // A reason stands where it arises, not again above.
    for reason in explained.reasons.iter().filter(|reason| !explained.children.iter().any(|child| has(child, reason))) {
        let word = super::values::reason(reason.reason);
        let _ = writeln!(out, "{indent}{faint}unknown because {} is {word}{faint:#}", safe(&reason.path));
    }
}

fn has(explained: &Explained, reason: &Reason) -> bool {
    explained.reasons.contains(reason) || explained.children.iter().any(|child| has(child, reason))
}
