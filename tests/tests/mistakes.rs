//! N mistakes give N diagnostics, each in its place, and no errors that follow from them; a mend that is offered mends.

#![cfg(test)]

mod proof;

use indicia::{Diagnostic, Edit, Sources, check};
use indicia_tests::random::Tape;
use indicia_tests::random::mistakes::{Flawed, Mistake, alone, codes, draw, neighbours};
use proof::prove;
use std::ops::Range;

fn errors(text: &str) -> Vec<Diagnostic> {
    check(&Sources::single(text)).into_iter().filter(Diagnostic::is_error).collect()
}

fn range(span: indicia_dsl::Span) -> Range<usize> {
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

/// The text with a mend applied, and the edits from the first to the last.
fn mended(text: &str, found: &Diagnostic) -> Option<(String, Vec<Edit>)> {
    let mut edits = found.fix.as_ref()?.edits.clone();
    edits.sort_by_key(|edit| edit.span.start);
    let mut text = text.to_owned();
    for edit in edits.iter().rev() {
        text.replace_range(range(edit.span), &edit.replacement);
    }
    Some((text, edits))
}

/// Where a place is after edits: what is put in at its very beginning or end may count as a part of it.
fn moved(place: &Range<usize>, edits: &[Edit]) -> [Range<usize>; 2] {
    let at = |position: usize, counts: &dyn Fn(&Range<usize>) -> bool| {
        let before = edits.iter().map(|edit| (range(edit.span), edit)).filter(|(span, _)| counts(span));
        before.fold(position, |at, (span, edit)| at + edit.replacement.len() - span.len())
    };
    let (start, end) = (place.start, place.end);
    let tight = at(start, &|span| span.end <= start)..at(end, &|span| span.end <= end && span.start < end);
    let wide = at(start, &|span| span.end <= start && span.start < start)..at(end, &|span| span.end <= end);
    [tight, wide]
}

fn place(found: &Diagnostic) -> Range<usize> {
    found.primary().map(|label| range(label.span)).unwrap_or_default()
}

/// What is wrong with the mend of one error: it must be gone, the others stay where they were, and nothing else is told.
fn not_mended(text: &str, found: &[Diagnostic], number: usize) -> Option<String> {
    let (mended, edits) = mended(text, &found[number])?;
    let mut left = errors(&mended);
    let mut lost = Vec::new();
    for other in found.iter().enumerate().filter(|(other, _)| *other != number).map(|(_, other)| other) {
        let places = moved(&place(other), &edits);
        let same = |left: &Diagnostic| {
            left.code == other.code && left.message == other.message && places.contains(&place(left))
        };
        match left.iter().position(same) {
            Some(at) => drop(left.remove(at)),
            None => lost.push(other.clone()),
        }
    }
    let mend = &found[number];
    (!left.is_empty() || !lost.is_empty()).then(|| {
        format!(
            "{} {}\nis not mended alone; told anew:\n{}\nno longer told:\n{}\nmended\n{}",
            mend.code,
            mend.message,
            told(&mended, &left),
            told(text, &lost),
            items(&mended)
        )
    })
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
fn a_mend_that_is_offered_mends_its_error_and_nothing_else() {
    prove(100, [120, 10], |rules, _| {
        let flawed = draw(&mut Tape::new(rules));
        let found = errors(&flawed.text);
        match (0..found.len()).find_map(|number| not_mended(&flawed.text, &found, number)) {
            None => Ok(()),
            Some(problem) => Err(problem),
        }
    });
}

#[test]
fn every_mistake_alone_is_told_and_mended() {
    let (mut wrong, mut mends) = (Vec::new(), 0);
    for flawed in alone() {
        let found = errors(&flawed.text);
        mends += found.iter().filter(|found| found.fix.is_some()).count();
        let problem = problem(&flawed, &found);
        let problem = problem.or_else(|| (0..found.len()).find_map(|number| not_mended(&flawed.text, &found, number)));
        wrong.extend(problem.map(|problem| format!("{problem}\n{}", items(&flawed.text))));
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n=====\n"));
    assert!(mends > 40, "only {mends} mends");
}

/// Errors that no drawn mistake gives, and why.
const NOT_DRAWN: &[(&str, &str)] = &[
    ("E0102", "a file of many megabytes"),
    ("E0104", "more than a hundred errors"),
    ("E0107", "there is one head of a file"),
    ("E0108", "there is one head of a file"),
    ("E0204", "the manifest"),
    ("E0404", "there is one decision"),
    ("E0501", "a data file"),
    ("E0502", "a data file"),
    ("E0503", "the manifest"),
    ("E0504", "a data file"),
    ("E0505", "a data file"),
    ("E0506", "a data file"),
    ("E0507", "a YAML file"),
    ("E0508", "the manifest"),
    ("E0509", "the manifest"),
    ("E0510", "a file of cases"),
    ("E0601", "thousands of declarations"),
];

#[test]
fn every_error_of_a_rule_can_be_drawn() {
    let drawn = codes();
    let left = |code: &str| NOT_DRAWN.iter().any(|(known, _)| *known == code);
    let errors: Vec<&str> = indicia::codes().into_iter().map(|code| code.id).filter(|id| id.starts_with('E')).collect();
    let missing: Vec<&&str> = errors.iter().filter(|code| !drawn.contains(**code) && !left(code)).collect();
    assert!(missing.is_empty(), "{missing:?} can't be drawn, and nothing says why");
    let needless: Vec<&&str> = errors.iter().filter(|code| drawn.contains(**code) && left(code)).collect();
    assert!(needless.is_empty(), "{needless:?} are drawn");
}

/// What stands after the declarations.
fn items(text: &str) -> &str {
    text.split_once("aliases: list of text } empty\n").map_or(text, |(_, items)| items)
}
