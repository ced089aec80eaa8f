//! What holds of every diagnostic: its code has a name, its places are places of the text, its mend can be applied, and it can be
//! shown.

use super::{holds, same};
use indicia::{Diagnostic, Edit, Sources, Span};
use std::ops::Range;
use std::sync::LazyLock;

static CODES: LazyLock<Vec<&str>> = LazyLock::new(|| indicia::codes().iter().map(|code| code.id).collect());

/// Nothing, or what is wrong with diagnostics of these sources.
pub(super) fn diagnostics(sources: &Sources, found: &[Diagnostic]) -> Result<(), String> {
    for diagnostic in found {
        one(sources, diagnostic).map_err(|wrong| format!("{wrong}\nin {diagnostic:?}"))?;
    }
    Ok(())
}

fn one(sources: &Sources, found: &Diagnostic) -> Result<(), String> {
    holds(CODES.contains(&&*found.code), || "its code is not listed".to_owned())?;
    holds(!found.message.is_empty() && !found.message.contains('\n'), || "its message is not one line".to_owned())?;
    holds(found.labels.iter().filter(|label| label.primary).count() <= 1, || "it has two primary labels".to_owned())?;
    for label in &found.labels {
        let Some(text) = sources.text(&label.file) else { continue };
        within(text, label.span)?;
    }
    for edit in found.fix.iter().flat_map(|fix| &fix.edits) {
        let text = sources.text(&edit.file).ok_or("it mends a file that is not there")?;
        within(text, edit.span)?;
    }
    let mut edits: Vec<&Edit> = found.fix.iter().flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| (&edit.file, edit.span.start));
    let apart = |pair: &[&Edit]| match pair {
        [one, next] => one.file != next.file || one.span.end <= next.span.start,
        _ => true,
    };
    holds(edits.windows(2).all(apart), || "its edits overlap".to_owned())?;
    let shown = indicia::render(sources, std::slice::from_ref(found));
    holds(shown.starts_with(&format!("{}[{}]: ", found.severity, found.code)), || format!("shown as {shown:?}"))?;
    let unsafe_to_show = |c: char| c.is_control() && c != '\n';
    holds(!shown.contains(unsafe_to_show), || format!("shown with control characters: {shown:?}"))?;
    let line = found.to_string();
    holds(!line.contains(char::is_control), || format!("printed with control characters: {line:?}"))?;
    let json = serde_json::to_string(found).map_err(|error| error.to_string())?;
    same("it changes as JSON", &serde_json::from_str(&json).ok().as_ref(), &Some(found))
}

/// Whether a span is one of this text.
pub(super) fn within(text: &str, span: Span) -> Result<(), String> {
    holds(text.get(range(span)).is_some(), || format!("{span:?} is no place in the {} bytes", text.len()))
}

fn range(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}
