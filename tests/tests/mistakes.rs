//! N mistakes give N diagnostics, each in its place, and no errors that follow from them; a mend that is offered mends.

#![cfg(test)]

mod proof;

use indicia::{Diagnostic, Sources, check};
use indicia_tests::random::Tape;
use indicia_tests::random::mistakes::{Flawed, Mistake, draw, neighbours};
use proof::prove;

fn errors(text: &str) -> Vec<Diagnostic> {
    check(&Sources::single(text)).into_iter().filter(Diagnostic::is_error).collect()
}

fn range(span: indicia_dsl::Span) -> std::ops::Range<usize> {
    span.start as usize..span.end as usize
}

fn told(text: &str, found: &[Diagnostic]) -> String {
    let line = |found: &Diagnostic| {
        let span = found.labels.iter().find(|label| label.primary).map(|label| label.span).unwrap_or_default();
        format!("  {} {} at {:?}", found.code, found.message, text.get(range(span)))
    };
    found.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Whether a diagnostic tells a mistake: by its code, in its place.
fn tells(found: &Diagnostic, mistake: &Mistake) -> bool {
    let place = found.labels.iter().find(|label| label.primary).map(|label| label.span);
    found.code.starts_with(mistake.code)
        && place.is_some_and(|span| mistake.start <= range(span).start && range(span).end <= mistake.end)
}

fn problem(flawed: &Flawed, found: &[Diagnostic]) -> Option<String> {
    let untold: Vec<String> = flawed
        .mistakes
        .iter()
        .filter(|mistake| !found.iter().any(|found| tells(found, mistake)))
        .map(|mistake| format!("  {} at {:?}", mistake.code, flawed.text.get(mistake.start..mistake.end)))
        .collect();
    let more: Vec<Diagnostic> =
        found.iter().filter(|found| !flawed.mistakes.iter().any(|mistake| tells(found, mistake))).cloned().collect();
    if !untold.is_empty() || !more.is_empty() || found.len() != flawed.mistakes.len() {
        return Some(format!(
            "{} mistakes, {} errors; not told:\n{}\ntold besides:\n{}",
            flawed.mistakes.len(),
            found.len(),
            untold.join("\n"),
            told(&flawed.text, &more)
        ));
    }
    None
}

/// The text with a mend applied.
fn mended(text: &str, found: &Diagnostic) -> Option<String> {
    let mut edits = found.fix.as_ref()?.edits.clone();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
    let mut text = text.to_owned();
    for edit in edits {
        text.replace_range(range(edit.span), &edit.replacement);
    }
    Some(text)
}

#[test]
fn mistakes_are_told_once_each_and_in_their_place() {
    prove(120, [120, 10], |rules, _| {
        let flawed = draw(&mut Tape::new(rules));
        match problem(&flawed, &errors(&flawed.text)) {
            None => Ok(()),
            Some(problem) => Err(format!("{problem}\n{}", items(&flawed.text))),
        }
    });
}

#[test]
fn wrong_spellings_next_to_each_other_are_told_apart() {
    let mut wrong = Vec::new();
    for flawed in neighbours() {
        let found = indicia_dsl::parse("rules.indicia", &flawed.text).diagnostics;
        wrong.extend(problem(&flawed, &found).map(|problem| format!("{problem}\n{}", flawed.text)));
    }
    assert!(wrong.is_empty(), "{} pairs:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_mend_that_is_offered_mends() {
    prove(60, [120, 10], |rules, _| {
        let flawed = draw(&mut Tape::new(rules));
        let found = errors(&flawed.text);
        for diagnostic in &found {
            let Some(mended) = mended(&flawed.text, diagnostic) else { continue };
            let left = errors(&mended);
            if left.len() + 1 != found.len() {
                return Err(format!(
                    "{} {} is not mended:\n{}\nwas\n{}\nmended\n{}",
                    diagnostic.code,
                    diagnostic.message,
                    told(&mended, &left),
                    told(&flawed.text, &found),
                    items(&mended)
                ));
            }
        }
        Ok(())
    });
}

/// What stands after the declarations.
fn items(text: &str) -> &str {
    text.split_once("aliases: list of text } empty\n").map_or(text, |(_, items)| items)
}
